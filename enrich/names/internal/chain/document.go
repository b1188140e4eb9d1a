package chain

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

// Document is a text as the model sees it: its sentences, and for every word
// what the rest of the document tells of it.
type Document struct {
	Sentences []Sentence
	evidence  map[lexicon.Hash]evidence
	acronyms  map[lexicon.Hash]evidence
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
	shape    uint32
	prefix   [4]uint32
	suffix   [4]uint32
	clusters lexicon.Clusters
	lists    uint32
	class    wordClass
	run      run
}

// MayBeNamed reports whether the word may be part of a name by its look: it
// has a capital or links words that do.
func (w *Word) MayBeNamed() bool {
	return w.class.named() || w.class == classOther || linkWords[w.hash]
}

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

// NewDocument reads the text.
func NewDocument(text string, lex *lexicon.Lexicon) *Document {
	tokens := prose.Tokens(text)
	words := make([]Word, len(tokens))
	d := &Document{evidence: map[lexicon.Hash]evidence{}, acronyms: map[lexicon.Hash]evidence{}}
	n := 0
	for _, group := range shortGroups(prose.Group(text, tokens)) {
		s := Sentence{Words: words[n : n+len(group) : n+len(group)]}
		n += len(group)
		for i, token := range group {
			readWord(&s.Words[i], text, token, lex)
		}
		s.style = styleOf(s.Words)
		findRuns(s)
		findPhrases(s, lex)
		d.Sentences = append(d.Sentences, s)
	}
	d.gather(text)
	return d
}

// longestSentence is how many words are read together: more are a list or no
// prose at all.
const longestSentence = 250

func shortGroups(groups [][]prose.Token) [][]prose.Token {
	out := make([][]prose.Token, 0, len(groups))
	for _, g := range groups {
		out = slices.AppendSeq(out, slices.Chunk(g, longestSentence))
	}
	return out
}

// longestRead is how many bytes of a word are looked at: the rest of a longer
// one is no part of any name.
const longestRead = 64

func readWord(w *Word, text string, token prose.Token, lex *lexicon.Lexicon) {
	word := token.Of(text)
	if len(word) > longestRead {
		word = word[:longestRead]
	}
	w.Token = token
	w.hash = lexicon.HashWord(word)
	w.shape, w.class = shapeOf(word)
	readAffixes(w, word)
	w.clusters = lex.Clusters(w.hash)
	if w.clusters.Fine == 0 && w.class != classNumber && w.class != classMark && !isASCII(word) {
		w.clusters = lex.Clusters(lexicon.HashWord(lexicon.Fold(word)))
	}
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
// at most two, and its class.
func shapeOf(word string) (uint32, wordClass) {
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
	return h, classify(first, upper, lower, digit, other, letters)
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

// linkWords may stand between the capitalised words of one name.
var linkWords = func() map[lexicon.Hash]bool {
	m := map[lexicon.Hash]bool{}
	for _, w := range []string{"of", "for", "the", "and", "&", "-", "de", "la", "al", "el", "bin", "ibn", "van", "von", "der", "den", "du", "da", "del", "di", "on", "in"} {
		m[lexicon.HashWord(w)] = true
	}
	return m
}()
