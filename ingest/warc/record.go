// Package warc reads and writes WARC files (ISO 28500:2017, version 1.1; 1.0
// is read too), in which crawlers keep what servers answered. It promises to
// read files of strangers in bounded memory, to yield the records that a
// damaged file still has, and that what it writes can be read with any other
// program for WARC files.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/compression"
)

// The types of Record that matter here; the standard has more.
const (
	TypeInfo     = "warcinfo"
	TypeResponse = "response"
	TypeResource = "resource"
)

// Record is one record of a file.
type Record struct {
	Type string
	// ID is the record's own URI, such as <urn:uuid:…>; Write makes one.
	ID string
	// URL is the address that the record is of, "" for a warcinfo.
	URL string
	// Date is the time of the capture.
	Date time.Time
	// ContentType is that of the block: application/http for a response.
	ContentType string
	// Block is what was captured: for a response the whole answer with its
	// status line and header.
	Block []byte
	// Truncated is why the block is not all of what the server sent, such as
	// "length", "time" or "disconnect"; "" when it is all.
	Truncated string
	// Oversized says that the block was longer than the reader's limit and
	// was left out.
	Oversized bool
}

// Response is the answer of a server in a record.
type Response struct {
	URL    string
	Date   time.Time
	Status int
	Header http.Header
	// Body is decompressed and in the encoding of the server, and Truncated as
	// in a Record.
	Body      []byte
	Truncated string
}

var (
	// ErrNoResponse: the record holds no answer of a web server.
	ErrNoResponse = errors.New("the record holds no answer of a web server")
	// ErrTooLarge: a record is larger than the limit.
	ErrTooLarge = errors.New("the record is too large")
)

// Response returns the answer in a record of type response, or of type
// resource, which is a body alone. maxBody bounds the body in bytes after
// decompression.
func (r *Record) Response(maxBody int64) (*Response, error) {
	out := &Response{URL: r.URL, Date: r.Date, Status: http.StatusOK, Header: http.Header{}, Truncated: r.Truncated}
	switch {
	case r.Oversized:
		return nil, fmt.Errorf("%s: %w", r.URL, ErrTooLarge)
	case r.Type == TypeResource:
		out.Header.Set("Content-Type", r.ContentType)
		out.Body = r.Block
		return out, checkSize(out, maxBody)
	case r.Type != TypeResponse || !isWeb(r.URL):
		return nil, ErrNoResponse
	}
	answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(r.Block)), nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", r.URL, ErrNoResponse, err)
	}
	defer answer.Body.Close()
	out.Status, out.Header = answer.StatusCode, answer.Header
	out.Body, err = readBody(answer, r.Block, maxBody)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.URL, err)
	}
	return out, checkSize(out, maxBody)
}

func checkSize(r *Response, maxBody int64) error {
	if int64(len(r.Body)) > maxBody {
		return fmt.Errorf("%s: %w", r.URL, ErrTooLarge)
	}
	return nil
}

func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// readBody decompresses the answer's body. Crawlers write the bodies of
// transfers that they decoded and leave the header as it was: a body that is
// not what the header calls it is taken as it is.
func readBody(answer *http.Response, block []byte, maxBody int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	if err != nil {
		raw = bodyOf(block)
	}
	plain, done, err := compression.Decode(bytes.NewReader(raw), answer.Header.Get("Content-Encoding"))
	if err != nil {
		return raw, nil
	}
	defer done()
	body, err := io.ReadAll(io.LimitReader(plain, maxBody+1))
	if err != nil && len(body) == 0 {
		return raw, nil
	}
	return body, nil // a body that was cut off is better than none
}

// bodyOf is what stands behind the header's empty line.
func bodyOf(block []byte) []byte {
	if _, body, ok := bytes.Cut(block, []byte("\r\n\r\n")); ok {
		return body
	}
	_, body, _ := bytes.Cut(block, []byte("\n\n"))
	return body
}
