package wire

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The key-value buckets. State is written to them only after the publish it
// speaks of is acknowledged.
const (
	BucketPoll       = "poll"       // poll state per source
	BucketSeen       = "seen"       // items seen per source
	BucketLease      = "lease"      // who runs what only one process should
	BucketRules      = "rules"      // alert rules
	BucketDeliveries = "deliveries" // what alerts told, and what became of it
	BucketOutbox     = "outbox"     // messages of alerts that wait
	BucketConditions = "conditions" // what conditions of alerts remember
	BucketHosts      = "hosts"      // whose turn it is to ask a publisher's host
	BucketStories    = "stories"    // texts that copies are recognised by
	BucketSearches   = "searches"   // searches that people saved
)

var buckets = []string{
	BucketPoll, BucketSeen, BucketLease, BucketRules, BucketDeliveries, BucketOutbox, BucketConditions, BucketHosts, BucketStories,
	BucketSearches,
}

// bucketAges are how long the values of buckets last that would grow without
// bound; an operator may set another age.
var bucketAges = map[string]time.Duration{
	BucketStories:    14 * 24 * time.Hour,
	BucketHosts:      24 * time.Hour, // no host asks to be left alone for longer
	BucketDeliveries: 180 * 24 * time.Hour,
}

const storeOriginals = "originals"

// KV opens one of the buckets that Setup made.
func (b *Bus) KV(ctx context.Context, bucket string) (jetstream.KeyValue, error) {
	kv, err := b.js.KeyValue(ctx, bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		return nil, fmt.Errorf("bucket %s: %w", bucket, ErrNoStream)
	}
	if err != nil {
		return nil, fmt.Errorf("open bucket %s: %w", bucket, err)
	}
	return kv, nil
}

func (b *Bus) ensureBucket(ctx context.Context, bucket string) error {
	_, err := b.js.KeyValue(ctx, bucket)
	if !errors.Is(err, jetstream.ErrBucketNotFound) {
		return err
	}
	_, err = b.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: bucket, Storage: jetstream.FileStorage, Replicas: b.options.Replicas, TTL: bucketAges[bucket],
	})
	if errors.Is(err, jetstream.ErrBucketExists) { // another process was first
		return nil
	}
	return err
}

// Forget removes the keys from the bucket and leaves no trace of them, unlike
// a delete, which leaves a marker for every key. Who watches the bucket is not
// told.
func (b *Bus) Forget(ctx context.Context, bucket string, keys ...string) error {
	if len(keys) == 0 {
		return nil
	}
	stream, err := b.js.Stream(ctx, "KV_"+bucket)
	if err != nil {
		return fmt.Errorf("forget keys of bucket %s: %w", bucket, typed(err))
	}
	for _, key := range keys {
		if err := stream.Purge(ctx, jetstream.WithPurgeSubject("$KV."+bucket+"."+key)); err != nil {
			return fmt.Errorf("forget %s of bucket %s: %w", key, bucket, typed(err))
		}
	}
	return nil
}

func (b *Bus) ensureOriginals(ctx context.Context) error {
	_, err := b.js.ObjectStore(ctx, storeOriginals)
	if !errors.Is(err, jetstream.ErrBucketNotFound) && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return err
	}
	_, err = b.js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: storeOriginals, Storage: jetstream.FileStorage, Replicas: b.options.Replicas,
	})
	if errors.Is(err, jetstream.ErrBucketExists) {
		return nil
	}
	return err
}

// PutOriginal keeps a page or file as it was fetched and returns the name it
// is kept under, the hexadecimal SHA-256 of its content. What is there already
// is not written again.
func (b *Bus) PutOriginal(ctx context.Context, original []byte) (string, error) {
	sum := sha256.Sum256(original)
	hash := hex.EncodeToString(sum[:])
	store, err := b.js.ObjectStore(ctx, storeOriginals)
	if err != nil {
		return "", fmt.Errorf("open the store of originals: %w", typed(err))
	}
	if _, err := store.GetInfo(ctx, hash); err == nil {
		return hash, nil
	}
	if _, err := store.Put(ctx, jetstream.ObjectMeta{Name: hash}, bytes.NewReader(original)); err != nil {
		return "", fmt.Errorf("keep original %s: %w", hash, typed(err))
	}
	return hash, nil
}

// Original opens what PutOriginal kept under the hash; the caller closes it.
func (b *Bus) Original(ctx context.Context, hash string) (io.ReadCloser, error) {
	store, err := b.js.ObjectStore(ctx, storeOriginals)
	if err != nil {
		return nil, fmt.Errorf("open the store of originals: %w", typed(err))
	}
	object, err := store.Get(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("read original %s: %w", hash, err)
	}
	return object, nil
}
