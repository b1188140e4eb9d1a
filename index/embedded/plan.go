package embedded

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// This file turns the parts of a query that full-text search can answer whole
// into its expressions. Each term comes out of the analyzer, so nothing that
// a user types is read as an operator.

// expression returns the expression on the table term that matches what a
// word, a phrase or a term does, or false when that table cannot tell.
func expression(node query.Node) (string, bool) {
	switch n := node.(type) {
	case query.Word:
		return phrase(textColumns, analysis.Terms(n.Text)), !n.Prefix && len(analysis.Terms(n.Text)) > 0
	case query.Phrase:
		terms := analysis.Terms(n.Text)
		if n.Slop > 0 {
			return near(terms, n.Slop), len(terms) > 0
		}
		return phrase(textColumns, terms), len(terms) > 0
	case query.Term:
		return termExpression(n)
	}
	return "", false
}

const textColumns = "title text"

func termExpression(t query.Term) (string, bool) {
	switch {
	case t.Field == query.Title:
		terms := analysis.Terms(t.Value)
		return phrase("title", terms), len(terms) > 0
	case t.Field == query.Quote:
		terms := analysis.Terms(t.Value)
		return phrase("quote", terms), len(terms) > 0
	case t.Field.IsName():
		words := analysis.Words(t.Value)
		return phrase(string(t.Field), words), len(words) > 0
	}
	return "", false
}

func phrase(columns string, terms []string) string {
	return fmt.Sprintf(`({%s} : "%s")`, columns, strings.Join(terms, " "))
}

// near counts the words between the first and the last of the terms, the
// terms among them too.
func near(terms []string, slop int) string {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	if len(terms) < 2 {
		return phrase(textColumns, terms)
	}
	return fmt.Sprintf(`({%s} : NEAR("%s", %d))`, textColumns, strings.Join(terms, `" "`), slop+len(terms)-2)
}
