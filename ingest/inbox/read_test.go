package inbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

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
			got, err := Read(tt.file, []byte(tt.content), Options{Source: "inbox", Agency: "Agency", Location: baku, Language: "en"})
			if err != nil {
				t.Fatal(err)
			}
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
	r, err := Read("a.txt", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
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
	r, err := Read("dispatch.txt", data, Options{Agency: "REPORT.AZ", Location: baku})
	if err != nil {
		t.Fatal(err)
	}
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

// fuzzRead: what is read is a valid report, whatever the bytes.
func fuzzRead(t *testing.T, name string, data []byte) {
	r, err := Read(name, data, Options{Source: "inbox", Agency: "Agency"})
	if err != nil {
		return
	}
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
}
