// Package analysis turns text into the terms that archives index and queries
// ask for. Every archive sees words through it or through a configuration
// made from it (FoldTable, SeparatorPattern, MaxTermRunes), so that a search
// finds the same reports in all of them.
//
// Text is folded first: lower case, diacritics of Latin and Greek letters
// stripped, Azerbaijani and Turkish letters to their plain ones (ə a, ı i,
// ğ g, ş s), Cyrillic kept apart. The folded text is then cut into words: the
// longest runs of letters, digits and marks, less a possessive 's. Words of
// the letters a to z are stemmed by Porter's algorithm
// (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980).
package analysis

import (
	"unicode"
	"unicode/utf8"

	porter "github.com/blevesearch/go-porterstemmer"

	"github.com/dateline-news/dateline/news"
)

// Token is a word of a text.
type Token struct {
	// Span is the range of bytes of the text that the word was read from.
	Span news.Span
	// Term is the word folded and stemmed: what words and phrases compare.
	Term string
	// Folded is the word folded: what prefixes and names compare.
	Folded string
	// Position counts the words of the text from 0.
	Position int
}

// MaxTermRunes is the length at which longer words are cut off, in runes.
const MaxTermRunes = 100

// SeparatorPattern is the Java regular expression of what lies between the
// words of a text that FoldTable was applied to.
const SeparatorPattern = `(?<=[\p{L}\p{N}\p{M}])'s(?![\p{L}\p{N}\p{M}])|[^\p{L}\p{N}\p{M}]+`

// UnstemmedPattern is the Java regular expression of the whole terms that are
// not stemmed.
const UnstemmedPattern = `.*[^a-z].*`

// Tokens returns the words of text in order.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/6+1)
	s := scanner{text: text}
	s.visit = func() {
		folded := s.folded()
		tokens = append(tokens, Token{Span: s.span, Term: Stem(folded), Folded: folded, Position: len(tokens)})
	}
	s.scan()
	return tokens
}

// Each calls visit with each folded, unstemmed word of text, which is good
// until visit returns.
func Each(text string, visit func(folded []byte)) {
	s := scanner{text: text}
	s.visit = func() { visit(cut(s.word)) }
	s.scan()
}

// Terms returns the folded and stemmed words of text.
func Terms(text string) []string {
	tokens := Tokens(text)
	terms := make([]string, len(tokens))
	for i, t := range tokens {
		terms[i] = t.Term
	}
	return terms
}

// Words returns the folded, unstemmed words of text.
func Words(text string) []string {
	var words []string
	s := scanner{text: text}
	s.visit = func() { words = append(words, s.folded()) }
	s.scan()
	return words
}

// scanner cuts a stream of folded characters into words.
type scanner struct {
	text string
	word []byte
	span news.Span
	// visit is called with each word in word and span.
	visit func()
	// apostrophe says that the word being read follows another word with
	// nothing but an apostrophe between them.
	apostrophe bool
	// inWord says that a word is being read.
	inWord bool
}

// scan reads all words.
func (s *scanner) scan() {
	for at := 0; at < len(s.text); {
		if end := s.plain(at); end > at {
			at = end
			continue
		}
		folded, size := foldAt(s.text, at)
		s.add(folded, news.Span{Start: at, End: at + size})
		at += size
	}
	s.endWord()
}

// plainLetters holds for each byte that is a letter of a to z or a digit, in
// either case, what it folds to, and 0 for all others.
var plainLetters = func() (letters [256]byte) {
	for c := range letters {
		switch b := byte(c); {
		case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
			letters[c] = b
		case 'A' <= b && b <= 'Z':
			letters[c] = b + 'a' - 'A'
		}
	}
	return letters
}()

// plain reads the part of a word that begins at a byte and is made of plain
// letters only, and returns where it ends: nearly all words are such, and this
// is much quicker than to fold each letter. A letter before one that is not
// plain may fold together with it and is left.
func (s *scanner) plain(at int) (end int) {
	end = at
	for end < len(s.text) && plainLetters[s.text[end]] != 0 {
		end++
	}
	if end < len(s.text) && s.text[end] >= utf8.RuneSelf {
		end--
	}
	if end <= at {
		return at
	}
	if !s.inWord {
		s.inWord = true
		s.span.Start = at
	}
	for _, c := range []byte(s.text[at:end]) {
		s.word = append(s.word, plainLetters[c])
	}
	s.span.End = end
	return end
}

func (s *scanner) add(folded string, span news.Span) {
	if folded == "" && s.inWord {
		s.span.End = span.End
	}
	for _, r := range folded {
		if !isWord(r) {
			ended := s.inWord
			s.endWord()
			s.apostrophe = ended && r == '\''
			continue
		}
		if !s.inWord {
			s.inWord = true
			s.span.Start = span.Start
		}
		s.word = utf8.AppendRune(s.word, r)
		s.span.End = span.End
	}
}

func (s *scanner) endWord() {
	if !s.inWord {
		return
	}
	if !s.apostrophe || string(s.word) != "s" {
		s.visit()
	}
	s.word, s.inWord, s.apostrophe = s.word[:0], false, false
}

// folded returns the word being read. A word that folding did not change is
// a part of the text, which saves a copy.
func (s *scanner) folded() string {
	word := cut(s.word)
	if source := s.span.Of(s.text); source == string(word) {
		return source
	}
	return string(word)
}

// cut returns word, or its first MaxTermRunes runes when it is longer.
func cut(word []byte) []byte {
	if len(word) <= MaxTermRunes {
		return word
	}
	end := 0
	for range MaxTermRunes {
		if end >= len(word) {
			return word
		}
		_, size := utf8.DecodeRune(word[end:])
		end += size
	}
	return word[:end]
}

// isWord reports whether r belongs to a word.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return r != utf8.RuneError && unicode.In(r, unicode.L, unicode.N, unicode.M)
}

// Stem returns the Porter stem of a folded word; a word with anything but
// the letters a to z, or of fewer than three, is its own stem.
func Stem(folded string) string {
	if len(folded) < 3 {
		return folded
	}
	for i := range len(folded) {
		if c := folded[i]; c < 'a' || c > 'z' {
			return folded
		}
	}
	// Porter's rules apply to a word that is nothing but a rule's ending, the
	// library's do not.
	switch folded {
	case "sses":
		return "ss"
	case "ies":
		return "i"
	case "eed":
		return "eed"
	}
	var room [MaxTermRunes]rune
	letters := room[:0]
	for i := range len(folded) {
		letters = append(letters, rune(folded[i]))
	}
	stem := porter.StemWithoutLowerCasing(letters)
	for i, r := range stem {
		if i == len(folded) || rune(folded[i]) != r {
			return string(stem)
		}
	}
	return folded[:len(stem)] // as of most words, which saves a copy
}
