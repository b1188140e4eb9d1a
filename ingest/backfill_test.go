package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/wiretest"
)

// datedPage is an article of a day of December 2014.
func datedPage(title string, day int) http.HandlerFunc {
	html := articlePage(title, prose, "It is the report called "+title+".")
	return text(htmlType, strings.Replace(html, "2014-12-08T", fmt.Sprintf("2014-12-%02dT", day), 1))
}

// archiveSite lists reports on pages, two on each, the newest first, and some
// in a sitemap. It counts the requests.
func archiveSite(t *testing.T, hits *atomic.Int64) Source {
	t.Helper()
	pages := map[string]http.HandlerFunc{}
	counted := func(f http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { hits.Add(1); f(w, r) }
	}
	for day := 1; day <= 8; day++ {
		pages[fmt.Sprintf("/n/%d", day)] = counted(datedPage(fmt.Sprintf("Day %d", day), day))
	}
	for page := 1; page <= 4; page++ {
		var b strings.Builder
		for day := 10 - 2*page; day > 8-2*page; day-- {
			fmt.Fprintf(&b, `<li><a href="/n/%d">Day %d</a><time datetime="2014-12-%02dT10:00:00Z"></time></li>`, day, day, day)
		}
		pages[fmt.Sprintf("/list/%d", page)] = text(htmlType, fmt.Sprintf(`<ul>%s</ul><a rel="next" href="/list/%d">Older</a>`, b.String(), page+1))
	}
	pages["/s/dated"], pages["/s/undated"], pages["/s/old"] = counted(datedPage("Dated", 7)), counted(datedPage("Undated", 6)), counted(datedPage("Old", 2))
	pages["/sitemap.xml"] = text("application/xml", `<urlset><url><loc>/s/dated</loc><lastmod>2014-12-07</lastmod></url><url><loc>/s/undated</loc></url><url><loc>/s/old</loc></url></urlset>`)
	server := serve(t, pages)
	pages["/robots.txt"] = text("text/plain", "Sitemap: "+server.URL+"/sitemap.xml")
	s := Source{Name: "agency", Kind: KindListing, URL: server.URL + "/list/1", Local: true}
	s.Selectors.Item, s.Selectors.Date, s.Selectors.Next = "li", "time", "a[rel=next]"
	return s
}

func TestBackfillWalksThePastAndGoesOnWhereItWasStopped(t *testing.T) {
	var hits atomic.Int64
	source := archiveSite(t, &hits)
	bus, c := watch(wiretest.Bus(t)), newClock()
	since := time.Date(2014, 12, 5, 0, 0, 0, 0, time.UTC)
	opts := Options{Bus: bus, Now: c.Now, Logger: testLogger(t)}

	ctx, stop := context.WithCancel(t.Context())
	_, err := Backfill(ctx, source, since, func(p Progress) {
		if p.Done == 3 {
			stop()
		}
	}, opts)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	before := hits.Load()
	p, err := Backfill(t.Context(), source, since, nil, opts)
	if err != nil {
		t.Fatal(err)
	}
	got := titles(bus.published())
	slices.Sort(got)
	if diff := cmp.Diff([]string{"Dated 1", "Day 5 1", "Day 6 1", "Day 7 1", "Day 8 1", "Undated 1"}, got); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if p.Done != p.Listed || p.Failed != 0 {
		t.Errorf("progress %+v", p)
	}
	// Four days and three pages of the sitemap, each once.
	if all := hits.Load(); all > 8 || before < 3 {
		t.Errorf("%d pages were fetched before it was stopped, %d in all", before, all)
	}
	again, err := Backfill(t.Context(), source, since, nil, opts)
	if err != nil || again.Published != 0 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestBackfillFollowsAFeedsPages(t *testing.T) {
	pages := map[string]http.HandlerFunc{"/n/7": datedPage("Day 7", 7), "/n/6": datedPage("Day 6", 6)}
	server := serve(t, pages)
	pages["/feed"] = text(rssType, strings.Replace(rss(server.URL, "/n/7"), "<title>Agency</title>", `<title>Agency</title><link rel="next" href="/feed2"/>`, 1))
	pages["/feed2"] = text(rssType, rss(server.URL, "/n/6"))
	bus := watch(wiretest.Bus(t))
	_, err := Backfill(t.Context(), Source{Name: "agency", URL: server.URL + "/feed", Local: true}, time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC), nil, Options{Bus: bus, Now: newClock().Now, Logger: testLogger(t)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Day 7 1", "Day 6 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestPreviewShowsWhatWouldBePublished(t *testing.T) {
	source := agency(t, map[string]http.HandlerFunc{
		"/one": text(htmlType, articlePage("One", prose)), "/gone": http.NotFound,
	}, "/one", "/gone", "/three")
	source.Local = true
	got, err := PreviewSource(t.Context(), source, 2, Options{Now: newClock().Now, Logger: testLogger(t)})
	if err != nil {
		t.Fatal(err)
	}
	if got.Listed != 3 || len(got.Entries) != 2 || got.Entries[1].Err == nil {
		t.Fatalf("got %+v", got)
	}
	if one := got.Entries[0]; one.Report.Title != "One" || !slices.Equal(one.Missing(), []string{"byline"}) {
		t.Errorf("got %+v, missing %v", one.Report, one.Missing())
	}
}
