// Package prose cuts running text into tokens and sentences. It promises spans
// that lie on rune boundaries, in order and without overlap, for any bytes at
// all, in time linear in the length of the text. It is made for news as it
// comes: missing spaces after a full stop, spaces before a comma, hard-wrapped
// lines, several scripts.
package prose

import "github.com/dateline-news/dateline/news"

// Token is a word, a number, an abbreviation with its full stops, a
// punctuation mark or a run of one mark.
type Token struct{ Span news.Span }

// Of returns the token's characters.
func (t Token) Of(text string) string { return t.Span.Of(text) }

// Sentences returns the spans of the sentences of text, each from its first
// token to its last. A paragraph break always ends a sentence.
func Sentences(text string) []news.Span {
	groups := Group(text, Tokens(text))
	spans := make([]news.Span, len(groups))
	for i, g := range groups {
		spans[i] = news.Span{Start: g[0].Span.Start, End: g[len(g)-1].Span.End}
	}
	return spans
}
