package people

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// fullName is a person's name taken apart.
type fullName struct {
	// words are the folded words, a hyphenated one as one word.
	words []string
	text  string
	parts []string
}

// newName takes the words of a name apart.
func newName(words []lexicon.Word, text string) fullName {
	n := fullName{text: text}
	for i, w := range words {
		switch {
		case w.Is("-", "–"):
			continue
		case i > 1 && words[i-1].Is("-", "–") && len(n.words) > 0:
			n.words[len(n.words)-1] += "-" + w.Fold
		case w.Letters:
			n.words = append(n.words, w.Fold)
		}
	}
	n.hear()
	return n
}

func (n fullName) single() bool { return len(n.words) == 1 }

func (n fullName) last() string { return n.words[len(n.words)-1] }

// hear fills in how the parts of the name sound: its words, and the first
// parts of hyphenated ones.
func (n *fullName) hear() {
	for _, w := range n.words {
		n.parts = append(n.parts, news.Sound(w))
		if first, _, hyphenated := strings.Cut(w, "-"); hyphenated {
			n.parts = append(n.parts, news.Sound(first))
		}
	}
}

func isInitial(w string) bool { return utf8.RuneCountInString(strings.TrimRight(w, ".")) == 1 }

// same reports whether two words of names are one under the usual
// transliterations.
func same(a, b string) bool { return a == b || news.Sound(a) == news.Sound(b) }

// matches reports whether word, which may be an initial or "j-b", can stand for
// full.
func matches(word, full string) bool {
	if isInitial(word) {
		return strings.HasPrefix(full, strings.TrimRight(word, "."))
	}
	if a, b, ok := strings.Cut(word, "-"); ok && isInitial(a) && isInitial(b) {
		first, second, _ := strings.Cut(full, "-")
		return matches(a, first) && matches(b, second)
	}
	return same(word, full)
}

// compatible reports whether two names of more than one word can be of one
// person: the surnames agree, and the given names agree or are initials, or
// the shorter leaves out words of the longer.
func compatible(a, b fullName) bool {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	if len(a.words) < 2 {
		return false
	}
	if one, decided := sameFamilyFirst(a, b); decided {
		return one
	}
	if !same(a.last(), b.last()) {
		return len(a.words) == len(b.words) && reversed(a, b)
	}
	if !matches(a.words[0], b.words[0]) && !matches(b.words[0], a.words[0]) {
		return false
	}
	return inOrder(a.words, b.words)
}

// inOrder reports whether the words of a are found in b in order.
func inOrder(a, b []string) bool {
	i := 0
	for _, w := range b {
		if i < len(a) && (matches(a[i], w) || matches(w, a[i])) {
			i++
		}
	}
	return i == len(a)
}

// reversed reports whether b is a with the surname at the other end.
func reversed(a, b fullName) bool {
	return len(a.words) == 2 && same(a.words[0], b.words[1]) && same(a.words[1], b.words[0])
}

// partOf reports whether the words of a, a surname or the end of a longer
// name, can stand for the person named b.
func partOf(a, b fullName) bool {
	if len(a.words) >= len(b.words) {
		return false
	}
	tail := b.words[len(b.words)-len(a.words):]
	if allSame(a.words, tail) {
		return true
	}
	return a.single() && eastAsian[b.words[0]] && same(a.words[0], b.words[0])
}

func allSame(a, b []string) bool {
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

// genderOf guesses the gender from the given name or the ending of the surname.
func (f *Finder) genderOf(n fullName) lexicon.Gender {
	last := n.last()
	for _, ending := range []string{"ova", "eva", "skaya", "qizi", "gizi", "dottir"} {
		if strings.HasSuffix(last, ending) {
			return lexicon.Female
		}
	}
	for _, ending := range []string{"ov", "ev", "sky", "skiy", "oglu", "ogly"} {
		if strings.HasSuffix(last, ending) {
			return lexicon.Male
		}
	}
	if len(n.words) < 2 {
		return lexicon.Unknown
	}
	first, _, _ := strings.Cut(n.words[0], "-")
	return f.given[n.words[0]] | f.given[first]
}

// agree reports whether a person of gender a can be spoken of as one of b.
func agree(a, b lexicon.Gender) bool {
	return settled(a) == lexicon.Unknown || settled(b) == lexicon.Unknown || a == b
}

// settled is the gender where it is certain.
func settled(g lexicon.Gender) lexicon.Gender {
	if g == lexicon.Either {
		return lexicon.Unknown
	}
	return g
}
