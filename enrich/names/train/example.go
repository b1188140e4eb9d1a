package main

import (
	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

// sentences reads the sentences of a text.
func sentences(text string) [][]prose.Token { return prose.Group(text, prose.Tokens(text)) }

// labelled gives the labels that the annotation allows for each word of each
// sentence of the document.
func labelled(d *chain.Document, r *record) [][]allowed {
	open := allowed(1)
	if r.partial {
		for l := range chain.Label(chain.Labels) {
			if l.Kind() == 3 {
				open |= 1 << l
			}
		}
	}
	out := make([][]allowed, len(d.Sentences))
	next := 0
	for i := range d.Sentences {
		words := d.Sentences[i].Words
		may := make([]allowed, len(words))
		for j := range may {
			may[j] = open
		}
		for next > 0 && r.ents[next-1].Span.End > words[0].Token.Span.Start {
			next-- // the last name may go on here
		}
		for ; next < len(r.ents) && r.ents[next].Span.Start < words[len(words)-1].Token.Span.End; next++ {
			markEntity(may, words, r.ents[next])
		}
		out[i] = may
	}
	return out
}

// markEntity sets the labels of a name; one that does not begin and end with
// words of this sentence, or has words that the model never looks at, says
// nothing of its words.
func markEntity(may []allowed, words []chain.Word, e corpus.Name) {
	first, last := -1, -1
	for j := range words {
		if words[j].Token.Span.Overlaps(e.Span) {
			if first < 0 {
				first = j
			}
			last = j
		}
	}
	if first < 0 {
		return
	}
	whole := words[first].Token.Span.Start == e.Span.Start && words[last].Token.Span.End == e.Span.End
	for _, w := range words[first : last+1] {
		whole = whole && w.Open()
	}
	if !whole {
		for j := first; j <= last; j++ {
			may[j] = anyLabel
		}
		return
	}
	for j, l := range chain.Spell(nil, e.Kind, last-first+1) {
		may[first+j] = 1 << l
	}
}

// rows numbers the features that come often enough.
type rows struct {
	numbers map[uint32]int32
	keys    []uint32
	counts  []int32
}

// build makes the examples of the records. Features that come fewer than
// least times are left out.
func build(records []record, lex *lexicon.Lexicon, least int) ([]example, rows) {
	counts := map[uint32]int32{}
	var examples []example
	var raw [][]uint32
	d := new(chain.Document)
	for i := range records {
		r := &records[i]
		d.Read(r.text, sentences(r.text), lex)
		may := labelled(d, r)
		for j := range d.Sentences {
			s := &d.Sentences[j]
			for from, to := range s.Stretches() {
				e := example{may: may[j][from:to], weight: r.weight, part: r.part}
				var keys []uint32
				for k := from; k < to; k++ {
					keys = d.Features(keys, s, k)
					e.ends = append(e.ends, int32(len(keys)))
				}
				for _, key := range keys {
					counts[key]++
				}
				examples = append(examples, e)
				raw = append(raw, keys)
			}
		}
	}
	return number(examples, raw, counts, int32(least))
}

// number replaces the keys of features by row numbers.
func number(examples []example, raw [][]uint32, counts map[uint32]int32, least int32) ([]example, rows) {
	r := rows{numbers: map[uint32]int32{}}
	for i := range examples {
		e := &examples[i]
		at := 0
		for w := range e.ends {
			for ; at < int(e.ends[w]) && at < len(raw[i]); at++ {
				key := raw[i][at]
				if counts[key] < least {
					continue
				}
				n, ok := r.numbers[key]
				if !ok {
					n = int32(len(r.keys))
					r.numbers[key] = n
					r.keys = append(r.keys, key)
					r.counts = append(r.counts, counts[key])
				}
				e.features = append(e.features, n)
			}
			e.ends[w] = int32(len(e.features))
		}
		raw[i] = nil
	}
	return examples, r
}
