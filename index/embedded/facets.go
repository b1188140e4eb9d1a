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
	counts []int // by label; all zero between uses
}

func (v *view) counter() *counter {
	values := v.labels.all()
	return &counter{view: v, values: values, counts: make([]int, len(values))}
}

// facet counts the values of a facet in the set, the size most frequent.
func (c *counter) facet(found *set, f index.Facet, size int) []index.Count {
	used := c.tally(found, slices.Index(facets, f))
	return c.take(used, size)
}

// tally counts how often each label stands in the facet, and returns the
// labels that do.
func (c *counter) tally(found *set, facet int) []uint32 {
	var used []uint32
	for key := range found.keys() {
		for _, label := range c.columns.at(key).values(facet) {
			if c.counts[label] == 0 {
				used = append(used, label)
			}
			c.counts[label]++
		}
	}
	return used
}

// take returns the most frequent of the labels used, and clears the counts.
func (c *counter) take(used []uint32, size int) []index.Count {
	all := make([]index.Count, len(used))
	for i, label := range used {
		all[i] = index.Count{Value: c.values[label], Count: c.counts[label]}
		c.counts[label] = 0
	}
	return most(all, size)
}

func most(all []index.Count, size int) []index.Count {
	slices.SortFunc(all, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return slices.Clip(all[:min(size, len(all))])
}

// answer answers one Tally.
func (c *counter) answer(found *set, t index.Tally) []index.Count {
	facet := slices.Index(facets, t.Facet)
	var wanted []index.Count
	for _, n := range c.take(c.tally(found, facet), len(c.values)) {
		if t.Wants(n.Value) {
			wanted = append(wanted, n)
		}
	}
	wanted = most(wanted, cmp.Or(t.Size, index.DefaultFacetSize))
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
	first, last := make([]*row, len(counts)), make([]*row, len(counts))
	for key := range found.keys() {
		r := c.columns.at(key)
		for _, label := range r.values(facet) {
			i, ok := at[label]
			if !ok {
				continue
			}
			if first[i] == nil || earlier(r, first[i]) {
				first[i] = r
			}
			if last[i] == nil || later(r, last[i]) {
				last[i] = r
			}
		}
	}
	for i := range counts {
		counts[i].First, counts[i].Last = first[i].id, last[i].id
	}
}

// earlier reports whether a is shown before b, the first published first.
func earlier(a, b *row) bool {
	if (a.published == unknown) != (b.published == unknown) {
		return b.published == unknown
	}
	return cmp.Or(cmp.Compare(a.published, b.published), cmp.Compare(a.id, b.id)) < 0
}

// later reports whether a is shown before b, the last published first.
func later(a, b *row) bool {
	return cmp.Or(cmp.Compare(b.published, a.published), cmp.Compare(a.id, b.id)) < 0
}
