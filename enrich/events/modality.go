package events

import (
	"slices"
	"strings"
)

// plansDropped reports whether the verb at i is that of plans that were given
// up: "scrapped plans to host", "decided against holding".
func (d *document) plansDropped(i int) bool {
	if d.Is(i-1, "against", "from") && d.Is(i-2, "decided", "decide", "decides", "voted", "withdrew", "withdrawn") || d.Is(i-1, "up") && d.Is(i-2, "gave", "given") {
		return strings.HasSuffix(d.Fold(i), "ing")
	}
	dropped := i - 3
	if d.Is(dropped, "its", "their", "his") {
		dropped--
	}
	return d.Is(i-1, "to") && d.Is(i-2, "plans", "plan", "idea", "decision") &&
		d.Is(dropped, "scrapped", "cancelled", "canceled", "dropped", "abandoned", "off", "shelved")
}

// supposed reports whether the words before the mention's verb only propose
// or suppose the event.
func (d *document) supposed(m *mention, p predicate) bool {
	end := min(m.outer, p.verb)
	from := m.clause.From
	for i := from; i < end; i++ {
		if d.Is(i, "but") {
			from = i + 1
		}
	}
	for i := from; i < end; i++ {
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
	if on := d.hangsOn(m); d.Is(on, "rumours", "rumors", "reports", "claims") {
		for i := p.verb + 1; i < m.clause.To; i++ {
			if d.Is(i, "untrue", "false", "unfounded", "denied", "wrong") {
				return true
			}
		}
	}
	for i := max(m.clause.From, m.outer-14); i < p.verb; i++ {
		if d.Is(i, "true", "correct") && d.Is(i-1, "not", "n't") || d.Is(i, "ruled", "rules", "rule") && d.Is(i+1, "out") && !d.Is(i-1, "not", "n't", "cannot", "never") {
			return true // it is not true that; ruled out postponing
		}
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

// hangsOn is the word whose clause with "that" the mention begins: "rumours
// that the forum will be cancelled"; -1 where there is none.
func (d *document) hangsOn(m *mention) int {
	switch {
	case d.Is(m.outer, "that"):
		return m.outer - 1
	case d.Is(m.outer-1, "that"):
		return m.outer - 2
	}
	return -1
}

// onlyRaised reports whether a change of the event is not told of but feared,
// asked for or thought about: "fears that", "urged the ministry to postpone".
func (d *document) onlyRaised(m *mention, p predicate) bool {
	if d.has(d.hangsOn(m), feltNoun) {
		return true
	}
	verb := p.verb
	if d.Is(verb-1, "be", "being") {
		verb--
	}
	if strings.HasSuffix(d.Fold(p.verb), "ing") || d.Is(verb, "being") {
		return d.has(verb-1, weighingVerb) || d.Is(verb-1, "of", "about", "for", "on") && d.has(verb-2, weighingVerb|urgingWord|feltNoun)
	}
	if !d.Is(verb-1, "to") {
		return false
	}
	for i := verb - 2; i >= m.clause.From && i > verb-9 && !d.Is(i, ",", ";"); i-- {
		if d.has(i, urgingWord|weighingVerb) {
			return true
		}
		if d.has(i, verbOfEvent) {
			break
		}
	}
	return false
}
