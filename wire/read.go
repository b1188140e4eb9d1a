package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Reading says which messages of a stream Read hands out.
type Reading struct {
	Stream Stream
	// Names narrow the stream to one subject; none means all of it.
	Names []string
	// After is the sequence after which to begin. Without it, Since is the
	// time from which to begin, and without either, everything is read.
	After uint64
	Since time.Time
	// Follow goes on with what comes, until ctx ends; else Read ends with the
	// last message that the stream had when it began.
	Follow bool
}

// Read hands the messages of a stream to visit in order, beside every
// consumer and without settling anything. It ends with the error of visit.
// What cannot be decoded is passed over: the consumers move it to DEAD.
func (b *Bus) Read(ctx context.Context, r Reading, visit func(*Message) error) error {
	err := b.read(ctx, r, visit)
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("read %s: %w", r.Stream, typed(err))
	}
	return err
}

func (b *Bus) read(ctx context.Context, r Reading, visit func(*Message) error) error {
	stream, err := b.js.Stream(ctx, string(r.Stream))
	if err != nil {
		return err
	}
	consumer, err := stream.OrderedConsumer(ctx, r.config())
	if err != nil {
		return err
	}
	info, err := consumer.Info(ctx)
	if err != nil {
		return err
	}
	if info.NumPending == 0 && !r.Follow {
		return nil
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Stop)()
	for {
		msg, err := messages.Next()
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			return err
		}
		pending, err := r.visit(msg, visit)
		if err != nil || pending == 0 && !r.Follow {
			return err
		}
	}
}

func (r Reading) config() jetstream.OrderedConsumerConfig {
	c := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverAllPolicy}
	if len(r.Names) > 0 {
		c.FilterSubjects = []string{r.Stream.subject(r.Names...)}
	}
	switch {
	case r.After > 0:
		c.DeliverPolicy, c.OptStartSeq = jetstream.DeliverByStartSequencePolicy, r.After+1
	case !r.Since.IsZero():
		c.DeliverPolicy, c.OptStartTime = jetstream.DeliverByStartTimePolicy, &r.Since
	}
	return c
}

// visit hands one message out and returns how many more there are.
func (r Reading) visit(msg jetstream.Msg, visit func(*Message) error) (pending uint64, err error) {
	meta, err := msg.Metadata()
	if err != nil {
		return 0, err
	}
	m, err := receive(msg)
	if err != nil {
		return 0, err
	}
	if m.decode(r.Stream) != nil {
		return meta.NumPending, nil
	}
	return meta.NumPending, visit(m)
}

// LastSequence is the sequence of the stream's newest message, 0 without any.
func (b *Bus) LastSequence(ctx context.Context, s Stream) (uint64, error) {
	stream, err := b.js.Stream(ctx, string(s))
	if err != nil {
		return 0, fmt.Errorf("look at %s: %w", s, typed(err))
	}
	return stream.CachedInfo().State.LastSeq, nil
}
