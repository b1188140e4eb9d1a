package embedded

import (
	"fmt"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// This file turns the parts of a query that full-text search answers into its
// expressions. Each term comes out of the analyzer, so nothing that a user
// types is read as an operator.

// expression returns the expression on the table term that matches what a
// term on names does, or false when nothing can match.
func expression(t query.Term) (string, bool) {
	if !t.Field.IsName() {
		return "", false
	}
	return nameIn(string(t.Field), t.Value)
}

// ofOneMember returns the expression that matches the rows of members that have
// all terms of a group, or false when none can.
func ofOneMember(g query.Group) (string, bool) {
	parts := make([]string, len(g.Terms))
	for i, t := range g.Terms {
		var ok bool
		switch t.Field {
		case query.Name:
			parts[i], ok = nameIn("person", t.Value)
		case query.Role, query.Speaker:
			parts[i], ok = nameIn(string(t.Field), t.Value)
		case query.Org:
			parts[i], ok = nameIn("body", t.Value)
		case query.About:
			parts[i], ok = phraseIn("quote", analysis.Terms(t.Value))
		case query.ID:
			parts[i], ok = phraseIn("id", []string{idTerm(t.Value)})
		}
		if !ok {
			return "", false
		}
	}
	return strings.Join(parts, " AND "), len(parts) > 0
}

// nameIn returns the expression that matches names with the words of a name.
func nameIn(column, name string) (string, bool) {
	words := analysis.Words(name)
	if len(words) > 1 {
		words = pairs(words)
	}
	return phraseIn(column, words)
}

func phraseIn(column string, terms []string) (string, bool) {
	return fmt.Sprintf(`({%s} : "%s")`, column, strings.Join(terms, " ")), len(terms) > 0
}
