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
	// stems are the base forms that an inflected word may be of.
	stems []string
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
		for _, stem := range w.stems {
			if !yield(stem) {
				return
			}
		}
	}
}

// NewWord prepares the token of text at span.
func NewWord(text string, span news.Span) Word {
	s := span.Of(text)
	w := Word{Span: span, Text: s}
	r, _ := utf8.DecodeRuneInString(s)
	w.Letters = unicode.IsLetter(r)
	w.Capital = w.Letters && unicode.IsUpper(r)
	w.Upper = w.Capital && upper(s)
	w.Fold = fold(s)
	return w
}

// fold is news.Fold, without the full stop of an abbreviation.
func fold(s string) string {
	f := news.Fold(s)
	if i := strings.IndexByte(f, '.'); i > 0 && i == len(f)-1 {
		return f[:i]
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
