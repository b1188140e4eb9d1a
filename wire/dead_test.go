package wire

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/nats-io/nats.go"
)

const someTrace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

func TestAnUndecodableMessageGoesWholeToTheDeadLettersAtOnce(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	body := []byte{'{', 0xff, 0, '\n'}
	sent := &nats.Msg{Subject: "raw.harbour", Data: body, Header: nats.Header{
		"Dateline-Schema": {"report"}, "Dateline-Schema-Version": {"1"}, "X-Twice": {"a", "b"}, "Traceparent": {someTrace}, "Nats-Msg-Id": {"the id"},
	}}
	if _, err := bus.js.PublishMsg(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	c := fast(StreamRaw)
	consume(t, bus, c, func(context.Context, []*Message) []error {
		t.Error("the handler was called")
		return nil
	})
	eventually(t, "the message is settled", func() bool { return settled(t, bus, c) })
	want := []DeadLetter{{
		Sequence: 1, Reason: ReasonUndecodable, Stage: "stage", Stream: StreamRaw, Subject: "raw.harbour", StreamSequence: 1,
		Deliveries: 1, Build: "test build", Traceparent: someTrace, Body: body,
		Header: map[string][]string{
			"Dateline-Schema": {"report"}, "Dateline-Schema-Version": {"1"}, "X-Twice": {"a", "b"}, "traceparent": {someTrace}, "Nats-Msg-Id": {"the id"},
		},
	}}
	got := dead(t, bus, 10)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(DeadLetter{}, "Time", "Error")); diff != "" {
		t.Fatalf("dead letters (-want +got):\n%s", diff)
	}
	if !strings.Contains(got[0].Error, "undecodable message: invalid character") || got[0].Time.IsZero() {
		t.Errorf("error %q at %s", got[0].Error, got[0].Time)
	}
}

func TestAMessageThatFailsItsLastTryGoesToTheDeadLettersWithItsError(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	c := fast(StreamRaw)
	tries := make(chan int, 10)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		tries <- batch[0].Deliveries
		return []error{errors.New("no such\ngazetteer")}
	})
	eventually(t, "there is a dead letter", func() bool { return len(dead(t, bus, 1)) == 1 })
	got := dead(t, bus, 1)[0]
	if got.Reason != ReasonDeliveries || got.Error != "no such gazetteer" || got.Deliveries != 3 || len(tries) != 3 || !validTrace(got.Traceparent) {
		t.Errorf("%d tries, letter %+v", len(tries), got)
	}
}

func TestADeadLetterIsWrittenOnceAndCanBeReplayed(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	c := fast(StreamRaw)
	c.Durable = "broken"
	stop := consume(t, bus, c, func(context.Context, []*Message) []error { return []error{Poison(errors.New("rejected"))} })
	eventually(t, "there is a dead letter", func() bool { return len(dead(t, bus, 1)) == 1 })
	stop()

	letter := dead(t, bus, 1)[0]
	if err := bus.Replay(t.Context(), letter.Sequence); err != nil {
		t.Fatal(err)
	}
	got := make(chan *Message, 10)
	c.Durable = "repaired"
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		got <- batch[0]
		return nil
	})
	receiveFrom(t, "first message", got)
	again := receiveFrom(t, "replayed message", got)
	if diff := cmp.Diff(report(1), again.Report); diff != "" || again.Traceparent[:35] != letter.Traceparent[:35] {
		t.Errorf("replayed under trace %s (-want +got):\n%s", again.Traceparent, diff)
	}
	if letters := dead(t, bus, 1); len(letters) != 0 {
		t.Errorf("the letter is still there: %+v", letters)
	}
	if err := bus.Replay(t.Context(), letter.Sequence); !errors.Is(err, ErrNoDeadLetter) {
		t.Errorf("second replay: error %v, want ErrNoDeadLetter", err)
	}
}

func TestBuryingTwiceLeavesOneLetter(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1))
	c := fast(StreamRaw)
	consume(t, bus, c, func(ctx context.Context, batch []*Message) []error {
		for range 2 { // as after a crash between the letter and the end of the message
			if err := bus.deadLetter(ctx, c, batch[0], ReasonPoison, errors.New("rejected")); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	eventually(t, "all is settled", func() bool { return settled(t, bus, c) })
	if letters := dead(t, bus, 10); len(letters) != 1 {
		t.Errorf("%d letters, want 1", len(letters))
	}
}

func TestTheLatestDeadLettersComeFirst(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2), report(3))
	consume(t, bus, fast(StreamRaw), func(context.Context, []*Message) []error { return []error{Poison(errors.New("rejected"))} })
	eventually(t, "there are three letters", func() bool { return len(dead(t, bus, 10)) == 3 })
	letters := dead(t, bus, 2)
	if len(letters) != 2 || letters[0].StreamSequence != 3 || letters[1].StreamSequence != 2 {
		t.Errorf("letters %+v", letters)
	}
}

func TestAPanicIsPoisonOfItsMessageAlone(t *testing.T) {
	t.Parallel()
	bus := newBus(t)
	publish(t, bus, StreamRaw, report(1), report(2))
	c := fast(StreamRaw)
	consume(t, bus, c, func(_ context.Context, batch []*Message) []error {
		if batch[0].Sequence == 1 {
			panic("index out of range")
		}
		return nil
	})
	eventually(t, "all is settled", func() bool { return settled(t, bus, c) })
	letters := dead(t, bus, 10)
	if len(letters) != 1 || letters[0].StreamSequence != 1 || letters[0].Error != "panic: index out of range" {
		t.Errorf("letters %+v", letters)
	}
}

func TestMessagesThatCameOftenAreHandledAloneAndLast(t *testing.T) {
	t.Parallel()
	w := &worker{consumer: Consumer{MaxDeliver: 10}}
	var messages []*Message
	for i, deliveries := range []int{9, 1, 7, 2, 6} {
		messages = append(messages, &Message{Sequence: uint64(i), Deliveries: deliveries})
	}
	groups := w.groups(messages)
	if len(groups) != 3 || len(groups[0]) != 3 || len(groups[1]) != 1 || len(groups[2]) != 1 {
		t.Fatalf("groups %v, want the three fresh ones and two alone", groups)
	}
	for _, alone := range groups[1:] {
		if alone[0].Deliveries < 7 {
			t.Errorf("a message delivered %d times is alone", alone[0].Deliveries)
		}
	}
}

// The test runs its own binary again as a stage that its message kills.
func TestAMessageThatKillsTheProcessEndsInTheDeadLetters(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("DATELINE_KILLED_STAGE"); dir != "" {
		killedStage(t, dir)
		return
	}
	dir, _ := storeWith(t, 1)
	deaths := 0
	for ; deaths < 10; deaths++ {
		stage := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		stage.Env = append(os.Environ(), "DATELINE_KILLED_STAGE="+dir)
		output := new(bytes.Buffer)
		stage.Stdout, stage.Stderr = output, output
		err := stage.Run()
		if err == nil {
			break
		}
		if stage.ProcessState.Exited() {
			t.Fatalf("the stage failed by itself: %v\n%s", err, output)
		}
	}
	if deaths < 2 || deaths > 4 { // two tries, and a count that did not reach the disk
		t.Errorf("the message killed the process %d times, want 2", deaths)
	}
	bus := openBus(t, startServer(t, ServerOptions{Dir: dir}))
	letters := dead(t, bus, 10)
	if len(letters) != 1 || letters[0].Reason != ReasonDeliveries || letters[0].StreamSequence != 1 {
		t.Errorf("letters %+v", letters)
	}
}

func killedStage(t *testing.T, dir string) {
	bus := openBus(t, startServer(t, ServerOptions{Dir: dir}))
	c := fast(StreamRaw)
	c.MaxDeliver = 2
	consume(t, bus, c, func(context.Context, []*Message) []error {
		time.Sleep(150 * time.Millisecond) // memory takes its time to run out, too
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Error(err)
		}
		if err := self.Kill(); err != nil {
			t.Error(err)
		}
		select {}
	})
	eventually(t, "the message is settled", func() bool { return settled(t, bus, c) })
}
