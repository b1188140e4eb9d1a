package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/client"
)

// bakuFile is where the dispatch from Baku is, on machines that have it.
const bakuFile = "../../../shared/dispatches/2014-12-08-report-az-baku.txt"

// everySecond polls a source each second, by cron.
const everySecond = "* * * * * *"

// limit bounds every wait; a test that reaches it has failed.
const limit = 30 * time.Second

// running is a pipeline that a test started.
type running struct {
	*client.Client
	address string
	console *agencytest.Console
	log     *agencytest.Console
	stop    func() error
}

// start runs all stages with the sources on the data folder. It is stopped at
// the end of the test, if not before.
func start(t testing.TB, data string, c *config.Config) *running {
	t.Helper()
	c.Data, c.Listen = data, "127.0.0.1:0"
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{console: new(agencytest.Console), log: new(agencytest.Console)}
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Config: c,
			Stages: All,
			Logger: slog.New(slog.NewTextHandler(r.log, nil)),
			Out:    r.console,
			Now:    time.Now,
		})
	}()
	stopped := false
	r.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(limit):
			return errors.New("the pipeline does not stop")
		}
	}
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("stopping: %v\n%s", err, r.log)
		}
	})
	wait, done := context.WithTimeout(ctx, limit)
	defer done()
	address, err := r.console.Await(wait, `page +(http://\S+)`)
	if err != nil {
		select {
		case err = <-ended:
			stopped = true
		default:
		}
		t.Fatalf("%v\n%s", err, r.log)
	}
	r.address = address
	r.Client = client.New(address, client.Options{})
	return r
}

// one returns the only report that matches query, as soon as there is one.
func (r *running) one(t testing.TB, query string) *client.Hit {
	t.Helper()
	var hit *client.Hit
	agencytest.Eventually(t, limit, func() error {
		found, err := r.Search(t.Context(), client.SearchRequest{Query: query})
		switch {
		case err != nil:
			return err
		case found.Total != 1:
			return fmt.Errorf("%s finds %d reports, want 1\n%s", query, found.Total, r.log)
		}
		hit = &found.Hits[0]
		return nil
	})
	return hit
}

// dispatches are the texts that must travel: ours, and the one from Baku where
// it is at hand.
func dispatches(t *testing.T) map[string]agencytest.Dispatch {
	all := map[string]agencytest.Dispatch{"Tbilisi": agencytest.Ours()}
	baku, found, err := agencytest.Baku(bakuFile)
	if err != nil {
		t.Fatal(err)
	}
	if found {
		all["Baku"] = baku
	} else {
		t.Logf("the Baku dispatch is not at %s; the test runs without it", bakuFile)
	}
	return all
}

func queries(d agencytest.Dispatch) []string {
	return []string{
		`person:"` + d.Person + `"`,
		"org:" + d.Org,
		"event:" + d.Event,
		d.Words,
		`"` + d.Words + `"`,
	}
}

func feedSource(site *agencytest.Site) ingest.Source {
	return ingest.Source{
		Name: "local", Agency: "Local", Kind: ingest.KindFeed, URL: site.FeedURL(),
		Schedule: everySecond, TimeZone: "Asia/Baku", Local: true,
	}
}

func listingSource(site *agencytest.Site) ingest.Source {
	return ingest.Source{
		Name: "local-listing", Agency: "Local", Kind: ingest.KindListing, URL: site.ListingURL(),
		Schedule: everySecond, TimeZone: "Asia/Baku", Local: true,
		Selectors: feed.Selectors{Item: ".item", Link: "a", Title: "a", Date: "time"},
	}
}

func settings(sources ...ingest.Source) *config.Config {
	c, err := config.Load(config.Options{File: os.DevNull})
	if err != nil {
		panic(err)
	}
	c.Sources = sources
	return c
}

func TestDispatchTravelsTheWholeWay(t *testing.T) {
	for name, d := range dispatches(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := agencytest.New(d.Article)
			defer site.Close()
			data := t.TempDir()
			sources := []ingest.Source{feedSource(site), listingSource(site)}

			first := start(t, data, settings(sources...))
			for _, q := range queries(d) {
				if hit := first.one(t, q); hit.Revision != 1 || !hit.Published.Equal(d.Published) {
					t.Errorf("%s finds revision %d published %v", q, hit.Revision, hit.Published)
				}
			}
			if err := first.stop(); err != nil {
				t.Fatal(err)
			}

			again := start(t, data, settings(sources...))
			polls := site.Hits("/rss.xml")
			agencytest.Eventually(t, limit, func() error {
				if n := site.Hits("/rss.xml"); n < polls+2 {
					return fmt.Errorf("%d polls since the restart", n-polls)
				}
				return nil
			})
			for _, q := range queries(d) {
				again.one(t, q)
			}

			d.Text += "\n\nThe organizers added that interpreters will be on hand."
			d.Modified = d.Published.Add(2 * time.Hour)
			site.Put(d.Article)
			hit := again.one(t, "interpreters")
			if hit.Revision != 2 {
				t.Errorf("the changed article is revision %d, want 2", hit.Revision)
			}
			if err := again.stop(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestInboxFileIsAReportAndACopyIsNot(t *testing.T) {
	d := agencytest.Ours()
	inbox := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(inbox, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one.txt", "date: 2026-03-12\n\n"+d.Text)
	write("two.txt", "date: 2026-03-12\n\n"+d.Text)
	baku, found, err := agencytest.Baku(bakuFile)
	if err != nil {
		t.Fatal(err)
	}
	if found {
		raw, err := os.ReadFile(bakuFile)
		if err != nil {
			t.Fatal(err)
		}
		write("baku.txt", string(raw))
		write("baku again.txt", string(raw))
	} else {
		t.Logf("the Baku dispatch is not at %s; the test runs without it", bakuFile)
	}
	write("marker.txt", "Batumi. 13 March. The port of Batumi closed for a storm.")
	c := settings()
	c.Inbox.Dir = inbox
	r := start(t, t.TempDir(), c)
	r.one(t, "storm")
	for _, q := range queries(d) {
		r.one(t, q+" -storm published:2026")
	}
	if !found {
		return
	}
	for _, q := range queries(baku) {
		if hit := r.one(t, q+" published:2014-12-08"); hit.Dateline == nil || hit.Dateline.Place != "Baku" {
			t.Errorf("%s finds a report written in %+v", q, hit.Dateline)
		}
	}
}

func TestPageShowsTheReport(t *testing.T) {
	d := agencytest.Ours()
	site := agencytest.New(d.Article)
	defer site.Close()
	r := start(t, t.TempDir(), settings(feedSource(site)))
	hit := r.one(t, "sniffer")
	agencytest.Eventually(t, limit, func() error { // a poll ends a little after its reports are found
		list, err := r.Sources(t.Context())
		if err == nil && len(list) == 0 {
			err = errors.New("no source was polled yet")
		}
		return err
	})
	for path, want := range map[string][]string{
		"/":                          {d.Title, "event", "6–8 October 2026"},
		"/?q=sniffer":                {"<mark>sniffer</mark>", "1 report"},
		"/?q=org:WCO":                {"World Customs Organization", "as typed"},
		"/reports/" + hit.ID:         {"Levan Beridze", "6–8 October 2026", "The original at the agency"},
		"/sources":                   {"local", site.FeedURL()},
		"/help":                      {"How to ask"},
		"/?q=nothing-of-this-kind":   {"No report matches"},
		"/?q=%22open":                {"mistake", "^"},
		"/reports/none":              {"no such report"},
		"/static/style.css":          {"--paper"},
		"/healthz":                   {"alive"},
		"/readyz":                    {"ready"},
		"/api/v1/search?q=persn:Bob": {"application/problem", "person"},
	} {
		if body := get(t, r.address+path); true {
			for _, w := range want {
				if !strings.Contains(body, w) {
					t.Errorf("%s does not show %q:\n%s", path, w, body)
				}
			}
		}
	}
}

// get returns the content type and body of a page.
func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var b strings.Builder
	fmt.Fprintln(&b, response.Header.Get("Content-Type"))
	if err := response.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDataFolderInUseIsToldWithARemedy(t *testing.T) {
	data := t.TempDir()
	start(t, data, settings())
	c := settings()
	c.Data, c.Listen = data, "127.0.0.1:0"
	err := Run(t.Context(), Options{Config: c, Stages: All, Logger: slog.New(slog.DiscardHandler), Out: new(agencytest.Console), Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "in use by another dateline") || !strings.Contains(err.Error(), "--data") {
		t.Errorf("error is %v", err)
	}
}

func TestPortInUseIsToldWithARemedy(t *testing.T) {
	r := start(t, t.TempDir(), settings())
	c := settings()
	c.Data, c.Listen = t.TempDir(), strings.TrimPrefix(r.address, "http://")
	err := Run(t.Context(), Options{Config: c, Stages: All, Logger: slog.New(slog.DiscardHandler), Out: new(agencytest.Console), Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "in use by another program") || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("error is %v", err)
	}
}
