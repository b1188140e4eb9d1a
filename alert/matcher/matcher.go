// Package matcher finds which of many queries a report matches. It promises
// the answers of package match, which are those of the search, at a cost that
// hardly grows with the number of queries: a query is looked at only when the
// report has the rarest of the words that it cannot do without.
package matcher

import (
	"slices"
	"strings"
	"sync"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// Index is a set of queries. It never changes and is safe for concurrent use.
type Index struct {
	queries []entry
	// keys numbers the keys that queries require and that are no part of the
	// text, kind by kind.
	keys map[string]map[string]int32
	// terms, beginnings and pairs number those of the text: pairs are two
	// terms, by the numbers of these.
	terms, beginnings *words
	pairs             *pairs
	// filed holds the queries to look at when a report has the key n, from
	// filedFrom[n] to filedFrom[n+1].
	filed     []posting
	filedFrom []int32
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
	// exact says that a report with a key of each group needs no evaluation.
	exact bool
}

// posting is a query under one of its keys, with another key that it cannot
// do without: most queries are dismissed by that, without a look at them.
type posting struct{ query, also int32 }

// none stands for a key where a query requires no other.
const none = -1

// New returns an index of the queries. The frequency decides which key of a
// query is its rarest; nil serves where no report was seen yet.
func New(queries []query.Node, f *Frequency) *Index {
	b := &builder{Index: &Index{keys: map[string]map[string]int32{}}, pairs: map[[2]int32]int32{}}
	for i, node := range queries {
		b.add(int32(i), node, f)
	}
	return b.index()
}

// builder is an index that is being made.
type builder struct {
	*Index
	pairs map[[2]int32]int32
	// byKey holds the queries that are filed under each key.
	byKey [][]posting
}

// index puts what is looked up for every word where it is found fast.
func (b *builder) index() *Index {
	x := b.Index
	for word := range x.keys[kindPrefix] {
		if !slices.Contains(x.prefixes, len(word)) {
			x.prefixes = append(x.prefixes, len(word))
		}
	}
	x.terms, x.beginnings = newWords(x.keys[kindTerm]), newWords(x.keys[kindPrefix])
	delete(x.keys, kindTerm)
	delete(x.keys, kindPrefix)
	x.pairs = newPairs(b.pairs, len(b.byKey))
	x.filedFrom = make([]int32, 1, len(b.byKey)+1)
	for _, postings := range b.byKey {
		x.filed = append(x.filed, postings...)
		x.filedFrom = append(x.filedFrom, int32(len(x.filed)))
	}
	x.scratch.New = func() any {
		return &presence{keys: make([]bool, len(b.byKey)), seen: make([]bool, len(x.queries)), recent: make([]recentWord, recentWords)}
	}
	return x
}

func (b *builder) add(i int32, node query.Node, f *Frequency) {
	groups := require(node, f)
	e := entry{node: node, groups: make([][]int32, len(groups)), exact: exact(node)}
	for g, group := range groups {
		for _, k := range group {
			e.groups[g] = append(e.groups[g], b.number(k))
		}
	}
	b.queries = append(b.queries, e)
	rarest := f.rarest(groups)
	if rarest < 0 {
		b.always = append(b.always, i)
		return
	}
	also := alsoRequired(e.groups, groups, rarest, f)
	for _, k := range e.groups[rarest] {
		b.byKey[k] = append(b.byKey[k], posting{i, also})
	}
}

// alsoRequired returns the key that is the rarest after those of the group
// that the query is filed under, of the groups of one key.
func alsoRequired(numbers [][]int32, groups [][]key, rarest int, f *Frequency) int32 {
	var keys []int32
	var single [][]key
	for i, group := range groups {
		if i != rarest && len(group) == 1 {
			keys, single = append(keys, numbers[i][0]), append(single, group)
		}
	}
	if next := f.rarest(single); next >= 0 {
		return keys[next]
	}
	return none
}

func (b *builder) number(k key) int32 {
	if k.kind == kindPair {
		return b.numberPair(k)
	}
	words := b.keys[k.kind]
	if words == nil {
		words = map[string]int32{}
		b.keys[k.kind] = words
	}
	n, ok := words[k.word]
	if !ok {
		n = b.next()
		words[k.word] = n
	}
	return n
}

func (b *builder) numberPair(k key) int32 {
	first, second, _ := strings.Cut(k.word, " ")
	pair := [2]int32{b.number(key{kindTerm, first}), b.number(key{kindTerm, second})}
	n, ok := b.pairs[pair]
	if !ok {
		n = b.next()
		b.pairs[pair] = n
	}
	return n
}

// next is the number of a new key.
func (b *builder) next() int32 {
	b.byKey = append(b.byKey, nil)
	return int32(len(b.byKey) - 1)
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
		if e := x.queries[i]; p.has(e.groups) && (e.exact || s.Matches(e.node)) {
			found = append(found, int(i))
		}
	}
	for _, i := range x.always {
		try(i)
	}
	for _, k := range p.marked {
		for _, q := range x.filed[x.filedFrom[k]:x.filedFrom[k+1]] {
			if q.also == none || p.keys[q.also] {
				try(q.query)
			}
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
	recent []recentWord
}

func (p *presence) mark(x *Index, s *match.Subject) {
	title, text := s.Words()
	p.markWords(x, title)
	p.markWords(x, text)
	wanted := func(kind string) bool { return len(x.keys[kind]) > 0 }
	eachField(s, wanted, func(k key) {
		if n, ok := x.keys[k.kind][k.word]; ok {
			p.have(n)
		}
	})
}

func (p *presence) have(n int32) {
	if !p.keys[n] {
		p.keys[n] = true
		p.marked = append(p.marked, n)
	}
}

// markWords marks the terms of a text, the pairs that stand side by side, and
// the beginnings of its words.
func (p *presence) markWords(x *Index, tokens []analysis.Token) {
	before := int32(none)
	for _, t := range tokens {
		known := &p.recent[slot(t.Folded)]
		if known.folded != t.Folded {
			known.look(x, t)
		}
		if known.term != none {
			p.have(known.term)
		}
		for _, n := range known.prefixes {
			p.have(n)
		}
		if pair := x.pairs.number(before, known.term); pair != none {
			p.have(pair)
		}
		before = known.term
	}
}

// recentWord is a word with the numbers of its term and of its beginnings:
// most words of a text come again soon, in it or in the next.
type recentWord struct {
	folded   string
	term     int32
	prefixes []int32
}

func (w *recentWord) look(x *Index, t analysis.Token) {
	w.folded = strings.Clone(t.Folded) // which is a part of the report
	w.term, w.prefixes = x.terms.number(t.Term), w.prefixes[:0]
	for _, length := range x.prefixes {
		if length > len(t.Folded) {
			continue
		}
		if n := x.beginnings.number(t.Folded[:length]); n != none {
			w.prefixes = append(w.prefixes, n)
		}
	}
}

// slot is where a word is remembered.
func slot(word string) uint32 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h % recentWords
}

const recentWords = 4096

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

// nameFields are the fields whose names are compared word by word.
var nameFields = []query.Field{query.Person, query.Org, query.Place, query.Role, query.Speaker}

// eachKey calls visit with every key that a report has by itself; some come
// twice.
func eachKey(s *match.Subject, visit func(key)) {
	title, text := s.Words()
	for _, tokens := range [][]analysis.Token{title, text} {
		for _, t := range tokens {
			visit(key{kindTerm, t.Term})
		}
	}
	eachField(s, func(string) bool { return true }, visit)
}

// eachField calls visit with every key of a wanted field.
func eachField(s *match.Subject, wanted func(kind string) bool, visit func(key)) {
	for _, f := range nameFields {
		if !wanted(string(f)) {
			continue
		}
		for _, name := range s.Names(f) {
			for _, word := range name {
				visit(key{string(f), word})
			}
		}
	}
	for _, f := range query.WholeFields() {
		if !wanted(string(f)) {
			continue
		}
		for _, value := range index.Wholes(s.Report(), f) {
			visit(key{string(f), analysis.Fold(value)})
		}
	}
}
