package embedded

import (
	"math"
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// filter leaves the keys whose rows keep says to keep.
func (v *view) filter(s *set, keep func(*row) bool) *set {
	for key := range s.keys() {
		if !keep(v.columns.at(key)) {
			s.remove(key)
		}
	}
	return s
}

// predicate returns the test that the node is on the columns in memory, or
// false when they cannot tell.
func (v *view) predicate(node query.Node) (func(*row) bool, bool) {
	switch n := node.(type) {
	case query.All:
		return func(*row) bool { return true }, true
	case query.Range:
		return rangePredicate(n)
	case query.Term:
		return v.wholePredicate(n)
	case query.Near:
		return nearPredicate(n), n.Located
	case query.Not:
		keep, ok := v.predicate(n.Node)
		return func(r *row) bool { return !keep(r) }, ok
	case query.And:
		tests, ok := v.predicates(n.Nodes)
		return func(r *row) bool {
			return !slices.ContainsFunc(tests, func(keep func(*row) bool) bool { return !keep(r) })
		}, ok
	case query.Or:
		tests, ok := v.predicates(n.Nodes)
		return func(r *row) bool {
			return slices.ContainsFunc(tests, func(keep func(*row) bool) bool { return keep(r) })
		}, ok
	}
	return nil, false
}

func (v *view) predicates(nodes []query.Node) ([]func(*row) bool, bool) {
	tests := make([]func(*row) bool, len(nodes))
	for i, n := range nodes {
		var ok bool
		if tests[i], ok = v.predicate(n); !ok {
			return nil, false
		}
	}
	return tests, true
}

func (v *view) wholePredicate(t query.Term) (func(*row) bool, bool) {
	facet, ok := index.WholeFacet(t.Field)
	if !ok {
		return nil, false
	}
	at, same := slices.Index(facets, facet), v.labels.like(t.Value)
	if facet == index.FacetStory {
		return storyPredicate(same, analysis.Fold(t.Value)), true
	}
	return func(r *row) bool {
		return slices.ContainsFunc(r.values(at), func(key uint32) bool { return slices.Contains(same, key) })
	}, true
}

// storyPredicate tells the copies of a story, or the one report that is its
// own.
func storyPredicate(same []uint32, folded string) func(*row) bool {
	return func(r *row) bool {
		labels := r.values(storyFacet)
		if len(labels) == 0 {
			return analysis.Fold(r.id) == folded
		}
		return slices.Contains(same, labels[0])
	}
}

func nearPredicate(n query.Near) func(*row) bool {
	middle := index.Point{Lat: n.Lat, Lon: n.Lon}
	return func(r *row) bool {
		return slices.ContainsFunc(r.points, func(p index.Point) bool { return p.Km(middle) <= n.Km })
	}
}

func rangePredicate(r query.Range) (func(*row) bool, bool) {
	switch r.Field {
	case query.Published:
		within := instants(r)
		return func(r *row) bool { return within(r.published) }, true
	case query.Seen:
		within := instants(r)
		return func(r *row) bool { return within(r.seen) }, true
	case query.Mentioned:
		overlaps := days(r)
		return func(r *row) bool { return slices.ContainsFunc(r.mentioned, overlaps) }, true
	case query.EventTime:
		overlaps := days(r)
		return func(r *row) bool { return slices.ContainsFunc(r.event, overlaps) }, true
	}
	return nil, false
}

// instants returns the test whether a time in milliseconds lies in the range.
func instants(r query.Range) func(int64) bool {
	from, to := int64(unknown+1), int64(math.MaxInt64)
	if !r.From.IsZero() {
		from = r.From.Time.UnixMilli()
	}
	if !r.To.IsZero() {
		to = r.To.Time.UnixMilli()
	}
	return func(t int64) bool { return from <= t && t < to }
}

// days returns the test whether an interval overlaps the range.
func days(r query.Range) func(interval) bool {
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !r.From.IsZero() {
		from = r.From.Time.Unix()
	}
	if !r.To.IsZero() {
		to = r.To.Time.Unix()
	}
	return func(i interval) bool { return i.from < to && i.to > from }
}
