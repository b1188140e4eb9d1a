package enrich

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// ExplainLine reads a report from one line of JSON as AnnotateLine does, and
// returns, for a person to read, what was read from it and why: one line per
// annotation in the order of the text, with its place, its words, what they
// were resolved to and the reason.
func (a *Annotator) ExplainLine(line []byte) ([]byte, error) {
	r, _, err := decodeLine(line)
	if err != nil {
		return nil, err
	}
	a.Annotate(r)
	e := explainer{report: r}
	e.all()
	return e.print(), nil
}

// explainer gathers the lines of one report.
type explainer struct {
	report *news.Report
	lines  []explanation
}

type explanation struct {
	span    news.Span
	kind    string
	meaning string
	why     string
}

func (e *explainer) add(span news.Span, kind, meaning, why string) {
	e.lines = append(e.lines, explanation{span, kind, meaning, why})
}

func (e *explainer) all() {
	e.dateline()
	for _, d := range e.report.Dates {
		e.add(d.Span, "date", dateMeaning(d), e.dateReason(d))
	}
	for _, o := range e.report.Organizations {
		e.mentions(o.Mentions, "organization", withAcronym(o), func(m news.Mention) string { return e.organizationReason(o, m) })
	}
	for _, p := range e.report.Places {
		e.mentions(p.Mentions, "place", placeMeaning(p), func(m news.Mention) string { return e.placeReason(p, m) })
	}
	for _, p := range e.report.People {
		e.mentions(p.Mentions, "person", p.Name, func(m news.Mention) string { return e.personReason(p, m) })
		for _, role := range p.Roles {
			e.add(role.Span, "role", p.Name+": "+roleMeaning(role), "the office stands with the name")
		}
	}
	for _, q := range e.report.Quotes {
		e.add(q.Span, "quote", quoteMeaning(q), e.quoteReason(q))
	}
	for _, v := range e.report.Events {
		e.add(v.Span, "event", eventMeaning(v), eventReason(v))
	}
}

func (e *explainer) mentions(list []news.Mention, kind, meaning string, why func(news.Mention) string) {
	for _, m := range list {
		e.add(m.Span, kind, meaning, why(m))
	}
}

func (e *explainer) dateline() {
	d := e.report.Dateline
	if d == nil {
		return
	}
	why := "it stands at the head of the text"
	if d.Conflict {
		why += "; its date is far from the publication"
	}
	e.add(d.Span, "dateline", list(", ", d.Place, d.Date.String(), d.Agency, d.Correspondent), why)
}

func dateMeaning(d news.Date) string {
	if d.Start.IsZero() && d.End.IsZero() {
		return d.Type + " " + d.Value
	}
	return fmt.Sprintf("%s %s [%s, %s)", d.Type, d.Value, d.Start, d.End)
}

func (e *explainer) dateReason(d news.Date) string {
	switch d.Basis {
	case "explicit":
		return "all of it stands in the text"
	case "publication":
		return "counted from the publication, " + e.report.Anchor().Format("2006-01-02")
	case "dateline":
		return "counted from the dateline"
	case "":
		return "it is no date that could be counted"
	}
	return fmt.Sprintf("counted from %q", d.Basis)
}

func withAcronym(o news.Organization) string {
	if o.Acronym == "" {
		return o.Name
	}
	return o.Name + " (" + o.Acronym + ")"
}

func (e *explainer) organizationReason(o news.Organization, m news.Mention) string {
	words := m.Span.Of(e.report.Text)
	switch {
	case m.Kind != news.MentionName:
		return "a noun that stands for the name"
	case o.Kind == "" && o.Country == "" && words == o.Name:
		return "a name that no gazetteer has, kept as found"
	case words == o.Acronym:
		return "its acronym"
	case words == o.Name:
		return "its name in the gazetteer"
	}
	return "another of its names"
}

func placeMeaning(p news.Place) string {
	meaning := list(", ", p.Name, p.Country, p.Kind)
	if p.Lat != nil && p.Lon != nil {
		meaning += fmt.Sprintf(" at %.2f, %.2f", *p.Lat, *p.Lon)
	}
	return meaning
}

func (e *explainer) placeReason(p news.Place, m news.Mention) string {
	why := "in the gazetteer as " + p.ID
	if words := m.Span.Of(e.report.Text); !strings.EqualFold(words, p.Name) {
		why += " under another name"
	}
	return why
}

func (e *explainer) personReason(p news.Person, m news.Mention) string {
	switch words := m.Span.Of(e.report.Text); {
	case m.Kind == news.MentionPronoun:
		return "a pronoun for the person spoken of before"
	case m.Kind == news.MentionNoun:
		return "a noun for the office the person holds"
	case words == p.Name:
		return "the full name"
	}
	return "a part or another spelling of the name"
}

func roleMeaning(role news.Role) string {
	meaning := list(", ", role.Title, role.Organization)
	if role.Former {
		meaning = "former " + meaning
	}
	return meaning
}

func quoteMeaning(q news.Quote) string {
	speaker := "nobody named"
	if q.Speaker != nil {
		speaker = cmp.Or(q.Speaker.Name, q.Speaker.Kind)
	}
	return q.Kind + " speech of " + speaker
}

func (e *explainer) quoteReason(q news.Quote) string {
	why := "it stands in quotation marks"
	if q.Cue != "" {
		why = fmt.Sprintf("the cue %q", q.Cue)
	}
	if q.Speaker == nil || q.Speaker.Span.IsZero() {
		return why
	}
	return why + fmt.Sprintf(" with %q", q.Speaker.Span.Of(e.report.Text))
}

func eventMeaning(v news.Event) string {
	when := ""
	if !v.Start.IsZero() || !v.End.IsZero() {
		when = fmt.Sprintf("[%s, %s)", v.Start, v.End)
	}
	return list(", ", v.Name, when, v.Place, v.Status)
}

func eventReason(v news.Event) string {
	why := "read from this clause"
	if v.Series != "" {
		why += "; the series " + v.Series + " is in the gazetteer"
	}
	if len(v.Inferred) > 0 {
		why += "; not in the clause: " + strings.Join(v.Inferred, "; ")
	}
	return why
}

// list joins the parts that are not empty.
func list(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// longestWords is how many characters of an annotation's words are shown.
const longestWords = 60

func (e *explainer) print() []byte {
	slices.SortStableFunc(e.lines, func(a, b explanation) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", e.report.ID)
	for _, l := range e.lines {
		words := []rune(news.NormalSpace(l.span.Of(e.report.Text)))
		if len(words) > longestWords {
			words = append(words[:longestWords], '…')
		}
		fmt.Fprintf(&b, "  %d-%d\t%s %q\n\t= %s\n\t  because: %s\n", l.span.Start, l.span.End, l.kind, string(words), l.meaning, l.why)
	}
	return b.Bytes()
}
