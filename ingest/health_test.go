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

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/wiretest"
)

// counted counts the requests of a handler.
func counted(n *atomic.Int32, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		next(w, r)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func TestAnItemThatIsGoneIsNeverAskedForAgain(t *testing.T) {
	var asked atomic.Int32
	pages := map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose))}
	source := agency(t, pages, "/one")
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, source)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	pages["/one"] = counted(&asked, status(http.StatusGone))
	list := pages["/feed"]
	for i := range 4 {
		c.Advance(2 * time.Hour)
		pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { // the list says something new each time
			rec := strings.Replace(rss("http://"+r.Host, "/one"), "Item /one", fmt.Sprintf("Item %d", i), 1)
			text(rssType, rec)(w, r)
		}
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
		if i == 0 && !strings.Contains(r.now.Note, "1 item is gone and is not asked for again") {
			t.Errorf("note %q", r.now.Note)
		}
	}
	pages["/feed"] = list
	if asked.Load() != 1 || r.now.Gone != 1 {
		t.Errorf("asked %d times, %d items gone; want once and 1", asked.Load(), r.now.Gone)
	}
	if diff := cmp.Diff([]string{"One 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestAListThatIsGoneIsAskedForOnceADay(t *testing.T) {
	source := agency(t, map[string]http.HandlerFunc{})
	source.URL = strings.TrimSuffix(source.URL, "/feed") + "/gone"
	server := serve(t, map[string]http.HandlerFunc{"/gone": status(http.StatusGone)})
	source.URL = server.URL + "/gone"
	c := newClock()
	r := newTestRunner(t, watch(wiretest.Bus(t)), c, source)
	if err := r.pollOnce(t); err == nil {
		t.Fatal("no error")
	}
	if wait := r.now.NextDue.Sub(c.Now()); wait != 24*time.Hour || !strings.Contains(r.now.Error, "remove the source") {
		t.Errorf("next in %s, error %q", wait, r.now.Error)
	}
}

func TestItemsOfAHostThatAsksForPeaceWaitAndLoseNothing(t *testing.T) {
	var busy atomic.Bool
	var asked atomic.Int32
	busy.Store(true)
	pages := map[string]http.HandlerFunc{}
	var links []string
	for i := range 5 {
		link := fmt.Sprintf("/item%d", i)
		links = append(links, link)
		pages[link] = counted(&asked, func(w http.ResponseWriter, r *http.Request) {
			if busy.Load() && r.URL.Path != "/item4" {
				w.Header().Set("Retry-After", "1800")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			text(htmlType, articlePage("Title "+r.URL.Path, prose, "Text of "+r.URL.Path))(w, r)
		})
	}
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, agency(t, pages, links...))
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if asked.Load() != 2 || len(bus.published()) != 1 {
		t.Errorf("asked %d times, %d published; want 2 and 1", asked.Load(), len(bus.published()))
	}
	if r.now.Error != "" || !strings.Contains(r.now.Note, "4 items wait for a later poll") {
		t.Errorf("error %q, note %q", r.now.Error, r.now.Note)
	}
	if wait := r.now.NextDue.Sub(c.Now()); wait != 30*time.Minute {
		t.Errorf("next in %s, want what the host asks for", wait)
	}
	for range 20 { // far more often than an item is tried that fails by itself
		c.Advance(31 * time.Minute)
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
	}
	busy.Store(false)
	c.Advance(31 * time.Minute)
	if err := r.pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if n := len(bus.published()); n != 5 {
		t.Errorf("%d of 5 published when the host has peace: %q", n, r.now.Error)
	}
}

func TestAHostThatDoesNotAnswerIsNotAskedForEveryItem(t *testing.T) {
	var asked atomic.Int32
	hang := make(chan struct{})
	pages := map[string]http.HandlerFunc{}
	var links []string
	for i := range 10 {
		link := fmt.Sprintf("/item%d", i)
		links = append(links, link)
		pages[link] = counted(&asked, func(http.ResponseWriter, *http.Request) { <-hang })
	}
	source := agency(t, pages, links...)
	t.Cleanup(func() { close(hang) })
	r := newTestRunner(t, watch(wiretest.Bus(t)), newClock(), source)
	r.Fetcher = fetch.New(fetch.Options{Timeout: 200 * time.Millisecond})
	if err := r.pollOnce(t); err != nil && !errors.Is(err, fetch.ErrTimeout) { // the list itself, on a busy machine
		t.Fatal(err)
	}
	if n := asked.Load(); n > maxSilent {
		t.Errorf("asked %d times, want at most %d", n, maxSilent)
	}
}

func TestMovesForGoodAreRemembered(t *testing.T) {
	var old, oldPage atomic.Int32
	pages := map[string]http.HandlerFunc{"/new-one": text(htmlType, articlePage("One", prose))}
	source := agency(t, pages, "/one")
	pages["/new-feed"] = pages["/feed"]
	pages["/feed"] = counted(&old, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/new-feed", http.StatusMovedPermanently)
	})
	pages["/one"] = counted(&oldPage, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/new-one", http.StatusPermanentRedirect)
	})
	bus, c := watch(wiretest.Bus(t)), newClock()
	for range 4 {
		// Every poll may be made by another process.
		if err := newTestRunner(t, bus, c, source).pollOnce(t); err != nil {
			t.Fatal(err)
		}
		c.Advance(3 * time.Hour)
	}
	if old.Load() != 1 || oldPage.Load() != 1 {
		t.Errorf("the old address of the list was asked %d times, that of the page %d times; want once each", old.Load(), oldPage.Load())
	}
}

func TestAnUnchangedListIsAskedForChangesByWhateverProcess(t *testing.T) {
	var full, unchanged, read atomic.Int32
	pages := map[string]http.HandlerFunc{"/one": counted(&read, text(htmlType, articlePage("One", prose)))}
	source := agency(t, pages, "/one")
	list := pages["/feed"]
	pages["/feed"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		list(w, r)
	}
	bus, c := watch(wiretest.Bus(t)), newClock()
	for range 3 {
		r := newTestRunner(t, bus, c, source)
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
		if r.now.Items != 1 {
			t.Errorf("%d items, want 1", r.now.Items)
		}
		c.Advance(time.Hour)
	}
	if full.Load() != 1 || unchanged.Load() != 2 || read.Load() != 3 {
		t.Errorf("the list was sent %d times and unchanged %d times, the page looked at %d times; want 1, 2 and 3", full.Load(), unchanged.Load(), read.Load())
	}
	source.TimeZone = "UTC" // another reading of the same list
	if err := newTestRunner(t, bus, c, source).pollOnce(t); err != nil {
		t.Fatal(err)
	}
	if full.Load() != 2 {
		t.Errorf("with the source configured anew the list was sent %d times in all, want twice", full.Load())
	}
}

func TestAListThatChangesTwiceWithinASecondIsReadAgain(t *testing.T) {
	c := newClock()
	pages := map[string]http.HandlerFunc{"/one": text(htmlType, articlePage("One", prose)), "/two": text(htmlType, articlePage("Two", prose, "More."))}
	links := []string{"/one"}
	modified := c.Now().Format(http.TimeFormat)
	server := serve(t, pages)
	pages["/feed"] = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-Modified-Since") == modified {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Last-Modified", modified)
		text(rssType, rss(server.URL, links...))(w, r)
	}
	bus := watch(wiretest.Bus(t))
	r := newTestRunner(t, bus, c, Source{Name: "agency", Agency: "Agency", URL: server.URL + "/feed"})
	for range 2 {
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
		links = []string{"/two", "/one"} // in the same second
		c.Advance(10 * time.Minute)
	}
	if diff := cmp.Diff([]string{"One 1", "Two 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestTheStatusSaysHowHealthyASourceIs(t *testing.T) {
	site := agencytest.New()
	defer site.Close()
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, Source{Name: "agency", Agency: "Agency", URL: site.FeedURL(), Schedule: Adaptive, Floor: "5m", Ceiling: "4h"})
	poll := func() {
		t.Helper()
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		a := article(fmt.Sprintf("item%d", i), fmt.Sprintf("Title %d", i), fmt.Sprintf("Text %d.", i))
		a.Published = c.Now()
		site.Put(a)
		c.Advance(time.Hour)
		poll()
	}
	if wait := r.now.NextDue.Sub(c.Now()); wait < 15*time.Minute || wait > 45*time.Minute {
		t.Errorf("with an item every hour the next poll is in %s", wait)
	}
	if r.now.UsualGap < 55*time.Minute || r.now.UsualGap > 65*time.Minute || r.now.Silent != "" || r.now.ErrorRate != 0 {
		t.Errorf("usual gap %s, silent %q, error rate %g", r.now.UsualGap, r.now.Silent, r.now.ErrorRate)
	}
	if diff := cmp.Diff(map[string]float64{"byline": 1}, r.now.Missing); diff != "" {
		t.Errorf("missing fields (-want +got):\n%s", diff)
	}
	c.Advance(3 * 24 * time.Hour)
	poll()
	if want := "nothing new for 3 days, where something comes every 6"; !strings.HasPrefix(r.now.Silent, want) {
		t.Errorf("silent %q, want %q", r.now.Silent, want)
	}
	if wait := r.now.NextDue.Sub(c.Now()); wait < time.Hour {
		t.Errorf("after a silence of three days the next poll is in %s", wait)
	}
	site.Break(status(http.StatusInternalServerError))
	if err := r.pollOnce(t); err == nil {
		t.Fatal("no error")
	}
	if rate := r.now.ErrorRate; rate <= 0 || rate > 0.1 {
		t.Errorf("error rate %g after one failure", rate)
	}
}

func TestAdaptiveBoundsAreChecked(t *testing.T) {
	base := Source{Name: "a", URL: "https://a.example/feed", Schedule: Adaptive}
	for name, tt := range map[string]struct {
		floor, ceiling string
		want           string
	}{
		"defaults":            {"", "", ""},
		"a low ceiling alone": {"", "1m", ""},
		"a high floor alone":  {"12h", "", ""},
		"upside down":         {"2h", "1h", "floor: 2h0m0s is more than the ceiling of 1h0m0s"},
		"not a duration":      {"fast", "", `floor: "fast" is no duration`},
		"negative":            {"", "-1h", `ceiling: "-1h" is no duration`},
	} {
		s := base
		s.Floor, s.Ceiling = tt.floor, tt.ceiling
		err := s.Validate()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
