package events

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// merge joins the records of one event and drops those that tell of none. It
// returns them in the order in which the events are first told of.
func (d *document) merge(records []*record) []*record {
	slices.SortStableFunc(records, func(a, b *record) int { return cmp.Compare(a.m.head, b.m.head) })
	var out []*record
	for _, r := range records {
		if into := d.sameEvent(out, r); into != nil {
			d.join(into, r)
			continue
		}
		if r.m.anyKind && !d.another(out, r) {
			continue
		}
		out = append(out, r)
	}
	kept := out[:0]
	for _, r := range out {
		if !r.weak {
			kept = append(kept, r)
		}
	}
	for _, r := range kept {
		d.infer(r)
	}
	return kept
}

// another makes r, which speaks of "it" at another time than the events before
// it, one more event like the last of them. It reports whether it can be one.
func (d *document) another(earlier []*record, r *record) bool {
	if len(earlier) == 0 || !r.has || r.event.Status == "" || r.event.Start.IsZero() && r.event.Year == 0 {
		return false
	}
	last := earlier[len(earlier)-1]
	if d.Sentence[r.m.head]-d.Sentence[last.m.head] > 1 || !d.Is(r.m.head, "it") {
		return false
	}
	r.event.Kind, r.event.Name, r.m.series, r.weak = last.event.Kind, last.event.Name, last.m.series, false
	return true
}

// furthest is how many events back a mention can refer to.
const furthest = 12

// sameEvent is the earlier record that r speaks of again, nil when it speaks
// of a new event.
func (d *document) sameEvent(earlier []*record, r *record) *record {
	var other *record
	for n := len(earlier) - 1; n >= 0 && n >= len(earlier)-furthest; n-- {
		e := earlier[n]
		if !d.compatible(e, r) {
			continue
		}
		switch {
		case r.m.elided && r.m.edition == "", r.m.verbal, e.m.verbal && !r.m.anyKind && !r.m.definite:
			continue
		case e.m.series >= 0 && e.m.series == r.m.series:
			return e
		case r.m.series >= 0 || e.m.series >= 0 && !r.m.definite:
			continue
		case r.m.anyKind || r.m.generic && r.m.definite:
			if e.m.quoted == r.m.quoted {
				return e
			}
			if other == nil {
				other = e
			}
		case d.sameName(e, r):
			return e
		}
	}
	return other
}

// compatible reports whether nothing that two records say keeps them from
// being of one event.
func (d *document) compatible(e, r *record) bool {
	a, b := &e.event, &r.event
	switch {
	case !r.m.anyKind && a.Kind != b.Kind && !(e.m.series >= 0 && e.m.series == r.m.series) && !standsFor(r.m, a.Kind):
		return false
	case a.Edition != "" && b.Edition != "" && a.Edition != b.Edition:
		return false
	case a.Year != 0 && b.Year != 0 && a.Year != b.Year && !r.changed:
		return false
	case e.m.days > 0 && r.m.days > 0 && e.m.days != r.m.days:
		return false
	case lengthOf(a) > 0 && r.m.days > 0 && lengthOf(a) != r.m.days && lengthOf(a) != 1 && lengthOf(a) < 28:
		return false
	case lengthOf(b) > 1 && e.m.days > 0 && lengthOf(b) != e.m.days && lengthOf(b) < 28:
		return false
	case !a.Start.IsZero() && !b.Start.IsZero() && !overlap(a, b) && !r.changed && !e.changed && !d.closes(e, r):
		return false
	case a.Place != "" && b.Place != "" && a.Place != b.Place && !(r.m.definite && r.m.generic && a.Start.IsZero() && a.Year == 0) && !r.changed && !e.changed && !d.isCountry(a.Place) && !d.isCountry(b.Place):
		return false
	case a.Status == news.EventHeld && b.Status == news.EventAnnounced && (b.Start.IsZero() && r.m.series >= 0 || d.saysNext(r)):
		return false
	case d.saysNext(r) != d.saysNext(e) && (a.Year != 0 || b.Year != 0) && r.m.series >= 0 && a.Status != b.Status:
		return false
	}
	return true
}

// closes reports whether r tells on which day the event of e, which began
// before, came to its end: "The games ended on 8 September."
func (d *document) closes(e, r *record) bool {
	return r.has && r.pred.class == ends && r.m.definite && e.event.Start.Before(r.event.Start) && r.event.Start.Time.Sub(e.event.Start.Time) < 60*24*time.Hour
}

// standsFor reports whether "the meeting" or "the conference" can be said of an event of a kind.
func standsFor(m *mention, kind string) bool {
	if m.kind != "meeting" && m.kind != "conference" || !m.generic || !m.definite {
		return false
	}
	switch kind {
	case "conference", "meeting", "summit", "session", "forum", "training", "hearing":
		return true
	}
	return false
}

// saysNext reports whether the mention is of the next event of its kind.
func (d *document) saysNext(r *record) bool {
	for i := r.m.outer; i < r.m.head; i++ {
		if d.Is(i, "next", "upcoming", "forthcoming") {
			return true
		}
	}
	return false
}

// lengthOf is the days of an event's interval, 0 when it has none.
func lengthOf(e *news.Event) int {
	if e.Start.IsZero() || e.End.IsZero() {
		return 0
	}
	return int(e.End.Time.Sub(e.Start.Time) / (24 * time.Hour))
}

func overlap(a, b *news.Event) bool {
	endA, endB := a.End, b.End
	if endA.IsZero() {
		endA = a.Start.AddDays(1)
	}
	if endB.IsZero() {
		endB = b.Start.AddDays(1)
	}
	return a.Start.Before(endB) && b.Start.Before(endA)
}

// sameName reports whether two names share their head and the words of one
// are words of the other.
func (d *document) sameName(e, r *record) bool {
	if e.m.head >= len(d.Words) || d.Fold(e.m.head) != d.Fold(r.m.head) {
		return false
	}
	a, b := contentWords(e.event.Name), contentWords(r.event.Name)
	if len(a) < 2 || len(b) < 2 {
		return r.m.definite && len(b) < 2
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	for w := range b {
		if !a[w] {
			return false
		}
	}
	return true
}

func contentWords(name string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(news.Fold(name)) {
		if roles.Word(w)&(preposition|determiner) == 0 && w != "and" {
			m[w] = true
		}
	}
	return m
}

// join adds what r says to the record of the same event before it.
func (d *document) join(into, r *record) {
	why := "said of \"" + d.string(r.m.np) + "\" in another sentence"
	if d.Sentence[into.m.head] == d.Sentence[r.m.head] || r.m.series >= 0 && into.m.series == r.m.series {
		why = ""
	}
	a, b := &into.event, &r.event
	fill := func(field string, empty bool, set func()) {
		if !empty {
			return
		}
		set()
		if why != "" {
			into.infer(field, why)
		}
	}
	fill("edition", a.Edition == "" && b.Edition != "", func() { a.Edition = b.Edition })
	fill("place", b.Place != "" && (a.Place == "" || r.pred.class == moves || a.Place != b.Place && d.isCountry(a.Place)), func() { a.Place = b.Place })
	fill("venue", a.Venue == "" && b.Venue != "", func() { a.Venue = b.Venue })
	fill("host", a.Host == "" && b.Host != "", func() { a.Host = b.Host })
	fill("organizer", a.Organizer == "" && b.Organizer != "", func() { a.Organizer = b.Organizer })
	fill("participants", len(a.Participants) == 0 && len(b.Participants) > 0, func() { a.Participants = b.Participants })
	fill("year", a.Year == 0 && b.Year != 0, func() { a.Year = b.Year })
	undated := a.Start.IsZero()
	switch {
	case !b.Start.IsZero() && d.closes(into, r):
		fill("end", true, func() { a.End = b.End })
	case !b.Start.IsZero() && (a.Start.IsZero() || d.spans(a, r) || r.changed || lengthOf(b) < lengthOf(a) && lengthOf(a) > 27):
		fill("start", true, func() { a.Start, a.End, a.Year = b.Start, b.End, b.Start.Time.Year() })
	case !r.until.IsZero() && (a.Start.IsZero() || a.Start.Before(r.until)):
		fill("end", true, func() { a.End = r.until })
	}
	d.joinLength(into, r)
	d.joinStatus(into, r, why)
	if a.Status == news.EventPostponed && !a.Start.IsZero() && (undated && d.hadBeen(r) || r.changed && r.dateAt < 0 && d.hadBeen(into)) {
		into.infer("start", news.PlannedDates)
	}
	if a.Status == news.EventHeld && !r.until.IsZero() && a.End == r.until && a.End.Time.After(d.anchor.AddDate(0, 0, 1)) && !d.anchor.IsZero() && !a.Start.Time.After(d.anchor) {
		a.Status = news.EventUnderWay
		into.infer("status", "it goes on beyond the day of publication")
	}
	into.weak = into.weak && r.weak && !(r.has && r.event.Status != "" && (!a.Start.IsZero() || a.Place != ""))
	if into.m.generic && !r.m.anyKind && !r.m.generic {
		a.Name = b.Name
	}
}

// spans reports whether r tells the days on which the event goes on, of which
// a has one: "The meeting runs from January 17 to 20."
func (d *document) spans(a *news.Event, r *record) bool {
	b := &r.event
	return r.has && r.pred.class == lasts && lengthOf(a) == 1 && lengthOf(b) > 1 && lengthOf(b) < 60 && !a.Start.Before(b.Start) && a.Start.Before(b.End)
}

// joinLength ends an event by the length that another mention gives it.
func (d *document) joinLength(into, r *record) {
	if into.m.days != 0 || r.m.days == 0 {
		return
	}
	into.m.days = r.m.days
	e := &into.event
	if r.m.days > 1 && e.Start.Day && lengthOf(e) == 1 {
		e.End = e.Start.AddDays(r.m.days)
		into.infer("end", "\""+d.string(phrase{From: r.m.np.From, To: r.m.head + 1})+"\" in another sentence")
		if into.event.Status == news.EventHeld && !e.Start.Time.After(d.anchor) && e.End.Time.After(d.anchor.AddDate(0, 0, 1)) {
			into.event.Status = news.EventUnderWay
			into.infer("status", "it lasts beyond the day of publication")
		}
	}
}

// rank orders statuses by how much they change.
var rank = map[string]int{
	news.EventAnnounced: 1, news.EventConfirmed: 2, news.EventUnderWay: 2, news.EventHeld: 2,
	news.EventMoved: 4, news.EventPostponed: 4, news.EventCancelled: 5,
}

func (d *document) joinStatus(into, r *record, why string) {
	a, b := &into.event, &r.event
	if b.Status == "" || !r.has {
		return
	}
	if b.Start.IsZero() && !a.Start.IsZero() && !r.changed {
		b.Start, b.End = a.Start, a.End
		b.Status = d.statusOf(r)
	}
	if rank[b.Status] > rank[a.Status] && !(a.Status == news.EventHeld || a.Status == news.EventUnderWay) || a.Status == "" || into.why["status"] != "" && rank[b.Status] >= rank[a.Status] {
		a.Status = b.Status
		into.changed = into.changed || r.changed
		delete(into.why, "status")
		if why != "" {
			into.infer("status", why)
		}
	}
}

// infer fills what only the report as a whole tells.
func (d *document) infer(r *record) {
	e := &r.event
	if e.Year == 0 && !e.Start.IsZero() {
		e.Year = e.Start.Time.Year()
	}
	if e.Year == 0 && e.End.IsZero() && e.Status == news.EventUnderWay && !d.anchor.IsZero() && r.m.series >= 0 {
		e.Year = d.anchor.Year()
		r.infer("year", "it is under way on the day of publication")
	}
	if e.Place == "" && d.r.Dateline != nil && d.r.Dateline.Place != "" && !r.m.quoted && d.isToday(e) && e.Kind != "visit" {
		e.Place = d.r.Dateline.Place
		r.infer("place", "the dateline of a report of the same day")
	}
}

// isToday reports whether the event goes on or was held on the day of
// publication.
func (d *document) isToday(e *news.Event) bool {
	if e.Status != news.EventUnderWay && e.Status != news.EventHeld || e.Start.IsZero() || d.anchor.IsZero() {
		return false
	}
	return !e.Start.Time.After(d.anchor) && e.End.Time.After(d.anchor) && lengthOf(e) < 28
}

// events are the annotations of the merged records.
func (f *Finder) events(d *document, records []*record) []news.Event {
	var out []news.Event
	for _, r := range records {
		e := r.event
		if r.m.series >= 0 {
			entry := f.series.entries[r.m.series]
			e.Series = entry.ID
			e.Name = entry.Name
			if entry.Kind != "" {
				e.Kind = entry.Kind
			}
			if edition := entry.editionOn(e.Start); edition != "" {
				r.infer("edition", entry.whyEdition(e.Edition))
				e.Edition = edition
			}
		}
		e.Name = clean(e.Name)
		e.Inferred = reasons(r.why)
		out = append(out, e)
	}
	return out
}
