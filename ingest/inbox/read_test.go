package inbox

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/dateline-news/dateline/ingest/iptc"
	"github.com/dateline-news/dateline/ingest/warc"
	"github.com/dateline-news/dateline/news"
)

var baku = time.FixedZone("Asia/Baku", 4*3600)

const body = "Tbilisi. 12 March. KAVKAZ PRESS/ A seminar of customs instructors opened today.\n\nIt ends on Friday."

func TestRead(t *testing.T) {
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, baku)
	tests := []struct {
		name, file, content string
		want                news.Report
	}{
		{"plain text", "a.txt", "\n" + body + "\n", news.Report{Agency: "Agency", Text: body}},
		{"line ends", "a.txt", strings.ReplaceAll(body, "\n", "\r\n"), news.Report{Agency: "Agency", Text: body}},
		{"leading date", "a.txt", " date 2026-03-12 " + body, news.Report{Agency: "Agency", Published: day, Text: body}},
		{"leading time", "a.txt", "Date 2026-03-12T11:20:00+04:00\n" + body, news.Report{Agency: "Agency", Published: day.Add(11*time.Hour + 20*time.Minute), Text: body}},
		{"header", "a.TXT", "Title: Seminar\ndate: 2026-03-12 11:20\nsource: KAVKAZ PRESS\nurl: https://example.org/a?utm_source=x\nbyline: N. Orb, T. Quill\n\n" + body, news.Report{
			Agency: "KAVKAZ PRESS", Title: "Seminar", Published: day.Add(11*time.Hour + 20*time.Minute), Byline: []string{"N. Orb", "T. Quill"},
			URL: "https://example.org/a?utm_source=x", CanonicalURL: "https://example.org/a", Text: body,
		}},
		{"fenced header", "a.txt", "---\ntitle: Seminar\n\ntags: customs; training\n---\n" + body, news.Report{Agency: "Agency", Text: "---\ntitle: Seminar\n\ntags: customs; training\n---\n" + body}},
		{"fenced header without gaps", "a.txt", "---\ntitle: Seminar\ntags: customs; training\n---\n" + body, news.Report{Agency: "Agency", Title: "Seminar", Tags: []string{"customs", "training"}, Text: body}},
		{"text that only looks like a header", "a.txt", "Date: the twelfth of March.\nTbilisi: capital.\n\n" + body, news.Report{Agency: "Agency", Text: "Date: the twelfth of March.\nTbilisi: capital.\n\n" + body}},
		{"header and leading date", "a.txt", "title: Seminar\n\ndate 2026-03-12 " + body, news.Report{Agency: "Agency", Title: "Seminar", Published: day, Text: body}},
		{"web page", "a.html", `<html><head><title>Seminar opens</title></head><body><p>` + body + `</p></body></html>`, news.Report{Agency: "Agency", Title: "Seminar opens", Text: strings.ReplaceAll(body, "\n\n", " ")}},
		{"mail", "a.eml", "From: \"Press Desk\" <desk@example.org>\r\nSubject: =?utf-8?q?Seminar_=C9=99?=\r\nDate: Thu, 12 Mar 2026 11:20:00 +0400\r\n\r\n" + strings.ReplaceAll(body, "\n", "\r\n"), news.Report{
			Agency: "Agency", Title: "Seminar ə", Byline: []string{"Press Desk"}, Published: day.Add(11*time.Hour + 20*time.Minute), Text: body,
		}},
		{"mail in HTML", "a.eml", "From: desk@example.org\r\nSubject: Seminar\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>One.</p><p>Two.</p>", news.Report{
			Agency: "Agency", Title: "Seminar", Text: "One.\n\nTwo.",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readOne(t, tt.file, []byte(tt.content), Options{Source: "inbox", Agency: "Agency", Location: baku, Language: "en"})
			if got.ID == "" || got.ContentHash == "" {
				t.Error("no id or content hash")
			}
			got.ID, got.ContentHash = "", ""
			tt.want.Source, tt.want.Language = "inbox", "en"
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// readOne reads a file that holds one report.
func readOne(t *testing.T, name string, data []byte, opts Options) *news.Report {
	t.Helper()
	contents, err := Read(name, data, opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(contents.Reports) != 1 || contents.Damage != "" {
		t.Fatalf("%d reports, damage %q", len(contents.Reports), contents.Damage)
	}
	return contents.Reports[0]
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		name, file, content string
		want                error
	}{
		{"another kind", "a.docx", "PK", ErrKind},
		{"binary", "a.txt", "\x00\x01\x02\x03\x04\x05", ErrNotText},
		{"nothing", "a.txt", "\n \n", ErrEmpty},
		{"a header alone", "a.txt", "title: A\n\n", ErrEmpty},
		{"an empty page", "a.html", "<html></html>", ErrEmpty},
		{"no mail", "a.eml", "just some words", ErrMail},
		{"XML of another kind", "a.xml", "<rss/>", iptc.ErrUnknown},
		{"JSON of another kind", "a.json", "{}", iptc.ErrUnknown},
		{"an empty mail", "a.eml", "Subject: A\r\n\r\n", ErrEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Read(tt.file, []byte(tt.content), Options{}); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestAHeaderThatCannotBeReadSaysHowToWriteIt(t *testing.T) {
	for content, want := range map[string]string{
		"date: yesterday\n\n" + body: "write it as 2006-01-02",
		"url: example\n\n" + body:    "want http:// or https://",
	} {
		if _, err := Read("a.txt", []byte(content), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", content, err, want)
		}
	}
}

func TestOldEncodings(t *testing.T) {
	russian := "Москва, 12 марта. Сегодня открылся семинар таможенных инструкторов прикаспийских стран. " +
		"В нём участвуют представители пяти государств, сообщает агентство."
	data, err := charmap.Windows1251.NewEncoder().Bytes([]byte(russian))
	if err != nil {
		t.Fatal(err)
	}
	r := readOne(t, "a.txt", data, Options{})
	if r.Text != russian || r.Language != "ru" {
		t.Errorf("got %q in %q", r.Text, r.Language)
	}
}

// TestTheDispatch reads the real dispatch that the work is done with.
func TestTheDispatch(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "dispatches", "2014-12-08-report-az-baku.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared dispatch is not beside this checkout:", path)
	}
	r := readOne(t, "dispatch.txt", data, Options{Agency: "REPORT.AZ", Location: baku})
	if !r.Published.Equal(time.Date(2014, 12, 8, 0, 0, 0, 0, baku)) || !strings.HasPrefix(r.Text, "Baku. 8 December.") || r.Language != "en" {
		t.Errorf("published %s, language %s, text %.40q", r.Published, r.Language, r.Text)
	}
	if !strings.Contains(string(data), r.Text) {
		t.Error("the text was altered")
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{" date 2026-03-12 " + body, "title: A\ndate: 2026-03-12\n\n" + body, "---\ntitle: A\n---\n", "\xff\xfeA\x00", "url: x\n\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, "a.txt", data) })
}

func FuzzMail(f *testing.F) {
	for _, s := range []string{
		"From: a@example.org\r\nSubject: A\r\nDate: Thu, 12 Mar 2026 11:20:00 +0400\r\n\r\nbody",
		"Subject: =?windows-1251?b?7w==?=\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>a</p>\r\n--x--",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, "a.eml", data) })
}

func TestAgencyFormatsKeepTheirNames(t *testing.T) {
	const ninjs = `[{"uri":"tag:1","headline":"One","body_text":"The heads met.","infosource":[{"name":"KAVKAZ PRESS"}]},{"uri":"https://example.org/2?utm_source=x","body_text":"They met."},{"uri":7}]`
	got, err := Read("a.JSON", []byte(ninjs), Options{Source: "inbox", Agency: "Agency"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Reports) != 2 || got.Damage == "" || got.One {
		t.Fatalf("got %+v", got)
	}
	one, two := got.Reports[0], got.Reports[1]
	if one.ID != news.ReportID("KAVKAZ PRESS", "guid:tag:1") || one.Source != "inbox" {
		t.Errorf("the first is %+v", one)
	}
	if two.ID != news.ReportID("Agency", "https://example.org/2") {
		t.Errorf("the second is %+v", two)
	}
}

// articleAnswer is a server's answer with an article.
func articleAnswer(address, title string) *warc.Record {
	html := `<html lang="en"><head><title>` + title + `</title><meta property="article:published_time" content="2026-03-12T11:20:00+04:00"></head><body><article><h1>` + title +
		`</h1><p>` + strings.ReplaceAll(body, "\n\n", "</p><p>") + `</p><p>The instructors learn to find what is hidden in containers, and how to write it down.</p></article></body></html>`
	return warc.ResponseRecord(&warc.Response{URL: address, Date: time.Unix(0, 0), Status: 200, Body: []byte(html), Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}})
}

func archiveFile(t testing.TB, records ...*warc.Record) []byte {
	t.Helper()
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return file.Bytes()
}

func TestReadArchive(t *testing.T) {
	picture := warc.ResponseRecord(&warc.Response{URL: "https://example.org/1.jpg", Date: time.Unix(0, 0), Status: 200, Body: []byte("JFIF"), Header: http.Header{"Content-Type": {"image/jpeg"}}})
	missing := articleAnswer("https://example.org/3", "Not there")
	missing.Block = bytes.Replace(missing.Block, []byte("200 OK"), []byte("404 Not Found"), 1)
	file := archiveFile(t, warc.InfoRecord(time.Unix(0, 0), nil), articleAnswer("https://www.example.org/1?utm_source=x", "Seminar opens"), picture, missing, articleAnswer("https://example.org/2", "Seminar ends"))
	read := func(file []byte) (titles []string, damage string, err error) {
		damage, err = ReadArchive(bytes.NewReader(file), 1<<20, Options{Source: "inbox", Location: baku}, func(r *news.Report) error {
			if r.Agency != "example.org" || r.ID != news.ReportID(r.Agency, r.CanonicalURL) {
				t.Errorf("agency %q, id %s of %s", r.Agency, r.ID, r.CanonicalURL)
			}
			titles = append(titles, r.Title)
			return r.Validate()
		})
		return titles, damage, err
	}
	got, damage, err := read(file)
	if diff := cmp.Diff([]string{"Seminar opens", "Seminar ends"}, got); diff != "" || damage != "" || err != nil {
		t.Errorf("damage %q, %v (-want +got):\n%s", damage, err, diff)
	}
	got, damage, err = read(file[:len(file)-40])
	if len(got) != 1 || !strings.Contains(damage, "1 reports before that were read") || err != nil {
		t.Errorf("cut off: %q, damage %q, %v", got, damage, err)
	}
	if _, _, err = read(archiveFile(t, picture)); !errors.Is(err, ErrNoPages) {
		t.Errorf("no pages: %v", err)
	}
	if _, _, err = read([]byte("hello")); !errors.Is(err, warc.ErrDamaged) {
		t.Errorf("no archive: %v", err)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(archiveFile(f, articleAnswer("https://example.org/1", "Seminar opens")))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = ReadArchive(bytes.NewReader(file), 1<<16, Options{Source: "inbox"}, func(r *news.Report) error {
			if err := r.Validate(); err != nil {
				t.Error(err)
			}
			return nil
		})
	})
}

// fuzzRead: what is read is a valid report, whatever the bytes.
func fuzzRead(t *testing.T, name string, data []byte) {
	contents, err := Read(name, data, Options{Source: "inbox", Agency: "Agency"})
	if err != nil {
		return
	}
	for _, r := range contents.Reports {
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
	}
}
