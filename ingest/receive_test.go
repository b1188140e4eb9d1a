package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

func newTestReceiver(t *testing.T, bus Bus, c *clock) *Receiver {
	t.Helper()
	rc, err := NewReceiver(t.Context(), Options{Bus: bus, Now: c.Now, Logger: testLogger(t)})
	if err != nil {
		t.Fatal(err)
	}
	return rc
}

func delivery(t *testing.T, change func(*Delivery)) []byte {
	t.Helper()
	d := Delivery{Agency: "Agency", URL: "https://example.org/1?utm_source=x", Title: "One", Text: prose, Published: "2014-12-08T17:20:00+04:00"}
	change(&d)
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestADeliveryIsPublishedOnceAndRevised(t *testing.T) {
	bus, c := watch(wiretest.Bus(t)), newClock()
	rc := newTestReceiver(t, bus, c)
	outcome := func(change func(*Delivery)) Receipt {
		t.Helper()
		got, err := rc.Receive(t.Context(), delivery(t, change))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	same := func(*Delivery) {}
	first := outcome(same)
	rc = newTestReceiver(t, bus, c) // after a restart
	again, edited := outcome(same), outcome(func(d *Delivery) { d.Text, d.URL = prose+" More of it.", "https://example.org/1" })
	gone := outcome(func(d *Delivery) { d.Text, d.Status = "", news.StatusWithdrawn })
	want := []Receipt{
		{first.ID, 1, OutcomeCreated, first.Story}, {first.ID, 1, OutcomeUnchanged, first.Story},
		{first.ID, 2, OutcomeRevised, first.Story}, {first.ID, 3, OutcomeRevised, first.Story},
	}
	if diff := cmp.Diff(want, []Receipt{first, again, edited, gone}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"One 1", "One 2", "One 3"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if got := bus.published()[0]; got.ID != news.ReportID("Agency", "https://example.org/1") || got.Source != SourcePush || got.Language != "en" {
		t.Errorf("published %+v", got)
	}
}

func TestADeliveryThatDidNotReachTheStateIsNotPublishedTwice(t *testing.T) {
	bus, c := watch(wiretest.Bus(t)), newClock()
	bus.set(func(w *watched) { w.loseState = true })
	data := delivery(t, func(*Delivery) {})
	if _, err := newTestReceiver(t, bus, c).Receive(t.Context(), data); !errors.Is(err, errLost) {
		t.Fatalf("got %v", err)
	}
	bus.set(func(w *watched) { w.loseState = false })
	rc := newTestReceiver(t, bus, c)
	got, err := rc.Receive(t.Context(), data)
	if err != nil || got.Revision != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	if diff := cmp.Diff([]string{"One 1"}, titles(bus.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

// TestAnEditAfterACrashOfAnotherProcessGetsARevisionOfItsOwn has one process
// publish between the look and the publish of another, and die before it
// wrote its state.
func TestAnEditAfterACrashOfAnotherProcessGetsARevisionOfItsOwn(t *testing.T) {
	shared, c := wiretest.Bus(t), newClock()
	dying, living := watch(shared), watch(shared)
	dying.set(func(w *watched) { w.loseState = true })
	crashing, receiver := newTestReceiver(t, dying, c), newTestReceiver(t, living, c)
	living.set(func(w *watched) {
		w.meanwhile = func() {
			if _, err := crashing.Receive(t.Context(), delivery(t, func(*Delivery) {})); !errors.Is(err, errLost) {
				t.Errorf("the crash: got %v", err)
			}
		}
	})
	other := delivery(t, func(d *Delivery) {
		d.URL, d.Title, d.Text = "https://example.org/2", "Two", "The ferry sails again from Monday."
	})
	edit := delivery(t, func(d *Delivery) { d.Text += " More of it." })
	for _, data := range [][]byte{other, edit} {
		if _, err := receiver.Receive(t.Context(), data); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"Two 1", "One 2"}, titles(living.published())); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

// TestProcessesThatPushAtOnceNeverShareARevision has three processes publish
// edits of the same reports.
func TestProcessesThatPushAtOnceNeverShareARevision(t *testing.T) {
	const processes, reports, edits = 3, 3, 5
	shared, c := wiretest.Bus(t), newClock()
	buses := make([]*watched, processes)
	var group errgroup.Group
	for i := range buses {
		buses[i] = watch(shared)
		receiver := newTestReceiver(t, buses[i], c)
		for n := range reports {
			group.Go(func() error {
				for edit := range edits {
					_, err := receiver.Receive(t.Context(), delivery(t, func(d *Delivery) {
						d.URL = fmt.Sprintf("https://example.org/%d", n)
						d.Text += fmt.Sprintf(" Process %d, edit %d.", i, edit)
					}))
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	revisions := map[string][]int{}
	for _, bus := range buses {
		for _, r := range bus.published() {
			revisions[r.URL] = append(revisions[r.URL], r.Revision)
		}
	}
	if len(revisions) != reports {
		t.Errorf("%d reports, want %d", len(revisions), reports)
	}
	for url, got := range revisions {
		slices.Sort(got)
		for i, revision := range got {
			if revision != i+1 || len(got) != processes*edits {
				t.Errorf("%s: revisions %v, want 1 to %d", url, got, processes*edits)
				break
			}
		}
	}
}

func TestADeliveryToAFullStoreIsRefusedForNow(t *testing.T) {
	bus := watch(wiretest.Bus(t))
	bus.set(func(w *watched) { w.full = true })
	if _, err := newTestReceiver(t, bus, newClock()).Receive(t.Context(), delivery(t, func(*Delivery) {})); !errors.Is(err, wire.ErrFull) {
		t.Errorf("got %v", err)
	}
}

func TestDeliveriesThatCannotBeTaken(t *testing.T) {
	rc := newTestReceiver(t, watch(wiretest.Bus(t)), newClock())
	tests := []struct {
		name, data, field, detail string
	}{
		{"no JSON", "hello", "", "not a JSON object"},
		{"null", "null", "", "not a JSON object"},
		{"two objects", `{"agency":"A","text":"x"}{}`, "", "x-ndjson"},
		{"a list", `[]`, "", "not a JSON object"},
		{"an unknown field", `{"agency":"A","body":"x"}`, "body", "the fields are agency"},
		{"a field of another type", `{"agency":"A","text":7}`, "text", "a number stands where a string belongs"},
		{"no agency", `{"text":"x"}`, "agency", "name the agency"},
		{"no text", `{"agency":"A","text":" \n"}`, "text", "send the body"},
		{"two bodies", `{"agency":"A","text":"x","html":"<p>x"}`, "html", "not both"},
		{"no address", `{"agency":"A","text":"x","url":"example"}`, "url", "not a web address"},
		{"no time", `{"agency":"A","text":"x","published":"yesterday"}`, "published", "RFC 3339"},
		{"no status", `{"agency":"A","text":"x","status":"wrong"}`, "status", "withdrawn"},
		{"a withdrawal of nothing", `{"agency":"A","status":"withdrawn"}`, "guid", "name the report"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rc.Receive(t.Context(), []byte(tt.data))
			var d *DeliveryError
			if !errors.As(err, &d) || d.Field != tt.field || !strings.Contains(d.Detail, tt.detail) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestADeliveryInHTMLUnderAGUID(t *testing.T) {
	bus := watch(wiretest.Bus(t))
	got, err := newTestReceiver(t, bus, newClock()).Receive(t.Context(), []byte(`{"agency":"A","guid":"7","html":"<p>One.</p><script>x</script><p>Two.</p>"}`))
	if err != nil || got.ID != news.ReportID("A", "guid:7") {
		t.Fatalf("got %+v, %v", got, err)
	}
	if text := bus.published()[0].Text; text != "One.\n\nTwo." {
		t.Errorf("text %q", text)
	}
}

func FuzzDelivery(f *testing.F) {
	f.Add([]byte(`{"agency":"A","guid":"7","text":"x","published":"2014-12-08T17:20:00Z"}`))
	f.Add([]byte(`{"agency":"A","html":"<p>","status":"withdrawn","url":"https://example.org"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := decodeDelivery(data)
		if err != nil {
			return
		}
		if report, err := d.report(); err == nil {
			if err := report.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
