package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"
)

const (
	// idleWait is how long one pull waits for a first message, and so the most
	// that an idle consumer takes to stop. A pull is never broken off: the
	// server would count what it sends into the gap as delivered.
	idleWait = 500 * time.Millisecond
	// slowestReopen bounds the wait between tries to find the consumer again.
	slowestReopen = 5 * time.Second
)

// A Handler works on messages and returns one outcome for each, in order, or
// nil when all went well. The outcome nil acknowledges the message; Poison
// and a report that PublishReport can never take move it to DEAD; Hold and
// ErrFull keep it until the outage is over; RetryAfter and any other error ask
// for it again later, and after the last try move it to DEAD. The context ends
// only when the consumer's grace is over.
type Handler = func(ctx context.Context, batch []*Message) []error

// Consume hands messages to handle until ctx ends, then lets the running calls
// finish, hands the rest back and returns nil. It survives restarts of the
// server. It fails at once when c is not valid or its stream is missing.
func (b *Bus) Consume(ctx context.Context, c Consumer, handle Handler) error {
	c = c.withDefaults()
	source, err := b.openConsumer(ctx, c)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	work, stop := graceful(ctx, c.Grace)
	defer stop()
	var group errgroup.Group
	for range c.Workers {
		w := &worker{bus: b, consumer: c, source: source, handle: handle,
			log: b.options.Logger.With("stream", c.Stream, "stage", c.Durable)}
		group.Go(func() error { return w.run(ctx, work) })
	}
	return group.Wait()
}

// openConsumer makes or updates the durable consumer, and waits while the
// server is away.
func (b *Bus) openConsumer(ctx context.Context, c Consumer) (jetstream.Consumer, error) {
	for wait := firstRepublish; ; wait = min(2*wait, slowestReopen) {
		try, cancel := context.WithTimeout(ctx, publishWait)
		source, err := b.js.CreateOrUpdateConsumer(try, string(c.Stream), c.config())
		cancel()
		if err == nil {
			return source, nil
		}
		if !passing(err) || !pause(ctx, wait) {
			return nil, fmt.Errorf("consume %s as %s: %w", c.Stream, c.Durable, typed(err))
		}
	}
}

// graceful returns a context that outlives ctx by the grace.
func graceful(ctx context.Context, grace time.Duration) (context.Context, func()) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var timer *time.Timer
	armed := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		timer = time.AfterFunc(grace, cancel)
		close(armed)
	})
	return work, func() {
		if !unhook() {
			<-armed
			timer.Stop()
		}
		cancel()
	}
}

// worker is one loop of pulling, handling and settling.
type worker struct {
	bus      *Bus
	consumer Consumer
	source   jetstream.Consumer
	handle   Handler
	log      *slog.Logger
	// backlog says that the last pull was filled, so that the next one may ask
	// for a whole batch without waiting for a first message.
	backlog bool
	reopen  time.Duration
}

func (w *worker) run(ctx, work context.Context) error {
	for ctx.Err() == nil {
		batch, err := w.pull()
		if ctx.Err() != nil {
			w.handBack(batch)
			return nil
		}
		if len(batch) > 0 {
			w.process(ctx, work, batch)
		}
		if err == nil {
			w.reopen = 0
			continue
		}
		if err := w.recover(ctx, err); err != nil {
			return err
		}
	}
	return nil
}

// pull waits for a first message and then, for as long as the consumer may
// linger, for the rest of a batch.
func (w *worker) pull() ([]jetstream.Msg, error) {
	c := w.consumer
	first, wait := 1, c.idle
	if w.backlog {
		first, wait = c.Batch, c.Linger
	}
	batch, err := w.fetch(first, wait)
	if err == nil && len(batch) > 0 && len(batch) < c.Batch {
		var more []jetstream.Msg
		more, err = w.fetch(c.Batch-len(batch), c.Linger)
		batch = append(batch, more...)
	}
	w.backlog = len(batch) == c.Batch && c.Batch > 1
	return batch, err
}

// fetch is one pull request; having no message is not an error.
func (w *worker) fetch(n int, wait time.Duration) ([]jetstream.Msg, error) {
	result, err := w.source.Fetch(n, jetstream.FetchMaxWait(wait))
	if err != nil {
		return nil, err
	}
	var batch []jetstream.Msg
	for msg := range result.Messages() {
		batch = append(batch, msg)
	}
	return batch, result.Error()
}

// recover waits after a failed pull and makes the consumer anew where the
// server has lost it. It fails when the bus is closed.
func (w *worker) recover(ctx context.Context, err error) error {
	if errors.Is(err, nats.ErrConnectionClosed) {
		return fmt.Errorf("consume %s as %s: %w", w.consumer.Stream, w.consumer.Durable, err)
	}
	w.reopen = min(max(2*w.reopen, firstRepublish), slowestReopen)
	w.log.Warn("pull failed, trying again", "error", err, "after", w.reopen)
	if !pause(ctx, w.reopen) {
		return nil
	}
	source, err := w.bus.js.CreateOrUpdateConsumer(ctx, string(w.consumer.Stream), w.consumer.config())
	if err == nil {
		w.source = source
		w.reopen = 0
	}
	return nil // the next pull tells whether it helped
}

// handBack returns messages that came too late to be worked on.
func (w *worker) handBack(batch []jetstream.Msg) {
	for _, msg := range batch {
		if err := msg.Nak(); err != nil {
			w.log.Warn("hand back", "error", err)
		}
	}
}
