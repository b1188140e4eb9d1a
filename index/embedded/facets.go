package embedded

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/index"
)

// counter counts facet values within one state of the archive. It is not safe
// for concurrent use.
type counter struct {
	*view
	values []string
	counts []uint32 // by label; all zero between uses
	used   []uint32 // the labels whose count is not zero
}

// counter returns a counter, to be released after use.
func (v *view) counter() *counter {
	values := v.labels.all()
	if c, ok := v.labels.spare.Get().(*counter); ok && len(c.counts) >= len(values) {
		c.view, c.values = v, values
		return c
	}
	return &counter{view: v, values: values, counts: make([]uint32, len(values)+len(values)/4)} // more are to come
}

// release keeps the counter for another search: to make room for the counts
// takes longer than to count what a selective search finds.
func (c *counter) release() {
	spare := c.labels
	c.view, c.values = nil, nil
	spare.spare.Put(c)
}

// most counts how many reports of the set have each value of a facet, given by
// its place in facets, and returns the size most frequent values that wants
// says, in order.
func (c *counter) most(found *set, facet, size int, wants func(value string) bool) []index.Count {
	for at, b := range c.columns.blocks {
		if found.holdsNone(at) {
			continue // without reading of it
		}
		labels := &b.labels[facet]
		if found.holdsAll(at, b.n) {
			c.tally(labels.all)
			continue
		}
		for i := range found.inBlock(at) {
			c.tally(labels.of(i))
		}
	}
	first := make([]index.Count, 0, min(size, len(c.used))+1)
	for _, label := range c.used {
		n := int(c.counts[label])
		c.counts[label] = 0
		if len(first) == size && n < first[size-1].Count {
			continue
		}
		one := index.Count{Value: c.values[label], Count: n}
		if !wants(one.Value) {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, one, moreFrequent)
		first = slices.Insert(first, at, one)
		first = first[:min(size, len(first))]
	}
	c.used = c.used[:0]
	return slices.Clip(first)
}

func (c *counter) tally(labels []uint32) {
	for _, label := range labels {
		if c.counts[label] == 0 {
			c.used = append(c.used, label)
		}
		c.counts[label]++
	}
}

func anyValue(string) bool { return true }

func moreFrequent(a, b index.Count) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

// answer answers one Tally.
func (c *counter) answer(found *set, t index.Tally) []index.Count {
	facet := slices.Index(facets, t.Facet)
	wanted := c.most(found, facet, cmp.Or(t.Size, index.DefaultFacetSize), t.Wants)
	if t.Evidence {
		c.evidence(found, facet, wanted)
	}
	return wanted
}

// evidence finds the first and the last report of each value.
func (c *counter) evidence(found *set, facet int, counts []index.Count) {
	at := map[uint32]int{}
	for i, n := range counts {
		label, _ := c.labels.key(n.Value)
		at[label] = i
	}
	first, last := make([]int, len(counts)), make([]int, len(counts))
	for key := range found.keys() {
		for _, label := range c.columns.values(key, facet) {
			i, ok := at[label]
			if !ok {
				continue
			}
			if first[i] == 0 || c.columns.earlier(key, first[i]) {
				first[i] = key
			}
			if last[i] == 0 || c.columns.later(key, last[i]) {
				last[i] = key
			}
		}
	}
	for i := range counts {
		counts[i].First, counts[i].Last = c.columns.id(first[i]), c.columns.id(last[i])
	}
}

// earlier reports whether a is shown before b, the first published first.
func (c *columns) earlier(a, b int) bool {
	at, bt := c.published(a), c.published(b)
	if (at == unknown) != (bt == unknown) {
		return bt == unknown
	}
	return cmp.Or(cmp.Compare(at, bt), cmp.Compare(c.id(a), c.id(b))) < 0
}

// later reports whether a is shown before b, the last published first.
func (c *columns) later(a, b int) bool {
	return cmp.Or(cmp.Compare(c.published(b), c.published(a)), cmp.Compare(c.id(a), c.id(b))) < 0
}
