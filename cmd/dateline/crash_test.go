package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/serve/client"
)

// TestKilledAtRandomMomentsEveryItemIsThereOnce kills the whole pipeline, as a
// power cut does, while items arrive and are edited, and starts it again on
// the same data. In the end each item is there once, in its last revision.
func TestKilledAtRandomMomentsEveryItemIsThereOnce(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 3
	}
	t.Parallel() // most of the time it waits
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))

	site := agencytest.New()
	defer site.Close()
	config, data := configure(t, site, "log: {level: warn}"), t.TempDir()
	wanted := map[string]agencytest.Article{}
	publish := func(slug string) {
		a := wanted[slug]
		if a.Slug == "" {
			a = agencytest.Article{Slug: slug, Title: "Item " + slug, Published: time.Now().Add(-time.Hour).Truncate(time.Second)}
		} else {
			a.Modified = time.Now().Truncate(time.Second)
		}
		a.Text = agencytest.Ours().Text + fmt.Sprintf("\n\nReport number %s says that %d containers wait at the port.", slug, random.IntN(1_000_000))
		wanted[slug] = a
		site.Put(a)
	}
	for round := range kills {
		publish(fmt.Sprintf("n%d", 2*round))
		running := dateline(t, "run", "--config", config, "--data", data, "--listen", "127.0.0.1:0")
		moment := time.NewTimer(time.Duration(random.IntN(1500)) * time.Millisecond)
		publish(fmt.Sprintf("n%d", 2*round+1))
		if round > 0 {
			publish(fmt.Sprintf("n%d", random.IntN(2*round))) // an edit
		}
		<-moment.C
		running.kill(t)
	}

	last := dateline(t, "run", "--config", config, "--data", data, "--listen", "127.0.0.1:0")
	server := last.await(t, `page +(http://\S+)`)
	agencytest.Eventually(t, 2*limit, func() error { return sameItems(t, server, site, wanted) })
	last.interrupt(t)
}

// sameItems compares what the archive has with what the site published.
func sameItems(t *testing.T, server string, site *agencytest.Site, wanted map[string]agencytest.Article) error {
	found, err := client.New(server, client.Options{}).Search(t.Context(), client.SearchRequest{Limit: 500})
	if err != nil {
		return err
	}
	if found.Total != len(wanted) || len(found.Hits) != len(wanted) {
		return fmt.Errorf("the archive has %d reports and lists %d, want %d", found.Total, len(found.Hits), len(wanted))
	}
	seen := map[string]string{}
	for _, h := range found.Hits {
		seen[h.CanonicalURL] = h.Text
	}
	for slug, a := range wanted {
		last := a.Text[strings.LastIndex(a.Text, "\n")+1:]
		if text := seen[site.ListingURL()+"/"+slug]; !strings.HasSuffix(text, last) {
			return fmt.Errorf("item %s is %q, want one that ends in %q", slug, text, last)
		}
	}
	return nil
}
