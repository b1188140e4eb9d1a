package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// scheduler asks for the polls of sources when they are due. One runs at a
// time of all processes; should two do so for a moment, the second asks for
// what was asked for already, which does nothing.
type scheduler struct {
	opts    Options
	poll    jetstream.KeyValue
	sources map[string]*dueSource
	// began is when this process took over the schedule.
	began time.Time
}

// dueSource is a source and when it is to be polled.
type dueSource struct {
	Source
	due time.Time
	// asked is when its poll was asked for; zero while it is not due.
	asked time.Time
	// heard says that its state was read.
	heard bool
}

const (
	// overdue is how long after a poll was asked for it is taken for lost and
	// asked for again. No poll takes as long: see longestPoll.
	overdue = time.Hour
	// askPause is the wait after a poll could not be asked for.
	askPause = 2 * time.Second
)

// schedule asks for polls until ctx ends. What was polled last, and when each
// source is due again, it reads from the status that polls leave behind, so
// that a start or a change of process polls nothing before its time, but what
// failed last and may not fail any more.
func schedule(ctx context.Context, opts Options, poll jetstream.KeyValue, sources []Source) error {
	now := opts.Now()
	s := &scheduler{opts: opts, poll: poll, sources: map[string]*dueSource{}, began: now}
	for i, source := range sources {
		s.sources[source.Name] = &dueSource{Source: source, due: now.Add(stagger(i))}
	}
	for {
		err := s.run(ctx)
		if ctx.Err() != nil {
			return nil
		}
		opts.Logger.Warn("reading the sources' state again", "error", err)
		if !pause(ctx, askPause) {
			return nil
		}
	}
}

// run follows the sources' state until the watch of it breaks off.
func (s *scheduler) run(ctx context.Context) error {
	watch, err := s.poll.WatchFiltered(ctx, []string{sourceKey("*"), wishKey("*")}, jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("read the sources' state: %w", err)
	}
	defer watch.Stop()
	// Nothing is asked for before all that is known was read.
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	known := false
	for {
		if known {
			timer.Reset(s.ask(ctx))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case entry, open := <-watch.Updates():
			switch {
			case !open:
				return errors.New("the reading of the sources' state ended")
			case entry == nil:
				known = true
			case strings.HasPrefix(entry.Key(), wishKey("")):
				s.wish(entry)
			default:
				s.take(entry)
			}
		case <-timer.C:
		}
	}
}

// take notes what a poll left behind.
func (s *scheduler) take(entry jetstream.KeyValueEntry) {
	var state pollState
	if err := json.Unmarshal(entry.Value(), &state); err != nil {
		return // polled anew, which writes it again
	}
	source := s.sources[state.Source]
	if source == nil || state.NextDue.IsZero() || !state.speaksOf(source.Source) {
		return
	}
	if !source.asked.IsZero() && !state.Polled.Equal(source.due) {
		return // of the poll before
	}
	first := !source.heard && source.asked.IsZero()
	source.due, source.asked, source.heard = state.NextDue, time.Time{}, true
	if now := s.opts.Now(); first && state.Failures > 0 && state.Rest.Before(now) && now.Before(source.due) {
		// Whoever starts again may have mended what was wrong.
		source.due = now
	}
}

// ask asks for the polls that are due and returns how long it is to the next.
func (s *scheduler) ask(ctx context.Context) time.Duration {
	now := s.opts.Now()
	next := overdue
	for _, source := range s.sources {
		if !source.asked.IsZero() && now.Sub(source.asked) >= overdue {
			s.opts.Logger.Warn("a poll is overdue and asked for again", "source", source.Name)
			source.due, source.asked = now, time.Time{}
		}
		switch {
		case !source.asked.IsZero():
			continue
		case source.due.After(now):
			next = min(next, source.due.Sub(now))
			continue
		}
		if !s.opts.Shared && source.due.Before(s.began) {
			// Whoever was asked for it before is gone, and the poll with it:
			// it is asked for as another one, and not waited for.
			source.due = now
		}
		if err := s.askFor(ctx, source); err != nil {
			s.opts.Logger.Warn("a poll could not be asked for", "source", source.Name, "error", err)
			next = min(next, askPause)
			continue
		}
		source.asked = now
	}
	return next
}

func (s *scheduler) askFor(ctx context.Context, source *dueSource) error {
	body, err := json.Marshal(job{Source: source.Source, Due: source.due})
	if err != nil {
		return fmt.Errorf("encode the source: %w", err)
	}
	return s.opts.Bus.PublishPoll(ctx, source.Name, source.due, body)
}

// The first polls are spread over a while, so that a start with many sources
// does not open as many connections at once.
const (
	staggerStep = 50 * time.Millisecond
	staggerMost = 20 * time.Second
)

func stagger(i int) time.Duration { return min(time.Duration(i)*staggerStep, staggerMost) }

// jittered moves a due time back by a part of the source's jitter, which is
// another for each source and each time, and the same in every process. It
// never takes more than half of the wait.
func (s Source) jittered(now, due time.Time) time.Time {
	most := min(s.jitter(), due.Sub(now)/2)
	if most <= 0 {
		return due
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%d", s.Name, due.Unix())
	x := h.Sum64()
	x ^= x >> 33 // FNV leaves the high bits of short inputs alike
	x *= 0xff51afd7ed558ccd
	return due.Add(time.Duration(float64(most) * (float64(x>>11) / (1 << 53))))
}
