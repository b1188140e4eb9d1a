package events

import "strings"

// cutClauses gives each mention the words its slots may be read from: its
// sentence, or the part of it that no other mention claims.
func (d *document) cutClauses(mentions []mention) {
	for i := 0; i < len(mentions); {
		s := d.Sentence[mentions[i].head]
		j := i
		for j < len(mentions) && d.Sentence[mentions[j].head] == s {
			j++
		}
		d.cutSentence(mentions[i:j], d.Sentences[s])
		i = j
	}
}

func (d *document) cutSentence(ms []mention, sentence phrase) {
	from := max(sentence.From, d.body)
	for i := range ms {
		to := sentence.To
		if i+1 < len(ms) {
			to = d.boundary(ms[i].np.To, ms[i+1].outer)
		}
		if i > 0 && d.nested(&ms[i-1], &ms[i]) {
			ms[i-1].clause.To = min(to, ms[i-1].np.To+reach)
			ms[i].clause = phrase{From: ms[i].outer, To: ms[i].np.To}
			from = to
			continue
		}
		ms[i].clause = phrase{From: max(from, ms[i].outer-reach), To: min(to, ms[i].np.To+reach)}
		ms[i].clause.To = d.beforeAttribution(ms[i].np.To, ms[i].clause.To)
		from = to
	}
	for i := range ms {
		d.cutAtSemicolons(&ms[i])
		if d.solicits(&ms[i]) || d.seeksDate(&ms[i]) {
			ms[i].clause.To = ms[i].np.To
		}
	}
}

// solicits reports whether the sentence speaks of what is sent in for the event
// and not of the event: "Registration for the forum closes on 20 May".
func (d *document) solicits(m *mention) bool {
	return !m.verbal && m.kind != "deadline" && d.Is(m.outer-1, "for", "to") && d.has(m.outer-2, submissionNoun)
}

// seeksDate reports whether the clause speaks of the date or place that the
// event has yet to be given: "a date for the summit will be set".
func (d *document) seeksDate(m *mention) bool {
	if !d.Is(m.outer-1, "for", "of") || !d.Is(m.outer-2, "date", "dates", "venue", "location") {
		return false
	}
	if _, ok := d.changeOf(m); ok {
		return false
	}
	for i := m.np.To; i < m.clause.To; i++ {
		if d.isDay(i) || d.has(i, confirmer) {
			return false
		}
	}
	return true
}

// cutAtSemicolons keeps of a mention's clause what its semicolons hold.
func (d *document) cutAtSemicolons(m *mention) {
	for i := m.outer - 1; i >= m.clause.From; i-- {
		if d.Is(i, ";") {
			m.clause.From = i + 1
			break
		}
	}
	for i := m.np.To; i < m.clause.To; i++ {
		if d.Is(i, ";") {
			m.clause.To = i
			break
		}
	}
}

// beforeAttribution is the end of the words from from to to without the clause
// at their end that says who says it.
func (d *document) beforeAttribution(from, to int) int {
	for i := to - 1; i > from && i > to-30; i-- {
		if !d.Is(i, ",") || d.date[i] != 0 {
			continue
		}
		for k := i + 1; k < to; k++ {
			if d.has(k, speechVerb) {
				return i
			}
			if v, ok := d.eventVerb(k); ok && v.class != announces && v.class != confirms || d.has(k, auxiliary) && !strings.HasSuffix(d.Fold(k), "ly") {
				break
			}
		}
	}
	return to
}

// nested reports whether the second mention only completes a deadline before
// it: "the deadline for papers to the conference".
func (d *document) nested(m, in *mention) bool {
	return m.kind == "deadline" && !m.verbal && d.firstVerb(m.np.To, in.outer) == in.outer && !d.hasWord(phrase{From: m.np.To, To: in.outer}, "is")
}

// boundary is where the clause of one mention ends and that of the next
// begins, between words from and to.
func (d *document) boundary(from, to int) int {
	verb := d.firstVerb(from, to)
	if remark := d.remarkAt(from, verb); remark < to {
		if main := d.firstVerb(d.remarkEnd(remark, to), to); main < to {
			verb = main // past a remark between commas
		}
	}
	if verb < to {
		if best, strength := d.strongest(verb+1, to); strength > 0 {
			return best
		}
		v, _ := d.eventVerb(verb)
		if d.Is(verb+1, "by") && d.passive(verb) && v.class == cancels {
			return verb + 1 // will be replaced by a conference
		}
		if to-verb > 6 {
			return d.leadIn(to, from)
		}
		if _, strength := d.strongest(from, verb); strength == 0 && !d.passive(verb) && (v.class == holds || v.class == hosts || v.class == postpones || v.class == cancels) {
			return from // "the assembly will hold a session"
		}
	}
	if best, strength := d.strongest(from, min(verb, to)); strength > 0 {
		return best
	}
	return d.leadIn(to, from)
}

// remarkAt is the comma that opens a remark between word from and the verb, the
// verb when there is none: ", planned for June,".
func (d *document) remarkAt(from, verb int) int {
	if d.Is(from, ",") {
		return from
	}
	if d.Is(verb-1, ",") && d.verbForm(verb).past {
		return verb - 1
	}
	return len(d.Words)
}

// remarkEnd is the comma that ends the remark which the one at word from opens,
// to when there is none.
func (d *document) remarkEnd(from, to int) int {
	for i := from + 1; i < to && i < from+25; i++ {
		if d.Is(i, ",") && d.date[i] == 0 {
			return i
		}
	}
	return to
}

// firstVerb is the first verb of events from word from on, to when there is
// none.
func (d *document) firstVerb(from, to int) int {
	for i := from; i < to; i++ {
		if v, ok := d.eventVerb(i); ok && v.class != attends && v.class != announces {
			return i
		}
	}
	return to
}

// strongest is the word that parts clauses most strongly, the last of equals.
func (d *document) strongest(from, to int) (best, strength int) {
	for i := to - 1; i >= from && i > to-reach; i-- {
		if s := d.partition(i); s > strength {
			best, strength = i, s
		}
	}
	return best, strength
}

// leadIn is the first of the words that lead up to the mention at word to:
// "in preparation for", "at".
func (d *document) leadIn(to, from int) int {
	for to > from && (d.has(to-1, preposition) || d.has(to-1, determiner) || d.Is(to-1, "preparation", "connection", "framework", "sidelines")) {
		to--
	}
	return to
}

// partition says how strongly word i parts two clauses.
func (d *document) partition(i int) int {
	switch d.Fold(i) {
	case ";":
		return 6
	case "while", "whereas", "but":
		return 5
	case "and":
		if d.Is(i-1, ",") || d.Is(i+1, "will", "the", "that", "said", "then", "a", "an", "its") {
			return 5
		}
		return 1
	case "ahead", "before", "after", "following", "where", "during", "sidelines":
		return 4
	case "which", "when":
		return 3
	case ",":
		return 2
	}
	return 0
}

// eventVerb is what the word at i says of an event, when it is a verb here.
func (d *document) eventVerb(i int) (verbForm, bool) {
	if !d.has(i, verbOfEvent) {
		return verbForm{}, false
	}
	w := d.Fold(i)
	v := eventVerbs[w]
	if w == "closed" && d.Is(i+1, "door", "doors", "session") {
		return verbForm{}, false
	}
	if d.isDay(i) || w == "last" && !d.has(i-1, auxiliary) && !d.Is(i-1, "and") {
		return verbForm{}, false
	}
	if w == "replaced" && !(d.passive(i) && d.Is(i+1, "by", "with")) {
		return verbForm{}, false
	}
	if (w == "follows" || w == "follow" || w == "precedes" || w == "precede") && !d.Is(i+1, "on", "in", "at", "it", "them", ".", ",") && (i+1 >= len(d.Words) || d.date[i+1] == 0) {
		return verbForm{}, false // follows talks in Geneva
	}
	if w == "called" && d.Is(i+1, "for") && i+2 < len(d.Words) && d.date[i+2] != 0 && d.passive(i) {
		return verbForm{class: plans, past: true}, true // elections were called for 2 June
	}
	if !d.hasParticle(i, w) {
		return verbForm{}, false
	}
	if w == "take" || w == "takes" || w == "taking" || w == "took" || w == "taken" {
		if d.Is(i+1, "part") || d.Is(i+2, "part") {
			v.class = attends
		}
	}
	prev := d.Fold(i - 1)
	switch w {
	case "involve", "arrange", "meeting", "opening", "set", "due", "draw", "draws", "start", "end", "plan", "plans", "schedule", "host", "hosts", "address", "run", "runs", "launch", "open", "close", "move", "moves", "delay", "finish", "closing", "begin", "stage", "conduct", "shift", "delays", "fixed", "expected", "join", "meet", "meets", "met", "cancel":
		if d.has(i-1, determiner) && prev != "that" || prev == "of" || prev == "'s" {
			return verbForm{}, false
		}
	}
	return v, true
}

// hasParticle reports whether the verb at i has the particle it needs.
func (d *document) hasParticle(i int, w string) bool {
	need := particles[w]
	if need == nil {
		return true
	}
	for k := i + 1; k < i+6 && k < len(d.Words); k++ {
		if d.Is(k, need...) && (!d.Is(k, "hold") || d.Is(k-1, "on")) {
			return true
		}
	}
	return false
}
