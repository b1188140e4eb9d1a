package events

import "github.com/dateline-news/dateline/news"

// verbalEvents finds the events that a verb alone tells of: "the ministers
// will meet in Tbilisi on 5 May", "the president will visit Georgia".
func (d *document) verbalEvents(mentions []mention) []*record {
	taken := make(map[int32]bool, len(mentions))
	for i := range mentions {
		taken[d.sentence[mentions[i].head]] = true
	}
	var out []*record
	for i := d.body; i < len(d.words); i++ {
		kind := ""
		switch {
		case d.is(i, "meet", "met"):
			kind = "meeting"
		case d.is(i, "visit", "visited") && (d.is(i, "visited") || d.is(i-1, "to", "will")):
			kind = "visit"
		}
		if kind == "" || taken[d.sentence[i]] {
			continue
		}
		if r := d.verbal(i, kind); r != nil {
			out = append(out, r)
			taken[d.sentence[i]] = true
		}
	}
	return out
}

// verbal reads the event of the verb at word i; nil when the sentence does
// not say when it is.
func (d *document) verbal(i int, kind string) *record {
	s := d.inSentence(i)
	m := &mention{np: phrase{i, i + 1}, name: phrase{i, i + 1}, head: i, outer: i, kind: kind, series: -1, quoted: d.quote[i] != 0,
		clause: phrase{max(s.from, d.body, i-reach), min(s.to, i+reach)}}
	r := &record{m: m, has: true, why: map[string]string{}}
	form := verbForm{class: happens, past: d.is(i, "met", "visited")}
	r.pred = predicate{verb: i, class: happens, tense: d.tenseOf(i, form, m.clause.from), subject: true}
	r.event = news.Event{Kind: kind, Span: d.span(m.clause)}
	d.readDates(r)
	d.readPlace(r)
	if r.event.Start.IsZero() {
		return nil
	}
	switch kind {
	case "visit":
		if !d.readDestination(r, i) {
			return nil
		}
		d.addParties(r, phrase{m.clause.from, i})
		r.event.Name = "visit to " + r.event.Place
	default:
		d.addParties(r, phrase{m.clause.from, i})
		d.addParties(r, phrase{i + 1, m.clause.to})
		if len(r.event.Participants) < 2 {
			return nil
		}
		r.event.Name = "meeting"
	}
	d.readStatus(r)
	return r
}

// readDestination reads the place after the verb visit.
func (d *document) readDestination(r *record, i int) bool {
	for k := i + 1; k < r.m.clause.to && k < i+5; k++ {
		if d.place[k] != 0 {
			r.event.Place = d.places[d.place[k]-1].place.Name
			return true
		}
	}
	return false
}
