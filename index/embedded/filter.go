package embedded

import (
	"slices"

	"github.com/dateline-news/dateline/index"
)

// narrow returns the part of found that the filters keep, those on the facet
// apart left out; apart may be "". found stays as it is.
func (v *view) narrow(found *set, filters []index.Filter, apart index.Facet) *set {
	var tests []func(key int) bool
	for _, f := range index.AllFacets() {
		if f != apart {
			tests = append(tests, v.filterTests(filters, f)...)
		}
	}
	if len(tests) == 0 {
		return found
	}
	kept := &set{bits: slices.Clone(found.bits), scores: found.scores}
	return v.filter(kept, func(key int) bool {
		return !slices.ContainsFunc(tests, func(keep func(key int) bool) bool { return !keep(key) })
	})
}

// filterTests returns the tests that the filters on one facet make.
func (v *view) filterTests(filters []index.Filter, f index.Facet) []func(key int) bool {
	at := slices.Index(facets, f)
	var wanted, unwanted []uint32
	include := false
	for _, filter := range filters {
		if filter.Facet != f {
			continue
		}
		include = include || !filter.Exclude
		label, ok := v.labels.key(filter.Value)
		switch {
		case !ok: // no report has the value
		case filter.Exclude:
			unwanted = append(unwanted, label)
		default:
			wanted = append(wanted, label)
		}
	}
	has := func(key int, labels []uint32) bool {
		return slices.ContainsFunc(v.columns.values(key, at), func(l uint32) bool { return slices.Contains(labels, l) })
	}
	var tests []func(key int) bool
	if include {
		tests = append(tests, func(key int) bool { return has(key, wanted) })
	}
	if len(unwanted) > 0 {
		tests = append(tests, func(key int) bool { return !has(key, unwanted) })
	}
	return tests
}
