package events

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// attendees are nouns of people and bodies that take part, counted or not.
var attendees = set(`countries country delegates delegations participants representatives experts states companies officials ministers
	specialists people guests nations organizations organisations journalists students scientists scholars athletes teams exhibitors visitors
	leaders members heads lawmakers fans runners musicians envoys artists farmers pupils children volunteers employees lawyers judges parliamentarians deputies observers investors entrepreneurs researchers diplomats troops soldiers servicemen
	instructors officers universities institutions firms speakers media outlets regions editors teachers doctors engineers agencies`)

// readParticipants reads who takes part.
func (d *document) readParticipants(r *record) {
	m := r.m
	for i := m.clause.from; i < m.clause.to; i++ {
		switch {
		case d.is(i, "by") && d.is(i-1, "attended", "addressed", "joined"):
			d.addParties(r, phrase{i + 1, m.clause.to})
		case d.is(i, "participation", "involvement") && d.is(i+1, "of") && d.is(i-1, "the", "with"):
			d.addParties(r, phrase{i + 2, m.clause.to})
		case d.is(i, "together") || d.is(i, "welcome") && i >= m.np.to && d.verbGathers(i):
			d.addParties(r, phrase{i + 1, m.clause.to})
		case i >= m.np.to && d.verbGathers(i) && !d.is(i+1, "together"):
			d.addParties(r, phrase{i + 1, m.clause.to})
		case d.is(i, "between") && (i == m.head+1 || i == m.np.to), d.is(i, "between") && m.kind == "meeting" && i > m.np.to && i-m.np.to < 3:
			d.addParties(r, phrase{i + 1, m.clause.to})
		case d.is(i, "with") && (m.kind == "meeting" || m.kind == "summit") && i == m.np.to:
			d.readCounterpart(r, i)
		case d.is(i, "with") && i > m.np.to, d.is(i, "for") && m.kind == "training" && i == m.head+1:
			if end, ok := d.countAfter(i+1, m.clause.to); ok && !strings.HasSuffix(d.fold(end), "ed") {
				d.addCount(r, i+1, end)
				if d.is(end, "from") {
					d.addParties(r, phrase{end + 1, m.clause.to})
				}
			}
		case d.is(i, "expected") && d.is(i-1, "are", "is") && i < m.outer && d.is(i+1, "in", "at"):
			d.addParties(r, phrase{m.clause.from, i - 1})
		case d.is(i, "invited") && i >= m.np.to && d.passive(i):
			d.addParties(r, phrase{m.np.to, i})
		}
	}
	d.readAttendingSubject(r)
	d.readSides(r)
	if m.kind == "visit" {
		d.readVisitor(r)
	}
}

// verbGathers reports whether the word at i is a verb for bringing people
// together.
func (d *document) verbGathers(i int) bool {
	v, ok := d.eventVerb(i)
	return ok && v.class == gathers && (!d.is(i, "brought") || d.hasWord(phrase{i, min(i+6, len(d.words))}, "together"))
}

// readCounterpart reads "X held a meeting with Y".
func (d *document) readCounterpart(r *record, with int) {
	before := len(r.event.Participants)
	d.addParties(r, phrase{with + 1, r.m.clause.to})
	if len(r.event.Participants) == before || !r.has || r.pred.verb > r.m.outer {
		return
	}
	low := max(r.m.clause.from, r.pred.verb-25)
	d.addParties(r, phrase{low, r.pred.verb})
}

// readAttendingSubject reads "X will take part in the event" and "X attended
// the event".
func (d *document) readAttendingSubject(r *record) {
	m := r.m
	if !r.has {
		return
	}
	if r.pred.tense.negated {
		return
	}
	if r.pred.verb < m.outer && (r.pred.class == attends && (!r.pred.tense.passive || d.is(r.pred.verb, "represented")) || d.is(r.pred.verb, "meet", "met", "gather", "gathered") || (r.pred.class == starts || r.pred.class == ends) && !r.pred.subject && m.kind == "meeting") {
		d.addParties(r, phrase{m.clause.from, r.pred.verb})
		return
	}
	for i := m.np.to; i < m.clause.to; i++ {
		if v, ok := d.eventVerb(i); ok && v.class == attends && !d.passive(i) && !d.is(i-1, "to") {
			for from := i - 1; from >= m.np.to; from-- {
				if d.is(from, "which", "where", ",", "and") {
					d.addParties(r, phrase{from + 1, i})
					return
				}
			}
		}
	}
}

// readSides reads the countries of "a meeting of the presidents of X, Y and
// Z", two at least.
func (d *document) readSides(r *record) {
	m := r.m
	if len(r.event.Participants) > 0 || !d.is(m.head+1, "of") || m.kind != "meeting" && m.kind != "summit" && m.kind != "exercise" {
		return
	}
	var sides []string
	for i := m.head + 1; i < m.clause.to && i < m.head+20; i++ {
		if d.place[i] != 0 && d.places[d.place[i]-1].place.Kind == "country" && (i == 0 || d.place[i-1] != d.place[i]) {
			sides = append(sides, d.places[d.place[i]-1].place.Name)
			continue
		}
		if auxiliaries[d.fold(i)] || prepositions[d.fold(i)] && !d.is(i, "of") || eventVerbs[d.fold(i)].class != noVerb {
			break
		}
	}
	if len(sides) > 1 {
		r.event.Participants = sides
	}
}

// readVisitor reads who pays a visit.
func (d *document) readVisitor(r *record) {
	for i := r.m.outer - 1; i >= r.m.clause.from; i-- {
		if d.person[i] != 0 && d.words[i].Capital {
			d.addParticipant(r, d.people[d.person[i]-1].person.Name)
			return
		}
	}
	for i := r.m.head + 1; i < r.m.clause.to && i < r.m.head+14; i++ {
		if d.person[i] != 0 && d.is(r.m.head+1, "of", "by") {
			d.addParticipant(r, d.people[d.person[i]-1].person.Name)
			return
		}
	}
}

// addParties adds the people, bodies, countries and counted groups named in p
// up to its first verb.
func (d *document) addParties(r *record, p phrase) {
	for i := p.from; i < p.to; i++ {
		if d.stopsList(i, p) {
			return
		}
		if attendees[d.fold(i)] && d.is(i+1, "from") {
			if end, ok := d.countAfter(i+2, p.to); ok {
				d.addParticipant(r, d.string(phrase{i, end}))
				i = end - 1
				continue
			}
		}
		if end, ok := d.countAt(i, p.to); ok {
			d.addParticipant(r, d.countName(phrase{i, end}))
			i = end - 1
			continue
		}
		name := d.party(i)
		if d.hyphened(i) || d.hyphened(i+1) && d.place[i] != 0 {
			continue // Ukraine-EU
		}
		if d.place[i] != 0 && (d.is(i-1, "for", "to") || d.is(i-1, "of") && (r.m.kind == "visit" || d.is(i-2, "island", "city", "town", "port", "village", "capital"))) {
			continue // left for Moscow, the President of Serbia
		}
		if name == "" || d.date[i] != 0 || i > p.from && d.sameParty(i) || d.insideTitle(i, p.to) || d.where(i) || d.adjective(i) {
			continue
		}
		d.addParticipant(r, name)
	}
}

// stopsList reports whether a list of parties ends at word i.
func (d *document) stopsList(i int, p phrase) bool {
	w := d.fold(i)
	if d.ends(i) || d.is(i, ";", ":") || d.date[i] != 0 && i > p.from && d.is(i-1, "on") {
		return true
	}
	switch w {
	case "is", "are", "was", "were", "will", "has", "have", "said", "told", "who", "which", "where", "reported", "reports", "discussed", "during":
		return true
	case "in", "at", "on":
		return i > p.from && d.place[min(i+1, len(d.words)-1)] != 0 && i+1 < p.to
	}
	return false
}

func (d *document) ends(i int) bool {
	switch d.words[i].Text[0] {
	case '.', '!', '?':
		return true
	}
	return false
}

// hyphened reports whether a hyphen joins word i to the one before.
func (d *document) hyphened(i int) bool {
	return d.is(i-1, "-") && i < len(d.words) && d.words[i-1].Span.End == d.words[i].Span.Start || d.is(i, "-") && i > 0 && d.words[i-1].Span.End == d.words[i].Span.Start
}

// adjective reports whether the place at word i only qualifies what follows:
// the Estonian president, Spain's king.
func (d *document) adjective(i int) bool {
	if d.place[i] == 0 || d.person[i] != 0 || d.org[i] != 0 {
		return false
	}
	p := d.places[d.place[i]-1]
	if d.is(p.words.to, "'s") {
		return true
	}
	if next := p.words.to; d.is(p.words.from-1, "his", "her", "their", "its") || p.kind == news.MentionName && next < len(d.words) && d.words[next].Letters && !d.words[next].Capital &&
		!conjunctions[d.fold(next)] && !prepositions[d.fold(next)] && !auxiliaries[d.fold(next)] && eventVerbs[d.fold(next)].class == noVerb && !otherVerbs[d.fold(next)] && d.place[next] == 0 {
		return true
	}
	return p.kind == news.MentionNoun && p.words.to < len(d.words) && d.words[p.words.to].Letters && !conjunctions[d.fold(p.words.to)]
}

// addCount adds the counted group that ends before word end and begins after
// the words "more than" at word i.
func (d *document) addCount(r *record, i, end int) {
	for d.is(i, "more", "than", "over", "about", "some", "around", "nearly", "at", "least") {
		i++
	}
	d.addParticipant(r, d.countName(phrase{i, end}))
}

// where reports whether the place at word i only says where something is.
func (d *document) where(i int) bool {
	return d.place[i] != 0 && d.is(i-1, "in", "at", "near")
}

// sameParty reports whether word i goes on with the name at the word before.
func (d *document) sameParty(i int) bool {
	return d.person[i] != 0 && d.person[i] == d.person[i-1] || d.org[i] != 0 && d.org[i] == d.org[i-1] || d.place[i] != 0 && d.place[i] == d.place[i-1]
}

// insideTitle reports whether the body or place at word i is part of the
// title of a person who is named next: "Foreign Minister of Georgia X".
func (d *document) insideTitle(i, to int) bool {
	if d.person[i] != 0 {
		return false
	}
	for k := i + 1; k < to && k < i+12; k++ {
		if d.person[k] != 0 {
			return true
		}
		if d.is(k, ",", "and", ";") || d.ends(k) {
			return d.place[i] != 0 && d.is(k, ",") && d.is(i-1, "of") && k+1 < to && d.person[k+1] != 0
		}
	}
	return false
}

// countAt is the end of a counted group at word i: "21 participating
// countries", "500 delegates from 40 countries".
func (d *document) countAt(i, to int) (int, bool) {
	w := &d.words[i]
	if w.Text[0] < '0' || w.Text[0] > '9' {
		if numbers[w.Fold] == 0 && !tens[w.Fold] {
			return 0, false
		}
	}
	if d.date[i] != 0 || d.hyphened(i) {
		return 0, false
	}
	for k := i + 1; k < to && k < i+6; k++ {
		if attendees[d.fold(k)] {
			end := k + 1
			if d.is(k, "heads") && d.is(end, "of") && d.is(end+1, "state", "government", "delegations", "customs", "agencies") {
				end += 2
				if d.is(end, "and", "or") && d.is(end+1, "government") {
					end += 2
				}
				return min(end, to), true
			}
			if d.is(end, "from", "of", "representing") {
				if more, ok := d.countAfter(end+1, to); ok {
					return more, true
				}
			}
			return end, true
		}
		if !d.words[k].Letters && !d.is(k, "-") || prepositions[d.fold(k)] || conjunctions[d.fold(k)] {
			break
		}
	}
	return 0, false
}

func (d *document) countAfter(i, to int) (int, bool) {
	for d.is(i, "more", "than", "over", "about", "some", "around", "nearly", "at", "least") {
		i++
	}
	if i >= to {
		return 0, false
	}
	return d.countAt(i, to)
}

var tens = set("hundreds dozens thousands thirty forty fifty sixty twenty hundred")

// countName is a counted group without the words that only say that it takes
// part.
func (d *document) countName(p phrase) string {
	if d.is(p.from+1, "participating", "participant", "invited") && p.to-p.from > 2 {
		return d.words[p.from].Text + " " + d.string(phrase{p.from + 2, p.to})
	}
	return d.string(p)
}

func (d *document) addParticipant(r *record, name string) {
	if name == "" || slices.Contains(r.event.Participants, name) || len(r.event.Participants) > 40 || d.agency(name) {
		return
	}
	r.event.Participants = append(r.event.Participants, name)
}
