package embedded

import (
	"cmp"
	"slices"

	"github.com/dateline-news/dateline/index"
)

// count counts the values of the facets asked for.
func (v *view) count(found *set, req index.Request) map[index.Facet][]index.Count {
	if len(req.Facets) == 0 {
		return nil
	}
	values := v.labels.all()
	counts := make([]int, len(values))
	all := make(map[index.Facet][]index.Count, len(req.Facets))
	for _, f := range req.Facets {
		used := v.tally(found, slices.Index(facets, f), counts)
		all[f] = most(used, counts, values, req.FacetSize)
		for _, key := range used {
			counts[key] = 0
		}
	}
	return all
}

// tally counts how often each label stands in the facet, and returns the
// labels that do.
func (v *view) tally(found *set, facet int, counts []int) []uint32 {
	var used []uint32
	for key := range found.keys() {
		for _, label := range v.columns.at(key).labels[facet] {
			if counts[label] == 0 {
				used = append(used, label)
			}
			counts[label]++
		}
	}
	return used
}

// most returns the most frequent of the labels used.
func most(used []uint32, counts []int, values []string, size int) []index.Count {
	all := make([]index.Count, len(used))
	for i, label := range used {
		all[i] = index.Count{Value: values[label], Count: counts[label]}
	}
	slices.SortFunc(all, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return slices.Clip(all[:min(size, len(all))])
}
