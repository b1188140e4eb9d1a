package embedded_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/query"
)

// benchWords make a text of about 2 kB.
const benchWords = 280

func benchArchive(b *testing.B) *embedded.Archive {
	b.Helper()
	a, err := embedded.Open(filepath.Join(b.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closed(b, a) })
	return a
}

// BenchmarkWrite writes new reports in batches of 200.
func BenchmarkWrite(b *testing.B) {
	a := benchArchive(b)
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		docs := reports(n*200, n*200+200, benchWords)
		b.StartTimer()
		write(b, a, docs)
	}
	b.ReportMetric(float64(b.N)*200/b.Elapsed().Seconds(), "reports/s")
}

// BenchmarkSearch asks 20,000 reports for words of which one finds many of
// them and one finds few, with and without facets.
func BenchmarkSearch(b *testing.B) {
	a := benchArchive(b)
	for from := 0; from < 20_000; from += 500 {
		write(b, a, reports(from, from+500, benchWords))
	}
	four := []index.Facet{index.FacetPerson, index.FacetOrg, index.FacetPlace, index.FacetMonth}
	for _, test := range []struct {
		name  string
		query query.Node
	}{
		{"many", query.Word{Text: "word100"}},
		{"few", query.Word{Text: "word1200"}},
		{"phrase", query.Phrase{Text: "word1 word2"}},
		{"filter", query.And{Nodes: []query.Node{query.Word{Text: "word100"}, query.Term{Field: query.Agency, Value: "agency 3"}}}},
	} {
		for _, sort := range []index.Sort{index.ByRelevance, index.ByPublished} {
			for _, facets := range [][]index.Facet{nil, four} {
				b.Run(fmt.Sprintf("%s/%s/facets=%d", test.name, sort, len(facets)), func(b *testing.B) {
					req := index.Request{Query: test.query, Sort: sort, Facets: facets}
					var found int
					for b.Loop() {
						result, err := a.Search(context.Background(), req)
						if err != nil {
							b.Fatal(err)
						}
						found = result.Total
					}
					b.ReportMetric(float64(found), "hits")
				})
			}
		}
	}
}
