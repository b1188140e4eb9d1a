package quotes

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// phrase is a half-open range of words of the document.
type phrase struct{ from, to int }

func (p phrase) empty() bool { return p.from >= p.to }

// document is a report's text in words, sentences and paragraphs, with what
// was found in it so far.
type document struct {
	text      string
	words     []lexicon.Word
	sentence  []int32 // of each word
	sentences []phrase
	paragraph []int32 // of each word
	// body is the first word after headline and dateline.
	body     int
	cues     []cue // in order of their words
	passages []passage
	// quoted is, for each word, one more than the passage it lies in, 0 for a
	// word outside quotation marks.
	quoted []int32
	// capitals are the words that are capitalized inside sentences: names.
	capitals map[string]bool
	// dialogue says that the text is a conversation, in which a new passage is
	// a new speaker's.
	dialogue bool
}

func newDocument(text string) *document {
	tokens := prose.Tokens(text)
	d := &document{
		text:      text,
		words:     make([]lexicon.Word, len(tokens)),
		sentence:  make([]int32, len(tokens)),
		paragraph: make([]int32, len(tokens)),
	}
	n := 0
	for _, group := range prose.Group(text, tokens) {
		d.sentences = append(d.sentences, phrase{n, n + len(group)})
		for range group {
			d.sentence[n] = int32(len(d.sentences) - 1)
			n++
		}
	}
	for i, t := range tokens {
		d.words[i] = lexicon.NewWord(text, t.Span)
		if i > 0 {
			d.paragraph[i] = d.paragraph[i-1]
			if strings.Contains(text[tokens[i-1].Span.End:t.Span.Start], "\n") && d.breaksParagraph(i) {
				d.paragraph[i]++
			}
		}
	}
	return d
}

// breaksParagraph reports whether the line break before word i begins a
// paragraph: an empty line does, or a break between sentences.
func (d *document) breaksParagraph(i int) bool {
	gap := d.text[d.words[i-1].Span.End:d.words[i].Span.Start]
	return strings.Count(gap, "\n") > 1 || d.sentence[i] != d.sentence[i-1]
}

// frontMatter marks the words of the dateline, which say nothing.
func (d *document) frontMatter(r *news.Report) {
	if r.Dateline == nil {
		return
	}
	for d.body < len(d.words) && d.words[d.body].Span.Start < r.Dateline.Span.End {
		d.body++
	}
}

func (d *document) fold(i int) string {
	if i < 0 || i >= len(d.words) {
		return ""
	}
	return d.words[i].Fold
}

// is reports whether word i is one of forms.
func (d *document) is(i int, forms ...string) bool {
	return i >= 0 && i < len(d.words) && d.words[i].Is(forms...)
}

// knownName reports whether word i is a name: it is capitalized inside a
// sentence somewhere in the text.
func (d *document) knownName(i int) bool {
	if d.capitals == nil {
		d.capitals = map[string]bool{}
		for k := 1; k < len(d.words); k++ {
			if d.words[k].Capital && d.words[k-1].Letters && !pronouns[d.words[k].Fold] {
				d.capitals[d.words[k].Fold] = true
			}
		}
	}
	return d.capitals[d.words[i].Fold]
}

// inSentence is the sentence of word i.
func (d *document) inSentence(i int) phrase { return d.sentences[d.sentence[i]] }

// span is the bytes of a phrase.
func (d *document) span(p phrase) news.Span {
	return news.Span{Start: d.words[p.from].Span.Start, End: d.words[p.to-1].Span.End}
}

// before is the last rune before word i, a space at the start of the text.
func (d *document) before(i int) rune {
	r, n := utf8.DecodeLastRuneInString(d.text[:d.words[i].Span.Start])
	if n == 0 {
		return ' '
	}
	return r
}

// after is the first rune after word i, a space at the end of the text.
func (d *document) after(i int) rune {
	r, n := utf8.DecodeRuneInString(d.text[d.words[i].Span.End:])
	if n == 0 {
		return ' '
	}
	return r
}

// ends reports whether word i is a mark that ends a sentence.
func (d *document) ends(i int) bool {
	if i < 0 {
		return true
	}
	switch d.words[i].Text[0] {
	case '.', '!', '?':
		return true
	}
	return strings.HasPrefix(d.words[i].Text, "…")
}
