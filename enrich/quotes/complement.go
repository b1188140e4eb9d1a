package quotes

import (
	"strings"
)

// complement finds where the statement after the verb of cue c begins. Verbs
// of belief need "that", a source that can hold a finding, or a verb such as
// believe.
func (d *document) complement(c cue, end int) (int, bool) {
	i := d.skipAddressee(c, end)
	if that := d.conjunction(i, end); that >= 0 {
		question := that == i && !d.Is(i-1, "that")
		return that, c.force == utters && !(question && d.Is(c.word-1, "to")) || c.force == holds && !question && d.canHold(c)
	}
	if c.force == holds && !d.canHoldPlainly(c) || !d.takesBareClause(c) {
		return 0, false
	}
	if i >= end || d.Is(i, "to", ",", "of", "about", "as", ".", ":", ";", "at", "with", "and", "or") || d.gerund(i) {
		return 0, false
	}
	if d.has(i, preposition) && !d.Is(i, "there", "after", "because", "despite", "during", "under", "since", "by", "in", "if", "when", "while", "although", "though") {
		return 0, false
	}
	return i, !d.Is(c.word-1, "to") && d.isClause(phrase{From: i, To: end}, c)
}

// isClause reports whether the words are a clause and not a noun phrase with
// a relative clause after it. Verbs that take an object as often as a clause
// ask for more than the look of a verb.
func (d *document) isClause(p phrase, c cue) bool {
	strict := d.has(c.word, objectVerb)
	for i := p.From; i < p.To && i < p.From+30; i++ {
		w := &d.Words[i]
		switch {
		case i > p.From && d.Is(i, "that", "which", "who", "whose", "whom", "where", "to") && !d.Is(i-1, ","):
			return false
		case d.has(i, finiteVerb):
			return true
		case d.has(i, pronoun) && i == p.From:
			return true
		case strict && i > p.From && d.Words[i-1].Capital && (d.has(i, irregularPast) || strings.HasSuffix(w.Fold, "ed")) && w.Letters && !w.Capital:
			return true
		case strict || i == p.From || !w.Letters || w.Capital || d.has(i-1, determiner) || d.has(i, preposition):
		case strings.HasSuffix(w.Fold, "ed") && len(w.Fold) > 3 || d.has(i, irregularPast):
			return true
		case len(w.Fold) > 3 && strings.HasSuffix(w.Fold, "s") && !strings.HasSuffix(w.Fold, "ss") && (d.Words[i-1].Capital || d.has(i-1, pronoun)):
			return true
		case d.isPlural(i-1) && i+1 < p.To && (d.has(i+1, determiner) || d.Is(i+1, "to")):
			return true // the findings show pollution
		}
	}
	return false
}

// isPlural reports whether word i is a plural noun by its look.
func (d *document) isPlural(i int) bool {
	w := d.Fold(i)
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

// skipAddressee is the word after whom the verb addresses: "told the BBC".
func (d *document) skipAddressee(c cue, end int) int {
	i := c.to
	if d.Is(c.word, "told", "tells", "telling", "tell", "informed", "informs", "assured", "assures", "warned", "warns", "reminded") {
		p := d.phraseFrom(i, end)
		if !p.Empty() && !(d.hasVerbAt(p.To) && !d.Words[i].Capital && !d.Is(c.word, "told", "tells")) {
			i = p.To
		}
	} else if d.Is(i, "to") && d.Is(c.word, "said", "stated", "explained", "confirmed", "announced", "admitted", "says", "reported") {
		i = d.phraseFrom(i+1, end).To
		if i == 0 {
			i = c.to
		}
	}
	return i
}

func (d *document) hasVerbAt(i int) bool { return d.has(i, finiteVerb) }

// conjunction is the word after "that", "how", "whether" or the like when one
// begins the statement at i, -1 when none does. A circumstance may stand
// before "that": said on Monday that, told reporters in Baku that.
func (d *document) conjunction(i, end int) int {
	if d.Is(i, "how", "why", "whether", "what", "where", "when", "if") && i < end && d.hasVerb(phrase{From: i, To: end}) {
		return i
	}
	for k := i; k < end && k < i+14; k++ {
		if d.Is(k, "that") && !d.Is(k+1, "'s", ",") || d.Is(k, "that") && k == i {
			if k+1 < end && d.Is(k+1, ",") {
				return k + 2
			}
			return k + 1
		}
		if d.has(k, finiteVerb) || d.has(k, cueWord) || k == i && !d.has(k, preposition) && !d.has(k, calendarWord) && !d.Is(k, ",") && !d.adverb(k) && !d.Is(k, "to") {
			return -1
		}
	}
	return -1
}

// takesBareClause reports whether the verb takes a clause without "that".
func (d *document) takesBareClause(c cue) bool {
	if strings.HasSuffix(d.Fold(c.word), "ing") {
		return d.Is(c.word, "saying", "adding", "telling", "claiming", "noting", "believing", "reporting", "stating")
	}
	return d.has(c.word, bareVerb)
}

// canHold reports whether a finding or belief is attributed to someone in
// particular.
func (d *document) canHold(c cue) bool {
	if c.subject.Empty() || d.Is(c.subject.From, "you", "we", "i", "that", "this", "it", "which") && c.subject.To-c.subject.From == 1 {
		return false
	}
	return true
}

// canHoldPlainly is canHold for a statement without "that".
func (d *document) canHoldPlainly(c cue) bool {
	if !d.canHold(c) {
		return false
	}
	if d.has(c.subject.To-1, source) {
		return true
	}
	for i := c.subject.From; i < c.subject.To; i++ {
		if d.has(i, source) {
			return true
		}
	}
	return d.Is(c.word, "believes", "believed", "believe", "thinks", "thought", "think", "hopes", "hoped", "fears", "feared", "estimates", "estimated", "knew", "felt", "feels", "expects", "suspects")
}

// hasVerb reports whether a clause has a finite verb by its look.
func (d *document) hasVerb(p phrase) bool {
	for i := p.From; i < p.To; i++ {
		w := &d.Words[i]
		if d.has(i, finiteVerb) {
			return true
		}
		if i > p.From && w.Letters && !w.Capital && len(w.Fold) > 3 && !d.has(i-1, determiner) && !d.has(i, preposition) && d.verbEnding(i) {
			return true
		}
	}
	return false
}

func (d *document) verbEnding(i int) bool {
	w := d.Fold(i)
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") || d.has(i, irregularPast)
}
