package indextest

import (
	order "cmp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

func (f *fixture) testFacets(t *testing.T) {
	for _, test := range []struct {
		query string
		facet index.Facet
		want  []index.Count
	}{
		{"picard", index.FacetPlace, []index.Count{{Value: "Baku", Count: 3}, {Value: "Manila", Count: 2}, {Value: "Azerbaijan", Count: 1}, {Value: "Bakı", Count: 1}, {Value: "Şəki", Count: 1}}},
		{"person:Aliyev", index.FacetPerson, []index.Count{{Value: "Aydin Aliyev", Count: 2}, {Value: "Aydın Əliyev", Count: 1}, {Value: "Cecilia Nord", Count: 1}}},
		{"tie", index.FacetAgency, []index.Count{{Value: "INTERFAX", Count: 1}, {Value: "Interfax", Count: 1}}},
		{"edge month", index.FacetMonth, []index.Count{{Value: "2015-08", Count: 1}}},
		{"published:2014", index.FacetMonth, []index.Count{{Value: "2014-12", Count: 3}}},
		{"lang:ru OR lang:az", index.FacetLanguage, []index.Count{{Value: "az", Count: 2}, {Value: "ru", Count: 2}}},
		{"zebra", index.FacetAgency, nil},
		{"undated OR \"without a date\"", index.FacetMonth, nil},
	} {
		result := search(t, f.archive, index.Request{Query: parsed(t, test.query), Facets: []index.Facet{test.facet}})
		if diff := cmp.Diff(test.want, result.Facets[test.facet], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s by %s:\n%s", test.query, test.facet, diff)
		}
	}
	for _, q := range []string{"", "customs", "cust*", "-customs", "org:WCO", "published:2015", "customs (baku OR tbilisi)"} {
		for _, size := range []int{1, 3, 0, index.MaxFacetSize} {
			f.testFacetCounts(t, q, size)
		}
	}
}

func (f *fixture) testFacetCounts(t *testing.T, q string, size int) {
	node := parsed(t, q)
	result := search(t, f.archive, index.Request{Query: node, Limit: 1, Facets: index.AllFacets(), FacetSize: size})
	for _, facet := range index.AllFacets() {
		want := counted(f.matching(node), facet)
		want = want[:min(len(want), order.Or(size, index.DefaultFacetSize))]
		if diff := cmp.Diff(want, result.Facets[facet], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q by %s, %d values:\n%s", q, facet, size, diff)
		}
	}
}

// counted counts the values of a facet.
func counted(reports []*news.Report, f index.Facet) []index.Count {
	counts := map[string]int{}
	for _, r := range reports {
		for _, v := range index.FacetValues(r, f) {
			counts[v]++
		}
	}
	var all []index.Count
	for v, n := range counts {
		all = append(all, index.Count{Value: v, Count: n})
	}
	slices.SortFunc(all, func(a, b index.Count) int {
		return order.Or(order.Compare(b.Count, a.Count), order.Compare(a.Value, b.Value))
	})
	return all
}
