package wire

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/nats-io/nats.go/jetstream"
)

// headroom is what a message's own headers and those of a dead letter may
// take of the server's largest message, so that every message fits into DEAD.
const headroom = 32 << 10

// Setup makes the streams, the key-value buckets and the object store, and
// corrects what differs from the contract. It can run again and in several
// processes at once, and leaves alone what an operator may set: sizes, ages,
// and replicas unless Options asks for a number.
func (b *Bus) Setup(ctx context.Context) error {
	for _, s := range streams {
		if err := b.ensureStream(ctx, s); err != nil {
			return fmt.Errorf("set up stream %s: %w", s, typed(err))
		}
	}
	for _, bucket := range buckets {
		if err := b.ensureBucket(ctx, bucket); err != nil {
			return fmt.Errorf("set up bucket %s: %w", bucket, typed(err))
		}
	}
	if err := b.ensureOriginals(ctx); err != nil {
		return fmt.Errorf("set up object store %s: %w", storeOriginals, typed(err))
	}
	return nil
}

func (b *Bus) ensureStream(ctx context.Context, s Stream) error {
	existing, err := b.js.Stream(ctx, string(s))
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		existing, err = b.js.CreateStream(ctx, b.contract(s, jetstream.StreamConfig{Name: string(s), Storage: jetstream.FileStorage}))
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was first
			existing, err = b.js.Stream(ctx, string(s))
		}
	}
	if err != nil {
		return err
	}
	have := existing.CachedInfo().Config
	if have.Storage != jetstream.FileStorage {
		return errors.New("the stream exists in memory; copy and delete it, then start again")
	}
	if have.Retention != jetstream.LimitsPolicy {
		return fmt.Errorf("the stream exists with %s retention; copy and delete it, then start again", have.Retention)
	}
	want := b.contract(s, have)
	if reflect.DeepEqual(want, have) {
		return nil
	}
	_, err = b.js.UpdateStream(ctx, want)
	return err
}

// contract returns the configuration with what the design fixes.
func (b *Bus) contract(s Stream, c jetstream.StreamConfig) jetstream.StreamConfig {
	c.Subjects = []string{s.allSubjects()}
	c.Retention = jetstream.LimitsPolicy
	c.Discard = jetstream.DiscardNew
	c.Duplicates = duplicateWindow
	if s == StreamPolls {
		c.MaxMsgsPerSubject = 1
	}
	if b.options.Replicas > 0 {
		c.Replicas = b.options.Replicas
	}
	if s != StreamDead {
		c.MaxMsgSize = int32(b.conn.MaxPayload() - headroom)
	}
	return c
}
