// Package dates finds the expressions of time in a report and says what each
// means: its TIMEX3 type and value, the half-open interval it stands for and
// what it was resolved from.
//
// Recognition and resolution are apart. A lexer gives every word its roles
// once; small rules, one file for each phenomenon, read expressions from the
// tokens; then the expressions are resolved in the order of the text, on the
// publication time in the zone of its source and on what the text itself has
// established. Find is pure and its time is linear in the length of the text.
package dates

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// Find returns the expressions of time in r.Text in the order of the text;
// no two overlap. Relative ones are anchored on r.Anchor() in its zone, or on
// the date of r.Dateline when there is no publication time.
func Find(r *news.Report) []news.Date { return Read(r.Text).Resolve(r) }

// Expressions are the expressions of time of a text, recognized and not yet
// resolved.
type Expressions struct{ found []found }

// Read recognizes the expressions of time in text.
func Read(text string) Expressions { return Expressions{recognize(text)} }

// Resolve returns what the expressions mean in r, from whose text they were
// read: see Find.
func (x Expressions) Resolve(r *news.Report) []news.Date {
	if len(x.found) == 0 {
		return nil
	}
	f := newFrame(r)
	f.narrative, f.timeless = manner(x.found, f, len(r.Text))
	out := make([]news.Date, 0, len(x.found))
	for _, e := range x.found {
		f.tense, f.chained = e.tense, e.chained
		f.present = e.present
		f.governed = e.governed
		f.announces = e.tense == unknownTense && len(r.Text) < headline
		got := e.spec.resolve(f)
		text := r.Text[e.start:e.end]
		f.establish(got, text)
		out = append(out, f.date(e, got, text))
	}
	return out
}

// headline is the length of a text that, without a verb, announces.
const headline = 100

// recognize finds the expressions of every paragraph.
func recognize(text string) []found {
	l := lexer{text: text}
	p := parser{text: text}
	for {
		toks, ok := l.paragraph()
		if !ok {
			return p.found
		}
		p.toks = toks
		p.run()
	}
}

// manner reports how the text tells of time. It is narrative when it tells of
// other times than its publication: most of its years are not near, and few
// expressions lean on the day it was written. It is timeless when nothing at
// all in a long text ties it to that day: a guide, an encyclopedia.
func manner(all []found, f *frame, length int) (narrative, timeless bool) {
	if !f.known {
		return true, false
	}
	far, near := 0, 0
	for _, e := range all {
		switch s := e.spec.(type) {
		case *dateSpec:
			if s.y == 0 {
				continue
			}
			if d := f.day.Year() - s.y; d > 1 || d < -1 {
				far++
			} else {
				near += 2
			}
		case decadeSpec:
			far++
		case dayShiftSpec:
			near += 2
		case weekdaySpec:
			near++
		case unitSpec:
			if !s.story {
				near += 2
			}
		}
	}
	return far > near && far > 1, near == 0 && length > 600
}

func (f *frame) date(e found, r reading, text string) news.Date {
	d := news.Date{Span: news.Span{Start: e.start, End: e.end}, Text: text, Type: r.typ, Value: r.value, Basis: r.basis}
	if !r.dated() {
		return d
	}
	if r.clock {
		zone := r.zone
		if zone == nil {
			zone = f.zone
		}
		d.Start, d.End = news.Instant(inZone(r.start, zone)), news.Instant(inZone(r.end, zone))
	} else {
		d.Start, d.End = news.DayOf(r.start), news.DayOf(r.end)
	}
	switch r.open {
	case noStart:
		d.Start = news.Moment{}
	case noEnd:
		d.End = news.Moment{}
	}
	return d
}

// inZone is the instant at which clocks of the zone show t.
func inZone(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, zone)
}
