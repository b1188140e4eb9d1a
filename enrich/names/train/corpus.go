package main

import (
	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
)

// record is an annotated text; spans are of bytes.
type record struct {
	source string
	text   string
	ents   []corpus.Name
	// partial says that the source leaves out some names of the kind MISC.
	partial bool
	weight  float32
	// part is the number of the model that alone learns from the record, or -1
	// when all do.
	part int
}

var kindNames = [chain.Kinds]string{"PER", "ORG", "LOC", "MISC"}

// toolMade is the corpus that was annotated by a tool and is larger than all
// others together.
const toolMade = "gmb"

// sources says how each corpus is used; one that is not listed is left out.
var sources = map[string]struct {
	weight  float32
	partial bool
}{
	toolMade:            {weight: 0.5},
	"docred":            {weight: 1},
	"gum-other":         {weight: 2, partial: true},
	"wikigold":          {weight: 2},
	"uner-ewt-dev":      {weight: 2, partial: true},
	"crossner-politics": {weight: 1, partial: true},
	"crossner-other":    {weight: 1, partial: true},
	"re3d-centcom":      {weight: 2, partial: true},
	"wnut17":            {weight: 1, partial: true},
}

// records returns the documents of a corpus as training uses them.
func records(documents []corpus.Document, name string) []record {
	out := make([]record, len(documents))
	for i, d := range documents {
		out[i] = record{source: name, text: d.Text, ents: d.Names, weight: sources[name].weight, partial: sources[name].partial}
	}
	return out
}
