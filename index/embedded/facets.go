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
	counts []int // by label; all zero between uses; made when first needed
}

func (v *view) counter() *counter { return &counter{view: v, values: v.labels.all()} }

// gather returns, for each of the facets, the labels that the reports of the
// set have in it. It reads each report once: fetching a report from memory
// takes longer than counting its labels.
func (v *view) gather(found *set, list []index.Facet) [][]uint32 {
	places := make([]int, len(list))
	for i, f := range list {
		places[i] = slices.Index(facets, f)
	}
	labels := make([][]uint32, len(list))
	for key := range found.keys() {
		r := v.columns.at(key)
		for i, place := range places {
			labels[i] = append(labels[i], r.values(place)...)
		}
	}
	return labels
}

// fewLabels is how many labels are counted in a map: an array of all there are
// takes longer to make than they take to count.
const fewLabels = 4096

// count counts how often each value stands among the labels.
func (c *counter) count(labels []uint32) []index.Count {
	if len(labels) <= fewLabels {
		return c.countFew(labels)
	}
	if c.counts == nil {
		c.counts = make([]int, len(c.values))
	}
	var used []uint32
	for _, label := range labels {
		if c.counts[label] == 0 {
			used = append(used, label)
		}
		c.counts[label]++
	}
	all := make([]index.Count, len(used))
	for i, label := range used {
		all[i] = index.Count{Value: c.values[label], Count: c.counts[label]}
		c.counts[label] = 0
	}
	return all
}

func (c *counter) countFew(labels []uint32) []index.Count {
	counts := map[uint32]int{}
	for _, label := range labels {
		counts[label]++
	}
	all := make([]index.Count, 0, len(counts))
	for label, n := range counts {
		all = append(all, index.Count{Value: c.values[label], Count: n})
	}
	return all
}

// most returns the size most frequent counts, in order. All others are passed
// over without being sorted.
func most(all []index.Count, size int) []index.Count {
	first := all[:min(size, len(all))]
	rest := all[len(first):]
	slices.SortFunc(first, moreFrequent)
	for _, c := range rest {
		if moreFrequent(c, first[len(first)-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, c, moreFrequent)
		copy(first[at+1:], first[at:])
		first[at] = c
	}
	return slices.Clip(first)
}

func moreFrequent(a, b index.Count) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

// answer answers one Tally.
func (c *counter) answer(found *set, t index.Tally) []index.Count {
	facet := slices.Index(facets, t.Facet)
	var wanted []index.Count
	for _, n := range c.count(c.gather(found, []index.Facet{t.Facet})[0]) {
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
