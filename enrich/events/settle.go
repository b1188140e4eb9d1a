package events

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// settled is the date moved to the side of the publication that the verb of
// the event asks for, when the text leaves the week or the year open: an event
// that is announced or changed lies ahead.
func (d *document) settled(r *record, date *news.Date, until bool) *news.Date {
	if !date.Start.IsZero() && !date.Start.Day && !isClock(date) {
		day := *date // 10 June at 15:00
		day.Start = dayOf(date.Start)
		day.End = day.Start.AddDays(1)
		date = &day
	}
	if y := r.m.year; y > 0 && date.Basis != "explicit" && hasMonth(date.Text) && date.Start.Day {
		moved := *date // PICARD 2015 on September 8-10
		years := y - date.Start.Time.Year()
		moved.Start.Time, moved.End.Time = date.Start.Time.AddDate(years, 0, 0), date.End.Time.AddDate(years, 0, 0)
		return &moved
	}
	if r.has && !until && r.pred.class == lasts && date.Start.Day && date.Start.Time.After(d.anchor) && hasMonth(date.Text) && !d.ahead(r) {
		moved := *date // under way since a day that cannot lie ahead
		moved.Start.Time, moved.End.Time = date.Start.Time.AddDate(-1, 0, 0), date.End.Time.AddDate(-1, 0, 0)
		return &moved
	}
	if !r.has && r.m.kind != "deadline" && !until || d.anchor.IsZero() || date.Basis == "explicit" || !date.Start.Day || !date.Start.Time.Before(d.anchor) || !d.ahead(r) && !(until && r.pred.class != ends) && !d.soonAgain(r, date) {
		return date
	}
	if date.End.Time.After(d.anchor) {
		return date
	}
	moved := *date
	switch length := date.End.Time.Sub(date.Start.Time); {
	case isWeekday(date.Text):
		moved.Start, moved.End = date.Start.AddDays(7), date.End.AddDays(7)
	case !isSeason(date.Text) && (length > 40*24*time.Hour || !hasMonth(date.Text)) || !moved.End.Time.AddDate(1, 0, 0).After(d.anchor):
		return date
	default:
		moved.Start.Time, moved.End.Time = date.Start.Time.AddDate(1, 0, 0), date.End.Time.AddDate(1, 0, 0)
	}
	if moved.Start.Time.Before(d.anchor) {
		return date
	}
	return &moved
}

// soonAgain reports whether the date comes round again in the next weeks and
// no finite verb in the past holds it back.
func (d *document) soonAgain(r *record, date *news.Date) bool {
	t := r.pred.tense
	if t.past && (t.passive || t.perfect) || r.has && t.past && r.pred.class != holds && r.pred.class != plans {
		return false
	}
	next := date.Start.Time.AddDate(1, 0, 0)
	return hasMonth(date.Text) && !next.Before(d.anchor) && next.Before(d.anchor.AddDate(0, 0, 60))
}

// ahead reports whether the verb of the event says that it is still to come.
func (d *document) ahead(r *record) bool {
	if r.m.kind == "deadline" {
		return true
	}
	switch r.pred.class {
	case postpones, moves, cancels:
		return true
	case confirms, invites, plans:
		return true
	case lasts:
		return !r.pred.tense.past && !r.pred.tense.progressive
	}
	t := r.pred.tense
	if t.future && (!t.perfect || t.negated) {
		return true
	}
	if !r.has || t != (tense{}) {
		return false
	}
	switch r.pred.class {
	case happens:
		return r.pred.subject
	case starts:
		return true // opens on Saturday, begin a meeting on Saturday
	}
	return false
}

// isClock reports whether a date is a time of day alone.
func isClock(date *news.Date) bool {
	if date.Type != news.TypeTime {
		return false
	}
	for w := range strings.FieldsSeq(date.Text) {
		if len(w) > 4 && w[0] > '9' || len(w) > 2 && strings.Contains(" may june july sept oct nov dec jan feb mar apr jun jul aug sep ", " "+strings.ToLower(strings.Trim(w, ".,"))+" ") {
			return false // a month, a weekday, tomorrow
		}
	}
	return !strings.ContainsAny(date.Text, "/") && strings.Count(date.Text, ".") < 2
}

// isWeekday reports whether the text of a date is a weekday or a range of
// them.
func isWeekday(text string) bool {
	n := 0
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		switch w {
		case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
			n++
		case "from", "to", "and", "on", "through", "till", "until":
		default:
			return false
		}
	}
	return n > 0
}

// isSeason reports whether the text of a date is a season, which inside a name
// says nothing of when the event is (the Summer Olympics).
func isSeason(text string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		switch w {
		case "summer", "winter", "spring", "autumn", "fall":
			return true
		}
	}
	return false
}

// hasMonth reports whether the text of a date names a month and no year.
func hasMonth(text string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if len(w) >= 3 && strings.Contains(" january february march april may june july august september october november december sept. ", " "+strings.TrimSuffix(w, ",")) {
			return true
		}
	}
	return false
}
