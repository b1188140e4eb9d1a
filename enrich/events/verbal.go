package events

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/news"
)

// withVerbs adds the events that a verb alone tells of to the mentions: "the
// ministers will meet in Tbilisi on 5 May", "the president will visit
// Georgia".
func (d *document) withVerbs(mentions []mention) []mention {
	var verbs []mention
	next := 0
	for i := d.body; i < len(d.Words); i++ {
		if !d.has(i, verbalOpener) {
			continue
		}
		for next < len(mentions) && mentions[next].head < i {
			next++
		}
		kind := d.verbalKind(i)
		if kind == "" || kind != "deadline" && d.servesNoun(mentions, next, i) {
			continue
		}
		p := phrase{From: i, To: i + 1}
		verbs = append(verbs, mention{np: p, name: p, head: i, outer: i, kind: kind, series: -1, verbal: true, quoted: d.quote[i] != 0})
	}
	if len(verbs) == 0 {
		return mentions
	}
	all := append(mentions, verbs...)
	slices.SortStableFunc(all, func(a, b mention) int { return cmp.Compare(a.head, b.head) })
	return all
}

// verbalKind is the kind of the event that the verb at word i tells of.
func (d *document) verbalKind(i int) string {
	if d.has(i, preposition) {
		if (!d.Is(i, "on") || d.Is(i-1, "closes", "close", "ends", "expires")) && d.submission(i) {
			return "deadline"
		}
		return ""
	}
	switch {
	case d.Is(i, "meet", "met", "meets") && (!d.has(i-1, determiner) || d.Is(i-1, "next", "last")), d.Is(i, "gather", "gathered", "gathers", "convene", "convened", "convenes") && !d.has(i-1, determiner) && d.whereOrWhen(i+1),
		d.Is(i, "meeting", "gathering", "convening") && d.Is(i-1, "is", "are") && d.whereOrWhen(i+1):
		return "meeting"
	case d.Is(i, "visit") && d.Is(i-1, "to", "will"), d.Is(i, "visited"), d.Is(i, "visiting") && d.Is(i-1, "is", "are", "be"):
		return "visit"
	case d.Is(i, "polls") && d.Is(i-1, "the") && d.Is(i-2, "to") && d.Is(i-3, "go", "goes", "went", "going"):
		return "vote"
	}
	return ""
}

// whereOrWhen reports whether a place or a day follows at word i: "in Vienna",
// "on 5 May".
func (d *document) whereOrWhen(i int) bool {
	if i < len(d.Words) && d.isDay(i) {
		return true
	}
	return d.Is(i, "in", "at", "on", "from") && i+1 < len(d.Words) && (d.isDay(i+1) || d.Words[i+1].Capital)
}

// submission reports whether the words before word i ask for papers or
// applications, and a date follows.
func (d *document) submission(i int) bool {
	if i+1 >= len(d.Words) || d.date[i+1] == 0 && d.date[i] == 0 {
		return false
	}
	s := d.SentenceOf(i)
	low := max(s.From, i-30)
	if d.hasWord(phrase{From: low, To: i}, "deadline") {
		return false
	}
	for k := i - 1; k >= low && !d.Is(k, ";", "notified", "informed", "reviewed"); k-- {
		if d.has(k, submissionNoun) || d.Is(k, "submit", "submitted", "apply", "register") {
			return true
		}
	}
	return false
}

// servesNoun reports whether the verb at word i is said of an event noun of
// its sentence: "the commission's session will meet", "meet for a summit".
func (d *document) servesNoun(mentions []mention, next, i int) bool {
	if next > 0 {
		before := mentions[next-1]
		if d.Sentence[before.head] == d.Sentence[i] {
			if _, strength := d.strongest(before.np.To, i); strength < 4 {
				return true
			}
		}
	}
	if next >= len(mentions) || d.Sentence[mentions[next].head] != d.Sentence[i] {
		return false
	}
	lead := d.leadIn(mentions[next].outer, i)
	return lead < mentions[next].outer && d.Is(lead, "for", "at", "in", "during", "on") && !d.Is(lead-1, "ahead")
}

// readVerbal reads the event of a verb; nil when the clause does not say when
// it is and who takes part.
func (d *document) readVerbal(m *mention) *record {
	i := m.head
	r := &record{m: m, has: true}
	form := verbForm{class: happens, past: d.Is(i, "met", "visited", "gathered", "convened")}
	r.pred = predicate{verb: i, class: happens, tense: d.tenseOf(i, form, m.clause.From), subject: true}
	r.event = news.Event{Kind: m.kind, Span: d.SpanOf(m.clause)}
	if m.kind == "deadline" {
		return d.readSubmission(r)
	}
	d.readDates(r)
	d.readPlace(r)
	if r.event.Start.IsZero() || d.supposed(m, r.pred) || r.pred.tense.tentative || r.pred.tense.negated {
		return nil
	}
	d.addParties(r, phrase{From: m.clause.From, To: i})
	if m.kind == "vote" {
		return d.readPolls(r)
	}
	if m.kind == "visit" {
		if !d.readDestination(r) {
			return nil
		}
		r.event.Name = "visit to " + r.event.Place
	} else {
		d.addParties(r, phrase{From: i + 1, To: m.clause.To})
		if len(r.event.Participants) < 2 && r.event.Place == "" && !d.bodyBefore(i, m.clause.From) {
			return nil
		}
		r.event.Name = "meeting"
	}
	d.readStatus(r)
	return r
}

// bodyBefore reports whether the subject of the verb at word i is a body, which
// needs no other to meet: the Board of Directors meets on 18 May.
func (d *document) bodyBefore(i, low int) bool {
	for k := i - 1; k >= low && k > i-10; k-- {
		if d.has(k, bodyNoun) || d.Is(k, "council", "board", "cabinet", "opec", "parties") {
			return true
		}
		if d.has(k, otherVerb|verbOfEvent|conjunction) {
			break
		}
	}
	return false
}

// readPolls reads which country goes to the polls.
func (d *document) readPolls(r *record) *record {
	r.event.Participants = nil
	r.event.Name = "election"
	for k := r.m.clause.From; k < r.m.head && r.event.Place == ""; k++ {
		if d.place[k] != 0 {
			r.event.Place = d.places[d.place[k]-1].place.Name
		}
	}
	r.pred.verb = r.m.head - 3
	r.pred.tense = d.tenseOf(r.pred.verb, verbForm{class: happens, past: d.Is(r.pred.verb, "went")}, r.m.clause.From)
	d.readStatus(r)
	return r
}

// readSubmission reads the day until which papers or applications are taken.
func (d *document) readSubmission(r *record) *record {
	i := r.m.head
	if d.date[i] == 0 {
		i++
	}
	if k := d.dayAfterClock(i); k > 0 {
		i = k
	}
	date := d.settled(r, &d.dates[d.date[i]-1], true)
	if date.Start.IsZero() {
		return nil
	}
	r.event.Name = "deadline"
	r.event.Start, r.event.End = dayOf(date.Start), dayOf(date.Start).AddDays(1)
	r.event.Year = r.event.Start.Time.Year()
	r.pred = predicate{verb: r.m.head, class: plans}
	r.event.Status = d.statusByDate(r.event)
	return r
}

// dayAfterClock is the first word of the day that follows the time of day at
// word i, 0 when none does: until midnight on 31 May.
func (d *document) dayAfterClock(i int) int {
	if !isClock(&d.dates[d.date[i]-1]) {
		return 0
	}
	k := i
	for k < len(d.Words) && d.date[k] == d.date[i] {
		k++
	}
	if d.Is(k, "on", ",") {
		k++
	}
	if k < len(d.Words) && d.isDay(k) {
		return k
	}
	return 0
}

// readDestination reads the place after the verb visit.
func (d *document) readDestination(r *record) bool {
	i := r.m.head
	for k := i + 1; k < r.m.clause.To && k < i+5; k++ {
		if d.place[k] != 0 {
			r.event.Place = d.places[d.place[k]-1].place.Name
			return true
		}
	}
	return false
}
