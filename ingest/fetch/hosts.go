package fetch

import (
	"context"
	"net/url"
	"sync"
	"time"
)

// hosts keeps the turns of each host: how many requests are in flight, when
// the next may start, and until when the host asked to be left alone.
type hosts struct {
	now     func() time.Time
	perHost int

	mu   sync.Mutex
	byID map[string]*host
}

type host struct {
	slots  chan struct{}
	users  int
	next   time.Time
	closed time.Time
}

func newHosts(now func() time.Time, perHost int) *hosts {
	return &hosts{now: now, perHost: perHost, byID: map[string]*host{}}
}

// enter waits for the host's turn, and returns what ends it. It does not wait
// for a host that is closed: that is an ErrBusy.
func (h *hosts) enter(ctx context.Context, u *url.URL, pace time.Duration) (release func(), err error) {
	e := h.use(u.Host)
	leave := func() { h.leave(e) }
	if wait := h.closedFor(e); wait > 0 {
		leave()
		return nil, &Error{URL: u.String(), Kind: ErrBusy, RetryAfter: wait}
	}
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		leave()
		return nil, transportError(u.String(), 0, context.Cause(ctx))
	}
	release = func() { <-e.slots; leave() }
	if err := sleep(ctx, h.reserve(e, pace)); err != nil {
		release()
		return nil, transportError(u.String(), 0, err)
	}
	return release, nil
}

// close leaves the host alone until t.
func (h *hosts) close(u *url.URL, t time.Time) {
	e := h.use(u.Host)
	defer h.leave(e)
	h.mu.Lock()
	defer h.mu.Unlock()
	if t.After(e.closed) {
		e.closed = t
	}
}

// manyHosts is how many hosts are remembered before idle ones are dropped.
const manyHosts = 4096

func (h *hosts) use(id string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := h.byID[id]
	if e == nil {
		if len(h.byID) >= manyHosts {
			h.dropIdle()
		}
		e = &host{slots: make(chan struct{}, h.perHost)}
		h.byID[id] = e
	}
	e.users++
	return e
}

func (h *hosts) leave(e *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e.users--
}

func (h *hosts) dropIdle() {
	now := h.now()
	for id, e := range h.byID {
		if e.users == 0 && e.next.Before(now) && e.closed.Before(now) {
			delete(h.byID, id)
		}
	}
}

func (h *hosts) closedFor(e *host) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return e.closed.Sub(h.now())
}

// reserve takes the host's next turn and returns how long it is until then.
func (h *hosts) reserve(e *host, pace time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	start := now
	if e.next.After(now) {
		start = e.next
	}
	e.next = start.Add(pace)
	return start.Sub(now)
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
