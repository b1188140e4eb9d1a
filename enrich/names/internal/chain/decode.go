package chain

import (
	"math"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// Decoder finds names. It keeps its memory from one text to the next and
// serves one caller at a time.
type Decoder struct {
	model    *Model
	lexicon  *lexicon.Lexicon
	document Document
	keys     []uint32
	scores   [][Labels]float32
	from     [][Labels]Label
	labels   []Label
	found    []Mention
	agreed   agreement
}

// NewDecoder returns a Decoder of the model, which was trained with the
// lexicon.
func NewDecoder(m *Model, lex *lexicon.Lexicon) *Decoder { return &Decoder{model: m, lexicon: lex} }

// impossible is the score of a step between labels that cannot be neighbours.
const impossible = float32(-1e9)

// Mention is a name that the model found; Kind counts from 0 for PER.
type Mention struct {
	Span news.Span
	Kind int

	words               int
	phrase, first, last lexicon.Hash // the whole name, its first and its last word
}

// Decode returns the names of the text, whose sentences are given, in order;
// they are good until the next call.
func (c *Decoder) Decode(text string, sentences [][]prose.Token) []Mention {
	d := &c.document
	d.Read(text, sentences, c.lexicon)
	found := c.found[:0]
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for from, to := range s.Stretches() {
			start := from
			for j, l := range c.stretch(d, s, from, to) {
				if l.Opens() {
					start = from + j
				}
				if l != Outside && l.Closes() {
					found = append(found, mention(s.Words[start:from+j+1], l.Kind()))
				}
			}
		}
	}
	c.agreed.settle(found)
	c.found = found
	return found
}

func mention(words []Word, kind int) Mention {
	first, last := &words[0], &words[len(words)-1]
	m := Mention{Span: news.Span{Start: first.Token.Span.Start, End: last.Token.Span.End}, Kind: kind}
	m.words, m.first, m.last = len(words), first.hash, last.hash
	for i := range words {
		m.phrase = m.phrase.Then(words[i].hash)
	}
	return m
}

// stretch returns the best labels of the words [from,to) of a sentence; they
// are good until the next call.
func (c *Decoder) stretch(d *Document, s *Sentence, from, to int) []Label {
	n := to - from
	c.scores, c.from, c.labels = sized(c.scores, n), sized(c.from, n), sized(c.labels, n)
	for i := range n {
		c.keys = d.Features(c.keys[:0], s, from+i)
		sum := c.model.sum(c.keys)
		c.model.scores(&sum, &c.scores[i])
	}
	c.forward()
	return c.backward()
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// forward adds to each score that of the best way to it.
func (c *Decoder) forward() {
	for l := range Label(Labels) {
		if !l.Opens() {
			c.scores[0][l] += impossible
		}
	}
	for i := 1; i < len(c.scores); i++ {
		before := &c.scores[i-1]
		for l := range Label(Labels) {
			best, from := float32(math.Inf(-1)), Label(0)
			for _, k := range predecessors[l] {
				if v := before[k] + c.model.steps[k][l]; v > best {
					best, from = v, k
				}
			}
			c.scores[i][l] += best
			c.from[i][l] = from
		}
	}
}

func (c *Decoder) backward() []Label {
	n := len(c.scores)
	best := Label(0)
	for l := range Label(Labels) {
		if l.Closes() && c.scores[n-1][l] > c.scores[n-1][best] {
			best = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		c.labels[i] = best
		best = c.from[i][best]
	}
	return c.labels
}

// predecessors are the labels that each label may follow.
var predecessors = func() (p [Labels][]Label) {
	for l := range Label(Labels) {
		for k := range Label(Labels) {
			if k.Follows(l) {
				p[l] = append(p[l], k)
			}
		}
	}
	return p
}()
