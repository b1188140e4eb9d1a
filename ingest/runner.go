package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/wire"
)

// runner polls one source. Its polls never overlap, since one goroutine makes
// them all.
type runner struct {
	source   Source
	location *time.Location
	recheck  time.Duration
	opts     Options
	state    *store
	log      *slog.Logger
	poll     func(context.Context) error

	now pollState
	// settled says that the state speaks of all that the source published.
	settled bool
	// paused says that the pause that lasts was told already.
	paused bool
	// saved is the status as it was written last.
	saved Status
	// listed is the last list that was read, for rechecks while the feed says
	// it has not changed.
	listed []feed.Item
}

func newRunner(s Source, opts Options, state *store) (*runner, error) {
	location, err := s.location()
	if err != nil {
		return nil, err
	}
	recheck, err := s.recheck()
	if err != nil {
		return nil, err
	}
	r := &runner{
		source: s, location: location, recheck: recheck, opts: opts, state: state,
		log: opts.Logger.With("source", s.Name),
	}
	r.poll = r.pollList
	if s.kind() == KindInbox {
		if r.poll, err = r.inboxPoll(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// inboxInterval is how often a folder is looked at.
const inboxInterval = 500 * time.Millisecond

// run polls until ctx ends, first after delay.
func (r *runner) run(ctx context.Context, delay time.Duration) {
	if _, err := load(ctx, r.state.poll, sourceKey(r.source.Name), &r.now); err != nil {
		r.log.Warn("the state of the source is not readable; beginning anew", "error", err)
	}
	// The first list is read whole, so that what it says is known again.
	r.now.ETag, r.now.LastModified = "", ""
	if r.now.URL != r.source.URL {
		r.now.MovedTo = ""
	}
	r.saved = r.now.Status
	for pause(ctx, delay) {
		if !r.waitForRoom(ctx) {
			return
		}
		err := r.pollSafely(ctx)
		if ctx.Err() != nil {
			return
		}
		next := r.after(err)
		r.report(ctx, err, next)
		delay = next.Sub(r.opts.Now())
	}
}

// pollSafely turns a panic over a source's data into a failed poll of that
// source.
func (r *runner) pollSafely(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("panic while polling", "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("reading the source failed in an unforeseen way (%v); please report it", p)
		}
	}()
	return r.poll(ctx)
}

// maxBackoff is the longest wait between tries of a failing source, unless
// its own schedule is slower.
const maxBackoff = time.Hour

// after returns when to poll next: on schedule, or later when the source
// fails again and again, or asks for it.
func (r *runner) after(err error) time.Time {
	now := r.opts.Now()
	next := now.Add(inboxInterval)
	if r.source.kind() != KindInbox {
		var scheduleErr error
		if next, scheduleErr = r.source.Next(now); scheduleErr != nil {
			next = now.Add(maxBackoff)
		}
	}
	if err == nil {
		r.now.Failures = 0
		return next
	}
	r.now.Failures++
	if r.source.kind() == KindInbox {
		return next
	}
	wait := next.Sub(now)
	for range min(r.now.Failures-1, 20) {
		wait = min(2*wait, max(maxBackoff, next.Sub(now)))
	}
	var e *fetch.Error
	if errors.As(err, &e) {
		wait = max(wait, e.RetryAfter)
	}
	return now.Add(wait)
}

// report writes the source's status where others can read it, when it says
// something new.
func (r *runner) report(ctx context.Context, err error, next time.Time) {
	s := &r.now.Status
	s.Source, s.Agency, s.Kind, s.URL, s.Schedule = r.source.Name, r.source.agency(), r.source.kind(), r.source.URL, r.source.Schedule
	s.LastPoll = r.opts.Now()
	s.NextDue = next
	switch {
	case err == nil:
		s.LastSuccess = s.LastPoll
	default:
		s.Error = sentence(err)
	}
	if err != nil && (s.Kind != KindInbox || s.Error != r.saved.Error) {
		r.log.Warn("poll failed", "error", err, "failures", s.Failures, "next", next)
	}
	if s.Kind == KindInbox {
		s.NextDue = time.Time{}
		if !r.newsworthy() {
			return
		}
	}
	r.saveStatus(ctx)
}

// newsworthy keeps a folder that is looked at every second from writing its
// status as often.
func (r *runner) newsworthy() bool {
	a, b := r.saved, r.now.Status
	return a.Error != b.Error || a.Note != b.Note || a.Items != b.Items || a.Published != b.Published ||
		b.LastPoll.Sub(a.LastPoll) >= time.Minute
}

// roomInterval is how often a paused source looks whether it may go on.
const roomInterval = 2 * time.Second

// waitForRoom waits while the stage behind has too much to do. It returns
// false when ctx ends.
//
// Invariant 9: backpressure reaches the source.
func (r *runner) waitForRoom(ctx context.Context) bool {
	for {
		pending, err := r.opts.Bus.Backlog(ctx, wire.StreamRaw, r.opts.Consumer)
		if err != nil || pending <= r.opts.MaxBacklog {
			// A stage that has not started yet has no backlog to know.
			r.resume()
			return ctx.Err() == nil
		}
		r.pauseFor(ctx, fmt.Sprintf("%d reports wait for the %s stage; polling goes on when it has caught up", pending, r.opts.Consumer))
		if !pause(ctx, roomInterval) {
			return false
		}
	}
}

// pauseFor tells the log and the status, once, why nothing is polled.
func (r *runner) pauseFor(ctx context.Context, why string) {
	if r.paused {
		return
	}
	r.paused = true
	r.now.Note = "paused: " + why
	r.log.Warn("polling is paused", "why", why)
	r.saveStatus(ctx)
}

// resume takes back what pauseFor said.
func (r *runner) resume() {
	if r.paused {
		r.paused, r.now.Note = false, ""
	}
}

func (r *runner) saveStatus(ctx context.Context) {
	if err := save(ctx, r.state.poll, sourceKey(r.source.Name), r.now); err != nil {
		r.log.Warn("the status could not be written", "error", err)
		return
	}
	r.saved = r.now.Status
}

// pause waits for d and reports whether ctx still runs.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
