package channel

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"strings"
	"text/template"

	"github.com/dateline-news/dateline/alert/notice"
)

// Templates turn notices into the texts of a message.
type Templates struct {
	subject, text *template.Template
	html          *htmltemplate.Template
}

// templateFile names the files, and maxSubject is where a subject is cut.
const (
	subjectFile = "subject.tmpl"
	textFile    = "text.tmpl"
	htmlFile    = "html.tmpl"
	maxSubject  = 200
)

// view is what a template sees.
type view struct {
	Subject           string
	Rules             []string
	Notices           []notice.Notice
	Link, Unsubscribe string
}

var functions = map[string]any{"join": strings.Join, "interval": Interval}

// ParseTemplates reads subject.tmpl, text.tmpl and html.tmpl, each from the
// first of the folders that has it.
func ParseTemplates(folders ...fs.FS) (*Templates, error) {
	t := new(Templates)
	for _, f := range []struct {
		name  string
		parse func(source string) error
	}{
		{subjectFile, func(s string) (err error) {
			t.subject, err = template.New(subjectFile).Funcs(functions).Parse(s)
			return err
		}},
		{textFile, func(s string) (err error) {
			t.text, err = template.New(textFile).Funcs(functions).Parse(s)
			return err
		}},
		{htmlFile, func(s string) (err error) {
			t.html, err = htmltemplate.New(htmlFile).Funcs(functions).Parse(s)
			return err
		}},
	} {
		source, err := read(f.name, folders)
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", f.name, err)
		}
		if err := f.parse(string(source)); err != nil {
			return nil, fmt.Errorf("template: %w", err)
		}
	}
	return t, t.try()
}

func read(name string, folders []fs.FS) ([]byte, error) {
	for _, folder := range folders {
		source, err := fs.ReadFile(folder, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return source, err
		}
	}
	return nil, fs.ErrNotExist
}

// try fills the templates with a notice that has everything and one that has
// nothing, so that a mistake is told when the process starts.
func (t *Templates) try() error {
	full := notice.Notice{
		Title: "title", Text: "text", MatchedBy: []string{"a"}, Sources: []notice.Source{{Agency: "A", URL: "https://a.example"}},
		Event: &notice.Event{Name: "event", Place: "place", Host: "host", Changes: []notice.Change{{Kind: "held"}}},
	}
	for _, notices := range [][]notice.Notice{{full}, {{}}, {full, full}} {
		m := Message{Rules: []string{"rule"}, Notices: notices, Link: "https://a.example", Unsubscribe: "https://a.example"}
		if err := t.Fill(&m); err != nil {
			return err
		}
	}
	return nil
}

// Fill writes the message's Subject, Text and HTML.
func (t *Templates) Fill(m *Message) error {
	v := view{Rules: m.Rules, Notices: m.Notices, Link: m.Link, Unsubscribe: m.Unsubscribe}
	var subject, text, html bytes.Buffer
	if err := t.subject.Execute(&subject, v); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	v.Subject = clip(strings.Join(strings.Fields(subject.String()), " "), maxSubject)
	if err := t.text.Execute(&text, v); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	if err := t.html.Execute(&html, v); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	m.Subject, m.Text, m.HTML = v.Subject, strings.TrimSpace(text.String()), html.String()
	return nil
}

// Interval shows when an event takes place as people write it: the last day
// is a part of it.
func Interval(e *notice.Event) string {
	if e == nil || e.Start.IsZero() {
		return ""
	}
	if !e.Start.Day {
		return e.Start.Time.Format("2 January 2006 15:04 MST")
	}
	first, last := e.Start.Time, e.Start.Time
	if !e.End.IsZero() {
		last = e.End.AddDays(-1).Time
	}
	switch {
	case !last.After(first):
		return first.Format("2 January 2006")
	case first.Year() != last.Year():
		return first.Format("2 January 2006") + " – " + last.Format("2 January 2006")
	case first.Month() != last.Month():
		return first.Format("2 January") + " – " + last.Format("2 January 2006")
	}
	return first.Format("2") + "–" + last.Format("2 January 2006")
}
