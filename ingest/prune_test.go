package ingest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/wire"
)

// seenKeys counts the keys of the seen bucket by what they are of.
func seenKeys(t *testing.T, bus Bus) map[string]int {
	t.Helper()
	kv, err := bus.KV(t.Context(), wire.BucketSeen)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	if _, err := matching(t.Context(), kv, "", func(e jetstream.KeyValueEntry) bool {
		kind, _, _ := strings.Cut(e.Key(), ".")
		counts[kind]++
		return false
	}); err != nil {
		t.Fatal(err)
	}
	return counts
}

func TestItemsNoLongerListedAreForgottenAndNotPublishedAgain(t *testing.T) {
	links := []string{"/stays", "/leaves"}
	pages := map[string]http.HandlerFunc{
		"/stays": text(htmlType, articlePage("Stays", prose)), "/leaves": text(htmlType, articlePage("Leaves", prose, "Another text.")),
	}
	server := serve(t, pages)
	pages["/feed"] = func(w http.ResponseWriter, r *http.Request) { text(rssType, rss(server.URL, links...))(w, r) }
	bus, c := watch(wiretest.Bus(t)), newClock()
	r := newTestRunner(t, bus, c, Source{Name: "agency", Agency: "Agency", URL: server.URL + "/feed"})
	poll := func() {
		t.Helper()
		if err := r.pollOnce(t); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when string, items int) {
		t.Helper()
		if diff := cmp.Diff(map[string]int{"item": items, "report": 2}, seenKeys(t, bus)); diff != "" {
			t.Errorf("known %s (-want +got):\n%s", when, diff)
		}
	}
	poll()
	links = []string{"/stays"}
	for range 12 {
		expect("while it may still come back", 2)
		c.Advance(listedStep)
		poll()
	}
	c.Advance(listedStep)
	poll()
	expect("after a long time", 1)
	links = []string{"/stays", "/leaves"}
	poll()
	expect("when it is listed again", 2)
	if diff := cmp.Diff([]string{"Leaves 1", "Stays 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	pages["/leaves"] = text(htmlType, articlePage("Leaves", prose, "An edited text."))
	c.Advance(time.Hour)
	poll()
	if diff := cmp.Diff([]string{"Leaves 1", "Stays 1", "Leaves 2"}, titles(bus.published())); diff != "" {
		t.Errorf("published after an edit (-want +got):\n%s", diff)
	}
}

func TestForgottenKeysLeaveNoTrace(t *testing.T) {
	bus := wiretest.Bus(t)
	kv, err := bus.KV(t.Context(), wire.BucketSeen)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"item.a.1", "item.a.2", "item.b.1"} {
		if _, err := kv.Put(t.Context(), key, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	if err := bus.Forget(t.Context(), wire.BucketSeen, "item.a.1", "item.b.1", "item.never"); err != nil {
		t.Fatal(err)
	}
	status, err := kv.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if status.Values() != 1 {
		t.Errorf("%d values left, want 1", status.Values())
	}
	if _, err := kv.Create(t.Context(), "item.a.1", []byte("{}")); err != nil {
		t.Errorf("a forgotten key cannot be made again: %v", err)
	}
}
