package ingest

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
	bus, c := watch(newBus(t)), newClock()
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
	bus, c := watch(newBus(t)), newClock()
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

func TestADeliveryToAFullStoreIsRefusedForNow(t *testing.T) {
	bus := watch(newBus(t))
	bus.set(func(w *watched) { w.full = true })
	if _, err := newTestReceiver(t, bus, newClock()).Receive(t.Context(), delivery(t, func(*Delivery) {})); !errors.Is(err, wire.ErrFull) {
		t.Errorf("got %v", err)
	}
}

func TestDeliveriesThatCannotBeTaken(t *testing.T) {
	rc := newTestReceiver(t, watch(newBus(t)), newClock())
	tests := []struct {
		name, data, field, detail string
	}{
		{"no JSON", "hello", "", "not a JSON object"},
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
	bus := watch(newBus(t))
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
