package wire

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAReportArrivesAsItWasPublished(t *testing.T) {
	bus := newBus(t)
	want := report(1)
	parent := "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	if _, err := bus.PublishReport(t.Context(), StreamReports, want, Publish{Enricher: 7, Traceparent: parent}); err != nil {
		t.Fatal(err)
	}
	got := make(chan *Message, 1)
	consume(t, bus, fast(StreamReports), func(_ context.Context, batch []*Message) []error {
		got <- batch[0]
		return nil
	})
	m := receiveFrom(t, "message", got)
	if diff := cmp.Diff(want, m.Report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if m.Enricher != 7 || m.Subject != "reports.harbour" || m.Sequence != 1 || m.Deliveries != 1 || m.Time.IsZero() {
		t.Errorf("message %+v", m)
	}
	if !validTrace(m.Traceparent) || m.Traceparent[:35] != parent[:35] || m.Traceparent == parent {
		t.Errorf("traceparent %s does not continue %s under a new span", m.Traceparent, parent)
	}
	eventually(t, "the message is acknowledged", func() bool { return backlog(t, bus, fast(StreamReports)) == 0 })
}

func TestABacklogComesInBatchesAndInOrder(t *testing.T) {
	bus := newBus(t)
	for n := range 25 {
		publish(t, bus, StreamRaw, report(n))
	}
	c := fast(StreamRaw)
	c.Batch = 10
	got := make(chan []uint64, 10)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		var sequences []uint64
		for _, m := range batch {
			sequences = append(sequences, m.Sequence)
		}
		got <- sequences
		return nil
	})
	var all []uint64
	for len(all) < 25 {
		batch := receiveFrom(t, "batch", got)
		if len(batch) > 10 {
			t.Errorf("a batch of %d, want at most 10", len(batch))
		}
		all = append(all, batch...)
	}
	for i, sequence := range all {
		if sequence != uint64(i+1) {
			t.Fatalf("order %v", all)
		}
	}
}
