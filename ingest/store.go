package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/ingest/rhythm"
	"github.com/dateline-news/dateline/ingest/story"
	"github.com/dateline-news/dateline/wire"
)

// store is what ingest knows between polls and restarts. Every value in it
// speaks of a publish that was acknowledged.
type store struct {
	poll, seen, hosts jetstream.KeyValue
	stories           *story.Register
}

func openStore(ctx context.Context, bus Bus, log *slog.Logger) (*store, error) {
	poll, err := bus.KV(ctx, wire.BucketPoll)
	if err != nil {
		return nil, err
	}
	seen, err := bus.KV(ctx, wire.BucketSeen)
	if err != nil {
		return nil, err
	}
	hosts, err := bus.KV(ctx, wire.BucketHosts)
	if err != nil {
		return nil, err
	}
	texts, err := bus.KV(ctx, wire.BucketStories)
	if err != nil {
		return nil, err
	}
	stories, err := story.Open(ctx, texts, story.Options{Logger: log})
	if err != nil {
		return nil, err
	}
	return &store{poll: poll, seen: seen, hosts: hosts, stories: stories}, nil
}

// pollState is one source's entry in the poll bucket.
type pollState struct {
	Status
	MovedTo string `json:"moved_to,omitempty"`
	// Polled is when the poll was due that the status speaks of.
	Polled time.Time `json:"polled,omitzero"`
	// Rest is until when the host of the list asked to be left alone.
	Rest time.Time `json:"rest,omitzero"`
	// Pruned is when the source's items were last looked through: see prune.
	Pruned time.Time `json:"pruned,omitzero"`
	// Rhythm is when the source had something new.
	Rhythm rhythm.Rhythm `json:"rhythm,omitzero"`
	// Faults says of the last requests whether they failed, Lacking of the
	// last reports whether they lacked a field.
	Faults  outcomes             `json:"faults,omitzero"`
	Lacking map[string]*outcomes `json:"lacking,omitempty"`
}

// speaksOf reports whether the state is of the source as it is configured now.
func (p *pollState) speaksOf(s Source) bool {
	return p.URL == s.URL && p.Schedule == s.Schedule && p.Kind == s.kind()
}

// reportState is the revision of a report that was published last.
type reportState struct {
	Revision    int       `json:"revision"`
	ContentHash string    `json:"content_hash"`
	URL         string    `json:"url,omitempty"`
	Source      string    `json:"source"`
	Seen        time.Time `json:"seen"`
	// Story stays that of the first revision.
	Story string `json:"story,omitempty"`
}

// itemState is what is known of an item of a feed or listing.
type itemState struct {
	// Report is the id of the report it became; "" before that.
	Report string `json:"report,omitempty"`
	// Hash is the content hash of what the item yielded last.
	Hash        string `json:"hash,omitempty"`
	URL         string `json:"url,omitempty"`
	Fingerprint string `json:"fingerprint"`
	// ETag and LastModified are those of the page as it was read last, at Read.
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	First        time.Time `json:"first"`
	Read         time.Time `json:"read,omitzero"`
	// Failures counts the tries since the last success; there is none before
	// Retry, and none at all when it was Final.
	Failures int       `json:"failures,omitempty"`
	Retry    time.Time `json:"retry,omitzero"`
	Final    bool      `json:"final,omitempty"`
	Error    string    `json:"error,omitempty"`
	// Gone retires the item: its page is gone for good.
	Gone bool `json:"gone,omitempty"`
	// MovedTo is where the page moved for good.
	MovedTo string `json:"moved_to,omitempty"`
	// Listed is a time at which the item was still listed: see keep.
	Listed time.Time `json:"listed,omitzero"`
}

func sourceKey(name string) string    { return "source." + name }
func reportKey(id string) string      { return "report." + id }
func itemKey(source, k string) string { return "item." + source + "." + shortHash(k) }

// prefixOf is a key without its last part.
func prefixOf(key string) string { return key[:strings.LastIndexByte(key, '.')+1] }

// shortHash makes a key of any string.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}

// load reads the value of key into v. The revision is 0 when there is none.
func load(ctx context.Context, kv jetstream.KeyValue, key string, v any) (revision uint64, err error) {
	entry, err := kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read state %s: %w", key, err)
	}
	if err := json.Unmarshal(entry.Value(), v); err != nil {
		return entry.Revision(), fmt.Errorf("read state %s: %w: %w", key, errUnreadable, err)
	}
	return entry.Revision(), nil
}

// errUnreadable: the value is there and is not one of ours.
var errUnreadable = errors.New("the value is damaged")

func save(ctx context.Context, kv jetstream.KeyValue, key string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write state %s: %w", key, err)
	}
	if _, err := kv.Put(ctx, key, value); err != nil {
		return fmt.Errorf("write state %s: %w", key, err)
	}
	return nil
}

// errConflict: another process wrote the value since it was read.
var errConflict = errors.New("another process changed the state")

// saveNext writes the value when nobody has since it was read as revision.
func saveNext(ctx context.Context, kv jetstream.KeyValue, key string, v any, revision uint64) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write state %s: %w", key, err)
	}
	if revision == 0 {
		_, err = kv.Create(ctx, key, value)
	} else {
		_, err = kv.Update(ctx, key, value, revision)
	}
	if errors.Is(err, jetstream.ErrKeyExists) || errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		return fmt.Errorf("write state %s: %w", key, errConflict)
	}
	if err != nil {
		return fmt.Errorf("write state %s: %w", key, err)
	}
	return nil
}
