package inbox

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

var headerLine = regexp.MustCompile(`^\s*([A-Za-z]+)\s*:\s*(.*?)\s*$`)

// headerKeys set the fields of a report from a header's values.
var headerKeys = map[string]func(r *news.Report, value string, zone *time.Location) error{
	"title":    func(r *news.Report, v string, _ *time.Location) error { r.Title = v; return nil },
	"agency":   func(r *news.Report, v string, _ *time.Location) error { r.Agency = v; return nil },
	"source":   func(r *news.Report, v string, _ *time.Location) error { r.Agency = v; return nil },
	"section":  func(r *news.Report, v string, _ *time.Location) error { r.Section = v; return nil },
	"language": func(r *news.Report, v string, _ *time.Location) error { r.Language = v; return nil },
	"byline":   func(r *news.Report, v string, _ *time.Location) error { r.Byline = list(v); return nil },
	"tags":     func(r *news.Report, v string, _ *time.Location) error { r.Tags = list(v); return nil },
	"url":      setURL,
	"date":     setDate,
}

func setURL(r *news.Report, v string, _ *time.Location) error {
	if _, err := canonical.URL(v); err != nil {
		return fmt.Errorf("its header has url: %w", err)
	}
	r.URL = v
	return nil
}

func setDate(r *news.Report, v string, zone *time.Location) error {
	t, _, ok := when.Parse(v, zone)
	if !ok {
		return fmt.Errorf("its header has date: %q; write it as 2006-01-02 or 2006-01-02 15:04", v)
	}
	r.Published = t
	return nil
}

func list(s string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// takeHeader reads the header into r and returns the text after it. A text
// whose first lines only look like a header, because one has another key or
// no empty line follows, has none.
func takeHeader(text string, r *news.Report, zone *time.Location) (string, error) {
	rest := strings.TrimLeft(text, "\n")
	fenced := false
	if after, ok := strings.CutPrefix(rest, "---\n"); ok {
		rest, fenced = after, true
	}
	var lines [][]string
	for {
		line, after, more := strings.Cut(rest, "\n")
		trimmed := strings.TrimSpace(line)
		if trimmed == "---" && len(lines) > 0 || trimmed == "" && !fenced {
			rest = after
			break
		}
		m := headerLine.FindStringSubmatch(line)
		if m == nil || headerKeys[strings.ToLower(m[1])] == nil || !more {
			return text, nil
		}
		lines, rest = append(lines, m), after
	}
	for _, m := range lines {
		if err := headerKeys[strings.ToLower(m[1])](r, m[2], zone); err != nil {
			return "", err
		}
	}
	return rest, nil
}

var leadingDate = regexp.MustCompile(`(?i)^\s*date[ \t]+(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)\s+`)

// takeDate reads "date 2014-12-08" at the beginning of text and returns the
// text after it.
func takeDate(text string, r *news.Report, zone *time.Location) string {
	m := leadingDate.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	t, _, ok := when.Parse(text[m[2]:m[3]], zone)
	if !ok {
		return text
	}
	if r.Published.IsZero() {
		r.Published = t
	}
	return text[m[1]:]
}
