package wire

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

func TestAnEntryIsAppendedOnlyAfterTheOneItsWriterHasSeen(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	names := []string{"picard", "2015-conference"}
	if last, err := bus.Last(t.Context(), StreamEvents, names...); last != nil || err != nil {
		t.Fatalf("an empty stream has %+v, %v", last, err)
	}
	first, err := bus.Append(t.Context(), StreamEvents, names, []byte(`{"n":1}`), Append{MessageID: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.Append(t.Context(), StreamEvents, names, []byte(`{"n":9}`), Append{MessageID: "fork"}); !errors.Is(err, ErrOutpaced) {
		t.Errorf("a writer that has not seen the first entry gets %v", err)
	}
	if again, err := bus.Append(t.Context(), StreamEvents, names, []byte(`{"n":1}`), Append{MessageID: "a"}); err != nil || again != first {
		t.Errorf("a second try gets %d, %v; want %d", again, err, first)
	}
	if _, err := bus.Append(t.Context(), StreamEvents, []string{"picard", "2016-conference"}, []byte(`{}`), Append{MessageID: "b"}); err != nil {
		t.Errorf("another subject: %v", err)
	}
	if _, err := bus.Append(t.Context(), StreamEvents, names, []byte(`{"n":2}`), Append{MessageID: "c", After: first}); err != nil {
		t.Error(err)
	}
	last, err := bus.Last(t.Context(), StreamEvents, names...)
	if err != nil || string(last.Body) != `{"n":2}` || last.Subject != "events.picard.2015-conference" {
		t.Errorf("the last entry is %+v, %v", last, err)
	}
}

func TestOfManyWritersOneAppendsTheNextEntry(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	var taken atomic.Int32
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			_, err := bus.Append(t.Context(), StreamEvents, []string{"cop", "2024"}, []byte(`{}`), Append{MessageID: fmt.Sprint(i)})
			switch {
			case err == nil:
				taken.Add(1)
			case !errors.Is(err, ErrOutpaced):
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := taken.Load(); n != 1 {
		t.Errorf("%d writers appended the first entry", n)
	}
}

func TestConsumersOfEntriesGetTheirBody(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	for i, body := range []string{`{"n":1}`, `no json`, `{"n":2}`} {
		if _, err := bus.Append(t.Context(), StreamEvents, []string{"s", "1"}, []byte(body), Append{MessageID: fmt.Sprint(i), Unordered: true}); err != nil {
			t.Fatal(err)
		}
	}
	got := make(chan string, 10)
	consume(t, bus, fast(StreamEvents), func(_ context.Context, batch []*Message) []error {
		got <- string(batch[0].Body)
		return nil
	})
	for _, want := range []string{`{"n":1}`, `{"n":2}`} {
		if body := receiveFrom(t, "entry", got); body != want {
			t.Errorf("got %s, want %s", body, want)
		}
	}
	eventually(t, "what is no JSON is a dead letter", func() bool { return len(dead(t, bus, 10)) == 1 })
	if letter := dead(t, bus, 1)[0]; letter.Reason != ReasonUndecodable || string(letter.Body) != "no json" {
		t.Errorf("the dead letter is %+v", letter)
	}
}
