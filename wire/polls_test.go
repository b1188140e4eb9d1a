package wire

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var due = time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)

func ask(t *testing.T, bus *Bus, source string, due time.Time, body string) {
	t.Helper()
	if err := bus.PublishPoll(t.Context(), source, due, []byte(body)); err != nil {
		t.Fatal(err)
	}
}

// work consumes polls until the test ends.
func work(t *testing.T, bus *Bus, c Consumer, handle func(context.Context, *Message) error) {
	t.Helper()
	c.Durable, c.idle = "fetch", 50*time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bus.ConsumePolls(ctx, c, handle) }()
	t.Cleanup(func() {
		cancel()
		if err := receiveFrom(t, "end of the work", ended); err != nil {
			t.Error(err)
		}
	})
}

func TestAPollIsAskedForOnceHoweverManyAsk(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	ask(t, bus, "a", due, `"first"`)
	ask(t, bus, "a", due, `"second"`)
	ask(t, bus, "b", due, `"of b"`)
	ask(t, bus, "a", due.Add(time.Minute), `"later"`) // takes the place of the first
	got := make(chan string, 10)
	work(t, bus, Consumer{}, func(_ context.Context, m *Message) error {
		got <- m.Subject + " " + string(m.Body)
		return nil
	})
	polls := map[string]bool{}
	for range 2 {
		polls[receiveFrom(t, "poll", got)] = true
	}
	ask(t, bus, "c", due, `"of c"`)
	polls[receiveFrom(t, "poll", got)] = true
	want := map[string]bool{`polls.a "later"`: true, `polls.b "of b"`: true, `polls.c "of c"`: true}
	if diff := cmp.Diff(want, polls); diff != "" {
		t.Errorf("polls (-want +got):\n%s", diff)
	}
}

func TestAPollThatHangsHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	hang, got := make(chan struct{}), make(chan string, 10)
	work(t, bus, Consumer{Workers: 3}, func(_ context.Context, m *Message) error {
		if m.Subject == "polls.hangs" {
			<-hang
		}
		got <- m.Subject
		return nil
	})
	t.Cleanup(func() { close(hang) })
	ask(t, bus, "hangs", due, "{}")
	for _, source := range []string{"a", "b", "c", "d"} {
		ask(t, bus, source, due, "{}")
		if poll := receiveFrom(t, "poll", got); poll != "polls."+source {
			t.Errorf("polled %s, want %s", poll, source)
		}
	}
}

func TestAPollWhoseProcessDiedIsHandedToAnother(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	ask(t, bus, "a", due, "{}")
	// The process that took the poll is gone without a word.
	source, err := bus.openConsumer(t.Context(), Consumer{Stream: StreamPolls, Durable: "fetch", AckWait: time.Second}.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	batch, err := (&worker{source: source}).fetch(1, 30*time.Second)
	if err != nil || len(batch) != 1 {
		t.Fatalf("taken: %d, %v", len(batch), err)
	}
	got := make(chan int, 10)
	work(t, bus, Consumer{AckWait: time.Second}, func(_ context.Context, m *Message) error {
		got <- m.Deliveries
		return nil
	})
	if n := receiveFrom(t, "poll", got); n != 2 {
		t.Errorf("delivered %d times, want 2", n)
	}
}

func TestAPollThatFailsIsTriedAgainAndOneOfAnotherKindIsDead(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	var mu sync.Mutex
	tries := map[string]int{}
	done := make(chan string, 10)
	work(t, bus, Consumer{RetryWait: 10 * time.Millisecond}, func(_ context.Context, m *Message) error {
		mu.Lock()
		defer mu.Unlock()
		tries[m.Subject]++
		switch {
		case m.Subject == "polls.poison":
			return Poison(errors.New("no source"))
		case tries[m.Subject] == 1:
			return errors.New("the store was away")
		}
		done <- m.Subject
		return nil
	})
	ask(t, bus, "poison", due, "{}")
	ask(t, bus, "fails", due, "{}")
	if _, err := bus.js.Publish(t.Context(), "polls.report", []byte(`{`)); err != nil {
		t.Fatal(err)
	}
	if poll := receiveFrom(t, "poll", done); poll != "polls.fails" {
		t.Errorf("polled %s", poll)
	}
	eventually(t, "two dead letters", func() bool {
		n, err := bus.Backlog(t.Context(), StreamDead, "nobody")
		return err == nil && n == 2
	})
}
