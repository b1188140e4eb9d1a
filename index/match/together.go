package match

import (
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// matchesGroup reports whether one person or one quote has all of the terms.
func (s *Subject) matchesGroup(g query.Group) bool {
	return len(g.Terms) > 0 && slices.ContainsFunc(index.Members(s.report, g.Of), func(m index.Member) bool {
		return !slices.ContainsFunc(g.Terms, func(t query.Term) bool { return !has(m, t) })
	})
}

// has reports whether the member has the term.
func has(m index.Member, t query.Term) bool {
	return slices.ContainsFunc(m[t.Field], func(value string) bool {
		switch t.Field {
		case query.ID:
			return analysis.Fold(value) == analysis.Fold(t.Value)
		case query.About:
			return len(inOrder(analysis.Terms(t.Value), analysis.Tokens(value))) > 0
		}
		return containsRun(analysis.Words(value), analysis.Words(t.Value))
	})
}

// matchesNear reports whether a place lies within the distance. A place that
// was not located is near nothing.
func (s *Subject) matchesNear(n query.Near) bool {
	return n.Located && slices.ContainsFunc(index.Points(s.report), func(p index.Point) bool {
		return p.Km(index.Point{Lat: n.Lat, Lon: n.Lon}) <= n.Km
	})
}
