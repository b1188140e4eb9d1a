package app

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/config"
)

func TestMetricsTellHowSourcesAndTheProcessAreDoing(t *testing.T) {
	site := agencytest.New(agencytest.Ours().Article)
	defer site.Close()
	broken := agencytest.New()
	defer broken.Close()
	broken.Break(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	faulty := feedSource(broken)
	faulty.Name = "faulty"
	r := start(t, t.TempDir(), &config.Config{Sources: []ingest.Source{feedSource(site), faulty}})
	agencytest.Eventually(t, limit, func() error {
		resp, err := http.Get(r.address + "/metrics")
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		for _, want := range []string{
			`dateline_source_published_total{source="local"} 1`, `dateline_source_items{source="local"} 1`,
			`dateline_source_error_ratio{source="faulty"} 1`, `dateline_source_last_success_timestamp_seconds{source="local"}`,
			`dateline_fetch_requests_total{outcome="status"}`, `dateline_reports_published_total 1`, "go_goroutines",
			"dateline_sources_unavailable 0",
		} {
			if !strings.Contains(string(body), want) {
				return fmt.Errorf("no %s in\n%s", want, body)
			}
		}
		return nil
	})
}
