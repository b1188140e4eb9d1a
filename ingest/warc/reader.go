package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// ErrDamaged: the file is no WARC file, or is broken from here on.
var ErrDamaged = errors.New("the WARC file is damaged")

// maxHeader bounds the header of a record, in bytes.
const maxHeader = 64 << 10

// Reader reads the records of a file one after the other.
type Reader struct {
	in       *bufio.Reader
	maxBlock int64
	records  int
}

// NewReader returns a reader of a file, plain or with gzip (a member for each
// record, or one for all). Blocks longer than maxBlock bytes are left out.
func NewReader(file io.Reader, maxBlock int64) (*Reader, error) {
	in := bufio.NewReaderSize(file, maxHeader)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1F, 0x8B}) {
		members, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		in = bufio.NewReaderSize(members, maxHeader)
	}
	return &Reader{in: in, maxBlock: maxBlock}, nil
}

// Next returns the next record, or io.EOF behind the last. Any other error
// wraps ErrDamaged: nothing more can be read.
func (r *Reader) Next() (*Record, error) {
	header, err := r.header()
	if err == io.EOF {
		return nil, io.EOF
	}
	if err != nil {
		return nil, fmt.Errorf("%w after %d records: %w", ErrDamaged, r.records, err)
	}
	record := &Record{
		Type: strings.ToLower(header.Get("WARC-Type")), ID: header.Get("WARC-Record-ID"),
		URL: strings.Trim(header.Get("WARC-Target-URI"), "<>"), ContentType: header.Get("Content-Type"),
		Truncated: strings.ToLower(header.Get("WARC-Truncated")),
	}
	record.Date, _ = time.Parse(time.RFC3339, header.Get("WARC-Date"))
	if err := r.block(record, header.Get("Content-Length")); err != nil {
		return nil, fmt.Errorf("%w after %d records: %w", ErrDamaged, r.records, err)
	}
	r.records++
	return record, nil
}

var versions = []string{"WARC/1.", "WARC/0.1"}

// header reads a record's version line and fields. What stands before the
// version line, up to the limit of a header, is passed over.
func (r *Reader) header() (textproto.MIMEHeader, error) {
	passed := 0
	for {
		line, err := r.line(&passed)
		if err != nil {
			if err == io.EOF && len(bytes.TrimSpace(line)) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if isVersion(line) {
			break
		}
	}
	fields, read := textproto.MIMEHeader{}, 0
	for {
		line, err := r.line(&read)
		if err != nil {
			return nil, noEOF(err)
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return fields, nil
		}
		if name, value, ok := strings.Cut(text, ":"); ok {
			fields.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
}

func isVersion(line []byte) bool {
	for _, v := range versions {
		if bytes.HasPrefix(line, []byte(v)) {
			return true
		}
	}
	return false
}

var errLongHeader = fmt.Errorf("no record begins within %d bytes, or its header is longer", maxHeader)

// line reads a line and adds its length to read.
func (r *Reader) line(read *int) ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	*read += len(line)
	if *read > maxHeader || errors.Is(err, bufio.ErrBufferFull) {
		return nil, errLongHeader
	}
	return line, err
}

// block reads the record's block, or passes it over when it is too long.
func (r *Reader) block(record *Record, length string) error {
	n, err := strconv.ParseInt(length, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("content-length: %q is no length", length)
	}
	if n > r.maxBlock {
		record.Oversized = true
		_, err := io.CopyN(io.Discard, r.in, n)
		return noEOF(err)
	}
	// Grows with what is there, since the length may be a lie.
	var block bytes.Buffer
	if _, err := io.CopyN(&block, r.in, n); err != nil {
		return noEOF(err)
	}
	record.Block = block.Bytes()
	return nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
