package lexicon

import (
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// Text is the text of a report as the finders read it, made once for all of
// them.
type Text struct {
	Words []Word
	// Sentences are the sentences in order, and Sentence is the index of that of
	// each word. Together they hold every word.
	Sentences []Phrase
	Sentence  []int32
	// Language is the base language: see Language.
	Language string
}

// Phrase is a half-open range of words.
type Phrase struct{ From, To int }

// Empty reports whether p has no word.
func (p Phrase) Empty() bool { return p.From >= p.To }

// Holds reports whether p has the word.
func (p Phrase) Holds(word int) bool { return p.From <= word && word < p.To }

// Read prepares the text of r.
func Read(r *news.Report) *Text {
	language := Language(r)
	tokens := prose.Tokens(r.Text)
	t := &Text{Words: wordsOf(r.Text, tokens), Sentence: make([]int32, len(tokens)), Language: language}
	t.inflect()
	from := 0
	for _, group := range prose.Group(r.Text, tokens) {
		for i := range group {
			t.Sentence[from+i] = int32(len(t.Sentences))
		}
		t.Sentences = append(t.Sentences, Phrase{from, from + len(group)})
		from += len(group)
	}
	return t
}

// Words returns the tokens of text in order.
func Words(text string) []Word { return wordsOf(text, prose.Tokens(text)) }

func wordsOf(text string, tokens []prose.Token) []Word {
	words := make([]Word, len(tokens))
	low := lowered(text)
	for i, t := range tokens {
		words[i] = newWord(text, low, t.Span)
	}
	return words
}

// Fold is the folded form of word i, empty beyond the ends of the text.
func (t *Text) Fold(i int) string {
	if i < 0 || i >= len(t.Words) {
		return ""
	}
	return t.Words[i].Fold
}

// Is reports whether word i is one of forms.
func (t *Text) Is(i int, forms ...string) bool {
	return i >= 0 && i < len(t.Words) && t.Words[i].Is(forms...)
}

// SentenceOf is the sentence of word i.
func (t *Text) SentenceOf(i int) Phrase { return t.Sentences[t.Sentence[i]] }

// SpanOf is the bytes of a phrase that is not empty.
func (t *Text) SpanOf(p Phrase) news.Span {
	return news.Span{Start: t.Words[p.From].Span.Start, End: t.Words[p.To-1].Span.End}
}

// WordAt is the first word that ends after byte offset.
func (t *Text) WordAt(offset int) int {
	low, high := 0, len(t.Words)
	for low < high {
		mid := (low + high) / 2
		if t.Words[mid].Span.End <= offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
