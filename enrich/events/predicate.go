package events

import (
	"slices"
	"strings"
)

// predicate is the verb that says what becomes of an event.
type predicate struct {
	verb  int
	class verbClass
	tense tense
	// subject says that the event is the subject, or the object of a passive.
	subject bool
}

// tense is what the words around a verb say of time and certainty.
type tense struct {
	future, past, progressive, negated, tentative, perfect, passive bool
}

// predicateOf finds the verb of the mention in its clause.
func (d *document) predicateOf(m *mention) (predicate, bool) {
	if d.thereWillBe(m.outer) {
		return predicate{verb: m.outer - 1, class: happens, tense: tense{future: true, negated: m.none}, subject: true}, true
	}
	after, okAfter := d.predicateAfter(m)
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

// openingOf reads "the museum saw the opening of the exhibition", where no verb
// of events tells more.
func (d *document) openingOf(m *mention) (predicate, bool) {
	class := nominals[d.Fold(m.outer-2)]
	if !d.Is(m.outer-1, "of") || class != starts && class != ends {
		return predicate{}, false
	}
	future := d.hasWord(phrase{From: m.clause.From, To: m.outer}, "will") || d.hasWord(phrase{From: m.np.To, To: m.clause.To}, "will")
	return predicate{verb: m.outer - 2, class: class, tense: tense{future: future, past: !future}, subject: true}, true
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
	qualifies := d.Is(m.np.To, "that", "which") || i == m.np.To && d.verbForm(i).past || d.Is(i-1, ",") && d.verbForm(i).past
	if !qualifies {
		return predicate{}, false
	}
	for k := i + 1; k < m.clause.To && k < i+25; k++ {
		switch d.Fold(k) {
		case "and", "but", "while", ";", "which", "that", "where":
			return predicate{}, false
		case "has", "have", "had", "is", "are", "was", "were", "will", "would":
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

// plansDropped reports whether the verb at i is that of plans that were given
// up: "scrapped plans to host", "decided against holding".
func (d *document) plansDropped(i int) bool {
	if d.Is(i-1, "against", "from") && d.Is(i-2, "decided", "decide", "decides", "voted", "withdrew", "withdrawn") || d.Is(i-1, "up") && d.Is(i-2, "gave", "given") {
		return strings.HasSuffix(d.Fold(i), "ing")
	}
	return d.Is(i-1, "to") && d.Is(i-2, "plans", "plan", "idea", "decision") &&
		d.Is(i-3, "scrapped", "cancelled", "canceled", "dropped", "abandoned", "off", "shelved", "its", "their", "his") &&
		(d.Is(i-3, "scrapped", "cancelled", "canceled", "dropped", "abandoned", "off", "shelved") || d.Is(i-4, "scrapped", "cancelled", "canceled", "dropped", "abandoned", "off", "shelved"))
}

// nominals are nouns that say what becomes of the event after "of".
var nominals = map[string]verbClass{
	"postponement": postpones, "cancellation": cancels, "opening": starts, "start": starts, "beginning": starts, "launch": starts,
	"closing": ends, "close": ends, "end": ends, "conclusion": ends, "results": ends, "outcome": ends, "outcomes": ends, "holding": holds,
}

// nominal reads "the postponement of the summit".
func (d *document) nominal(m *mention) (predicate, bool) {
	if d.Is(m.outer-1, "of") && d.Is(m.outer-2, "ahead", "eve") || d.Is(m.outer-1, "for") && d.Is(m.outer-2, "preparations", "preparation", "preparing", "prepares", "prepare", "bracing", "braces", "ready", "readies", "up") ||
		d.Is(m.outer-1, "to") && d.Is(m.outer-2, "up", "run-up") {
		return predicate{verb: m.outer - 1, class: plans, tense: tense{future: true}, subject: true}, true
	}
	if !d.Is(m.outer-1, "of") {
		return predicate{}, false
	}
	if p, ok := d.venueOf(m.outer - 2); ok {
		return p, true
	}
	if p, ok := d.changeOf(m); ok {
		return p, true
	}
	class, ok := nominals[d.Fold(m.outer-2)]
	if !ok || class == holds || class == starts && !d.Is(m.outer-4, "at") && !d.Is(m.outer-3, "at") {
		return predicate{}, false
	}
	return predicate{verb: m.outer - 2, class: class, tense: tense{past: true}, subject: true}, true
}

// venueOf reads "will be the venue of", whose subject hosts what is named next.
func (d *document) venueOf(i int) (predicate, bool) {
	if !d.Is(i, "venue", "place", "site", "location", "host", "scene") {
		return predicate{}, false
	}
	for k := i - 1; k >= 0 && k > i-10; k-- {
		switch d.Fold(k) {
		case "to":
			if d.Is(k+1, "be", "become") {
				return predicate{verb: k, class: hosts, tense: tense{future: true}}, true
			}
		case "will":
			return predicate{verb: k, class: hosts, tense: tense{future: true}}, true
		case "was", "were":
			return predicate{verb: k, class: hosts, tense: tense{past: true}}, true
		}
	}
	return predicate{}, false
}

// changeOf reads "the venue of the tournament has been changed" and "the dates
// of the fair have changed".
func (d *document) changeOf(m *mention) (predicate, bool) {
	what := moves
	switch {
	case d.Is(m.outer-2, "date", "dates"):
		what = postpones
	case !d.Is(m.outer-2, "venue", "place", "location"):
		return predicate{}, false
	}
	for i := m.np.To; i < m.clause.To && i < m.np.To+6; i++ {
		if v, ok := d.eventVerb(i); d.Is(i, "changed", "changes") || ok && (v.class == moves || v.class == postpones) {
			form := verbForm{class: what, past: true}
			return predicate{verb: i, class: what, tense: d.tenseOf(i, form, m.np.To), subject: true}, true
		}
	}
	return predicate{}, false
}

func (d *document) passive(i int) bool {
	for k := i - 1; k > i-4 && k >= 0; k-- {
		if d.Is(k, "is", "are", "was", "were", "been", "be", "being") {
			return true
		}
		if !d.has(k, auxiliary) {
			return false
		}
	}
	return false
}

// tenseOf reads the auxiliaries before the verb at i, not before word low.
func (d *document) tenseOf(i int, v verbForm, low int) tense {
	t := tense{}
	if will := d.sharedWill(i, v, low); will >= 0 {
		return tense{future: true}
	}
	gerund := strings.HasSuffix(d.Fold(i), "ing")
	finite := false
	for k := i - 1; k >= max(low, i-8); k-- {
		if d.isDay(k) {
			break // the month of May
		}
		switch d.Fold(k) {
		case "will", "shall", "'ll", "'d", "would":
			t.future, finite = true, true
		case "may", "might", "could", "can", "should", "must":
			t.tentative, finite = true, true
		case "not", "n't", "never", "cannot":
			t.negated = true
		case "won't", "wouldn't":
			t.negated, t.future, finite = true, true, true
		case "didn't", "wasn't", "isn't", "hasn't":
			t.negated, t.past, finite = true, true, true
		case "is", "are", "am":
			t.passive, finite = t.passive || v.past, true
			t.progressive = t.progressive || gerund
		case "being":
			t.progressive = true
		case "was", "were":
			t.past, t.passive, finite = !t.future, t.passive || v.past, true
		case "did":
			t.past, finite = true, true
		case "has", "have", "had":
			t.perfect, t.past, finite = true, true, true
		case "been", "be":
			t.passive = t.passive || v.past
		case "to":
			t.future = true
			if d.Is(k-1, "failed", "wants", "want", "offered", "proposed", "ready", "willing", "hopes", "hoped", "invited", "possible", "able", "proposes", "offers", "refused", "considering", "wish", "wishes", "readiness") {
				t.tentative = true
			}
		default:
			if d.verbForm(k).class == plans || d.Is(k, "likely", "going", "agreed", "decided", "about", "supposed", "intends", "plans", "prepares", "preparing") || d.has(k, auxiliary) || strings.HasSuffix(d.Fold(k), "ly") {
				continue
			}
			k = -1
		}
	}
	if !finite && !t.future && v.past {
		t.past = true
	}
	if t.future {
		t.past = t.past && t.perfect
	}
	return t
}

// sharedWill is the "will" that the bare verb at word i shares with one before
// it, -1 when there is none: "will chair the union and host the summit".
func (d *document) sharedWill(i int, v verbForm, low int) int {
	if v.past || !d.Is(i-1, "and") || strings.HasSuffix(d.Fold(i), "s") || strings.HasSuffix(d.Fold(i), "ing") {
		return -1
	}
	for k := i - 2; k >= low && k > i-25; k-- {
		if d.Is(k, "will") && !d.Is(k+1, "not") {
			return k
		}
		if d.Is(k, ";", "which", "who", "that") || d.ends(k) {
			break
		}
	}
	return -1
}

// supposed reports whether the words before the mention's verb only propose
// or suppose the event.
func (d *document) supposed(m *mention, p predicate) bool {
	end := min(m.outer, p.verb)
	for i := m.clause.From; i < end; i++ {
		switch d.Fold(i) {
		case "if", "unless", "whether", "proposal", "proposals", "proposed", "proposes", "suggested", "suggests", "considering", "considers", "mulling", "mulls", "possibility", "possible",
			"bid", "bids", "bidding", "hopes", "hoped":
			return true
		case "initiative":
			if d.Is(i+1, "to") || d.Is(i+1, "of") && strings.HasSuffix(d.Fold(i+2), "ing") {
				return true
			}
		case "ready":
			if !d.Is(i+2, "host", "hold", "welcome") || !d.scheduledAfter(m) {
				return true
			}
		case "rule", "rules", "ruled":
			if d.Is(i+1, "out") {
				return true
			}
		case "offered", "offers", "willing", "readiness", "wants", "want":
			return true
		case "should":
			if i == m.clause.From {
				return true
			}
		}
	}
	if p.tense.future && d.onCondition(phrase{From: p.verb, To: m.clause.To}) {
		return true
	}
	return d.Is(m.outer-1, "possible") || d.Is(m.np.From, "possible", "potential", "proposed")
}

// onCondition reports whether a condition stands in p: "if infections fall",
// "provided that".
func (d *document) onCondition(p phrase) bool {
	for i := p.From; i < p.To; i++ {
		if d.Is(i, ",") && d.date[i] == 0 {
			return false // the condition of something else
		}
		if d.Is(i, "if", "unless") && !d.Is(i-1, "even", "as", "only") || d.Is(i, "provided") && d.Is(i+1, "that") {
			return true
		}
	}
	return false
}

// scheduledAfter reports whether the words after the mention say when it is
// planned for.
func (d *document) scheduledAfter(m *mention) bool {
	for i := m.np.To; i < m.clause.To && i < m.np.To+4; i++ {
		if d.verbForm(i).class == plans {
			return true
		}
	}
	return false
}

// denied reports whether the clause denies what the verb says.
func (d *document) denied(m *mention, p predicate) bool {
	if d.Is(m.outer-1, "that") && d.Is(m.outer-2, "rumours", "rumors", "reports", "claims") {
		for i := p.verb + 1; i < m.clause.To; i++ {
			if d.Is(i, "untrue", "false", "unfounded", "denied", "wrong") {
				return true
			}
		}
	}
	for i := max(m.clause.From, m.outer-14); i < p.verb; i++ {
		if d.Is(i, "denied", "denies", "rejected", "refuted", "dismissed", "deny", "untrue", "false", "no", "nor") && (d.Words[i].Fold != "no" || d.Is(i+1, "plans", "decision", "intention")) {
			return true
		}
	}
	return false
}

// goesAhead are phrases that confirm what was announced.
var goesAhead = [][]string{{"as", "planned"}, {"as", "scheduled"}, {"on", "schedule"}, {"go", "ahead"}, {"as", "previously", "announced"},
	{"goes", "ahead"}, {"going", "ahead"}, {"remains", "on", "track"}, {"as", "expected"}}

// confirmed reports whether the clause confirms the event.
func (d *document) confirmed(m *mention) bool {
	for i := m.clause.From; i < m.clause.To; i++ {
		if !d.has(i, confirmer) || d.hasWord(phrase{From: i, To: min(i+4, len(d.Words))}, "participation") {
			continue
		}
		if !d.Is(i-1, "not", "yet", "been", "un") {
			return !d.Is(i, "confirm") || !d.Is(i-1, "to", "not")
		}
		if d.Is(i, "confirmed") && d.Is(i-1, "been") && !d.Is(i-2, "not", "yet") && !d.Is(i-3, "not", "yet") {
			return true
		}
	}
	for i := m.clause.From; i < m.clause.To; i++ {
		if d.has(i, aheadOpener) && slices.ContainsFunc(goesAhead, func(words []string) bool { return d.reads(i, m.clause.To, words) }) {
			return true
		}
	}
	return false
}
