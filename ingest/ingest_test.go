package ingest

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/wire"
)

// until waits for a condition that another goroutine brings about.
func until(t *testing.T, what string, met func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(time.Minute)
	for !met() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("never came to pass: ", what)
		}
	}
}

// untilStatus waits until a source has such a status.
func untilStatus(t *testing.T, bus Bus, met func(Status) bool) {
	t.Helper()
	poll, err := bus.KV(t.Context(), wire.BucketPoll)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "a status", func() bool {
		all, err := Statuses(t.Context(), poll)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(all, met)
	})
}

func TestRunPollsEverySourceByItselfAndEndsWithItsContext(t *testing.T) {
	site := agencytest.New(article("one", "Training heads meet", "The school stands in the old port."))
	defer site.Close()
	hang := make(chan struct{})
	slow := serve(t, map[string]http.HandlerFunc{"/feed": func(http.ResponseWriter, *http.Request) { <-hang }})
	defer close(hang)
	inbox := t.TempDir()
	if err := os.WriteFile(filepath.Join(inbox, "a.txt"), []byte("title: From the folder\n\n"+prose), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := watch(wiretest.Bus(t))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- Run(ctx, Options{Bus: bus, Logger: testLogger(t), Sources: []Source{
			{Name: "hangs", URL: slow.URL + "/feed", Local: true, Schedule: "@every 1s"},
			{Name: "agency", Agency: "Agency", URL: site.FeedURL(), Local: true, Schedule: "* * * * * *"},
			{Name: "inbox", Kind: KindInbox, URL: inbox},
		}})
	}()
	until(t, "both reports are published", func() bool { return len(bus.published()) == 2 })
	site.Put(article("two", "A second report", "It came later."))
	until(t, "the new item is published", func() bool { return len(bus.published()) == 3 })
	got := titles(bus.published())
	slices.Sort(got)
	if diff := cmp.Diff([]string{"A second report 1", "From the folder 1", "Training heads meet 1"}, got); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	untilStatus(t, bus, func(s Status) bool {
		return s.Source == "agency" && s.Items == 2 && s.Published == 2 && s.Error == "" && s.NextDue.After(s.LastPoll)
	})
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestRunPausesWhileTheNextStageIsBehind(t *testing.T) {
	site := agencytest.New(article("one", "Training heads meet", "The school stands in the old port."))
	defer site.Close()
	bus := watch(wiretest.Bus(t))
	bus.set(func(w *watched) { w.backlog = 10 })
	go func() {
		_ = Run(t.Context(), Options{Bus: bus, MaxBacklog: 9, Logger: testLogger(t), // ends with the test
			Sources: []Source{{Name: "agency", URL: site.FeedURL(), Local: true, Schedule: "@every 1s"}}})
	}()
	untilStatus(t, bus, func(s Status) bool { return strings.Contains(s.Note, "10 reports wait for the enrich stage") })
	if site.Hits("/rss.xml") != 0 {
		t.Error("polled in spite of the backlog")
	}
	bus.set(func(w *watched) { w.backlog = 9 })
	until(t, "the report is published", func() bool { return len(bus.published()) == 1 })
}

func TestRunRefusesSourcesThatCannotWork(t *testing.T) {
	err := Run(t.Context(), Options{Bus: wiretest.Bus(t), Sources: []Source{
		{Name: "two words", URL: "example.org", Schedule: "often", TimeZone: "Baku"},
		{Name: "list", Kind: KindListing, URL: "https://example.org/", Article: page.Selectors{Title: "h1["}},
		{Name: "List", Kind: "poll", Recheck: "soon", Limit: -1},
	}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`source "two words": name: use letters, digits and hyphens`, `url: "example.org" is no web address`,
		`schedule: "often" is no schedule`, `write five cron fields`, `time_zone: "Baku" is no IANA zone`,
		`source "list": selectors.item: a listing needs`, `source "list": article.title: selector "h1["`,
		`kind: "poll" is none of feed, sitemap, listing and inbox`, `recheck: "soon" is no duration`, `limit: -1`, `source "List": there are two of that name`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestNextFollowsTheSourcesZone(t *testing.T) {
	now := time.Date(2026, 3, 12, 3, 59, 30, 0, time.UTC) // 07:59:30 in Baku
	for schedule, want := range map[string]string{
		"0 8 * * *":     "2026-03-12T04:00:00Z",
		"45 59 7 * * *": "2026-03-12T03:59:45Z",
		"@every 90s":    "2026-03-12T04:01:00Z",
		"":              "2026-03-12T04:09:30Z",
	} {
		got, err := Source{Schedule: schedule, TimeZone: "Asia/Baku"}.Next(now)
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q: %s, %v, want %s", schedule, got.UTC().Format(time.RFC3339), err, want)
		}
	}
}
