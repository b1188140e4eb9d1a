package chain

import (
	"maps"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

// Document is a text as the model sees it: its sentences, and for every word
// what the rest of the document tells of it. Its memory is used again for the
// next text.
type Document struct {
	Sentences []Sentence
	words     []Word
	evidence  evidences
	acronyms  evidences
	initials  []rune
	phrases   phrases
	// near are the words that features of the sentence may look at, and hashes
	// those to look them up by.
	near   []*Word
	hashes []lexicon.Hash
	recent recent
}

// Sentence is the words of a sentence.
type Sentence struct {
	Words []Word
	style style
}

// style is how a sentence uses capitals.
type style uint8

const (
	styleNormal style = iota
	styleUpper        // all capitals
	styleLower        // no capitals
	styleTitle        // Most Words Begin With a Capital
)

// Word is a token with what features are made of.
type Word struct {
	Token    prose.Token
	hash     lexicon.Hash
	plain    lexicon.Hash // without diacritics, as lists have it
	shape    uint32
	prefix   [4]uint32
	suffix   [4]uint32
	clusters lexicon.Clusters
	// top and second are the likeliest uses of the word; both are NoName for an
	// unknown one.
	top, second uint8
	lists       uint32
	class       wordClass
	digit       bool // it has one
	open        bool // it may be part of a name
	run         run
	// evidence and acronym are the places in the document's evidence of the word
	// and of the name that it is the acronym of, -1 for none.
	evidence, acronym int32
}

// Open reports whether the word may be part of a name.
func (w *Word) Open() bool { return w.open }

// wordClass is the look of a word.
type wordClass uint8

const (
	classOther wordClass = iota
	classLower
	classCapital // Baku
	classUpper   // WCO
	classInitial // A.
	classMixed   // eBay
	classNumber
	classMark
)

func (c wordClass) named() bool {
	return c == classCapital || c == classUpper || c == classInitial || c == classMixed
}

// run is the stretch of capitalised words that a word is in: the words
// [start,end) of its sentence; empty for other words.
type run struct{ start, end int32 }

// Read reads the text, whose sentences are given, in the place of the one
// before.
func (d *Document) Read(text string, sentences [][]prose.Token, lex *lexicon.Lexicon) {
	tokens := 0
	for _, s := range sentences {
		tokens += len(s)
	}
	d.words = sized(d.words, tokens)
	clear(d.words)
	d.Sentences = d.Sentences[:0]
	rest := d.words
	for _, group := range sentences {
		for len(group) > 0 {
			n := min(len(group), longestSentence)
			s := Sentence{Words: rest[:n:n]}
			d.readSentence(&s, text, group[:n], lex)
			d.Sentences = append(d.Sentences, s)
			group, rest = group[n:], rest[n:]
		}
	}
	d.gather(text)
}

// readSentence reads the tokens as the words of s.
func (d *Document) readSentence(s *Sentence, text string, tokens []prose.Token, lex *lexicon.Lexicon) {
	for i, token := range tokens {
		s.Words[i].look(text, token)
	}
	s.style = styleOf(s.Words)
	findRuns(*s)
	markOpen(*s)
	d.near = d.near[:0]
	studied := 0
	for from, to := range s.Stretches() {
		last := min(to+reach, len(s.Words))
		for i := max(studied, from-reach); i < last; i++ {
			d.near = append(d.near, &s.Words[i])
		}
		studied = last
	}
	d.study(text, lex)
	d.phrases.find(*s, lex)
}

// reach is how many words away a word can be that features look at.
const reach = 2

// longestSentence is how many words are read together: more are a list or no
// prose at all.
const longestSentence = 250

// longestRead is how many bytes of a word are looked at: the rest of a longer
// one is no part of any name.
const longestRead = 64

// read is the part of the word that is looked at.
func (w *Word) read(text string) string {
	word := w.Token.Of(text)
	return word[:min(len(word), longestRead)]
}

// look sets what tells whether the word may be part of a name.
func (w *Word) look(text string, token prose.Token) {
	w.Token = token
	word := w.read(text)
	w.hash = lexicon.HashWord(word)
	w.shape, w.class, w.digit = shapeOf(word)
	w.plain = w.hash
	if w.class != classMark && !isASCII(word) {
		w.plain = lexicon.HashWord(lexicon.Fold(word))
	}
}

// study sets the rest of what features are made of for the words near names.
func (d *Document) study(text string, lex *lexicon.Lexicon) {
	d.hashes = d.hashes[:0]
	for _, w := range d.near {
		readAffixes(w, w.read(text))
		d.hashes = append(d.hashes, w.hash)
	}
	d.recent.classify(d.near, d.hashes, lex)
	d.hashes = d.hashes[:0]
	unknown := d.near[:0]
	for _, w := range d.near {
		if w.clusters.Fine == 0 && w.plain != w.hash {
			unknown, d.hashes = append(unknown, w), append(d.hashes, w.plain)
		}
	}
	d.recent.classify(unknown, d.hashes, lex)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// readAffixes hashes the first and last one to four letters, in lower case.
func readAffixes(w *Word, word string) {
	const prime = 16777619
	h := uint32(2166136261)
	k := 0
	for _, r := range word {
		h = (h ^ uint32(lowerRune(r))) * prime
		w.prefix[k] = h
		if k++; k == len(w.prefix) {
			break
		}
	}
	for i := k; i < len(w.prefix); i++ {
		w.prefix[i] = 0
	}
	h, k = 2166136261, 0
	for end := len(word); end > 0 && k < len(w.suffix); k++ {
		r, n := utf8.DecodeLastRuneInString(word[:end])
		end -= n
		h = (h ^ uint32(lowerRune(r))) * prime
		w.suffix[k] = h
	}
	for i := k; i < len(w.suffix); i++ {
		w.suffix[i] = 0
	}
}

func lowerRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		} else if '0' <= r && r <= '9' {
			r = '0'
		}
		return r
	}
	return unicode.ToLower(r)
}

// shapeOf returns the hash of the word's kinds of letters, runs of one kind as
// at most two, its class, and whether it has a digit.
func shapeOf(word string) (shape uint32, class wordClass, hasDigit bool) {
	h := uint32(7)
	var before rune
	repeat := 0
	upper, lower, digit, other, letters := 0, 0, 0, 0, 0
	first := rune(0)
	for _, r := range word {
		kind := letterKind(r)
		switch kind {
		case 'X':
			upper++
		case 'x':
			lower++
		case '0':
			digit++
		case 'c':
			letters++
		default:
			other++
		}
		if first == 0 {
			first = kind
		}
		if kind == before {
			repeat++
		} else {
			repeat = 0
		}
		before = kind
		if repeat < 2 {
			h = h*31 + uint32(kind)
		}
	}
	return h, classify(first, upper, lower, digit, other, letters), digit > 0
}

func letterKind(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z':
		return 'x'
	case 'A' <= r && r <= 'Z':
		return 'X'
	case '0' <= r && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return r
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLower(r):
		return 'x'
	case unicode.IsLetter(r):
		return 'c'
	case unicode.IsDigit(r):
		return '0'
	}
	return r
}

func classify(first rune, upper, lower, digit, other, letters int) wordClass {
	switch {
	case upper+lower+digit+letters == 0:
		return classMark
	case digit > 0 && upper+lower+letters == 0:
		return classNumber
	case upper == 1 && lower == 0 && digit == 0 && other == 1 && first == 'X':
		return classInitial
	case upper > 0 && lower == 0:
		return classUpper
	case first == 'X' && upper >= 1:
		return classCapital
	case upper > 0:
		return classMixed
	case lower > 0:
		return classLower
	}
	return classOther
}

// styleOf looks at the words of three letters or more; short sentences are
// normal.
func styleOf(words []Word) style {
	upper, capital, lower := 0, 0, 0
	for i := range words {
		if words[i].Token.Span.Len() < 3 {
			continue
		}
		switch words[i].class {
		case classUpper:
			upper++
		case classCapital:
			capital++
		case classLower:
			lower++
		}
	}
	total := upper + capital + lower
	switch {
	case total < 3:
		return styleNormal
	case upper*10 >= total*7:
		return styleUpper
	case upper+capital == 0 && total >= 6:
		return styleLower
	case total >= 4 && (upper+capital)*10 >= total*7:
		return styleTitle
	}
	return styleNormal
}

// findRuns sets the run of each word of a sentence that uses capitals for
// names.
func findRuns(s Sentence) {
	if s.style == styleUpper || s.style == styleLower {
		return
	}
	words := s.Words
	for i := 0; i < len(words); {
		if !words[i].class.named() {
			i++
			continue
		}
		end := i + 1
		for j := end; j < len(words) && j-end < 3; j++ {
			if words[j].class.named() {
				end = j + 1
			} else if !linkWords[words[j].hash] {
				break
			}
		}
		for j := i; j < end; j++ {
			words[j].run = run{int32(i), int32(end)}
		}
		i = end
	}
}

var hyphen = lexicon.HashWord("-")

// linkWords may stand between the capitalised words of one name; particles may
// also begin one.
var (
	particles = hashes("-", "de", "la", "al", "el", "bin", "ibn", "van", "von", "der", "den", "du", "da", "del", "di")
	linkWords = join(particles, hashes("of", "for", "the", "and", "&", "on", "in"))
)

func hashes(words ...string) map[lexicon.Hash]bool {
	m := map[lexicon.Hash]bool{}
	for _, w := range words {
		m[lexicon.HashWord(w)] = true
	}
	return m
}

func join(a, b map[lexicon.Hash]bool) map[lexicon.Hash]bool {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}
