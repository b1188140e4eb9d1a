package wire

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A poll on the POLLS stream is work for whichever ingest process is free. The
// stream keeps one poll of a source, the last: what is to be done is all that
// matters of it.

// PublishPoll asks for a poll of the source that is due then. Asked again for
// the same time within 24 hours, by whatever process, it does nothing. The
// body, JSON, says to the one who polls what to do.
func (b *Bus) PublishPoll(ctx context.Context, source string, due time.Time, body []byte) error {
	id := fmt.Sprintf("poll-%s-%d", Token(source), due.UnixMilli())
	if _, err := b.Append(ctx, StreamPolls, []string{source}, body, Append{MessageID: id, Unordered: true}); err != nil {
		return fmt.Errorf("ask for a poll of %s: %w", source, err)
	}
	return nil
}

// ConsumePolls hands polls to handle, up to c.Workers at a time and each by
// itself, so that none waits for another. For the rest it is Consume: a poll
// whose process died is handed to another one after c.AckWait.
func (b *Bus) ConsumePolls(ctx context.Context, c Consumer, handle func(context.Context, *Message) error) error {
	c.Stream, c.Batch = StreamPolls, 1
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
	w := &worker{bus: b, consumer: c, source: source,
		handle: func(ctx context.Context, batch []*Message) []error { return []error{handle(ctx, batch[0])} },
		log:    b.options.Logger.With("stream", c.Stream, "stage", c.Durable)}
	return w.runEach(ctx, work)
}

// runEach is run with a call of its own for every message, as many at a time
// as there are workers.
func (w *worker) runEach(ctx, work context.Context) error {
	var running sync.WaitGroup
	defer running.Wait()
	slots := make(chan struct{}, w.consumer.Workers)
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		batch, err := w.fetch(1, w.consumer.idle)
		switch {
		case ctx.Err() != nil:
			w.handBack(batch)
			return nil
		case len(batch) > 0:
			running.Go(func() {
				defer func() { <-slots }()
				w.process(ctx, work, batch)
			})
		default:
			<-slots
		}
		if err == nil {
			w.reopen = 0
			continue
		}
		if err := w.recover(ctx, err); err != nil {
			return err
		}
	}
}
