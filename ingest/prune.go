package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/wire"
)

// What is known of an item is forgotten long after its list named it last, so
// that the seen bucket holds what sources list, and not all that they ever
// listed. What is known of a report is kept for ever, as the report is: should
// the item be listed again, its page is read again, found to be the revision
// that was published last, and not published.
//
// Invariant 14: what is forgotten is not published again.
const (
	// forgetAfter is how long an item is remembered that is no longer listed,
	// or a file that is no longer there.
	forgetAfter = 90 * 24 * time.Hour
	// listedStep is how often it is noted that an item is still listed.
	listedStep = 7 * 24 * time.Hour
	// pruneStep is how often a source's items are looked through.
	pruneStep = 24 * time.Hour
)

// keep notes once in a while that a known item is still listed.
func (r *runner) keep(ctx context.Context, key string, known itemState) error {
	now := r.Now()
	if now.Sub(known.Listed) < listedStep {
		return nil
	}
	known.Listed = now
	return save(ctx, r.state.seen, key, known)
}

// pruneItems forgets the items that are no longer listed.
func (r *runner) pruneItems(ctx context.Context) error {
	return r.prune(ctx, itemKey(r.source.Name, ""), func(e jetstream.KeyValueEntry) bool {
		var item itemState
		if err := json.Unmarshal(e.Value(), &item); err != nil {
			return false
		}
		last := item.Listed
		for _, t := range []time.Time{item.First, item.Read, item.Retry} {
			if t.After(last) {
				last = t
			}
		}
		return r.Now().Sub(last) > forgetAfter
	})
}

// prune looks through the keys that begin as the key does, once a day, and
// forgets those that f says are no longer needed.
func (r *runner) prune(ctx context.Context, key string, f func(jetstream.KeyValueEntry) bool) error {
	if r.now.Pruned.IsZero() {
		r.now.Pruned = r.Now() // nothing is old yet
	}
	if r.Now().Sub(r.now.Pruned) < pruneStep {
		return nil
	}
	old, err := matching(ctx, r.state.seen, key, f)
	if err != nil {
		return fmt.Errorf("look for what can be forgotten: %w", err)
	}
	if err := r.Bus.Forget(ctx, wire.BucketSeen, old...); err != nil {
		return err
	}
	if len(old) > 0 {
		r.log.Info("forgot what is no longer listed", "items", len(old))
	}
	r.now.Pruned = r.Now()
	return nil
}

// errEnded: the server ended the reading of a bucket.
var errEnded = errors.New("the reading of the state ended")

// matching returns the keys under the same prefix as key whose values f takes.
func matching(ctx context.Context, kv jetstream.KeyValue, key string, f func(jetstream.KeyValueEntry) bool) ([]string, error) {
	watch, err := kv.Watch(ctx, prefixOf(key)+">", jetstream.IgnoreDeletes())
	if err != nil {
		return nil, err
	}
	defer watch.Stop()
	var keys []string
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case e, open := <-watch.Updates():
			switch {
			case !open:
				return nil, errEnded
			case e == nil: // that was all
				return keys, nil
			case f(e):
				keys = append(keys, e.Key())
			}
		}
	}
}
