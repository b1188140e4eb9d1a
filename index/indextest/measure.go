package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// Scale is the number of reports that measurements are made on: that of the
// environment variable DATELINE_BENCH_REPORTS, or 10,000.
func Scale(b *testing.B) int {
	b.Helper()
	value := os.Getenv("DATELINE_BENCH_REPORTS")
	if value == "" {
		return 10_000
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1000 {
		b.Fatalf("DATELINE_BENCH_REPORTS=%s is no number of reports from 1,000 on", value)
	}
	return n
}

// Fill writes generated reports until there are n, and reports the rate. An
// archive that has some already has the first of them.
func Fill(b *testing.B, a index.Archive, n int) {
	b.Helper()
	const batch = 500
	has, err := a.Search(context.Background(), index.Request{Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	var spent time.Duration
	for from := has.Total; from < n; from += batch {
		docs := make([]index.Document, 0, batch)
		for i := from; i < min(n, from+batch); i++ {
			docs = append(docs, index.Document{Report: Generate(i), Enricher: 1})
		}
		began := time.Now()
		for i, err := range a.Write(context.Background(), docs) {
			if err != nil {
				b.Fatalf("writing %s: %v", docs[i].Report.ID, err)
			}
		}
		spent += time.Since(began)
	}
	if written := n - has.Total; written > 0 {
		b.Logf("%d reports written, %.0f a second", written, float64(written)/spent.Seconds())
	}
}

// Measure asks searches of several kinds, each with words of its own every
// time, and reports the median and the 99th percentile of each.
func Measure(b *testing.B, a index.Archive, n int) {
	four := []index.Facet{index.FacetPerson, index.FacetOrg, index.FacetPlace, index.FacetMonth}
	random := rand.New(rand.NewPCG(5, 9))
	rare := func() string { return Word(20_000 + random.IntN(40_000)) }
	common := func() string { return Word(5 + random.IntN(60)) }
	day := func(i int) string { return Generate(i).Published.Format(time.DateOnly) }
	for _, kind := range []struct {
		name string
		ask  func() string
		sort index.Sort
	}{
		{"selective word", rare, index.ByRelevance},
		{"selective person", func() string { return `person:"` + Generate(random.IntN(n)).People[0].Name + `"` }, index.ByPublished},
		{"person in office", func() string {
			p := Generate(random.IntN(n)).People[0]
			return fmt.Sprintf(`person:(name:"%s" role:%s)`, p.Name, p.Roles[0].Title)
		}, index.ByPublished},
		{"phrase", func() string { return fmt.Sprintf(`"%s %s"`, Word(random.IntN(10)), Word(random.IntN(10))) }, index.ByRelevance},
		{"word on one day", func() string { return common() + " published:" + day(random.IntN(n)) }, index.ByRelevance},
		{"person on one day", func() string {
			i := random.IntN(n)
			return `person:"` + Generate(i).People[0].Name + `" published:` + day(i)
		}, index.ByPublished},
		{"common word", common, index.ByRelevance},
		{"two words", func() string { return common() + " " + Word(100+random.IntN(900)) }, index.ByRelevance},
		{"everything", func() string { return "" }, index.ByPublished},
	} {
		for _, facets := range [][]index.Facet{nil, four} {
			b.Run(fmt.Sprintf("%s/facets=%d", kind.name, len(facets)), func(b *testing.B) {
				var took []time.Duration
				hits := 0
				for b.Loop() {
					node, err := query.Parse(kind.ask(), now, time.UTC)
					if err != nil {
						b.Fatal(err)
					}
					began := time.Now()
					result, err := a.Search(context.Background(), index.Request{Query: node, Sort: kind.sort, Now: now, Facets: facets})
					if err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
					hits += result.Total
				}
				slices.Sort(took)
				b.ReportMetric(float64(hits)/float64(len(took)), "hits")
				b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
				b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
			})
		}
	}
}
