package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/serve/client"
)

// BenchmarkPollToSearchable measures, embedded, the time from the poll whose
// feed first lists an item to the moment that a search over HTTP finds it. The
// item's page is fetched, extracted, published, annotated, published, written
// and made searchable in between. Items come one at a time.
func BenchmarkPollToSearchable(b *testing.B) {
	site := agencytest.New()
	defer site.Close()
	r := start(b, b.TempDir(), settings(feedSource(site)))
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		d := agencytest.Ours().Article
		d.Slug = fmt.Sprintf("item-%d", i)
		d.Text += fmt.Sprintf("\n\nThe number of this item is marker%d.", i)
		site.Put(d)
		agencytest.Eventually(b, limit, func() error {
			found, err := r.Search(b.Context(), client.SearchRequest{Query: fmt.Sprintf("marker%d", i)})
			if err != nil {
				return err
			}
			if found.Total != 1 {
				return fmt.Errorf("item %d is found %d times", i, found.Total)
			}
			return nil
		})
		took = append(took, time.Since(site.Listed(d.Slug)))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric(took[len(took)*95/100].Seconds()*1000, "p95-ms")
	b.ReportMetric(took[len(took)-1].Seconds()*1000, "max-ms")
}
