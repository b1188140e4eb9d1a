package events

import "strings"

// predicate is the verb that says what becomes of an event.
type predicate struct {
	verb  int
	class verbClass
	tense tense
	// subject says that the event is the subject, or the object of a passive.
	subject bool
}

// predicateOf finds the verb of the mention in its clause.
func (d *document) predicateOf(m *mention) (predicate, bool) {
	if d.thereWillBe(m.outer) {
		return predicate{verb: m.outer - 1, class: happens, tense: tense{future: true, negated: m.none}, subject: true}, true
	}
	after, okAfter := d.predicateAfter(m)
	okAfter = okAfter && !(after.class.changes() && d.besides(m))
	after.tense.negated = after.tense.negated || m.none
	before, okBefore := d.predicateBefore(m)
	if n, ok := d.nominal(m); ok && (!okAfter || after.class == attends || n.class == cancels || n.class == postpones) {
		return n, true
	}
	if !okAfter && !okBefore {
		return d.openingOf(m)
	}
	switch {
	case okAfter && okBefore:
		if before.class == attends && (before.tense.negated || before.tense.tentative) {
			return after, true // refused to attend the congress, which opens on Tuesday
		}
		if before.class.changes() && d.near(before.verb, m) && !strings.HasSuffix(d.Fold(before.verb), "ing") {
			return before, true // scrapped the seminar, which was scheduled to be held in May
		}
		if d.near(before.verb, m) && before.class != announces && before.class != confirms && before.class != invites && !(after.tense.future && after.class != attends) {
			return before, true
		}
		if after.class == announces || after.class == invites {
			return before, true
		}
		return after, true
	case okAfter:
		return after, true
	}
	return before, okBefore
}

// besides reports whether the noun before the mention, or after it, is what a
// verb after it is said of: a ban on visitors at the forum, the forum's concert.
func (d *document) besides(m *mention) bool {
	return d.Is(m.np.To, "'s") || d.Is(m.outer-1, "at", "during", "around", "before", "after", "to", "for", "alongside")
}

// near reports whether the verb before the mention takes it as its object.
func (d *document) near(verb int, m *mention) bool {
	for i := verb + 1; i < m.outer; i++ {
		if d.has(i, conjunction) || d.Is(i, ",") {
			return false
		}
	}
	return m.outer-verb < 10
}

// predicateAfter is the verb after the mention: the one of its clause, past a
// remark between commas ("..., due to open on 2 April, has been cancelled"),
// else the one of the remark.
func (d *document) predicateAfter(m *mention) (predicate, bool) {
	m.remark = d.remarkAfter(m)
	if p, ok := d.underWay(m, m.np.To); ok {
		m.remark = phrase{}
		return p, true
	}
	if !m.remark.Empty() {
		if p, ok := d.verbIn(m, m.remark.To); ok {
			return p, true
		}
		m.remark = phrase{}
	}
	return d.verbIn(m, m.np.To)
}

// remarkAfter is what stands between commas right after the mention.
func (d *document) remarkAfter(m *mention) phrase {
	if !d.Is(m.np.To, ",") {
		return phrase{}
	}
	if end := d.remarkEnd(m.np.To, m.clause.To); end < m.clause.To {
		return phrase{From: m.np.To, To: end}
	}
	return phrase{}
}

func (d *document) verbIn(m *mention, from int) (predicate, bool) {
	if p, ok := d.underWay(m, from); ok {
		return p, true
	}
	for i := from; i < m.clause.To && i < m.np.To+40; i++ {
		if d.isOff(i) {
			return predicate{verb: i, class: cancels, tense: tense{passive: true}, subject: true}, true
		}
		v, ok := d.eventVerb(i)
		if !ok || v.class == attends && !v.past && d.Is(i-1, "to") {
			if d.has(i, otherVerb) && i > m.np.To && d.Is(i-1, "and") {
				break
			}
			continue
		}
		if (v.class == confirms && !d.Is(i, "remain", "remains") || v.class == announces) && !d.passive(i) && i > m.np.To {
			continue // "..., the ministry confirmed"
		}
		if d.Is(i-1, "to") && d.Is(i-2, "calls", "call", "pleas", "demands", "pressure", "attempts", "efforts", "threats", "proposals", "petition", "appeals") {
			continue // despite calls to cancel it
		}
		t := d.tenseOf(i, v, from)
		if v.class == gathers && d.Is(i, "brought") && !d.hasWord(phrase{From: i, To: min(i+6, len(d.Words))}, "together") {
			v.class = moves // brought forward
		}
		if main, ok := d.mainVerb(m, i, t); ok {
			m.remark = phrase{From: m.np.To, To: main.verb}
			return main, true
		}
		if v.class == plans {
			if p, ok := d.planned(i, m, t); ok {
				return p, true
			}
		}
		return predicate{verb: i, class: v.class, tense: t, subject: true}, true
	}
	if p, ok := d.copula(m, from); ok {
		return p, true
	}
	return d.anyFuture(m, from)
}

// copula reads the verb be before a day or a place: "the election is on 31
// March", "the last meeting was in Riga in 2016".
func (d *document) copula(m *mention, from int) (predicate, bool) {
	for i := from; i+2 < m.clause.To && i < from+3; i++ {
		if !d.Is(i, "is", "are", "was", "were") {
			if !d.Is(i, "itself", "proper", ")") {
				break
			}
			continue
		}
		k := i + 1
		for d.has(k, auxiliary) {
			k++
		}
		at := k + 1
		if d.Is(at, "the") {
			at++
		}
		if at < m.clause.To && (d.isDay(k) || d.Is(k, "on", "in", "at", "from") && (d.isDay(at) || d.place[at] != 0)) {
			return predicate{verb: i, class: happens, tense: tense{past: d.Is(i, "was", "were")}, subject: true}, true
		}
		break
	}
	return predicate{}, false
}

// anyFuture reads a verb that is none of the events' own but says that the
// event lies ahead: "the forum will discuss".
func (d *document) anyFuture(m *mention, from int) (predicate, bool) {
	for i := from; i+1 < m.clause.To && i < from+3; i++ {
		if d.Is(i, "will") || d.Is(i, "is", "are") && d.Is(i+1, "to") {
			return predicate{verb: i, class: happens, tense: tense{future: true}, subject: true}, true
		}
		if !d.Is(i, ")", "also") {
			break
		}
	}
	return predicate{}, false
}

// mainVerb looks past a verb at i that only qualifies the event, in a
// participle or a clause with "that", for the verb of the sentence: "the
// meeting scheduled for May has been postponed".
func (d *document) mainVerb(m *mention, i int, t tense) (predicate, bool) {
	if !d.qualifies(m, i) {
		return predicate{}, false
	}
	for k := i + 1; k < m.clause.To && k < i+25; k++ {
		switch d.Fold(k) {
		case "and", "but", "while", ";", "which", "that", "where":
			return predicate{}, false
		case "has", "have", "had", "is", "are", "was", "were", "will", "would":
			if d.isOff(k) {
				return predicate{verb: k, class: cancels, tense: tense{passive: true}, subject: true}, true
			}
			for v := k + 1; v < m.clause.To && v < k+6; v++ {
				if form, ok := d.eventVerb(v); ok {
					u := d.tenseOf(v, form, k)
					if form.class == plans {
						if p, ok := d.planned(v, m, u); ok {
							return p, true
						}
					}
					return predicate{verb: v, class: form.class, tense: u, subject: true}, true
				}
				if !d.has(v, auxiliary) && !strings.HasSuffix(d.Fold(v), "ly") {
					break
				}
			}
			return predicate{}, false
		}
	}
	return predicate{}, false
}

// qualifies reports whether the verb at word i, after the mention, only says
// which event is meant: "that was to open", "planned for May", "in Moscow due on
// Monday", "to be held in June".
func (d *document) qualifies(m *mention, i int) bool {
	if d.Is(m.np.To, "that", "which") || i == m.np.To && (d.verbForm(i).past || d.Is(i, "due")) {
		return true
	}
	if d.Is(m.np.To, "to") && d.Is(m.np.To+1, "be", "open", "start", "begin") {
		return true
	}
	return d.verbForm(i).past && (d.Is(i-1, ",") || !d.has(i-1, auxiliary) && d.attached(m, i))
}

// isOff reads "is off", said of an event.
func (d *document) isOff(i int) bool {
	return d.Is(i, "is", "are", "was", "were") && d.Is(i+1, "off") &&
		(i+2 >= len(d.Words) || d.Is(i+2, ",", ".", ";", ":", "-", "–", "—", "and", "because", "after", "until", "this"))
}

// underWay reads "is under way" and "under way since".
func (d *document) underWay(m *mention, from int) (predicate, bool) {
	for i := from; i < m.clause.To && i < from+5; i++ {
		if d.Is(i, "underway", "ongoing") || d.Is(i, "under") && d.Is(i+1, "way") {
			return predicate{verb: i, class: lasts, tense: tense{progressive: true}, subject: true}, true
		}
		if _, ok := d.eventVerb(i); ok {
			break
		}
	}
	return predicate{}, false
}

func (d *document) hasWord(p phrase, form string) bool {
	for i := p.From; i < p.To; i++ {
		if d.Is(i, form) {
			return true
		}
	}
	return false
}

// planned looks past "is scheduled to be" for the verb that follows.
func (d *document) planned(i int, m *mention, t tense) (predicate, bool) {
	for k := i + 1; k < m.clause.To && k < i+6; k++ {
		if v, ok := d.eventVerb(k); ok {
			u := d.tenseOf(k, v, i+1)
			u.future, u.negated = true, t.negated || u.negated
			u.past = t.past && d.Is(i-1, "been", "originally", "initially")
			return predicate{verb: k, class: v.class, tense: u, subject: true}, true
		}
		if !d.has(k, auxiliary) {
			break
		}
	}
	return predicate{}, false
}

func (d *document) predicateBefore(m *mention) (predicate, bool) {
	circumstance := d.Is(m.outer-1, "at", "during", "after", "before", "on", "from", "for", "by", "with", "under", "ahead", "in") || d.Is(m.outer-1, "of") && d.Is(m.outer-2, "ahead", "sidelines", "because", "light", "view", "account", "framework")
	if d.Is(m.outer-1, "on") && d.Is(m.outer-2, "plug") {
		circumstance = false // pulled the plug on the fair
	}
	for i := m.outer - 1; i >= m.clause.From && i > m.outer-24; i-- {
		if m.kind == "vote" && d.Is(i, "polls") && d.Is(i-1, "the") && d.Is(i-2, "to") {
			return predicate{verb: i - 3, class: happens, tense: d.tenseOf(i-3, verbForm{class: happens, past: d.Is(i-3, "went", "headed")}, m.clause.From)}, true
		}
		v, ok := d.eventVerb(i)
		if ok && v.past && i == m.outer-1 && d.has(i-1, determiner) && !d.has(m.outer, determiner) {
			continue // the extended 44th session
		}
		if !ok && i == m.outer-1 && d.Is(i, "had") && d.Is(m.outer, "a", "an") {
			v, ok = verbForm{class: holds, past: true}, true // had a meeting with
		}
		if circumstance && d.Is(i, "be", "is", "are", "was", "were") && d.Is(i+1, "in") && i+2 < m.outer && d.place[i+2] != 0 {
			return predicate{verb: i, class: attends, tense: d.tenseOf(i+1, verbForm{class: attends}, m.clause.From)}, true // will be in Baku for the meeting
		}
		if ok && v.class == plans && d.setsDate(m, i) {
			return predicate{verb: i, class: plans, tense: d.tenseOf(i, v, m.clause.From)}, true
		}
		if !ok || v.class == plans || v.class == happens && !d.Is(i+1, "place") && !d.Is(i, "meet", "met") {
			if d.has(i, otherVerb) {
				break
			}
			continue
		}
		if circumstance && v.class != attends && !(v.class == hosts && d.Is(m.outer-1, "for")) && v.class != invites && v.class != gathers && v.class != pays &&
			!d.Is(i, "meet", "met", "convene", "convenes", "convened") {
			return predicate{}, false
		}
		t := d.tenseOf(i, v, m.clause.From)
		if d.plansDropped(i) {
			if v.class.changes() {
				return predicate{verb: i, class: v.class, tense: tense{negated: true}}, true // decided against postponing
			}
			return predicate{verb: i, class: cancels, tense: tense{past: true}}, true
		}
		return predicate{verb: i, class: v.class, tense: t}, true
	}
	return predicate{}, false
}

// setsDate reports whether the verb at i sets a day for the mention: "the court
// set the next hearing for 5 June".
func (d *document) setsDate(m *mention, i int) bool {
	if !d.Is(i, "set", "scheduled", "fixed", "appointed", "planned", "slated") || d.passive(i) || !d.has(m.outer, determiner) || m.outer-i > 2 {
		return false
	}
	for k := m.np.To; k < m.np.To+8 && k+1 < m.clause.To; k++ {
		if d.Is(k, "for", "on") && d.isDay(k+1) {
			return true
		}
	}
	return false
}
