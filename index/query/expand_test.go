package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/query"
)

var acronyms = []query.Acronym{
	{Short: "WCO", Long: "World Customs Organization"},
	{Short: "WHO", Long: "World Health Organization"},
	{Short: "SCC", Long: "State Customs Committee"},
	{Short: "SCC", Long: "Standards Council of Canada"},
	{Short: "", Long: "Nameless"},
}

func expansion(n query.Node, forms ...query.Node) query.Node {
	return query.Expansion{Node: n, Forms: forms}
}

func TestExpandShowsTheOtherFormsOfAcronyms(t *testing.T) {
	long := phrase("World Customs Organization")
	for input, want := range map[string]query.Node{
		"WCO":                          expansion(word("WCO"), long),
		"who":                          word("who"),
		"WHO":                          expansion(word("WHO"), phrase("World Health Organization")),
		"SCC":                          expansion(word("SCC"), phrase("State Customs Committee"), phrase("Standards Council of Canada")),
		`"world customs organization"`: expansion(phrase("world customs organization"), word("WCO")),
		`"World Organization"~5`:       query.Phrase{Text: "World Organization", Slop: 5},
		"World Customs Organization":   expansion(query.And{Nodes: []query.Node{word("World"), word("Customs"), word("Organization")}}, word("WCO")),
		"Baku World Customs Organization picard": query.And{Nodes: []query.Node{
			word("Baku"),
			expansion(query.And{Nodes: []query.Node{word("World"), word("Customs"), word("Organization")}}, word("WCO")),
			word("picard"),
		}},
		"World Customs": query.And{Nodes: []query.Node{word("World"), word("Customs")}},
		"org:wco":       expansion(term(query.Org, "wco"), term(query.Org, "World Customs Organization")),
		`-org:"World Customs Organization" OR WCO*`: query.Or{Nodes: []query.Node{
			query.Not{Node: expansion(term(query.Org, "World Customs Organization"), term(query.Org, "WCO"))},
			query.Word{Text: "WCO", Prefix: true},
		}},
		"person:WCO": term(query.Person, "WCO"),
	} {
		tree, err := query.Parse(input, now, baku)
		if err != nil {
			t.Fatal(err)
		}
		expanded := query.Expand(tree, acronyms)
		if diff := cmp.Diff(want, expanded); diff != "" {
			t.Errorf("%s:\n%s", input, diff)
		}
		if diff := cmp.Diff(expanded, query.Expand(expanded, acronyms)); diff != "" {
			t.Errorf("%s expands twice:\n%s", input, diff)
		}
	}
}

func TestWalkVisitsForms(t *testing.T) {
	tree, err := query.Parse("(a OR -WCO) b", now, baku)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	query.Walk(query.Expand(tree, acronyms), func(n query.Node) bool {
		if w, ok := n.(query.Word); ok {
			seen = append(seen, w.Text)
		}
		if p, ok := n.(query.Phrase); ok {
			seen = append(seen, p.Text)
		}
		return true
	})
	if diff := cmp.Diff([]string{"a", "WCO", "World Customs Organization", "b"}, seen); diff != "" {
		t.Error(diff)
	}
}
