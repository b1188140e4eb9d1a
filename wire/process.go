package wire

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// longestHold bounds the delay between the calls for messages on hold.
const longestHold = 15 * time.Second

// process takes a batch through the handler and settles every message of it.
// No message is held once ctx is over; work is the handler's own context.
func (w *worker) process(ctx, work context.Context, batch []jetstream.Msg) {
	held := holdAll(batch, w.consumer.AckWait/3)
	defer held.release()
	for _, group := range w.groups(w.receiveAll(work, batch)) {
		for tries := 1; len(group) > 0; tries++ {
			group = w.attempt(work, held, group)
			if len(group) > 0 && !w.wait(ctx, group[0], tries) {
				w.handBackAll(group)
				break
			}
		}
	}
}

// attempt calls the handler and settles what is not on hold, which it returns.
func (w *worker) attempt(work context.Context, held *holding, group []*Message) (onHold []*Message) {
	outcomes := w.call(work, group)
	var outage error
	for i, m := range group {
		if isHold(outcomes[i]) && !isPoison(outcomes[i]) {
			onHold, outage = append(onHold, m), outcomes[i]
			continue
		}
		held.drop(m.msg)
		w.settle(work, m, outcomes[i])
	}
	if outage != nil {
		w.log.Warn("on hold until it works again", "report", onHold[0].reportID(), "reports", len(onHold), "error", outage)
	}
	return onHold
}

// wait lets an outage pass and reports whether ctx is still alive.
func (w *worker) wait(ctx context.Context, m *Message, tries int) bool {
	return pause(ctx, grown(tries, w.consumer.RetryWait, longestHold, m.scatter()))
}

func (w *worker) handBackAll(messages []*Message) {
	for _, m := range messages {
		w.answer(m, "hand back", m.msg.Nak())
	}
}

// receiveAll decodes the messages, and moves to DEAD those it cannot decode
// and those delivered too often: that is decided before they are touched
// again, for a message that exhausts the memory leaves no error behind.
func (w *worker) receiveAll(ctx context.Context, batch []jetstream.Msg) []*Message {
	var messages []*Message
	for _, msg := range batch {
		m, err := receive(msg)
		switch {
		case err != nil:
			w.log.Error("a message that no stream sent", "error", err)
		case m.Deliveries > w.consumer.MaxDeliver:
			_ = m.decode(w.consumer.Stream) // for the report's id in the log
			w.bury(ctx, m, ReasonDeliveries, fmt.Errorf("delivered %d times without an outcome", m.Deliveries-1))
		default:
			if err := m.decode(w.consumer.Stream); err != nil {
				w.bury(ctx, m, ReasonUndecodable, err)
				continue
			}
			messages = append(messages, m)
		}
	}
	return messages
}

// groups splits a batch into calls: the messages that came often already go
// last and one by one, in an order that changes, so that one that kills the
// process does not take its neighbours to DEAD.
func (w *worker) groups(messages []*Message) [][]*Message {
	var fresh, suspects []*Message
	for _, m := range messages {
		if m.Deliveries > 1+w.consumer.MaxDeliver/2 {
			suspects = append(suspects, m)
		} else {
			fresh = append(fresh, m)
		}
	}
	var groups [][]*Message
	if len(fresh) > 0 {
		groups = append(groups, fresh)
	}
	slices.SortFunc(suspects, func(a, b *Message) int { return cmp.Compare(a.scatter(), b.scatter()) })
	for _, m := range suspects {
		groups = append(groups, []*Message{m})
	}
	return groups
}

// call runs the handler and returns one outcome per message. A panic is an
// error of every message, and poison when there is but one.
func (w *worker) call(ctx context.Context, batch []*Message) (outcomes []error) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		w.log.Error("handler panicked", "panic", fault, "reports", len(batch), "stack", string(debug.Stack()))
		err := fmt.Errorf("panic: %v", fault)
		if len(batch) == 1 {
			err = Poison(err)
		}
		outcomes = slices.Repeat([]error{err}, len(batch))
	}()
	outcomes = w.handle(ctx, batch)
	switch len(outcomes) {
	case len(batch):
		return outcomes
	case 0:
		return make([]error, len(batch))
	default:
		err := fmt.Errorf("the handler returned %d outcomes for %d messages", len(outcomes), len(batch))
		return slices.Repeat([]error{err}, len(batch))
	}
}

// settle tells the server what became of the message.
func (w *worker) settle(ctx context.Context, m *Message, outcome error) {
	switch {
	case outcome == nil:
		w.answer(m, "ack", m.msg.Ack())
	case isPoison(outcome):
		w.bury(ctx, m, ReasonPoison, outcome)
	case ctx.Err() != nil: // broken off at shutdown: not the message's fault
		w.answer(m, "hand back", m.msg.Nak())
	case m.Deliveries >= w.consumer.MaxDeliver:
		w.bury(ctx, m, ReasonDeliveries, outcome)
	default:
		w.retry(m, outcome)
	}
}

func (w *worker) retry(m *Message, outcome error) {
	delay := retryDelay(outcome, m, w.consumer.RetryWait, w.consumer.MaxRetryWait)
	w.log.Warn("failed, trying again", "report", m.reportID(), "error", outcome, "deliveries", m.Deliveries, "after", delay)
	w.answer(m, "ask again for", m.msg.NakWithDelay(delay))
}

// bury moves the message to DEAD. Where that fails the message stays, and is
// moved when it comes again.
//
// Invariant 7: nothing is dropped in silence.
func (w *worker) bury(ctx context.Context, m *Message, reason Reason, cause error) {
	if err := w.bus.deadLetter(ctx, w.consumer, m, reason, cause); err != nil {
		w.retry(m, fmt.Errorf("move to %s: %w", StreamDead, err))
		return
	}
	w.log.Error("moved to the dead letters", "report", m.reportID(), "reason", reason, "error", cause, "sequence", m.Sequence)
	w.answer(m, "end", m.msg.TermWithReason(string(reason)))
}

// answer logs an answer that did not go out; the message then comes again.
func (w *worker) answer(m *Message, what string, err error) {
	if err != nil {
		w.log.Warn(what+" message", "report", m.reportID(), "sequence", m.Sequence, "error", err)
	}
}

// holding tells the server, again and again, that messages are being worked on.
type holding struct {
	mu   sync.Mutex
	msgs []jetstream.Msg
	stop chan struct{}
	done chan struct{}
}

func holdAll(msgs []jetstream.Msg, every time.Duration) *holding {
	h := &holding{msgs: slices.Clone(msgs), stop: make(chan struct{}), done: make(chan struct{})}
	go h.run(every)
	return h
}

func (h *holding) run(every time.Duration) {
	defer close(h.done)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-h.stop:
			return
		case <-ticker.C:
			h.tell()
		}
	}
}

func (h *holding) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, msg := range h.msgs {
		_ = msg.InProgress() // fails once settled or closed, and then does not matter
	}
}

// drop ends the holding of one message, before its outcome is sent: a word of
// progress after a delayed nak would undo the delay.
func (h *holding) drop(msg jetstream.Msg) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.msgs = slices.DeleteFunc(h.msgs, func(m jetstream.Msg) bool { return m == msg })
}

func (h *holding) release() {
	close(h.stop)
	<-h.done
}
