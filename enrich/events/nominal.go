package events

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
