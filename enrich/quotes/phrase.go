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
	return d.Words[i].Capital && !calendar[d.Words[i].Fold] && !prepositions[d.Words[i].Fold]
}

// inName reports whether word i can stand inside a noun phrase.
func (d *document) inName(i int) bool {
	w := &d.Words[i]
	switch {
	case w.Letters || w.Text[0] >= '0' && w.Text[0] <= '9':
		return true
	case w.Text == "-" || w.Text == "&" || w.Text == "#" || w.Text == "@":
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
	if pronouns[d.Fold(last)] || d.Is(last, "one", "both", "others", "many", "this", "that") {
		return phrase{From: last, To: last + 1}
	}
	low = max(low, last-longestName)
	from := last + 1
	for i := last; i >= low; i-- {
		w := d.Fold(i)
		if !d.inName(i) || d.barsPhrase(i) {
			break
		}
		from = i
		if determiners[w] && !(i > low && linksPhrases[d.Fold(i-1)]) {
			break
		}
	}
	return d.trimmed(phrase{From: from, To: last + 1})
}

// linksPhrases are the prepositions inside the description of a person (head
// of, ambassador to, minister for, mayor in).
var linksPhrases = set(`of for to in at from on`)

// barsPhrase reports whether a noun phrase cannot reach over word i.
func (d *document) barsPhrase(i int) bool {
	w := d.Fold(i)
	if d.Words[i].Capital && !prepositions[w] && !clauseWords[w] && !calendar[w] && !pronouns[w] {
		return false
	}
	switch {
	case clauseWords[w], calendar[w], finite[w], pronouns[w], d.adverb(i):
		return true
	case prepositions[w]:
		return !linksPhrases[w]
	}
	return cueForces[w] != 0 && !sources[w]
}

// trimmed cuts a phrase that begins with a preposition down to the name at
// its end.
func (d *document) trimmed(p phrase) phrase {
	if p.Empty() || !linksPhrases[d.Fold(p.From)] {
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
	if pronouns[d.Fold(from)] || d.Is(from, "him", "her", "them", "me", "us") && !d.namesAfterHer(from, to) {
		return phrase{From: from, To: from + 1}
	}
	i := from
	if determiners[d.Fold(i)] {
		i++
	}
	named := false
	for i < to && d.inName(i) {
		w := d.Fold(i)
		switch {
		case d.isName(i):
			named = true
		case w == "'s" || w == "-" || w == "&":
		case joinsName[w] && i+1 < to && d.Words[i+1].Capital && named, w == "of" && i > from && i+1 < to:
		case determiners[w] && joinsName[d.Fold(i-1)]:
		case named && !d.nameFollows(i, to), d.barsPhrase(i), prepositions[w], determiners[w] && i > from, d.gerund(i):
			return d.closed(phrase{From: from, To: i})
		}
		i++
	}
	return d.closed(phrase{From: from, To: i})
}

// joinsName are the lower-case words inside names.
var joinsName = set(`of for de la le du da di van von der den al el bin ibn ben del dos al- zu y e af the`)

// nameFollows reports whether a lower-case word at i stands within a
// description that a name ends (Microsoft founder Bill Gates).
func (d *document) nameFollows(i, to int) bool {
	return i+1 < to && d.Words[i+1].Capital && !d.barsPhrase(i)
}

// namesAfterHer reports whether "her" at word i is a possessive.
func (d *document) namesAfterHer(i, to int) bool {
	return d.Is(i, "her") && i+1 < to && d.Words[i+1].Letters && !d.barsPhrase(i+1) && !prepositions[d.Fold(i+1)]
}

func (d *document) gerund(i int) bool {
	w := &d.Words[i]
	return !w.Capital && len(w.Fold) > 5 && strings.HasSuffix(w.Fold, "ing")
}

// closed drops what a noun phrase cannot end with.
func (d *document) closed(p phrase) phrase {
	for !p.Empty() {
		w := d.Fold(p.To - 1)
		if w != "-" && w != "'s" && w != "&" && !joinsName[w] && !determiners[w] {
			return p
		}
		if p.To-p.From == 1 && determiners[w] && d.Is(p.To-1, "one", "another", "this", "that", "others", "some", "many", "all") {
			return p
		}
		p.To--
	}
	return phrase{}
}
