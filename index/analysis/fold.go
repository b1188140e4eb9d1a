package analysis

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding is one entry of the fold table: wherever From stands in a text, To
// stands in the folded text. To is "" where From is dropped.
type Folding struct{ From, To string }

// FoldTable returns the whole of folding, sorted by From. Of entries that
// begin alike the longest that fits applies; what no entry begins is kept.
func FoldTable() []Folding {
	t := folds()
	table := make([]Folding, 0, len(t.single)+len(t.composed))
	for r, to := range t.single {
		table = append(table, Folding{string(r), to})
	}
	for from, to := range t.composed {
		table = append(table, Folding{from, to})
	}
	slices.SortFunc(table, func(a, b Folding) int { return strings.Compare(a.From, b.From) })
	return table
}

// Fold returns text with the fold table applied.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for at := 0; at < len(text); {
		folded, size := foldAt(text, at)
		b.WriteString(folded)
		at += size
	}
	return b.String()
}

// foldAt folds what begins at text[at] and returns it with the number of
// bytes it took.
func foldAt(text string, at int) (folded string, size int) {
	c := text[at]
	next := at + 1
	if c < utf8.RuneSelf && (next == len(text) || text[next] < utf8.RuneSelf) {
		if 'A' <= c && c <= 'Z' {
			return lowerASCII[c-'A' : c-'A'+1], 1
		}
		return text[at:next], 1
	}
	t := folds()
	r, size := utf8.DecodeRuneInString(text[at:])
	if t.base[r] {
		if n := t.longestComposed(text[at:], size); n > 0 {
			return t.composed[text[at:at+n]], n
		}
	}
	if to, ok := t.single[r]; ok {
		return to, size
	}
	return text[at : at+size], size
}

const lowerASCII = "abcdefghijklmnopqrstuvwxyz"

// foldings is the fold table in the form that foldAt looks it up in.
type foldings struct {
	single map[rune]string
	// composed holds letters written as a base letter and combining marks
	// whose meaning the marks change: й as и and a breve.
	composed map[string]string
	base     map[rune]bool
}

var folds = sync.OnceValue(newFoldings)

// longestComposed returns the length of the longest entry of composed that
// text begins with, given the size of its first rune, or 0.
func (t *foldings) longestComposed(text string, first int) int {
	end, longest := first, 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isDiacritic(r) {
			break
		}
		end += size
		if _, ok := t.composed[text[:end]]; ok {
			longest = end
		}
		if end-first > 3*len("\u0301") {
			break
		}
	}
	return longest
}

func newFoldings() *foldings {
	t := &foldings{single: maps.Clone(plain), composed: map[string]string{}, base: map[rune]bool{}}
	for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian} {
		eachRune(script, t.addLetter)
	}
	for r := rune(0xFF10); r <= 0xFF19; r++ {
		t.single[r] = string('0' + r - 0xFF10)
	}
	for r := firstDiacritic; r <= lastDiacritic; r++ {
		t.single[r] = ""
	}
	return t
}

// addLetter adds the folding of one letter, unless it folds to itself.
func (t *foldings) addLetter(r rune) {
	if r > 0xFFFF || !unicode.In(r, unicode.L, unicode.N) {
		return
	}
	to := foldLetter(r)
	if to != string(r) {
		t.single[r] = to
	}
	decomposed := norm.NFD.String(string(r))
	if unicode.Is(unicode.Cyrillic, r) && decomposed != string(r) && to != foldMarks(decomposed) {
		t.composed[decomposed] = to
		first, _ := utf8.DecodeRuneInString(decomposed)
		t.base[first] = true
	}
}

// foldLetter folds one letter.
func foldLetter(r rune) string {
	if to, ok := plain[r]; ok {
		return to
	}
	lower := unicode.ToLower(r)
	if to, ok := plain[lower]; ok {
		return to
	}
	if unicode.Is(unicode.Cyrillic, r) {
		return string(lower)
	}
	return foldMarks(norm.NFKD.String(string(lower)))
}

// foldMarks returns s in lower case without diacritics and punctuation.
func foldMarks(s string) string {
	var b strings.Builder
	for _, r := range s {
		r = unicode.ToLower(r)
		if to, ok := plain[r]; ok {
			b.WriteString(to)
		} else if !isDiacritic(r) && isWord(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// The block of combining diacritical marks.
const firstDiacritic, lastDiacritic = '\u0300', '\u036F'

func isDiacritic(r rune) bool { return firstDiacritic <= r && r <= lastDiacritic }

func eachRune(table *unicode.RangeTable, visit func(rune)) {
	for _, r := range table.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			visit(c)
		}
	}
}

// plain holds what Unicode's decompositions do not give: letters that readers
// type as a plain one, letters of one meaning and several shapes, apostrophes,
// and the invisible characters that may stand inside a word.
var plain = map[rune]string{
	'ə': "a", 'ǝ': "a", 'ı': "i", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'ẞ': "ss",
	'æ': "ae", 'œ': "oe", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ƒ': "f", 'ȷ': "j", 'İ': "i",
	'ς': "σ",
	'ё': "е", 'Ё': "е", 'ѐ': "е", 'Ѐ': "е", 'ѝ': "и", 'Ѝ': "и",
	'’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", 'ʹ': "'", '＇': "'", '´': "'",
	'\u00AD': "", '\u200C': "", '\u200D': "", '\u200E': "", '\u200F': "", '\u2060': "", '\uFEFF': "",
}
