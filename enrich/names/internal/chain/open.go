package chain

import "iter"

// widestGap is how many words without a capital may stand between two words
// of one name.
const widestGap = 3

// markOpen finds the words of a sentence that may be part of a name: all of
// them in a sentence without capitals; elsewhere those with capitals, but for
// "The" and its like where no name follows, and what may belong to them. The
// others are in no name, and the model never looks at them.
func markOpen(s Sentence) {
	words := s.Words
	capital := -1 // the last word with one that may be part of a name
	none := true
	for i := range words {
		if !words[i].looksNamed() {
			continue
		}
		none = false
		if s.style != styleUpper && namesNothing(words, i) {
			continue
		}
		if capital >= 0 && mayJoin(words[capital+1:i]) {
			setOpen(words[capital:i])
		} else {
			openBefore(words[:i])
		}
		words[i].open = true
		capital = i
		openAfter(words[i+1:])
	}
	if none {
		setOpen(words)
	}
}

// mayJoin reports whether one name may go on over the words of a gap: a single
// word of any kind, or a few that link names.
func mayJoin(gap []Word) bool {
	if len(gap) <= 1 {
		return true
	}
	for i := range gap {
		if !gap[i].digit && !linkWords[gap[i].hash] {
			return false
		}
	}
	return len(gap) <= widestGap
}

// namesNothing reports whether word i, written like a name with no such word
// beside it, is one that names nothing there: a day of the week, or what
// begins a sentence or a quotation.
func namesNothing(words []Word, i int) bool {
	if i > 0 && words[i-1].looksNamed() || i+1 < len(words) && words[i+1].looksNamed() {
		return false
	}
	begins := i == 0 || words[i-1].class == classMark
	return begins && openers[words[i].hash] || weekdays[words[i].hash]
}

// openers are the words that begin sentences often and, in the annotated
// corpora, are practically never a name there.
var openers = hashes(
	"a", "about", "according", "after", "all", "also", "although", "among", "an", "and", "another", "as", "at", "authorities", "because",
	"before", "both", "but", "by", "despite", "during", "each", "earlier", "elsewhere", "five", "following", "for", "former", "four", "from",
	"he", "her", "his", "how", "however", "i", "if", "in", "it", "its", "just", "last", "later", "like", "many", "meanwhile", "more", "most",
	"my", "nearly", "not", "now", "of", "officials", "on", "one", "only", "other", "our", "over", "several", "she", "since", "so", "some",
	"such", "that", "the", "their", "then", "there", "these", "they", "this", "those", "three", "to", "today", "two", "under", "we", "what",
	"when", "why", "you")

var weekdays = hashes("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

// looksNamed reports whether the word is written like a name or in letters
// that have no case.
func (w *Word) looksNamed() bool { return w.class.named() || w.class == classOther }

func setOpen(words []Word) {
	for i := range words {
		words[i].open = true
	}
}

// openBefore opens the words before a name that may begin it: "al-Rashidi",
// "20th Century Fox".
func openBefore(before []Word) {
	for i := len(before) - 1; i >= max(0, len(before)-widestGap); i-- {
		if !before[i].digit && !particles[before[i].hash] {
			return
		}
		before[i].open = true
	}
}

// openAfter opens the words after one of a name that may end it: "Boeing 787",
// "Moo-hyun".
func openAfter(after []Word) {
	switch {
	case len(after) > 0 && after[0].digit:
		after[0].open = true
	case len(after) > 1 && after[0].hash == hyphen:
		after[0].open, after[1].open = true, true
	}
}

// Stretches yields the words [from,to) of the sentence that may be part of
// names, as far as they stand together.
func (s *Sentence) Stretches() iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		for i := 0; i < len(s.Words); i++ {
			from := i
			for i < len(s.Words) && s.Words[i].open {
				i++
			}
			if i > from && !yield(from, i) {
				return
			}
		}
	}
}
