package serve

import (
	"context"
	"net/url"
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// clauses are the parts of a query that must all hold.
func clauses(asked query.Node) []query.Node {
	switch n := asked.(type) {
	case query.All:
		return nil
	case query.And:
		return n.Nodes
	}
	return []query.Node{asked}
}

// without is the query without its i-th clause.
func without(asked query.Node, i int) query.Node {
	all := clauses(asked)
	return allOf(slices.Delete(slices.Clone(all), i, i+1))
}

func allOf(nodes []query.Node) query.Node {
	switch len(nodes) {
	case 0:
		return query.All{}
	case 1:
		return nodes[0]
	}
	return query.And{Nodes: nodes}
}

// chips are the clauses that ask for the value of a field, or exclude
// something, each with the search without it. Words stay in the query bar.
func chips(values url.Values, asked query.Node) []link {
	var list []link
	for i, clause := range clauses(asked) {
		switch clause.(type) {
		case query.Term, query.Range, query.Not:
			list = append(list, link{Text: clause.String(), URL: asking(values, without(asked, i))})
		}
	}
	return list
}

// also is the query that finds, of what asked finds, what clause finds too.
func also(asked, clause query.Node) query.Node {
	all := clauses(asked)
	for _, n := range all {
		if n.String() == clause.String() {
			return asked
		}
	}
	return allOf(append(slices.Clip(all), clause))
}

// mostLoosened is how many clauses of a search without results are left out
// one at a time to see what is found then.
const mostLoosened = 6

// loosen returns, for a search that finds nothing, what it finds without each
// one of its clauses, where that is something.
func (s *server) loosen(ctx context.Context, values url.Values, q *question) []link {
	all := clauses(q.asked)
	if len(all) < 2 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	var list []link
	for i := range all[:min(len(all), mostLoosened)] {
		looser := without(q.asked, i)
		request := index.Request{Query: looser, Limit: 1}
		if !q.exact {
			request.Query = query.Expand(looser, s.Acronyms)
		}
		var err error
		if request.Query, err = query.Locate(request.Query, s.point); err != nil {
			continue
		}
		found, err := s.Archive.Search(ctx, request)
		if err != nil {
			return list // these are a courtesy; the search itself was answered
		}
		if found.Total > 0 {
			list = append(list, link{Text: all[i].String(), Count: found.Total, URL: asking(values, looser)})
		}
	}
	return list
}
