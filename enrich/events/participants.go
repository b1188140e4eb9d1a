package events

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// readParticipants reads who takes part.
func (d *document) readParticipants(r *record) {
	m := r.m
	for i := m.clause.From; i < m.clause.To; i++ {
		if !d.has(i, partyWord) {
			continue
		}
		switch {
		case d.Is(i, "by") && d.Is(i-1, "attended", "addressed", "joined"):
			d.addParties(r, phrase{From: i + 1, To: m.clause.To})
		case d.Is(i, "participation", "involvement") && d.Is(i+1, "of") && d.Is(i-1, "the", "with"):
			d.addParties(r, phrase{From: i + 2, To: m.clause.To})
		case d.Is(i, "together") || d.Is(i, "welcome") && i >= m.np.To && d.verbGathers(i):
			d.addParties(r, phrase{From: i + 1, To: m.clause.To})
		case i >= m.np.To && d.verbGathers(i) && !d.Is(i+1, "together"):
			d.addParties(r, phrase{From: i + 1, To: m.clause.To})
		case d.Is(i, "between") && (i == m.head+1 || i == m.np.To), d.Is(i, "between") && m.kind == "meeting" && i > m.np.To && i-m.np.To < 3:
			d.addParties(r, phrase{From: i + 1, To: m.clause.To})
		case d.Is(i, "with") && (m.kind == "meeting" || m.kind == "summit") && i == m.np.To:
			d.readCounterpart(r, i)
		case d.Is(i, "with") && i > m.np.To, d.Is(i, "for") && m.kind == "training" && (i >= m.head+1):
			if end, ok := d.countAfter(i+1, m.clause.To); ok && !strings.HasSuffix(d.Fold(end), "ed") {
				d.addCount(r, i+1, end)
				if d.Is(end, "from") {
					d.addParties(r, phrase{From: end + 1, To: m.clause.To})
				}
			}
		case d.Is(i, "expected") && d.Is(i-1, "are", "is") && i < m.outer && d.Is(i+1, "in", "at"):
			d.addParties(r, phrase{From: m.clause.From, To: i - 1})
		case d.Is(i, "invited") && i >= m.np.To && d.passive(i):
			from := m.np.To
			for k := i - 1; k > from; k-- {
				if d.Is(k, "which", "whom") {
					from = k + 1
				}
			}
			d.addParties(r, phrase{From: from, To: i})
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
	return ok && v.class == gathers && (!d.Is(i, "brought") || d.hasWord(phrase{From: i, To: min(i+6, len(d.Words))}, "together"))
}

// readCounterpart reads "X held a meeting with Y".
func (d *document) readCounterpart(r *record, with int) {
	before := len(r.event.Participants)
	d.addParties(r, phrase{From: with + 1, To: r.m.clause.To})
	if len(r.event.Participants) == before || !r.has || r.pred.verb > r.m.outer {
		return
	}
	low := max(r.m.clause.From, r.pred.verb-25)
	d.addParties(r, phrase{From: low, To: r.pred.verb})
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
	if r.pred.verb < m.outer && r.pred.class == invites && r.pred.tense.passive {
		d.addParties(r, phrase{From: m.clause.From, To: r.pred.verb})
		return
	}
	if r.pred.verb < m.outer && (r.pred.class == attends && (!r.pred.tense.passive || d.Is(r.pred.verb, "represented")) || d.Is(r.pred.verb, "meet", "met", "gather", "gathered") || (r.pred.class == starts || r.pred.class == ends) && !r.pred.subject && (m.kind == "meeting" || m.kind == "exercise" || m.kind == "training" || m.kind == "summit")) {
		d.addParties(r, phrase{From: m.clause.From, To: r.pred.verb})
		return
	}
	for i := m.outer - 1; i >= m.clause.From && i > m.outer-6; i-- {
		if v, ok := d.eventVerb(i); ok && v.class == attends && !v.past && d.Is(i-1, "to", "will") && r.pred.verb != i && !d.tenseOf(i, v, m.clause.From).tentative {
			d.addParties(r, phrase{From: m.clause.From, To: i}) // left to attend the meeting, which
			break
		}
	}
	for i := m.np.To; i < m.clause.To; i++ {
		if v, ok := d.eventVerb(i); ok && v.class == attends && !d.passive(i) && !d.Is(i-1, "to") {
			for from := i - 1; from >= m.np.To; from-- {
				if d.Is(from, "which", "where", ",", "and") {
					d.addParties(r, phrase{From: from + 1, To: i})
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
	if len(r.event.Participants) > 0 || !d.Is(m.head+1, "of") || m.kind != "meeting" && m.kind != "summit" && m.kind != "exercise" {
		return
	}
	var sides []string
	for i := m.head + 1; i < m.clause.To && i < m.head+20; i++ {
		if d.place[i] != 0 && d.places[d.place[i]-1].place.Kind == "country" && (i == 0 || d.place[i-1] != d.place[i]) {
			sides = append(sides, d.places[d.place[i]-1].place.Name)
			continue
		}
		if d.has(i, auxiliary) || d.has(i, preposition) && !d.Is(i, "of") || d.has(i, verbOfEvent) {
			break
		}
	}
	if len(sides) > 1 {
		r.event.Participants = sides
	}
}

// readVisitor reads who pays a visit.
func (d *document) readVisitor(r *record) {
	for i := r.m.outer - 1; i >= r.m.clause.From; i-- {
		if d.person[i] != 0 && d.Words[i].Capital {
			d.addParticipant(r, d.people[d.person[i]-1].person.Name)
			return
		}
	}
	for i := r.m.head + 1; i < r.m.clause.To && i < r.m.head+14; i++ {
		if d.person[i] != 0 && d.Is(r.m.head+1, "of", "by") {
			d.addParticipant(r, d.people[d.person[i]-1].person.Name)
			return
		}
	}
}

// addParties adds the people, bodies, countries and counted groups named in p
// up to its first verb.
func (d *document) addParties(r *record, p phrase) {
	for p.From < p.To && (d.date[p.From] != 0 || d.Is(p.From, ",") || d.Is(p.From, "on", "in", "from") && p.From+1 < p.To && d.date[p.From+1] != 0) {
		p.From++
	}
	for i := p.From; i < p.To; i++ {
		if d.stopsList(i, p) {
			return
		}
		if d.has(i, attendee) && d.Is(i+1, "from", "of") {
			if end, ok := d.countAfter(i+2, p.To); ok {
				d.addParticipant(r, d.string(phrase{From: i, To: end}))
				i = end - 1
				continue
			}
		}
		if end, ok := d.countAt(i, p.To); ok {
			d.addParticipant(r, d.countName(phrase{From: i, To: end}))
			i = end - 1
			continue
		}
		name := d.party(i)
		if d.hyphened(i) || d.hyphened(i+1) && d.place[i] != 0 {
			continue // Ukraine-EU
		}
		if d.org[i] != 0 && d.orgs[d.org[i]-1].words.To < p.To {
			if next := d.org[d.orgs[d.org[i]-1].words.To]; next != 0 && next != d.org[i] {
				continue // the UN Security Council
			}
		}
		if d.wholeBody(i, p.From) >= 0 {
			continue // of the Board of Governors of the agency the first is enough
		}
		if d.place[i] != 0 && (d.Is(i-1, "for", "to") || d.Is(i-1, "of") && (r.m.kind == "visit" || d.Is(i-2, "island", "city", "town", "port", "village", "capital"))) {
			continue // left for Moscow, the President of Serbia
		}
		if name == "" || d.date[i] != 0 || i > p.From && d.sameParty(i) || d.insideTitle(i, p.To) || d.where(i) || d.adjective(i) && !d.nationals(i) {
			continue
		}
		d.addParticipant(r, name)
	}
}

// stopsList reports whether a list of parties ends at word i.
func (d *document) stopsList(i int, p phrase) bool {
	w := d.Fold(i)
	if d.ends(i) || d.Is(i, ";", ":") || d.date[i] != 0 && i > p.From && d.Is(i-1, "on") {
		return true
	}
	switch w {
	case "is", "are", "was", "were", "will", "has", "have", "said", "told", "who", "which", "where", "reported", "reports", "discussed", "during":
		return true
	case "in", "at", "on":
		if d.Is(i+1, "the") {
			return i > p.From && i+2 < p.To && d.org[i+2] != 0
		}
		return i > p.From && d.place[min(i+1, len(d.Words)-1)] != 0 && i+1 < p.To
	}
	return false
}

func (d *document) ends(i int) bool {
	switch d.Words[i].Text[0] {
	case '.', '!', '?':
		return true
	}
	return false
}

// hyphened reports whether a hyphen joins word i to the one before.
func (d *document) hyphened(i int) bool {
	return d.Is(i-1, "-") && i < len(d.Words) && d.Words[i-1].Span.End == d.Words[i].Span.Start || d.Is(i, "-") && i > 0 && d.Words[i-1].Span.End == d.Words[i].Span.Start
}

// adjective reports whether the place at word i only qualifies what follows:
// the Estonian president, Spain's king.
func (d *document) adjective(i int) bool {
	if d.place[i] == 0 || d.person[i] != 0 || d.org[i] != 0 {
		return false
	}
	p := d.places[d.place[i]-1]
	if d.Is(p.words.To, "'s") {
		return true
	}
	if next := p.words.To; d.Is(p.words.From-1, "his", "her", "their", "its") || p.kind == news.MentionName && next < len(d.Words) && d.Words[next].Letters && !d.Words[next].Capital &&
		!d.has(next, conjunction) && !d.has(next, preposition) && !d.has(next, auxiliary) && !d.has(next, verbOfEvent) && !d.has(next, otherVerb) && d.place[next] == 0 {
		return true
	}
	return p.kind == news.MentionNoun && p.words.To < len(d.Words) && d.Words[p.words.To].Letters && !d.has(p.words.To, conjunction)
}

// nationals reports whether the place at word i is that of people who come for
// it: Azerbaijani servicemen.
func (d *document) nationals(i int) bool {
	p := d.places[d.place[i]-1]
	return p.kind == news.MentionNoun && p.place.Kind == "country" && d.has(p.words.To, attendee) && !d.Is(p.words.To, "cities", "ports", "regions", "banks")
}

// addCount adds the counted group that ends before word end and begins after
// the words "more than" at word i.
func (d *document) addCount(r *record, i, end int) {
	for d.Is(i, "more", "than", "over", "about", "some", "around", "nearly", "at", "least") {
		i++
	}
	d.addParticipant(r, d.countName(phrase{From: i, To: end}))
}

// where reports whether the place at word i only says where something is.
func (d *document) where(i int) bool {
	return d.place[i] != 0 && d.Is(i-1, "in", "at", "near")
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
		if d.Is(k, ",", "and", ";") || d.ends(k) {
			return d.place[i] != 0 && d.Is(k, ",") && d.Is(i-1, "of") && k+1 < to && d.person[k+1] != 0
		}
	}
	return false
}

// countAt is the end of a counted group at word i: "21 participating
// countries", "500 delegates from 40 countries".
func (d *document) countAt(i, to int) (int, bool) {
	w := &d.Words[i]
	if w.Text[0] < '0' || w.Text[0] > '9' {
		if numbers[w.Fold] == 0 && !d.has(i, roundNumber) {
			return 0, false
		}
	}
	if d.date[i] != 0 || d.hyphened(i) {
		return 0, false
	}
	for k := i + 1; k < to && k < i+6; k++ {
		if d.has(k, attendee) {
			end := k + 1
			if d.Is(k, "heads") && d.Is(end, "of") && d.Is(end+1, "state", "government", "delegations", "customs", "agencies") {
				end += 2
				if d.Is(end, "and", "or") && d.Is(end+1, "government") {
					end += 2
				}
				return min(end, to), true
			}
			if d.Is(end, "from", "of", "representing") {
				if more, ok := d.countAfter(end+1, to); ok {
					return more, true
				}
			}
			return end, true
		}
		if !d.Words[k].Letters && !d.Is(k, "-") || d.has(k, preposition) || d.has(k, conjunction) {
			break
		}
	}
	return 0, false
}

func (d *document) countAfter(i, to int) (int, bool) {
	for d.Is(i, "more", "than", "over", "about", "some", "around", "nearly", "at", "least") {
		i++
	}
	if i >= to {
		return 0, false
	}
	return d.countAt(i, to)
}

// countName is a counted group without the words that only say that it takes
// part.
func (d *document) countName(p phrase) string {
	if d.Is(p.From+1, "participating", "participant", "invited") && p.To-p.From > 2 {
		return d.Words[p.From].Text + " " + d.string(phrase{From: p.From + 2, To: p.To})
	}
	return d.string(p)
}

func (d *document) addParticipant(r *record, name string) {
	if name == "" || slices.Contains(r.event.Participants, name) || len(r.event.Participants) > 40 || d.agency(name) {
		return
	}
	r.event.Participants = append(r.event.Participants, name)
}
