package main

import (
	"fmt"
	"io"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
)

// tally counts right, found and true names by kind.
type tally [chain.Kinds]struct{ right, found, gold int }

// score tags the records and compares.
func score(records []record, d *chain.Decoder) tally {
	var t tally
	for i := range records {
		gold := map[corpus.Name]bool{}
		for _, e := range records[i].ents {
			gold[e] = true
			t[e.Kind].gold++
		}
		for _, e := range tag(records[i].text, d) {
			t[e.Kind].found++
			if gold[e] {
				t[e.Kind].right++
			}
		}
	}
	return t
}

func tag(text string, d *chain.Decoder) []corpus.Name {
	var found []corpus.Name
	for _, m := range d.Decode(text, sentences(text)) {
		found = append(found, corpus.Name{Span: m.Span, Kind: m.Kind})
	}
	return found
}

// f1 is the harmonic mean of precision and recall, in per cent.
func f1(right, found, gold int) float64 {
	if right == 0 {
		return 0
	}
	return 200 * float64(right) / float64(found+gold)
}

// micro is the F1 over people, organizations and places.
func (t tally) micro() float64 {
	right, found, gold := 0, 0, 0
	for _, c := range t[:3] {
		right, found, gold = right+c.right, found+c.found, gold+c.gold
	}
	return f1(right, found, gold)
}

func (t tally) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%-20s micro %5.1f ", name, t.micro())
	for k, kind := range kindNames {
		c := t[k]
		fmt.Fprintf(w, "  %s %5.1f (p %5.1f r %5.1f)", kind, f1(c.right, c.found, c.gold),
			100*float64(c.right)/float64(max(c.found, 1)), 100*float64(c.right)/float64(max(c.gold, 1)))
	}
	fmt.Fprintln(w)
}
