package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// wish is somebody's wish to have a source polled now.
type wish struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
}

func wishKey(name string) string { return "now." + name }

// wishTime is how long a wish waits for a scheduler that is not running.
const wishTime = 5 * time.Minute

// CheckNow asks whichever process schedules the polls for one of the source at
// once. A poll that goes on is not doubled, and a publisher's pace is kept.
// poll is the bucket wire.BucketPoll.
func CheckNow(ctx context.Context, poll jetstream.KeyValue, source string, now time.Time) error {
	if err := save(ctx, poll, wishKey(source), wish{source, now}); err != nil {
		return fmt.Errorf("asking for a poll of %s: %w", source, err)
	}
	return nil
}

// wish makes a source due that somebody wants to have polled now.
func (s *scheduler) wish(entry jetstream.KeyValueEntry) {
	var w wish
	if err := json.Unmarshal(entry.Value(), &w); err != nil {
		return
	}
	now := s.opts.Now()
	source := s.sources[w.Source]
	if source == nil || !source.asked.IsZero() || now.Sub(w.At) > wishTime || source.due.Before(now) {
		return
	}
	source.due = now
}
