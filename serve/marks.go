package serve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// run is a stretch of text that a page shows in one way. Kind is "" for plain
// text, else what is marked: match, person, org, place, date, quote or event.
type run struct {
	Text string
	Kind string
	Note string // what was resolved, for hover and focus
}

// mark is a span to be shown as a run.
type mark struct {
	span news.Span
	kind string
	note string
}

// paragraphs cuts text at empty lines and each paragraph into runs. Where
// marks overlap, the one that begins first wins, then the longer one.
func paragraphs(text string, marks []mark) [][]run {
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	var all [][]run
	for _, p := range splitParagraphs(text) {
		if runs := runsOf(text, p, marks); len(runs) > 0 {
			all = append(all, runs)
		}
	}
	return all
}

func splitParagraphs(text string) []news.Span {
	var spans []news.Span
	start := 0
	for start < len(text) {
		end := strings.Index(text[start:], "\n\n")
		if end < 0 {
			end = len(text) - start
		}
		if strings.TrimSpace(text[start:start+end]) != "" {
			spans = append(spans, news.Span{Start: start, End: start + end})
		}
		start += end + 2
	}
	return spans
}

// runsOf cuts the part of text within bounds at the marks, which are sorted.
func runsOf(text string, bounds news.Span, marks []mark) []run {
	var runs []run
	at := bounds.Start
	for _, m := range marks {
		if m.span.Start < at || m.span.End > bounds.End || !m.span.Valid(text) {
			continue
		}
		if at < m.span.Start {
			runs = append(runs, run{Text: text[at:m.span.Start]})
		}
		runs = append(runs, run{Text: m.span.Of(text), Kind: m.kind, Note: m.note})
		at = m.span.End
	}
	if at < bounds.End {
		runs = append(runs, run{Text: text[at:bounds.End]})
	}
	return runs
}

// snippetBytes is about how much of a text a search result shows.
const snippetBytes = 280

// snippet is the part of text around the first match, with matches marked.
func snippet(text string, matches []news.Span) []run {
	start := 0
	if len(matches) > 0 && matches[0].Start > snippetBytes/2 {
		start = matches[0].Start - snippetBytes/3
	}
	start = wordBoundary(text, start)
	end := wordBoundary(text, min(start+snippetBytes, len(text)))
	marks := make([]mark, len(matches))
	for i, m := range matches {
		marks[i] = mark{span: m, kind: "match"}
	}
	runs := runsOf(text, news.Span{Start: start, End: end}, marks)
	if start > 0 {
		runs = append([]run{{Text: "… "}}, runs...)
	}
	if end < len(text) {
		runs = append(runs, run{Text: " …"})
	}
	return runs
}

// wordBoundary is the nearest start of a word at or after i, or, when there is
// none near, the nearest start of a rune.
func wordBoundary(text string, i int) int {
	if i <= 0 || i >= len(text) {
		return max(0, min(i, len(text)))
	}
	if space := strings.IndexAny(text[i:min(len(text), i+40)], " \n"); space >= 0 {
		return i + space + 1
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// entityMarks are the marks of everything that was read from the report.
func entityMarks(r *news.Report) []mark {
	var marks []mark
	for _, p := range r.People {
		marks = appendMentions(marks, p.Mentions, "person", p.Name)
	}
	for _, o := range r.Organizations {
		marks = appendMentions(marks, o.Mentions, "org", o.Name)
	}
	for _, p := range r.Places {
		marks = appendMentions(marks, p.Mentions, "place", placeNote(p))
	}
	for _, d := range r.Dates {
		marks = append(marks, mark{d.Span, "date", dateNote(d)})
	}
	return marks
}

func appendMentions(marks []mark, mentions []news.Mention, kind, note string) []mark {
	for _, m := range mentions {
		marks = append(marks, mark{m.Span, kind, note})
	}
	return marks
}

func placeNote(p news.Place) string {
	if p.Country == "" {
		return p.Name
	}
	return p.Name + ", " + p.Country
}

func dateNote(d news.Date) string {
	when := interval(d.Start, d.End)
	if when == "" {
		when = d.Value
	}
	if d.Basis == "" || d.Basis == "explicit" {
		return when
	}
	return when + ", resolved from " + d.Basis
}
