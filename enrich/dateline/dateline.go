// Package dateline reads the line that opens a dispatch: the place it was
// written in, the date, the agency and the correspondent, in whatever order
// the agency sets them.
//
// It looks only at the head of the text and finds nothing where there is no
// such line. The place is where the report was written, not where the event
// is.
package dateline

import (
	"strings"
	"time"
	"unicode"

	"github.com/dateline-news/dateline/news"
)

// reach is how many bytes of a paragraph a dateline may take.
const reach = 240

// headParagraphs is how many paragraphs may come before it: a title, a line
// with the date.
const headParagraphs = 3

// contradiction is how far the date of a dateline may lie from publication.
const contradiction = 3 * 24 * time.Hour

// Find returns the dateline of r, or nil when its text has none. Its date is
// one of r.Dates, in the year that has passed where the text names none.
// Conflict is set when the date lies more than three days from publication or
// more than one from a header before it, or contradicts the weekday written
// beside it.
func Find(r *news.Report) *news.Dateline {
	start, header := importPrefix(r.Text)
	author := ""
	for n := 0; n < headParagraphs && start < len(r.Text); n++ {
		end := paragraphEnd(r.Text, start)
		if title := strings.TrimSpace(r.Text[start:end]); n == 0 && title != "" && title == r.Title {
			start = skipSpace(r.Text, end)
			continue
		}
		by, after := byline(r.Text, start, end)
		if after >= end && by != "" {
			author, start = by, skipSpace(r.Text, end) // a byline of its own
			continue
		}
		s := newScanner(r, after, end)
		s.signed = by != ""
		if d := s.read(); d != nil {
			d.Conflict = conflicts(r, d) || apart(header, d.Date, 24*time.Hour) || contradictsWeekday(r, d) || contradictsToday(r, d)
			correspondent(r.Text, d)
			if by != "" {
				author, d.Span.Start = by, start
			}
			if d.Correspondent == "" {
				d.Correspondent = author
			}
			return d
		}
		if end-start > reach {
			return nil
		}
		start = skipSpace(r.Text, end)
	}
	return nil
}

// importPrefix skips and reads "date 2014-12-08", which some exports put before
// the text.
func importPrefix(text string) (start int, date news.Moment) {
	i := skipSpace(text, 0)
	if len(text) < i+15 || !strings.EqualFold(text[i:i+4], "date") {
		return i, news.Moment{}
	}
	j := skipSpace(text, i+4)
	if j < len(text) && text[j] == ':' {
		j = skipSpace(text, j+1)
	}
	if len(text) < j+10 {
		return i, news.Moment{}
	}
	at, err := time.Parse(time.DateOnly, text[j:j+10])
	if err != nil {
		return i, news.Moment{}
	}
	return skipSpace(text, j+10), news.DayOf(at)
}

func skipSpace(text string, i int) int {
	for i < len(text) && strings.IndexByte(" \t\r\n", text[i]) >= 0 {
		i++
	}
	return i
}

func paragraphEnd(text string, start int) int {
	if n := strings.Index(text[start:], "\n"); n >= 0 {
		return start + n
	}
	return len(text)
}

func conflicts(r *news.Report, d *news.Dateline) bool {
	return !r.Published.IsZero() && apart(d.Date, news.DayOf(r.Published), contradiction)
}

// apart reports whether two days are known and lie further from each other
// than limit.
func apart(a, b news.Moment, limit time.Duration) bool {
	return !a.IsZero() && !b.IsZero() && a.Time.Sub(b.Time).Abs() > limit
}

// contradictsToday reports whether the text after the dateline calls a day
// today that lies more than one from the date of d: "Today, 12 December, the
// union".
func contradictsToday(r *news.Report, d *news.Dateline) bool {
	for i := 0; i+1 < len(r.Dates); i++ {
		today, day := &r.Dates[i], &r.Dates[i+1]
		if today.Span.Start < d.Span.End || !strings.EqualFold(today.Text, "today") {
			continue
		}
		between := strings.TrimSpace(r.Text[today.Span.End:day.Span.Start])
		named := day.Type == news.TypeDate && day.Start.Day && day.End == day.Start.AddDays(1) && strings.ContainsFunc(day.Text, unicode.IsDigit)
		if named && len(between) < 4 && strings.Trim(between, ",(-–— on") == "" {
			return apart(d.Date, day.Start, 24*time.Hour)
		}
	}
	return false
}

// contradictsWeekday reports whether the date of d is written with the name of
// another weekday than its own.
func contradictsWeekday(r *news.Report, d *news.Dateline) bool {
	if d.Date.IsZero() {
		return false
	}
	for i := range r.Dates {
		date := &r.Dates[i]
		if date.Span.Start >= d.Span.End {
			break
		}
		if !date.Span.Overlaps(d.Span) {
			continue
		}
		for wd := time.Sunday; wd <= time.Saturday; wd++ {
			if strings.Contains(date.Text, wd.String()) && wd != d.Date.Time.Weekday() {
				return true
			}
		}
	}
	return false
}

// correspondent reads "By NAME – Trend:" right after the dateline.
func correspondent(text string, d *news.Dateline) {
	i := skipSpace(text, d.Span.End)
	for i < len(text) && strings.IndexByte("-:;,", text[i]) >= 0 {
		i = skipSpace(text, i+1)
	}
	if !strings.HasPrefix(text[i:], "By ") && !strings.HasPrefix(text[i:], "by ") {
		signature(text, d, i)
		return
	}
	s := scanner{text: text, pos: i + 3, end: paragraphEnd(text, i)}
	name, next := s.capitalRun(s.pos, 4)
	if next == 0 || !strings.Contains(name, " ") {
		return
	}
	s.pos = next
	end := next
	if s.dash() || s.mark('/') || s.mark(',') {
		if a, n := s.agency(s.skip(s.pos)); n > 0 {
			end = n
			if d.Agency == "" {
				d.Agency = a
			}
		}
	}
	if end < s.end && (text[end] == ':' || text[end] == '/') {
		end++
	}
	d.Correspondent, d.Span.End = name, end
}
