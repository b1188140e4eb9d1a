package serve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// run is a stretch of text that a page shows in one way. Kind is "" for plain
// text, else what is marked: match, person, org, place, date, quote or event.
// A quote or an event, and a name of which words are matched, has Runs of its
// own in place of Text.
type run struct {
	Text string
	Kind string
	Note string // what was resolved and from what, for hover and focus
	URL  string // where the mark leads
	ID   string // what a fact of the panel leads to
	Runs []run
}

// Holds reports whether the run is a sentence or a quotation, which may hold
// names, dates and words.
func (r run) Holds() bool { return r.Kind == "quote" || r.Kind == "event" }

// Called is what people call the kind.
func (r run) Called() string {
	if r.Kind == "org" {
		return "organization"
	}
	return r.Kind
}

// mark is a span to be shown as a run.
type mark struct {
	span news.Span
	kind string
	note string
	url  string
	id   string
}

// holds reports whether the mark may hold others: a sentence or a quotation,
// where the rest are names, dates and words.
func (m mark) holds() bool { return m.kind == "quote" || m.kind == "event" }

// paragraphs cuts text at empty lines and each paragraph into runs. A mark of
// a sentence or a quotation holds the marks within it; of other marks that
// overlap, the one that begins first wins, then the longer one. What the search
// matches is marked in all of them.
func paragraphs(text string, marks []mark, matches []news.Span) [][]run {
	sortMarks(marks)
	var all [][]run
	for _, p := range splitParagraphs(text) {
		if runs := runsOf(text, p, marks, matches); len(runs) > 0 {
			all = append(all, runs)
		}
	}
	return all
}

// sortMarks puts a mark before those that it may hold.
func sortMarks(marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End), cmp.Compare(rank(a), rank(b)))
	})
}

func rank(m mark) int {
	if m.holds() {
		return 0
	}
	return 1
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

// runsOf cuts the part of text within bounds at the marks, which are sorted,
// and at the matches. What a sentence or quotation reaches beyond bounds is left
// out of it.
func runsOf(text string, bounds news.Span, marks []mark, matches []news.Span) []run {
	var runs []run
	at := bounds.Start
	for i, m := range marks {
		if !m.span.Valid(text) || m.span.Start < at || m.span.Start >= bounds.End {
			continue
		}
		if m.span.End > bounds.End {
			if !m.holds() {
				continue
			}
			m.span.End = bounds.End
		}
		runs = append(runs, matchRuns(text, news.Span{Start: at, End: m.span.Start}, matches)...)
		one := run{Kind: m.kind, Note: m.note, URL: m.url, ID: m.id}
		if m.holds() {
			one.Runs = runsOf(text, m.span, marks[i+1:], matches)
		} else if inner := matchRuns(text, m.span, matches); len(inner) > 1 || len(inner) == 1 && inner[0].Kind != "" {
			one.Runs = inner
		} else {
			one.Text = m.span.Of(text)
		}
		runs = append(runs, one)
		at = m.span.End
	}
	return append(runs, matchRuns(text, news.Span{Start: at, End: bounds.End}, matches)...)
}

// matchRuns cuts the part of text within bounds at the matches, of which some
// may reach beyond it.
func matchRuns(text string, bounds news.Span, matches []news.Span) []run {
	var runs []run
	at := bounds.Start
	for _, m := range matches {
		start, end := max(m.Start, at), min(m.End, bounds.End)
		if start >= end || !m.Valid(text) {
			continue
		}
		if at < start {
			runs = append(runs, run{Text: text[at:start]})
		}
		runs = append(runs, run{Text: text[start:end], Kind: "match"})
		at = end
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
	runs := matchRuns(text, news.Span{Start: start, End: end}, matches)
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

// reportMarks are the marks of everything that was read from the report.
func reportMarks(r *news.Report) []mark {
	var marks []mark
	for _, p := range r.People {
		marks = appendMentions(marks, p.Mentions, "person", personNote(p), entityURL("people", p.ID))
	}
	for _, o := range r.Organizations {
		marks = appendMentions(marks, o.Mentions, "org", orgNote(o), entityURL("organizations", o.ID))
	}
	for _, p := range r.Places {
		marks = appendMentions(marks, p.Mentions, "place", placeNote(p), entityURL("places", p.ID))
	}
	for i, d := range r.Dates {
		marks = append(marks, mark{d.Span, "date", dateNote(d), "#" + factID("date", i), textID("date", i)})
	}
	for i, q := range r.Quotes {
		marks = append(marks, mark{q.Span, "quote", quoteNote(q), "", textID("quote", i)})
	}
	for i, e := range r.Events {
		marks = append(marks, mark{e.Span, "event", eventNote(e), "", textID("event", i)})
	}
	return marks
}

// textID names what a fact was read from, and factID the fact, to links.
func textID(kind string, i int) string { return "text-" + kind + "-" + strconv.Itoa(i+1) }
func factID(kind string, i int) string { return "fact-" + kind + "-" + strconv.Itoa(i+1) }

// mentionID names the first mention of an entity to links.
func mentionID(m news.Mention) string { return "text-at-" + strconv.Itoa(m.Span.Start) }

func appendMentions(marks []mark, mentions []news.Mention, kind, note, url string) []mark {
	for _, m := range mentions {
		said := note
		if m.Kind == news.MentionPronoun || m.Kind == news.MentionNoun {
			said += "; read from a " + m.Kind
		}
		marks = append(marks, mark{m.Span, kind, said, url, mentionID(m)})
	}
	return marks
}

func personNote(p news.Person) string {
	for _, role := range p.Roles {
		return p.Name + ", " + roleWords(role)
	}
	return p.Name
}

func roleWords(r news.Role) string {
	words := r.Title
	if r.Former {
		words = "former " + words
	}
	if r.Organization != "" {
		words += ", " + r.Organization
	}
	return words
}

func orgNote(o news.Organization) string {
	if o.Acronym == "" || o.Acronym == o.Name {
		return o.Name
	}
	return o.Name + " (" + o.Acronym + ")"
}

func placeNote(p news.Place) string {
	if p.Country == "" {
		return p.Name
	}
	return p.Name + ", " + p.Country
}

func dateNote(d news.Date) string {
	when := cmp.Or(interval(d.Start, d.End), d.Value)
	if d.Basis == "" || d.Basis == "explicit" {
		return when
	}
	return when + ", resolved from " + d.Basis
}

func quoteNote(q news.Quote) string {
	if q.Speaker == nil || q.Speaker.Name == "" {
		return q.Kind + " quote of a speaker who is not named"
	}
	return q.Kind + " quote of " + q.Speaker.Name
}

func eventNote(e news.Event) string {
	note := e.Name
	if when := interval(e.Start, e.End); when != "" {
		note += ", " + when
	}
	if e.Place != "" {
		note += ", " + e.Place
	}
	return note
}
