// Package matcher finds which of many queries a report matches. It promises
// the answers of package match, which are those of the search, at a cost that
// hardly grows with the number of queries: a query is looked at only when the
// report has the rarest of the words that it cannot do without.
package matcher

import (
	"slices"
	"sync"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// Index is a set of queries. It never changes and is safe for concurrent use.
type Index struct {
	queries []entry
	// keys numbers the keys that queries require.
	keys map[key]int32
	// byKey holds the queries to look at when a report has the key.
	byKey [][]int32
	// always are the queries that require nothing.
	always []int32
	// prefixes are the lengths, in bytes, of the prefixes among the keys.
	prefixes []int
	scratch  sync.Pool
}

// entry is one query with what it requires: of each group at least one key.
type entry struct {
	node   query.Node
	groups [][]int32
}

// New returns an index of the queries. The frequency decides which key of a
// query is its rarest; nil serves where no report was seen yet.
func New(queries []query.Node, f *Frequency) *Index {
	x := &Index{keys: map[key]int32{}}
	for i, node := range queries {
		x.add(int32(i), node, f)
	}
	for k := range x.keys {
		if k.kind == kindPrefix && !slices.Contains(x.prefixes, len(k.word)) {
			x.prefixes = append(x.prefixes, len(k.word))
		}
	}
	x.scratch.New = func() any {
		return &presence{keys: make([]bool, len(x.byKey)), seen: make([]bool, len(x.queries))}
	}
	return x
}

func (x *Index) add(i int32, node query.Node, f *Frequency) {
	groups := require(node, f)
	e := entry{node: node, groups: make([][]int32, len(groups))}
	for g, group := range groups {
		for _, k := range group {
			e.groups[g] = append(e.groups[g], x.number(k))
		}
	}
	x.queries = append(x.queries, e)
	rarest := f.rarest(groups)
	if rarest < 0 {
		x.always = append(x.always, i)
		return
	}
	for _, k := range e.groups[rarest] {
		x.byKey[k] = append(x.byKey[k], i)
	}
}

func (x *Index) number(k key) int32 {
	n, ok := x.keys[k]
	if !ok {
		n = int32(len(x.byKey))
		x.keys[k] = n
		x.byKey = append(x.byKey, nil)
	}
	return n
}

// Match returns the numbers of the queries that find the report, in order.
func (x *Index) Match(s *match.Subject) []int {
	p := x.scratch.Get().(*presence)
	defer x.scratch.Put(p)
	p.mark(x, s)
	defer p.clear()
	var found []int
	try := func(i int32) {
		if p.seen[i] {
			return
		}
		p.seen[i] = true
		p.looked = append(p.looked, i)
		if e := x.queries[i]; p.has(e.groups) && s.Matches(e.node) {
			found = append(found, int(i))
		}
	}
	for _, i := range x.always {
		try(i)
	}
	for _, k := range p.marked {
		for _, i := range x.byKey[k] {
			try(i)
		}
	}
	slices.Sort(found)
	return found
}

// presence is which keys of the index a report has.
type presence struct {
	keys   []bool
	marked []int32
	seen   []bool // the queries that were looked at already
	looked []int32
}

func (p *presence) mark(x *Index, s *match.Subject) {
	eachKey(s, x.prefixes, func(k key) {
		if n, ok := x.keys[k]; ok && !p.keys[n] {
			p.keys[n] = true
			p.marked = append(p.marked, n)
		}
	})
}

// clear leaves the presence as new, at the cost of what was marked.
func (p *presence) clear() {
	for _, n := range p.marked {
		p.keys[n] = false
	}
	for _, i := range p.looked {
		p.seen[i] = false
	}
	p.marked, p.looked = p.marked[:0], p.looked[:0]
}

func (p *presence) has(groups [][]int32) bool {
	for _, group := range groups {
		if !slices.ContainsFunc(group, func(n int32) bool { return p.keys[n] }) {
			return false
		}
	}
	return true
}

// nameFields are the fields whose names are compared word by word, and
// wholeFields those compared whole.
var (
	nameFields  = []query.Field{query.Person, query.Org, query.Place, query.Role, query.Speaker}
	wholeFields = []query.Field{query.Source, query.Agency, query.Lang}
)

// eachKey calls visit with every key that the report has; some come twice.
func eachKey(s *match.Subject, prefixes []int, visit func(key)) {
	title, text := s.Words()
	for _, tokens := range [][]analysis.Token{title, text} {
		for _, t := range tokens {
			visit(key{kindTerm, t.Term})
			for _, n := range prefixes {
				if n <= len(t.Folded) {
					visit(key{kindPrefix, t.Folded[:n]})
				}
			}
		}
	}
	for _, f := range nameFields {
		for _, name := range s.Names(f) {
			for _, word := range name {
				visit(key{string(f), word})
			}
		}
	}
	r := s.Report()
	for i, value := range []string{r.Source, r.Agency, r.Language} {
		visit(key{string(wholeFields[i]), analysis.Fold(value)})
	}
}
