package ingest

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/ingest/fetch"
)

// hostTurns keeps the turns of hosts in a bucket that all processes share, so
// that ten of them ask a host no more often than one. Their clocks must agree
// to within the pace, as those of machines that keep the time do.
type hostTurns struct {
	kv     jetstream.KeyValue
	now    func() time.Time
	places int
}

var _ fetch.Turns = (*hostTurns)(nil)

// hostState is how things stand with a host.
type hostState struct {
	// Last is the start of the last request, which may lie ahead, or its end.
	Last time.Time `json:"last,omitzero"`
	// Closed is until when the host wants to be left alone.
	Closed time.Time `json:"closed,omitzero"`
	// Busy are the requests in flight, and when each must have ended.
	Busy map[string]time.Time `json:"busy,omitempty"`
}

const (
	// longestRequest is when a request is over whose process never said so.
	longestRequest = 2 * time.Minute
	// slotPause is the wait between two looks for a free place at a host.
	slotPause = 200 * time.Millisecond
)

func hostKey(host string) string { return shortHash(host) }

// Enter waits for the host's turn among all processes.
func (h *hostTurns) Enter(ctx context.Context, host string, pace time.Duration) (release func(), closed time.Duration, err error) {
	id := rand.Text()
	var start time.Time
	for start.IsZero() && closed <= 0 {
		err := h.change(ctx, host, func(s *hostState) {
			start, closed = s.enter(id, h.now(), pace, h.places)
		})
		if err != nil {
			return nil, 0, err
		}
		if start.IsZero() && closed <= 0 && !pause(ctx, slotPause) {
			return nil, 0, context.Cause(ctx)
		}
	}
	if closed > 0 {
		return nil, closed, nil
	}
	release = func() { h.leave(ctx, host, id) }
	if !pause(ctx, start.Sub(h.now())) {
		release()
		return nil, 0, context.Cause(ctx)
	}
	return release, 0, nil
}

// enter takes the next turn for the request, and returns when it is; zero
// when there is no place now, or the host is closed for so long.
func (s *hostState) enter(id string, now time.Time, pace time.Duration, places int) (start time.Time, closed time.Duration) {
	if s.Closed.After(now) {
		return time.Time{}, s.Closed.Sub(now)
	}
	maps.DeleteFunc(s.Busy, func(_ string, end time.Time) bool { return end.Before(now) })
	if len(s.Busy) >= places {
		return time.Time{}, 0
	}
	start = now
	if next := s.Last.Add(pace); next.After(now) {
		start = next
	}
	if s.Busy == nil {
		s.Busy = map[string]time.Time{}
	}
	s.Last, s.Busy[id] = start, start.Add(longestRequest)
	return start, 0
}

// leave ends a request. Where that cannot be written, it ends by itself.
func (h *hostTurns) leave(ctx context.Context, host, id string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = h.change(ctx, host, func(s *hostState) {
		delete(s.Busy, id)
		// Only now is it sure that the request has arrived.
		if now := h.now(); now.After(s.Last) {
			s.Last = now
		}
	})
}

// Close leaves the host alone until then.
func (h *hostTurns) Close(ctx context.Context, host string, until time.Time) error {
	return h.change(ctx, host, func(s *hostState) {
		if until.After(s.Closed) {
			s.Closed = until
		}
	})
}

// change applies f to the host's state, again on whatever another process has
// made of it meanwhile.
func (h *hostTurns) change(ctx context.Context, host string, f func(*hostState)) error {
	for {
		var s hostState
		revision, err := load(ctx, h.kv, hostKey(host), &s)
		if err != nil && !errors.Is(err, errUnreadable) {
			return err
		}
		f(&s)
		err = saveNext(ctx, h.kv, hostKey(host), s, revision)
		if !errors.Is(err, errConflict) {
			return err
		}
		if !pause(ctx, time.Millisecond) {
			return context.Cause(ctx)
		}
	}
}
