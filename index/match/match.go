// Package match evaluates the search language on one report in memory. It is
// what alerts are decided by, what words are marked with on a page, and the
// reference that the archives are tested against: a report matches here if
// and only if every archive finds it.
package match

import (
	"slices"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Subject is a report prepared for matching. It is not safe for concurrent use.
type Subject struct {
	report *news.Report
	title  []analysis.Token
	text   []analysis.Token
	// names holds the folded words of the names of each field asked for.
	names map[query.Field][][]string
}

// New prepares a report.
func New(r *news.Report) *Subject {
	return &Subject{
		report: r,
		title:  analysis.Tokens(r.Title),
		text:   analysis.Tokens(r.Text),
		names:  map[query.Field][][]string{},
	}
}

// Matches reports whether the query finds the report.
func (s *Subject) Matches(node query.Node) bool {
	switch n := node.(type) {
	case query.All:
		return true
	case query.And:
		return !slices.ContainsFunc(n.Nodes, func(n query.Node) bool { return !s.Matches(n) })
	case query.Or:
		return slices.ContainsFunc(n.Nodes, s.Matches)
	case query.Not:
		return !s.Matches(n.Node)
	case query.Expansion:
		return s.Matches(n.Node) || slices.ContainsFunc(n.Forms, s.Matches)
	case query.Term:
		return s.matchesTerm(n)
	case query.Range:
		return s.matchesRange(n)
	case query.Group:
		return s.matchesGroup(n)
	case query.Near:
		return s.matchesNear(n)
	case query.AsOf:
		return index.Known(index.SeenAt(s.report), index.Forever, n.At.UnixMilli()) && s.Matches(n.Node)
	default:
		return len(occurrences(node, s.title)) > 0 || len(occurrences(node, s.text)) > 0
	}
}

func (s *Subject) matchesTerm(t query.Term) bool {
	switch {
	case t.Field.IsWhole():
		wanted := analysis.Fold(t.Value)
		return slices.ContainsFunc(index.Wholes(s.report, t.Field), func(v string) bool { return analysis.Fold(v) == wanted })
	case t.Field == query.Title:
		return len(occurrences(query.Phrase{Text: t.Value}, s.title)) > 0
	}
	wanted := analysis.Words(t.Value)
	return slices.ContainsFunc(s.namesOf(t.Field), func(name []string) bool { return containsRun(name, wanted) })
}

func (s *Subject) namesOf(f query.Field) [][]string {
	if names, ok := s.names[f]; ok {
		return names
	}
	var names [][]string
	for _, name := range index.Names(s.report, f) {
		names = append(names, analysis.Words(name))
	}
	s.names[f] = names
	return names
}

// containsRun reports whether wanted stands in words in one piece.
func containsRun(words, wanted []string) bool {
	for i := 0; len(wanted) > 0 && i+len(wanted) <= len(words); i++ {
		if slices.Equal(words[i:i+len(wanted)], wanted) {
			return true
		}
	}
	return false
}

func (s *Subject) matchesRange(r query.Range) bool {
	from, to := r.From.Time, r.To.Time
	switch r.Field {
	case query.Published:
		return within(s.report.Published, from, to)
	case query.Seen:
		return within(s.report.Seen, from, to)
	}
	return slices.ContainsFunc(index.Intervals(s.report, r.Field), func(i index.Interval) bool {
		return (to.IsZero() || i.From.Before(to)) && (from.IsZero() || i.To.After(from))
	})
}

func within(t, from, to time.Time) bool {
	return !t.IsZero() && (from.IsZero() || !t.Before(from)) && (to.IsZero() || t.Before(to))
}
