package matcher

import (
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// Clauses returns the parts of a query by which it finds the report, as they
// are written in the language: all parts of an AND, of an OR those that hold.
// A form that an acronym was expanded with stands in the place of the acronym.
func Clauses(node query.Node, s *match.Subject) []string {
	switch n := node.(type) {
	case query.And:
		var clauses []string
		for _, part := range n.Nodes {
			clauses = append(clauses, Clauses(part, s)...)
		}
		return clauses
	case query.Or:
		return holding(n.Nodes, s)
	case query.Expansion:
		return holding(append([]query.Node{n.Node}, n.Forms...), s)
	}
	return []string{node.String()}
}

func holding(nodes []query.Node, s *match.Subject) []string {
	var clauses []string
	for _, n := range nodes {
		if s.Matches(n) {
			clauses = append(clauses, Clauses(n, s)...)
		}
	}
	return clauses
}
