package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/dateline-news/dateline/ingest/fetch"
)

// runner polls one source.
type runner struct {
	*desk
	source   Source
	location *time.Location
	recheck  time.Duration
	log      *slog.Logger
	poll     func(context.Context) error

	now pollState
	// settled says that the state speaks of all that the source published, the
	// last of which has the sequence tail on the stream.
	settled bool
	tail    uint64
	// paused says that the pause that lasts was told already.
	paused bool
	// saved is the status as it was written last.
	saved Status
	// rest is how long the list's own host asks to be left alone, again when
	// the first host that asked for peace may be asked for its items.
	rest, again time.Duration
	// since is the time before which a backfill publishes nothing; zero in a
	// poll.
	since time.Time
}

func newRunner(s Source, d *desk) (*runner, error) {
	location, err := s.location()
	if err != nil {
		return nil, err
	}
	recheck, err := s.recheck()
	if err != nil {
		return nil, err
	}
	r := &runner{desk: d, source: s, location: location, recheck: recheck, log: d.Logger.With("source", s.Name)}
	r.poll = r.pollList
	if s.kind() == KindInbox {
		if r.poll, err = r.inboxPoll(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// remember reads what earlier polls left behind.
func (r *runner) remember(ctx context.Context) error {
	_, err := load(ctx, r.state.poll, sourceKey(r.source.Name), &r.now)
	if errors.Is(err, errUnreadable) {
		r.log.Warn("the state of the source is not readable; beginning anew", "error", err)
		r.now, err = pollState{}, nil
	}
	if r.now.URL != r.source.URL {
		r.now.MovedTo = ""
	}
	r.saved = r.now.Status
	return err
}

// pollDue makes the poll that was asked for, and returns nil when its status
// is written.
func (r *runner) pollDue(ctx context.Context) error {
	if err := r.remember(ctx); err != nil {
		return err
	}
	if !r.waitForRoom(ctx) {
		return context.Cause(ctx)
	}
	err := r.pollSafely(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	r.conclude(err, r.after(err))
	return r.answer(ctx)
}

// answer writes the status as the answer to whoever asked for the poll.
func (r *runner) answer(ctx context.Context) error {
	r.now.Polled = r.dueOf(r.source.Name)
	return r.saveStatus(ctx)
}

// inboxInterval is how often a folder is looked at.
const inboxInterval = 500 * time.Millisecond

// watch polls a folder until ctx ends.
func (r *runner) watch(ctx context.Context) {
	if err := r.remember(ctx); err != nil {
		r.log.Warn("the state of the folder is not readable", "error", err)
	}
	for ctx.Err() == nil && r.waitForRoom(ctx) {
		err := r.pollSafely(ctx)
		if ctx.Err() != nil {
			return
		}
		r.conclude(err, r.after(err))
		if r.newsworthy() {
			_ = r.saveStatus(ctx) // logged; the next one tells the same
		}
		if !pause(ctx, inboxInterval) {
			return
		}
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

const (
	// maxBackoff is the longest wait between tries of a failing source, unless
	// its own schedule is slower.
	maxBackoff = time.Hour
	// goneBackoff is the wait where the publisher says that the list is gone
	// for good.
	goneBackoff = 24 * time.Hour
)

// after returns when to poll next: on schedule, or later when the source
// fails again and again, or asks for it.
func (r *runner) after(err error) time.Time {
	now := r.Now()
	if err == nil {
		r.now.Failures = 0
	} else {
		r.now.Failures++
	}
	if r.source.kind() == KindInbox {
		return now.Add(inboxInterval)
	}
	next, scheduleErr := r.next(now)
	if scheduleErr != nil {
		next = now.Add(maxBackoff)
	}
	wait := next.Sub(now)
	if err == nil {
		if r.again > 0 { // items wait for a host that is ready then
			wait = min(wait, r.again)
		}
		return now.Add(max(wait, r.rest))
	}
	for range min(r.now.Failures-1, 20) {
		wait = min(2*wait, max(maxBackoff, next.Sub(now)))
	}
	var e *fetch.Error
	if errors.As(err, &e) {
		rest := e.RetryAfter
		if e.Status == http.StatusGone {
			rest = goneBackoff
		}
		r.now.Rest = now.Add(rest)
		wait = max(wait, rest)
	}
	return now.Add(wait)
}

// next is when the source is polled again by its schedule.
func (r *runner) next(now time.Time) (time.Time, error) {
	if r.source.adaptive() {
		return now.Add(r.now.Rhythm.Wait(now, r.location, r.source.floor(), r.source.ceiling())), nil
	}
	due, err := r.source.Next(now)
	if err != nil {
		return due, err
	}
	return r.source.jittered(now, due), nil
}

// conclude brings the status up to date after a poll.
func (r *runner) conclude(err error, next time.Time) {
	s := &r.now.Status
	s.Source, s.Agency, s.Kind, s.URL, s.Schedule = r.source.Name, r.source.agency(), r.source.kind(), r.source.URL, r.source.Schedule
	s.LastPoll = r.Now()
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
		return
	}
	r.meters.polled(err)
	r.now.Faults.add(err != nil)
	r.healthy(s.LastPoll)
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
		pending, err := r.backlog(ctx)
		if err != nil || pending <= r.MaxBacklog {
			// A stage that has not started yet has no backlog to know.
			r.resume()
			return ctx.Err() == nil
		}
		r.pauseFor(ctx, fmt.Sprintf("%d reports wait for the %s stage; polling goes on when it has caught up", pending, r.Consumer))
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
	_ = r.saveStatus(ctx) // logged; it says why nothing happens, and nothing depends on it
}

// resume takes back what pauseFor said.
func (r *runner) resume() {
	if r.paused {
		r.paused, r.now.Note = false, ""
	}
}

func (r *runner) saveStatus(ctx context.Context) error {
	if err := save(ctx, r.state.poll, sourceKey(r.source.Name), r.now); err != nil {
		r.log.Warn("the status could not be written", "error", err)
		return err
	}
	r.saved = r.now.Status
	return nil
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
