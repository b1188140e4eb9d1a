package ingest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/internal/wiretest"
)

// rss is a feed of links with titles.
func rss(base string, links ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Agency</title>`)
	for _, l := range links {
		fmt.Fprintf(&b, `<item><title>Item %s</title><link>%s%s</link><pubDate>Mon, 08 Dec 2014 10:00:00 AZT</pubDate></item>`, l, base, l)
	}
	return b.String() + `</channel></rss>`
}

const (
	rssType  = "application/rss+xml"
	htmlType = "text/html; charset=utf-8"
)

// agency serves /feed with the links, and the pages.
func agency(t *testing.T, pages map[string]http.HandlerFunc, links ...string) Source {
	t.Helper()
	var base string
	pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { text(rssType, rss(base, links...))(w, r) }
	base = serve(t, pages).URL
	return Source{Name: "agency", Agency: "Agency", URL: base + "/feed", TimeZone: "Asia/Baku"}
}

func TestWallsAreReportedAndNotPublished(t *testing.T) {
	const challenge = `<title>Just a moment...</title><p>Checking your browser. Enable JavaScript and cookies to continue.`
	const teaser = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locked","isAccessibleForFree":false,"wordCount":900}</script><h1>Locked</h1><p>` + prose
	const consent = `<title>Before you continue</title><p>We use cookies and data to deliver services.<p><button>Accept all</button><button>Reject all</button>`
	var open atomic.Bool
	bot := text(htmlType, challenge)
	source := agency(t, map[string]http.HandlerFunc{
		"/bot": func(w http.ResponseWriter, r *http.Request) {
			if open.Load() {
				text(htmlType, articlePage("Open", prose))(w, r)
				return
			}
			bot(w, r)
		},
		"/locked": text(htmlType, teaser), "/consent": text(htmlType, consent), "/free": text(htmlType, articlePage("Free", prose, "More of it.")),
	}, "/bot", "/locked", "/consent", "/free")
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, source)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Free 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if got := r.now.Error + r.now.Note; !strings.Contains(got, "3 items could not be read") || !strings.Contains(got, "wall") || !strings.Contains(got, "ask the publisher") {
		t.Errorf("the status says %q", got)
	}
	open.Store(true) // a bot wall may go as it came
	c.Advance(time.Hour)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Free 1", "Open 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestABadItemDoesNotHoldUpTheOthersAndIsTriedAgain(t *testing.T) {
	var broken atomic.Bool
	broken.Store(true)
	source := agency(t, map[string]http.HandlerFunc{
		"/good": text(htmlType, articlePage("Good", prose)),
		"/bad": func(w http.ResponseWriter, r *http.Request) {
			if broken.Load() {
				http.Error(w, "out of order", http.StatusInternalServerError)
				return
			}
			text(htmlType, articlePage("Bad", prose, "A second paragraph."))(w, r)
		},
		"/gone": http.NotFound,
		"/big": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Repeat("<p>more</p>", 10<<20/11+1))
		},
		"/empty": text(htmlType, "<html><body></body></html>"),
	}, "/good", "/bad", "/gone", "/big", "/empty")
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, source)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Good 1"}, titles(bus.published())); diff != "" {
		t.Fatalf("first poll (-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(r.now.Error, "4 items could not be read, the first: ") {
		t.Errorf("status %q", r.now.Error)
	}
	broken.Store(false)
	c.Advance(10 * time.Minute)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Good 1", "Bad 1"}, titles(bus.published())); diff != "" {
		t.Fatalf("second poll (-want +got):\n%s", diff)
	}
	if r.now.Error != "" || r.now.Items != 5 {
		t.Errorf("after the second poll: error %q, %d items", r.now.Error, r.now.Items)
	}
}

func TestTenMegabytesAreATypedError(t *testing.T) {
	source := agency(t, map[string]http.HandlerFunc{
		"/big": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 10<<20)) },
	}, "/big")
	r := newTestRunner(t, watch(wiretest.Bus(t)), newClock(), source)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.now.Error, "/big: the page is too large: limit 8 MiB; raise ingest.max_body") {
		t.Errorf("status %q", r.now.Error)
	}
}

func TestACrashBetweenPublishAndStateMakesNoSecondMessage(t *testing.T) {
	source := agency(t, map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose))}, "/one")
	bus, c := watch(wiretest.Bus(t)), newClock()
	bus.set(func(w *watched) { w.loseState = true })
	if err := newTestRunner(t, bus, c, source).pollOnce(t); !errors.Is(err, errLost) {
		t.Fatalf("poll: %v", err)
	}
	bus.set(func(w *watched) { w.loseState = false })
	for range 2 {
		if err := newTestRunner(t, bus, c, source).pollOnce(t); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"One 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestAnEditDuringACrashIsTheNextRevision(t *testing.T) {
	current := articlePage("One", prose)
	source := agency(t, map[string]http.HandlerFunc{
		"/one": func(w http.ResponseWriter, r *http.Request) { text(htmlType, current)(w, r) },
	}, "/one")
	bus, c := watch(wiretest.Bus(t)), newClock()
	bus.set(func(w *watched) { w.loseState = true })
	if err := newTestRunner(t, bus, c, source).pollOnce(t); !errors.Is(err, errLost) {
		t.Fatalf("poll: %v", err)
	}
	bus.set(func(w *watched) { w.loseState = false })
	current = articlePage("Two", prose)
	for range 2 {
		if err := newTestRunner(t, bus, c, source).pollOnce(t); err != nil {
			t.Fatal(err)
		}
	}
	got := bus.published()
	if diff := cmp.Diff([]string{"One 1", "Two 2"}, titles(got)); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestAFullStorePausesAndLosesNothing(t *testing.T) {
	source := agency(t, map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose))}, "/one")
	source.Local = true
	bus := watch(wiretest.Bus(t))
	bus.set(func(w *watched) { w.full = true })
	go func() { _ = Run(t.Context(), Options{Bus: bus, Sources: []Source{source}, Logger: testLogger(t)}) }() // ends with the test
	untilStatus(t, bus, func(s Status) bool { return strings.HasSuffix(s.Note, "polling goes on when there is room") })
	bus.set(func(w *watched) { w.full = false })
	untilStatus(t, bus, func(s Status) bool { return s.Published == 1 && s.Note == "" })
	if diff := cmp.Diff([]string{"One 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestTwoSourcesOfOneAgencyMakeOneReport(t *testing.T) {
	page := map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose, "Second paragraph."))}
	first := agency(t, page, "/one")
	second := first
	second.Name, second.Article.Body = "other", "article p:first-of-type"
	bus, c := watch(wiretest.Bus(t)), newClock()
	runners := []*runner{newTestRunner(t, bus, c, first), newTestRunner(t, bus, c, second)}
	for range 3 {
		for _, r := range runners {
			if err := r.pollOnce(t); err != nil {
				t.Fatal(err)
			}
		}
		c.Advance(time.Hour)
	}
	if diff := cmp.Diff([]string{"One 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestTheFeedsOwnCopyStandsInForAClosedPage(t *testing.T) {
	const feedXML = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>Closed</title><link>%s/closed</link><content:encoded><![CDATA[<p>First paragraph.</p><p>Second.</p>]]></content:encoded></item>
<item><title>No page</title><guid isPermaLink="false">agency-17</guid><content:encoded><![CDATA[<p>Only here.</p>]]></content:encoded></item>
</channel></rss>`
	pages := map[string]http.HandlerFunc{
		"/closed": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "subscribers only", http.StatusForbidden) },
	}
	server := serve(t, pages)
	pages["/feed"] = text(rssType, fmt.Sprintf(feedXML, server.URL))
	bus := watch(wiretest.Bus(t))
	r := newTestRunner(t, bus, newClock(), Source{Name: "agency", URL: server.URL + "/feed"})
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	got := bus.published()
	if diff := cmp.Diff([]string{"No page 1", "Closed 1"}, titles(got)); diff != "" {
		t.Fatalf("published (-want +got):\n%s", diff)
	}
	if got[1].Text != "First paragraph.\n\nSecond." {
		t.Errorf("text %q", got[1].Text)
	}
}

func TestFaultsOfTheListAreSentencesThatSayWhatToDo(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/empty":  text(rssType, rss("")),
		"/html":   text(htmlType, "<html><body>hello</body></html>"),
		"/broken": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) },
		"/closed": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) },
	})
	tests := []struct {
		path string
		kind error
		want string
	}{
		{"/empty", nil, ""},
		{"/html", feed.ErrNotFeed, "use kind: listing with selectors"},
		{"/broken", fetch.ErrStatus, "500 Internal Server Error; the fault is on the server's side"},
		{"/closed", fetch.ErrStatus, "ask the publisher"},
		{"/none", fetch.ErrStatus, "404 Not Found; check the source's url"},
	}
	bus := watch(wiretest.Bus(t))
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			r := newTestRunner(t, bus, newClock(), Source{Name: "agency", URL: server.URL + tt.path})
			err := r.pollOnce(t)
			if !errors.Is(err, tt.kind) {
				t.Errorf("poll: %v, want %v", err, tt.kind)
			}
			if !strings.Contains(r.now.Error, tt.want) {
				t.Errorf("status %q does not say %q", r.now.Error, tt.want)
			}
		})
	}
}

func TestAnEmptyFeedIsNoFault(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{"/feed": text(rssType, rss(""))})
	r := newTestRunner(t, watch(wiretest.Bus(t)), newClock(), Source{Name: "agency", URL: server.URL + "/feed"})
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if r.now.Error != "" || !strings.Contains(r.now.Note, "it lists no items") || r.now.LastSuccess.IsZero() {
		t.Errorf("status %+v", r.now.Status)
	}
}

func TestAFailingSourceIsTriedLessAndLessOften(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/feed": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadGateway) },
	})
	c := newClock()
	r := newTestRunner(t, watch(wiretest.Bus(t)), c, Source{Name: "agency", URL: server.URL + "/feed", Schedule: "@every 10m"})
	var waits []time.Duration
	for range 5 {
		if err := r.pollOnce(t); err == nil {
			t.Fatal("no error")
		}
		waits = append(waits, r.now.NextDue.Sub(c.Now()))
		c.Advance(2 * time.Hour)
	}
	want := []time.Duration{10 * time.Minute, 20 * time.Minute, 40 * time.Minute, time.Hour, time.Hour}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}
