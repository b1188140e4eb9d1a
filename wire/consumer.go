package wire

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Consumer says what to consume and how. Stream and Durable are required.
type Consumer struct {
	Stream Stream
	// Durable names the consumer; processes that share the name share the
	// messages. It also names the stage in dead letters.
	Durable string
	// Subjects narrow the stream; none means all of it.
	Subjects []string
	// Batch is the most messages handled in one call, 0 means 1.
	Batch int
	// Linger is how long a batch that is not full waits for more messages, 0
	// means 50 milliseconds.
	Linger time.Duration
	// Workers is the number of calls at a time, 0 means 1. With one worker
	// new messages come in the order of the stream.
	Workers int
	// MaxAckPending bounds the messages handed out to all processes and not
	// settled, those that wait to be tried again included; 0 means 256, or
	// four batches per worker if that is more.
	MaxAckPending int
	// AckWait is how long after a process died its messages are handed out
	// again, 0 means 10 seconds. It does not bound the handler: while it runs,
	// its messages stay its own.
	AckWait time.Duration
	// MaxDeliver is how often a message is tried before it goes to DEAD, 0
	// means 10. An outage is to be held, not tried away: see Hold.
	MaxDeliver int
	// RetryWait is the delay after the first failure, 0 means 1 second; it
	// doubles with each failure up to MaxRetryWait, 0 meaning 5 minutes.
	RetryWait, MaxRetryWait time.Duration
	// Grace is how long a running handler may go on after the context of
	// Consume has ended, 0 means 5 seconds. Then its own context ends too.
	Grace time.Duration

	idle time.Duration // see idleWait; shorter in tests
}

func (c Consumer) withDefaults() Consumer {
	c.Batch = max(c.Batch, 1)
	c.Workers = max(c.Workers, 1)
	setDefault(&c.Linger, 50*time.Millisecond)
	setDefault(&c.MaxAckPending, max(256, 4*c.Batch*c.Workers))
	setDefault(&c.AckWait, 10*time.Second)
	setDefault(&c.MaxDeliver, 10)
	setDefault(&c.RetryWait, time.Second)
	setDefault(&c.MaxRetryWait, 5*time.Minute)
	setDefault(&c.Grace, 5*time.Second)
	setDefault(&c.idle, idleWait)
	return c
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// config is the durable consumer at the server. The server delivers without
// limit: it is here that a message delivered too often is taken to DEAD.
func (c Consumer) config() jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: c.Durable, FilterSubjects: c.Subjects,
		DeliverPolicy: jetstream.DeliverAllPolicy, AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: c.AckWait, MaxDeliver: -1, MaxAckPending: c.MaxAckPending,
	}
}

// Rewind forgets how far the stage has come: its next Consume begins with the
// first message that the stream still has.
func (b *Bus) Rewind(ctx context.Context, s Stream, durable string) error {
	err := b.js.DeleteConsumer(ctx, string(s), durable)
	if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return fmt.Errorf("rewind %s on %s: %w", durable, s, err)
	}
	return nil
}

// Backlog counts the messages of the stream that the durable consumer has not
// settled, those it is working on included. Before the consumer first ran,
// that is every message of the stream.
func (b *Bus) Backlog(ctx context.Context, s Stream, durable string) (uint64, error) {
	consumer, err := b.js.Consumer(ctx, string(s), durable)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		stream, err := b.js.Stream(ctx, string(s))
		if err != nil {
			return 0, fmt.Errorf("backlog of %s: %w", s, typed(err))
		}
		return stream.CachedInfo().State.Msgs, nil
	}
	if err != nil {
		return 0, fmt.Errorf("backlog of %s on %s: %w", durable, s, typed(err))
	}
	info := consumer.CachedInfo()
	return info.NumPending + uint64(info.NumAckPending), nil
}
