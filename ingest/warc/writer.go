package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1" // the digest that programs for WARC files check
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Writer writes records, each as a gzip member of its own, so that a file can
// be appended to, and read from any record on.
type Writer struct{ out io.Writer }

// NewWriter returns a writer to the end of a .warc.gz file.
func NewWriter(out io.Writer) *Writer { return &Writer{out} }

// Write writes one record, in one call of the underlying Write, so that a
// crash leaves at most the last record broken. An ID is made where there is
// none: it is the same for the same address, time and block.
func (w *Writer) Write(r *Record) error {
	if strings.ContainsAny(r.URL+r.Type+r.ID+r.ContentType+r.Truncated, "\r\n") {
		return fmt.Errorf("write WARC record of %.200q: a line break in a field", r.URL)
	}
	var member bytes.Buffer
	z := gzip.NewWriter(&member)
	if err := encode(z, r); err != nil {
		return fmt.Errorf("write WARC record of %s: %w", r.URL, err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write WARC record of %s: %w", r.URL, err)
	}
	if _, err := w.out.Write(member.Bytes()); err != nil {
		return fmt.Errorf("write WARC record of %s: %w", r.URL, err)
	}
	return nil
}

func encode(out io.Writer, r *Record) error {
	id := r.ID
	if id == "" {
		id = recordID(r)
	}
	var b bytes.Buffer
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	b.WriteString("WARC/1.1\r\n")
	field("WARC-Type", r.Type)
	field("WARC-Record-ID", id)
	field("WARC-Date", r.Date.UTC().Format("2006-01-02T15:04:05.999999999Z"))
	field("WARC-Target-URI", r.URL)
	field("WARC-Truncated", r.Truncated)
	field("WARC-Block-Digest", digest(r.Block))
	if r.Type == TypeResponse {
		field("WARC-Payload-Digest", digest(bodyOf(r.Block)))
	}
	field("Content-Type", r.ContentType)
	field("Content-Length", fmt.Sprint(len(r.Block)))
	b.WriteString("\r\n")
	b.Write(r.Block)
	b.WriteString("\r\n\r\n")
	_, err := out.Write(b.Bytes())
	return err
}

func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// recordID is a UUID of version 8 (RFC 9562, 5.8) made of what the record is.
func recordID(r *Record) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%d\n", r.Type, r.URL, r.Date.UnixNano())
	h.Write(r.Block)
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0F|0x80, u[8]&0x3F|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// InfoRecord is the record that a file begins with: fields such as software,
// format and operator (ISO 28500, 6.2).
func InfoRecord(date time.Time, fields [][2]string) *Record {
	var b bytes.Buffer
	for _, f := range fields {
		fmt.Fprintf(&b, "%s: %s\r\n", f[0], strings.NewReplacer("\r", " ", "\n", " ").Replace(f[1]))
	}
	return &Record{Type: TypeInfo, Date: date, ContentType: "application/warc-fields", Block: b.Bytes()}
}

// ResponseRecord is the record of an answer. Its body was decompressed
// already, so the fields of the header that speak of the transfer are written
// as of the body that is there; those that differ are kept under names with
// X-Archive-Orig- before them, as is the custom.
func ResponseRecord(r *Response) *Record {
	var b bytes.Buffer
	status := http.StatusText(r.Status)
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", r.Status, status)
	header := r.Header.Clone()
	for _, name := range []string{"Content-Encoding", "Transfer-Encoding", "Content-Length"} {
		if value := header.Get(name); value != "" {
			header.Del(name)
			header.Set("X-Archive-Orig-"+name, value)
		}
	}
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Length", fmt.Sprint(len(r.Body)))
	_ = header.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	b.Write(r.Body)
	return &Record{Type: TypeResponse, URL: r.URL, Date: r.Date, ContentType: "application/http;msgtype=response", Block: b.Bytes(), Truncated: r.Truncated}
}
