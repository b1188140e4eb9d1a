package wire

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dateline-news/dateline/news"
	"github.com/google/go-cmp/cmp"
)

func TestAReportArrivesAsItWasPublished(t *testing.T) {
	t.Parallel()
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
	eventually(t, "the message is acknowledged", func() bool { return settled(t, bus, fast(StreamReports)) })
}

func TestABacklogComesInBatchesAndInOrder(t *testing.T) {
	t.Parallel()
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

func TestAFailedMessageComesAgainLater(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	var tries []int
	done := make(chan struct{})
	consume(t, bus, fast(StreamRaw), func(_ context.Context, batch []*Message) []error {
		tries = append(tries, batch[0].Deliveries)
		switch len(tries) {
		case 1:
			return []error{errors.New("archive away")}
		case 2:
			return []error{RetryAfter(errors.New("archive busy"), 20*time.Millisecond)}
		}
		close(done)
		return nil
	})
	receiveFrom(t, "third try", done)
	if diff := cmp.Diff([]int{1, 2, 3}, tries); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
}

func TestOutcomesOfABatchAreSettledOneByOne(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(0), report(1), report(2), report(3))
	c := fast(StreamRaw)
	c.Batch = 4
	var mu sync.Mutex
	handled := map[uint64]int{}
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		mu.Lock()
		defer mu.Unlock()
		outcomes := make([]error, len(batch))
		for i, m := range batch {
			handled[m.Sequence]++
			if m.Sequence == 2 {
				outcomes[i] = Poison(errors.New("rejected"))
			}
			if m.Sequence == 3 && m.Deliveries == 1 {
				outcomes[i] = errors.New("busy")
			}
		}
		return outcomes
	})
	eventually(t, "all is settled", func() bool { return settled(t, bus, c) })
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff(map[uint64]int{1: 1, 2: 1, 3: 2, 4: 1}, handled); diff != "" {
		t.Errorf("handled (-want +got):\n%s", diff)
	}
	if letters := dead(t, bus, 10); len(letters) != 1 || letters[0].StreamSequence != 2 {
		t.Errorf("dead letters %+v", letters)
	}
}

func TestAHandlerSlowerThanTheAckWaitKeepsItsMessages(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2))
	c := fast(StreamRaw)
	c.Batch, c.Workers = 2, 2
	var calls atomic.Int32
	consume(t, bus, c, func(ctx context.Context, batch []*Message) []error {
		calls.Add(1)
		pause(ctx, 3*c.AckWait)
		return nil
	})
	eventually(t, "all is settled", func() bool { return settled(t, bus, c) })
	if n := calls.Load(); n > 2 {
		t.Errorf("%d calls for two messages", n)
	}
}

func TestShutdownFinishesWhatRunsAndHandsBackTheRest(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2), report(3))
	running, proceed := make(chan struct{}), make(chan struct{})
	c := fast(StreamRaw)
	c.AckWait = time.Minute // what is not handed back would not come within the test
	stop := consume(t, bus, c, func(ctx context.Context, batch []*Message) []error {
		running <- struct{}{}
		<-proceed
		return []error{ctx.Err()}
	})
	receiveFrom(t, "first message", running)
	time.AfterFunc(20*time.Millisecond, func() { close(proceed) })
	stop()
	eventually(t, "one of three messages is acknowledged", func() bool { return backlog(t, bus, c) == 2 })
	got := make(chan uint64, 3)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		got <- batch[0].Sequence
		return nil
	})
	if first, second := receiveFrom(t, "message", got), receiveFrom(t, "message", got); first+second != 5 {
		t.Errorf("messages %d and %d after the restart, want 2 and 3", first, second)
	}
}

func TestAMessageThatArrivesDuringShutdownIsHandedBackAtOnce(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	c := fast(StreamRaw)
	c.AckWait, c.idle = time.Minute, idleWait
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- bus.Consume(ctx, c, func(context.Context, []*Message) []error {
			t.Error("a message was handled after the end")
			return nil
		})
	}()
	eventually(t, "the consumer waits for messages", func() bool { return waiting(t, bus, c) == 1 })
	cancel()
	publish(t, bus, StreamRaw, report(1))
	if err := receiveFrom(t, "end of the consumer", ended); err != nil {
		t.Fatal(err)
	}
	got := make(chan *Message, 1)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		got <- batch[0]
		return nil
	})
	receiveFrom(t, "message", got)
}

// waiting counts the pulls that wait at the server.
func waiting(t *testing.T, bus *Bus, c Consumer) int {
	t.Helper()
	consumer, err := bus.js.Consumer(t.Context(), string(c.Stream), c.Durable)
	if err != nil {
		return 0 // not made yet
	}
	return consumer.CachedInfo().NumWaiting
}

func TestAHandlerThatOutlastsTheGraceIsBrokenOffAndItsMessageReturns(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	c := fast(StreamRaw)
	c.AckWait, c.Grace, c.MaxDeliver = time.Minute, 30*time.Millisecond, 1
	running := make(chan struct{})
	stop := consume(t, bus, c, func(ctx context.Context, _ []*Message) []error {
		close(running)
		<-ctx.Done()
		return []error{ctx.Err()}
	})
	receiveFrom(t, "call", running)
	stop()
	if n := backlog(t, bus, c); n != 1 {
		t.Errorf("%d messages left, want 1", n)
	}
	if letters := dead(t, bus, 1); len(letters) != 0 {
		t.Errorf("a message broken off at shutdown went to the dead letters: %+v", letters[0])
	}
}

func TestAnOutageHoldsTheMessageAndIsNoDelivery(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2))
	c := fast(StreamRaw)
	c.MaxDeliver = 1
	var calls []uint64
	outages := []error{Hold(errors.New("archive away")), fmt.Errorf("publish: %w", ErrFull), Hold(errors.New("archive away"))}
	done := make(chan struct{})
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		calls = append(calls, batch[0].Sequence)
		if len(calls) <= len(outages) {
			return []error{outages[len(calls)-1]}
		}
		if len(calls) == 5 {
			close(done)
		}
		return nil
	})
	receiveFrom(t, "end of the outage", done)
	if diff := cmp.Diff([]uint64{1, 1, 1, 1, 2}, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestAMessageOnHoldIsHandedBackAtShutdown(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	c := fast(StreamRaw)
	c.AckWait, c.RetryWait = time.Minute, time.Minute
	called := make(chan struct{})
	stop := consume(t, bus, c, func(context.Context, []*Message) []error {
		close(called)
		return []error{Hold(errors.New("archive away"))}
	})
	receiveFrom(t, "call", called)
	stop()
	got := make(chan *Message, 1)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		got <- batch[0]
		return nil
	})
	receiveFrom(t, "message", got)
}

func TestAReportThatCannotBePublishedIsPoison(t *testing.T) {
	t.Parallel()
	for _, err := range []error{ErrTooLarge, news.ErrInvalid, Poison(errors.New("rejected"))} {
		if outcome := fmt.Errorf("publish: %w", err); !isPoison(outcome) {
			t.Errorf("%v is not poison", outcome)
		}
	}
}

func TestConsumeFailsAtOnceWithoutTheStream(t *testing.T) {
	t.Parallel()
	bus, err := startServer(t, ServerOptions{}).Connect(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bus.Close)
	err = bus.Consume(t.Context(), fast(StreamRaw), nil)
	if !errors.Is(err, ErrNoStream) {
		t.Errorf("error %v, want ErrNoStream", err)
	}
}

func TestRetryDelaysGrowWithJitterUpToALimit(t *testing.T) {
	t.Parallel()
	const first, longest = time.Second, 10 * time.Second
	for _, test := range []struct {
		deliveries int
		want       time.Duration
	}{{1, time.Second}, {2, 2 * time.Second}, {3, 4 * time.Second}, {4, 8 * time.Second}, {5, longest}, {500, longest}} {
		seen := map[time.Duration]bool{}
		for sequence := range uint64(100) {
			d := retryDelay(errors.New("busy"), &Message{Sequence: sequence, Deliveries: test.deliveries}, first, longest)
			if d < test.want*3/4 || d > test.want*5/4 {
				t.Errorf("delivery %d waits %s, want %s give or take a quarter", test.deliveries, d, test.want)
			}
			seen[d] = true
		}
		if len(seen) < 90 {
			t.Errorf("delivery %d: 100 messages share %d delays", test.deliveries, len(seen))
		}
	}
	if d := retryDelay(RetryAfter(errors.New("busy"), time.Minute), &Message{Deliveries: 1}, first, longest); d != time.Minute {
		t.Errorf("RetryAfter waits %s, want 1m", d)
	}
}

func TestBacklogCountsWhatNoConsumerHasSeen(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2))
	if n := backlog(t, bus, Consumer{Stream: StreamRaw, Durable: "nobody"}); n != 2 {
		t.Errorf("backlog %d, want 2", n)
	}
}
