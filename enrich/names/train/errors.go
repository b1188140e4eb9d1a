package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
)

// mostErrors is how many kinds of error are printed.
const mostErrors = 80

// printErrors prints the commonest names that are found wrongly (+) and
// missed (-).
func printErrors(w io.Writer, records []record, d *chain.Decoder) {
	counts := map[string]int{}
	for i := range records {
		r := &records[i]
		missed := map[corpus.Name]bool{}
		for _, e := range r.ents {
			missed[e] = true
		}
		for _, e := range tag(r.text, d) {
			if missed[e] {
				delete(missed, e)
				continue
			}
			counts["+"+kindNames[e.Kind]+" "+e.Span.Of(r.text)]++
		}
		for e := range missed {
			counts["-"+kindNames[e.Kind]+" "+e.Span.Of(r.text)]++
		}
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, k := range keys[:min(mostErrors, len(keys))] {
		fmt.Fprintf(w, "%4d %s\n", counts[k], k)
	}
}
