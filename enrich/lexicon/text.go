package lexicon

import (
	"slices"
	"sync"

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

	tokens []prose.Token
	groups [][]prose.Token
}

// Tokens are the tokens of each sentence.
func (t *Text) Tokens() [][]prose.Token { return t.groups }

// Phrase is a half-open range of words.
type Phrase struct{ From, To int }

// Empty reports whether p has no word.
func (p Phrase) Empty() bool { return p.From >= p.To }

// Holds reports whether p has the word.
func (p Phrase) Holds(word int) bool { return p.From <= word && word < p.To }

// Reader reads texts one after another into the same memory. The zero Reader
// is ready to use and safe for concurrent use.
type Reader struct{ spare sync.Pool }

// longestSpare is the most words of a text whose memory is kept.
const longestSpare = 1 << 16

// Read prepares the text of r, which Release gives back.
func (rd *Reader) Read(r *news.Report) *Text {
	t, ok := rd.spare.Get().(*Text)
	if !ok {
		t = &Text{}
	}
	t.read(r)
	return t
}

// Release gives the memory of t to the next Read; t must not be used after.
func (rd *Reader) Release(t *Text) {
	if cap(t.Words) > longestSpare {
		return
	}
	clear(t.Words) // lets go of the report
	rd.spare.Put(t)
}

// Read prepares the text of r.
func Read(r *news.Report) *Text {
	var t Text
	t.read(r)
	return &t
}

func (t *Text) read(r *news.Report) {
	t.Language = Language(r)
	t.tokens = prose.AppendTokens(slices.Grow(t.tokens[:0], len(r.Text)/5+8), r.Text)
	t.Words = appendWords(slices.Grow(t.Words[:0], len(t.tokens)), r.Text, t.tokens)
	t.inflect()
	t.Sentences, t.Sentence = t.Sentences[:0], slices.Grow(t.Sentence[:0], len(t.tokens))
	t.groups = prose.Group(r.Text, t.tokens)
	for _, group := range t.groups {
		from := len(t.Sentence)
		for range group {
			t.Sentence = append(t.Sentence, int32(len(t.Sentences)))
		}
		t.Sentences = append(t.Sentences, Phrase{from, len(t.Sentence)})
	}
}

// Words returns the tokens of text in order.
func Words(text string) []Word {
	tokens := prose.Tokens(text)
	return appendWords(make([]Word, 0, len(tokens)), text, tokens)
}

func appendWords(words []Word, text string, tokens []prose.Token) []Word {
	low := lowered(text)
	for _, t := range tokens {
		words = append(words, newWord(text, low, t.Span))
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
