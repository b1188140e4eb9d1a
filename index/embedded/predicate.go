package embedded

import (
	"math"
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// filter leaves the keys whose rows keep says to keep.
func (v *view) filter(s *set, keep func(key int) bool) *set {
	for key := range s.keys() {
		if !keep(key) {
			s.remove(key)
		}
	}
	return s
}

// test leaves of the set what the node's predicate keeps.
func (v *view) test(s *set, node query.Node, keep func(key int) bool) *set {
	if r, ok := node.(query.Range); ok && (r.Field == query.Published || r.Field == query.Seen) {
		v.skip(s, r)
	}
	return v.filter(s, keep)
}

// skip removes the keys of the blocks of which all times lie outside the range.
func (v *view) skip(s *set, r query.Range) {
	from, to := bound(r)
	for at, times := range v.columns.times {
		in := times.published
		if r.Field == query.Seen {
			in = times.seen
		}
		if !in.known || in.last < from || in.first >= to {
			clear(s.block(at))
		}
	}
}

// predicate returns the test that the node is on the columns in memory, or
// false when they cannot tell.
func (v *view) predicate(node query.Node) (func(key int) bool, bool) {
	switch n := node.(type) {
	case query.All:
		return func(key int) bool { return true }, true
	case query.Range:
		return v.rangePredicate(n)
	case query.Term:
		return v.wholePredicate(n)
	case query.Near:
		return v.nearPredicate(n), n.Located
	case query.Not:
		keep, ok := v.predicate(n.Node)
		return func(key int) bool { return !keep(key) }, ok
	case query.And:
		tests, ok := v.predicates(n.Nodes)
		return func(key int) bool {
			return !slices.ContainsFunc(tests, func(keep func(key int) bool) bool { return !keep(key) })
		}, ok
	case query.Or:
		tests, ok := v.predicates(n.Nodes)
		return func(key int) bool {
			return slices.ContainsFunc(tests, func(keep func(key int) bool) bool { return keep(key) })
		}, ok
	}
	return nil, false
}

func (v *view) predicates(nodes []query.Node) ([]func(key int) bool, bool) {
	tests := make([]func(key int) bool, len(nodes))
	for i, n := range nodes {
		var ok bool
		if tests[i], ok = v.predicate(n); !ok {
			return nil, false
		}
	}
	return tests, true
}

func (v *view) wholePredicate(t query.Term) (func(key int) bool, bool) {
	facet, ok := index.WholeFacet(t.Field)
	if !ok {
		return nil, false
	}
	at, same := slices.Index(facets, facet), v.labels.like(t.Value)
	if facet == index.FacetStory {
		return v.storyPredicate(same, analysis.Fold(t.Value)), true
	}
	return func(key int) bool {
		return slices.ContainsFunc(v.columns.values(key, at), func(label uint32) bool { return slices.Contains(same, label) })
	}, true
}

// storyPredicate tells the copies of a story, or the one report that is its
// own.
func (v *view) storyPredicate(same []uint32, folded string) func(key int) bool {
	return func(key int) bool {
		labels := v.columns.values(key, storyFacet)
		if len(labels) == 0 {
			return analysis.Fold(v.columns.id(key)) == folded
		}
		return slices.Contains(same, labels[0])
	}
}

func (v *view) nearPredicate(n query.Near) func(key int) bool {
	middle := index.Point{Lat: n.Lat, Lon: n.Lon}
	return func(key int) bool {
		b, i := v.columns.of(key)
		return slices.ContainsFunc(b.points.of(i), func(p index.Point) bool { return p.Km(middle) <= n.Km })
	}
}

func (v *view) rangePredicate(r query.Range) (func(key int) bool, bool) {
	switch r.Field {
	case query.Published:
		within := instants(r)
		return func(key int) bool {
			b, i := v.columns.of(key)
			return within(b.published[i])
		}, true
	case query.Seen:
		within := instants(r)
		return func(key int) bool {
			b, i := v.columns.of(key)
			return within(b.seen[i])
		}, true
	case query.Mentioned:
		overlaps := days(r)
		return func(key int) bool {
			b, i := v.columns.of(key)
			return slices.ContainsFunc(b.mentioned.of(i), overlaps)
		}, true
	case query.EventTime:
		overlaps := days(r)
		return func(key int) bool {
			b, i := v.columns.of(key)
			return slices.ContainsFunc(b.event.of(i), overlaps)
		}, true
	}
	return nil, false
}

// instants returns the test whether a time in milliseconds lies in the range.
func instants(r query.Range) func(int64) bool {
	from, to := bound(r)
	return func(t int64) bool { return from <= t && t < to }
}

// bound returns the half-open interval of the range, in milliseconds.
func bound(r query.Range) (from, to int64) {
	from, to = unknown+1, math.MaxInt64
	if !r.From.IsZero() {
		from = r.From.Time.UnixMilli()
	}
	if !r.To.IsZero() {
		to = r.To.Time.UnixMilli()
	}
	return from, to
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
