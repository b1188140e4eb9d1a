package serve

import (
	"cmp"
	"net/url"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// facet is a field with its most frequent values.
type facet struct {
	Heading string
	Values  []facetValue
	More    string // the page with more values
	Fewer   string
}

type facetValue struct {
	link
	Exclude string // the search without the value
}

// pageFacets are the facets of the search page, in its order.
var pageFacets = []index.Facet{
	index.FacetPerson, index.FacetOrg, index.FacetPlace, index.FacetCountry, index.FacetAgency, index.FacetLanguage,
}

var facetHeadings = map[index.Facet]string{
	index.FacetPerson:   "People",
	index.FacetOrg:      "Organizations",
	index.FacetPlace:    "Places",
	index.FacetAgency:   "Agencies",
	index.FacetCountry:  "Countries",
	index.FacetLanguage: "Languages",
}

// How many values of a facet are shown, and how many when asked for more.
const (
	fewValues  = 8
	moreValues = 50
)

// nameOf is how people call a value: a country or a language by its name, not
// by its code.
func nameOf(f index.Facet, value string) string {
	switch f {
	case index.FacetCountry:
		if region, err := language.ParseRegion(value); err == nil {
			return cmp.Or(display.English.Regions().Name(region), value)
		}
	case index.FacetLanguage:
		if tag, err := language.Parse(value); err == nil {
			return cmp.Or(display.English.Tags().Name(tag), value)
		}
	}
	return value
}

func facets(values url.Values, found *index.Result, asked query.Node) []facet {
	var list []facet
	for _, f := range pageFacets {
		counts := found.Facets[f]
		if len(counts) == 0 {
			continue
		}
		one := facet{Heading: facetHeadings[f]}
		shown := fewValues
		if values.Get("more") == string(f) {
			shown = moreValues
			one.Fewer = with(values, "more", "")
		} else if len(counts) > fewValues {
			one.More = with(values, "more", string(f))
		}
		for _, c := range counts[:min(len(counts), shown)] {
			clause := query.Term{Field: query.Field(f), Value: c.Value}
			one.Values = append(one.Values, facetValue{
				link:    link{Text: nameOf(f, c.Value), Count: c.Count, URL: asking(values, also(asked, clause))},
				Exclude: asking(values, also(asked, query.Not{Node: clause})),
			})
		}
		list = append(list, one)
	}
	return list
}
