package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const limit = 1 << 20

var day = time.Date(2014, 12, 8, 13, 20, 0, 500, time.UTC)

func page(url, body string) *Response {
	return &Response{URL: url, Date: day, Status: 200, Body: []byte(body), Header: http.Header{
		"Content-Type": {"text/html"}, "Content-Encoding": {"gzip"}, "Content-Length": {"7"},
	}}
}

// archive writes the records to a file.
func archive(t testing.TB, records ...*Record) []byte {
	t.Helper()
	var file bytes.Buffer
	w := NewWriter(&file)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return file.Bytes()
}

// readAll returns the records of a file and the error that ended it.
func readAll(t testing.TB, file []byte, maxBlock int64) ([]*Record, error) {
	t.Helper()
	r, err := NewReader(bytes.NewReader(file), maxBlock)
	if err != nil {
		return nil, err
	}
	var out []*Record
	for {
		record, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, record)
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	info := InfoRecord(day, [][2]string{{"software", "Dateline"}, {"format", "WARC file\nversion 1.1"}})
	file := archive(t, info, ResponseRecord(page("https://example.org/1", "one")), ResponseRecord(page("https://example.org/2", "")))
	got, err := readAll(t, file, limit)
	if err != nil || len(got) != 3 {
		t.Fatalf("%d records, %v", len(got), err)
	}
	if got[0].Type != TypeInfo || string(got[0].Block) != "software: Dateline\r\nformat: WARC file version 1.1\r\n" {
		t.Errorf("info %+v", got[0])
	}
	r, err := got[1].Response(limit)
	if err != nil {
		t.Fatal(err)
	}
	want := &Response{URL: "https://example.org/1", Date: day, Status: 200, Body: []byte("one"), Header: http.Header{
		"Content-Type": {"text/html"}, "Content-Length": {"3"}, "X-Archive-Orig-Content-Encoding": {"gzip"}, "X-Archive-Orig-Content-Length": {"7"},
	}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	broken := page("https://example.org/3", "on")
	broken.Truncated = "disconnect"
	if records, err := readAll(t, archive(t, ResponseRecord(broken)), limit); err != nil || len(records) != 1 || records[0].Truncated != "disconnect" {
		t.Errorf("a body that broke off: %+v, %v", records, err)
	}
	if got[1].ID == "" || got[1].ID == got[2].ID {
		t.Errorf("ids %q and %q", got[1].ID, got[2].ID)
	}
	if again := archive(t, info, ResponseRecord(page("https://example.org/1", "one")), ResponseRecord(page("https://example.org/2", ""))); !bytes.Equal(file, again) {
		t.Error("the same records make another file")
	}
}

// plain is a record as other crawlers write it.
func plain(version, newline, url, block string) string {
	return strings.Join([]string{version, "WARC-Type: response", "WARC-Date: 2014-12-08T13:20:00Z", "WARC-Target-URI: " + url, "WARC-Record-ID: <urn:uuid:1>",
		"Content-Type: application/http; msgtype=response", fmt.Sprintf("Content-Length: %d", len(block)), "", block, "", ""}, newline)
}

func gzipped(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFilesOfOtherCrawlers(t *testing.T) {
	const address = "https://example.org/a"
	const bare = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody"
	for name, file := range map[string]string{
		"version 1.0":            plain("WARC/1.0", "\r\n", address, bare),
		"version 1.1":            plain("WARC/1.1", "\r\n", address, bare),
		"bare line feeds":        plain("WARC/1.0", "\n", address, bare),
		"an address in brackets": plain("WARC/1.0", "\r\n", "<"+address+">", bare),
		"one gzip member":        gzipped(t, plain("WARC/1.0", "\r\n", address, bare)),
		"words before it":        "\r\n\r\nsome words\r\n" + plain("WARC/1.0", "\r\n", address, bare),
		"chunks":                 plain("WARC/1.0", "\r\n", address, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"),
		"chunks that were taken": plain("WARC/1.0", "\r\n", address, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbody"),
		"compressed":             plain("WARC/1.0", "\r\n", address, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+gzipped(t, "body")),
		"compression taken off":  plain("WARC/1.0", "\r\n", address, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nbody"),
		"a length that lies":     plain("WARC/1.0", "\r\n", address, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nbody"),
	} {
		t.Run(name, func(t *testing.T) {
			records, err := readAll(t, []byte(file), limit)
			if err != nil || len(records) != 1 {
				t.Fatalf("%d records, %v", len(records), err)
			}
			r, err := records[0].Response(limit)
			if err != nil {
				t.Fatal(err)
			}
			if r.URL != address || string(r.Body) != "body" || r.Status != 200 {
				t.Errorf("got %s, status %d, %q", r.URL, r.Status, r.Body)
			}
		})
	}
}

func TestADamagedFileYieldsTheRecordsItHas(t *testing.T) {
	one, two := ResponseRecord(page("https://example.org/1", "one")), ResponseRecord(page("https://example.org/2", strings.Repeat("two ", 1000)))
	packed := archive(t, one, two)
	for name, file := range map[string][]byte{
		"cut off, compressed": packed[:len(packed)-20],
		"cut off":             []byte(plain("WARC/1.0", "\r\n", "https://example.org/1", "x") + plain("WARC/1.0", "\r\n", "https://example.org/2", "HTTP/1.1 200 OK")[:150]),
		"noise behind it":     append(archive(t, one), bytes.Repeat([]byte{7}, 100)...),
		"no length":           []byte(plain("WARC/1.0", "\r\n", "https://example.org/1", "x") + "WARC/1.0\r\nWARC-Type: response\r\n\r\nabc"),
	} {
		t.Run(name, func(t *testing.T) {
			records, err := readAll(t, file, limit)
			if !errors.Is(err, ErrDamaged) || len(records) != 1 || records[0].URL != "https://example.org/1" {
				t.Errorf("%d records, %v", len(records), err)
			}
		})
	}
}

func TestLongRecordsArePassedOver(t *testing.T) {
	records, err := readAll(t, archive(t, ResponseRecord(page("https://example.org/1", strings.Repeat("x", 5000))), ResponseRecord(page("https://example.org/2", "two"))), 1000)
	if err != nil || len(records) != 2 || !records[0].Oversized || records[1].Oversized {
		t.Fatalf("%d records, %v", len(records), err)
	}
	if _, err := records[0].Response(limit); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	bomb := plain("WARC/1.0", "\r\n", "https://example.org/", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+gzipped(t, strings.Repeat("x", 1<<20)))
	records, err = readAll(t, []byte(bomb), limit)
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	if _, err := records[0].Response(1000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a bomb: got %v", err)
	}
}

func TestRecordsWithoutAnAnswer(t *testing.T) {
	for _, r := range []*Record{InfoRecord(day, nil), {Type: TypeResponse, URL: "dns:example.org", Block: []byte("x")}, {Type: TypeResponse, URL: "https://example.org/", Block: []byte("not http")}, {Type: "request", URL: "https://example.org/"}} {
		if _, err := r.Response(limit); !errors.Is(err, ErrNoResponse) {
			t.Errorf("%s %s: got %v", r.Type, r.URL, err)
		}
	}
	if err := NewWriter(io.Discard).Write(&Record{Type: TypeResponse, URL: "https://example.org/\r\nWARC-Type: x"}); err == nil {
		t.Error("a line break in a field is written")
	}
}

func FuzzReader(f *testing.F) {
	f.Add(archive(f, InfoRecord(day, nil), ResponseRecord(page("https://example.org/1", "one"))))
	f.Add([]byte(plain("WARC/1.0", "\r\n", "https://example.org/", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n")))
	f.Add([]byte("WARC/\n\nWARC/1.0\nContent-Length: 99999999999999999\n\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		records, _ := readAll(t, file, 1<<16)
		for _, r := range records {
			if len(r.Block) > 1<<16 {
				t.Errorf("a block of %d bytes", len(r.Block))
			}
			if answer, err := r.Response(1 << 16); err == nil && len(answer.Body) > 1<<16 {
				t.Errorf("a body of %d bytes", len(answer.Body))
			}
		}
	})
}

func BenchmarkReader(b *testing.B) {
	const n = 100
	var records []*Record
	body := strings.Repeat("<p>The heads of the national centres met on Monday.</p>\n", 500)
	for i := range n {
		records = append(records, ResponseRecord(page(fmt.Sprint("https://example.org/", i), body)))
	}
	file := archive(b, records...)
	b.SetBytes(int64(n * len(body)))
	for b.Loop() {
		got, err := readAll(b, file, limit)
		if err != nil || len(got) != n {
			b.Fatal(err)
		}
		for _, r := range got {
			if _, err := r.Response(limit); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pages/s")
}
