package app

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/client"
)

func TestKeptAnswersReprocessedAreFoundInTheirNewForm(t *testing.T) {
	a := agencytest.Ours().Article
	a.Text += "\n\nThe last paragraph speaks of clavichords."
	site := agencytest.New(a)
	defer site.Close()
	data := t.TempDir()
	configuration := func() *config.Config {
		source := feedSource(site)
		source.Schedule = "@every 1h"
		return &config.Config{Data: data, Sources: []ingest.Source{source}, Ingest: config.Ingest{WARC: true}}
	}
	before := configuration()
	before.Sources[0].Article.Body = "article p:first-of-type"
	r := start(t, data, before)
	agencytest.Eventually(t, limit, func() error {
		found, err := r.Search(t.Context(), client.SearchRequest{Query: "source:local"})
		if err == nil && found.Total != 1 {
			err = fmt.Errorf("%d reports", found.Total)
		}
		return err
	})
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	hits := site.Hits("/news/" + a.Slug)
	done, err := Reprocess(t.Context(), Options{Config: configuration(), Logger: slog.New(slog.DiscardHandler), Now: time.Now}, "", false, nil)
	if err != nil || done.Published != 1 {
		t.Fatalf("reprocess: %+v, %v", done, err)
	}
	r = start(t, data, configuration())
	if hit := r.one(t, "clavichords"); hit.Revision != 2 {
		t.Errorf("revision %d, want 2", hit.Revision)
	}
	if n := site.Hits("/news/" + a.Slug); n != hits {
		t.Errorf("the page was fetched %d times more", n-hits)
	}
}
