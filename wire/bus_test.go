package wire

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/dateline-news/dateline/news"
)

// startServer starts an embedded server on a new directory.
func startServer(t *testing.T, options ServerOptions) *Server {
	t.Helper()
	if options.Dir == "" {
		options.Dir = t.TempDir()
	}
	server, err := StartServer(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Shutdown)
	return server
}

// openBus connects in process and makes the streams.
func openBus(t *testing.T, server *Server) *Bus {
	t.Helper()
	bus, err := server.Connect(t.Context(), Options{Name: t.Name(), Build: "test build"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	if err := bus.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	return bus
}

func newBus(t *testing.T) *Bus {
	t.Helper()
	return openBus(t, startServer(t, ServerOptions{}))
}

// report is the nth report of a made-up agency.
func report(n int) *news.Report {
	r := &news.Report{
		ID: news.ReportID("Harbour News", fmt.Sprint(n)), Source: "harbour", Agency: "Harbour News", Revision: 1,
		Title: fmt.Sprintf("Ferry %d sails again", n), Text: "Port City. The ferry sails again from Monday, the port office said.",
		Published: time.Date(2026, 3, 2, 9, 30, 0, 0, time.FixedZone("", 4*3600)),
	}
	r.ContentHash = r.HashContent()
	return r
}

func publish(t *testing.T, bus *Bus, s Stream, reports ...*news.Report) {
	t.Helper()
	for _, r := range reports {
		if _, err := bus.PublishReport(t.Context(), s, r, Publish{}); err != nil {
			t.Fatal(err)
		}
	}
}

// consume runs the consumer until stop is called; stop waits for its end.
func consume(t *testing.T, bus *Bus, c Consumer, handle Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bus.Consume(ctx, c, handle) }()
	stopped := false
	stop = func() {
		cancel()
		if stopped {
			return
		}
		stopped = true
		if err := <-ended; err != nil {
			t.Errorf("Consume: %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// fast is a consumer that tries again and stops soon.
func fast(s Stream) Consumer {
	return Consumer{
		Stream: s, Durable: "stage", RetryWait: 10 * time.Millisecond, AckWait: 300 * time.Millisecond, MaxDeliver: 3,
		idle: 50 * time.Millisecond,
	}
}

// receiveFrom takes the next value or fails the test.
func receiveFrom[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(time.Minute):
		t.Fatalf("no %s within a minute", what)
		panic("unreachable")
	}
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("not within a minute: %s", what)
		}
		if !pause(t.Context(), 10*time.Millisecond) {
			t.Fatal("the test ended")
		}
	}
}

// settled reports whether the consumer is done with all of the stream.
func settled(t *testing.T, bus *Bus, c Consumer) bool {
	t.Helper()
	consumer, err := bus.js.Consumer(t.Context(), string(c.Stream), c.Durable)
	if err != nil {
		return false // not made yet
	}
	stream, err := bus.js.Stream(t.Context(), string(c.Stream))
	if err != nil {
		return false // the server is starting
	}
	return consumer.CachedInfo().AckFloor.Stream >= stream.CachedInfo().State.LastSeq
}

func backlog(t *testing.T, bus *Bus, c Consumer) uint64 {
	t.Helper()
	n, err := bus.Backlog(t.Context(), c.Stream, c.Durable)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// dead lists the dead letters, the latest first.
func dead(t *testing.T, bus *Bus, limit int) []DeadLetter {
	t.Helper()
	letters, err := bus.Dead(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	return letters
}
