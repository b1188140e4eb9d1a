package quotes

import "strings"

// The longest noun phrase, and the furthest that the words of one clause are
// looked for, in words.
const (
	longestName = 16
	reach       = 40
)

// isName reports whether word i is capitalized as a name is.
func (d *document) isName(i int) bool {
	return d.Words[i].Capital && !d.has(i, calendarWord) && !d.has(i, preposition)
}

// inName reports whether word i can stand inside a noun phrase.
func (d *document) inName(i int) bool {
	w := &d.Words[i]
	switch {
	case w.Letters || w.Text[0] >= '0' && w.Text[0] <= '9':
		return true
	case w.Text == "-":
		return d.before(i) != ' ' || d.after(i) != ' ' // not a dash: "...", - Minister Novak said
	case w.Text == "&" || w.Text == "#" || w.Text == "@":
		return true
	}
	return w.Fold == "'s"
}

// adverb reports whether word i is an adverb in -ly.
func (d *document) adverb(i int) bool {
	w := &d.Words[i]
	return !w.Capital && len(w.Fold) > 4 && strings.HasSuffix(w.Fold, "ly") && !d.Is(i, "family", "assembly", "ally", "monopoly", "italy", "supply")
}

// phraseEnding is the noun phrase whose last word is last and that does not
// begin before word low.
func (d *document) phraseEnding(last, low int) phrase {
	if last < low || !d.inName(last) || d.Fold(last) == "-" {
		return phrase{}
	}
	if d.has(last, pronoun) || d.Is(last, "one", "both", "others", "many", "this", "that") {
		return phrase{From: last, To: last + 1}
	}
	low = max(low, last-longestName)
	from := last + 1
	for i := last; i >= low; i-- {
		if !d.inName(i) || d.barsPhrase(i) {
			break
		}
		from = i
		if d.has(i, determiner) && !(i > low && d.has(i-1, phraseLink)) {
			break
		}
	}
	return d.trimmed(phrase{From: from, To: last + 1})
}

// barsPhrase reports whether a noun phrase cannot reach over word i.
func (d *document) barsPhrase(i int) bool {
	if d.Words[i].Capital && !d.has(i, preposition|clauseWord|calendarWord|pronoun) {
		return false
	}
	switch {
	case d.has(i, clauseWord|calendarWord|finiteVerb|pronoun), d.adverb(i):
		return true
	case d.has(i, preposition):
		return !d.has(i, phraseLink)
	}
	return d.has(i, cueWord) && !d.has(i, source)
}

// trimmed cuts a phrase that begins with a preposition down to the name at
// its end.
func (d *document) trimmed(p phrase) phrase {
	if p.Empty() || !d.has(p.From, phraseLink) {
		return p
	}
	from := p.To
	for from > p.From && d.isName(from-1) {
		from--
	}
	return phrase{From: from, To: p.To}
}

// phraseFrom is the noun phrase that begins at word from, within to.
func (d *document) phraseFrom(from, to int) phrase {
	to = min(to, from+longestName, len(d.Words))
	if from >= to {
		return phrase{}
	}
	if d.has(from, pronoun) || d.Is(from, "him", "her", "them", "me", "us") && !d.namesAfterHer(from, to) {
		return phrase{From: from, To: from + 1}
	}
	i := from
	if d.has(i, determiner) {
		i++
	}
	named := false
	for i < to && d.inName(i) {
		w := d.Fold(i)
		switch {
		case d.isName(i):
			named = true
		case w == "'s" || w == "-" || w == "&":
		case d.has(i, nameJoiner) && i+1 < to && d.Words[i+1].Capital && named, w == "of" && i > from && i+1 < to:
		case d.has(i, determiner) && d.has(i-1, nameJoiner):
		case named && !d.nameFollows(i, to), d.barsPhrase(i), d.has(i, preposition), d.has(i, determiner) && i > from, d.gerund(i):
			return d.closed(phrase{From: from, To: i})
		}
		i++
	}
	return d.closed(phrase{From: from, To: i})
}

// nameFollows reports whether a lower-case word at i stands within a
// description that a name ends (Microsoft founder Bill Gates).
func (d *document) nameFollows(i, to int) bool {
	return i+1 < to && d.Words[i+1].Capital && !d.barsPhrase(i)
}

// namesAfterHer reports whether "her" at word i is a possessive.
func (d *document) namesAfterHer(i, to int) bool {
	return d.Is(i, "her") && i+1 < to && d.Words[i+1].Letters && !d.barsPhrase(i+1) && !d.has(i+1, preposition)
}

func (d *document) gerund(i int) bool {
	w := &d.Words[i]
	return !w.Capital && len(w.Fold) > 5 && strings.HasSuffix(w.Fold, "ing")
}

// closed drops what a noun phrase cannot end with.
func (d *document) closed(p phrase) phrase {
	for !p.Empty() {
		w := d.Fold(p.To - 1)
		if w != "-" && w != "'s" && w != "&" && !d.has(p.To-1, nameJoiner) && !d.has(p.To-1, determiner) {
			return p
		}
		if p.To-p.From == 1 && d.has(p.To-1, determiner) && d.Is(p.To-1, "one", "another", "this", "that", "others", "some", "many", "all") {
			return p
		}
		p.To--
	}
	return phrase{}
}
