// Package lexicon finds the phrases of a gazetteer in running text. It
// promises matches in time linear in the number of words, blind to case,
// accents and the spelling of special letters; the finders that use it decide
// what a match means.
package lexicon

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// Word is a token of the text, ready to be compared.
type Word struct {
	Span news.Span
	// Text is the token as written and Fold the form that is compared.
	Text, Fold string
	// Capital says that the token begins with an upper-case letter, Upper that
	// it has two letters or more and none in lower case.
	Capital, Upper bool
	// Letters says that the token begins with a letter, not a digit or a mark.
	Letters bool
	// hash is that of Fold, by which Roles find it.
	hash uint32
	// stems are the base forms that an inflected word may be of; nil when there
	// are none.
	stems *[]string
}

// Is reports whether the word's folded form is one of forms.
func (w *Word) Is(forms ...string) bool {
	for _, f := range forms {
		if w.Fold == f {
			return true
		}
	}
	return false
}

// Forms yields the folded form of the word and, in a language with endings, the
// base forms it may be of.
func (w *Word) Forms() iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(w.Fold) {
			return
		}
		if w.stems == nil {
			return
		}
		for _, stem := range *w.stems {
			if !yield(stem) {
				return
			}
		}
	}
}

// lowered is text with its ASCII letters in lower case. The folded forms of most
// words are parts of it, so that they take no memory of their own.
func lowered(text string) string {
	at := strings.IndexFunc(text, func(r rune) bool { return 'A' <= r && r <= 'Z' })
	if at < 0 {
		return text
	}
	low := []byte(text)
	for i := at; i < len(low); i++ {
		if 'A' <= low[i] && low[i] <= 'Z' {
			low[i] += 'a' - 'A'
		}
	}
	return string(low)
}

// newWord prepares the token of text at span; low is the lowered text.
func newWord(text, low string, span news.Span) Word {
	s := span.Of(text)
	w := Word{Span: span, Text: s}
	upper, lower := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			w.readUnicode()
			return w
		case 'A' <= c && c <= 'Z':
			upper++
		case 'a' <= c && c <= 'z':
			lower++
		}
	}
	w.Capital = 'A' <= s[0] && s[0] <= 'Z'
	w.Letters = w.Capital || 'a' <= s[0] && s[0] <= 'z'
	w.Upper = w.Capital && lower == 0 && upper > 1
	w.Fold = withoutStop(low[span.Start:span.End])
	w.hash = Hash(w.Fold)
	return w
}

// readUnicode fills a word that has letters outside ASCII.
func (w *Word) readUnicode() {
	r, _ := utf8.DecodeRuneInString(w.Text)
	w.Letters = unicode.IsLetter(r)
	w.Capital = w.Letters && unicode.IsUpper(r)
	w.Upper = w.Capital && upper(w.Text)
	w.Fold = withoutStop(news.Fold(w.Text))
	w.hash = Hash(w.Fold)
}

// withoutStop is a folded word without the full stop of an abbreviation.
func withoutStop(f string) string {
	if n := len(f) - 1; n > 0 && f[n] == '.' && strings.IndexByte(f, '.') == n {
		return f[:n]
	}
	return f
}

func upper(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}
