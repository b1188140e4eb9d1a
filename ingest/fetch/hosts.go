package fetch

import (
	"context"
	"net/url"
	"sync"
	"time"
)

// Turns says when a host may be asked, for all processes that share it. The
// Fetcher keeps turns of its own before it asks for one of these.
type Turns interface {
	// Enter waits for the host's turn, at least pace after the start of the
	// one before, and returns what ends it. A host that asked to be left alone
	// is not entered: closed says for how long. Its error is one of the store.
	Enter(ctx context.Context, host string, pace time.Duration) (release func(), closed time.Duration, err error)
	// Close leaves the host alone until then.
	Close(ctx context.Context, host string, until time.Time) error
}

// hosts keeps the turns of each host in this process: how many requests are
// in flight, when the last one started, and until when the host asked to be
// left alone.
type hosts struct {
	now     func() time.Time
	perHost int

	mu   sync.Mutex
	byID map[string]*host
}

type host struct {
	slots  chan struct{}
	users  int
	last   time.Time // start of the last request, which may lie ahead
	closed time.Time
	// refused counts the answers in a row that asked for peace.
	refused int
}

func newHosts(now func() time.Time, perHost int) *hosts {
	return &hosts{now: now, perHost: perHost, byID: map[string]*host{}}
}

// longestLine is how long a request waits for its host's turn. Where the turn
// comes later, whoever asks has better things to do meanwhile.
const longestLine = 10 * time.Minute

// enter waits for the host's turn, and returns what ends it. It does not wait
// for a host that is closed, or whose turn is far: that is an ErrBusy.
func (h *hosts) enter(ctx context.Context, u *url.URL, pace time.Duration) (release func(), err error) {
	e := h.use(u.Host)
	leave := func() { h.leave(e) }
	if wait := h.closedFor(e); wait > 0 {
		leave()
		return nil, closedError(u, wait)
	}
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		leave()
		return nil, transportError(u.String(), 0, context.Cause(ctx))
	}
	release = func() { <-e.slots; leave() }
	wait, ok := h.reserve(e, pace)
	if !ok {
		release()
		return nil, &Error{URL: u.String(), Kind: ErrBusy, RetryAfter: wait, Detail: "its pace leaves no turn before"}
	}
	if err := sleep(ctx, wait); err != nil {
		release()
		return nil, transportError(u.String(), 0, err)
	}
	if wait := h.closedFor(e); wait > 0 { // by a request that was ahead in the line
		release()
		return nil, closedError(u, wait)
	}
	return release, nil
}

func closedError(u *url.URL, wait time.Duration) error {
	return &Error{URL: u.String(), Kind: ErrBusy, RetryAfter: wait}
}

// Bounds of how long a host is left alone that asks for peace and does not
// say for how long: the wait doubles with each such answer in a row.
const (
	firstPeace   = time.Minute
	longestPeace = 2 * time.Hour
)

// refuse closes a host that asked for peace, for as long as it said or, where
// that is 0, for longer each time. It returns how long that is.
func (h *hosts) refuse(u *url.URL, asked time.Duration) time.Duration {
	e := h.use(u.Host)
	defer h.leave(e)
	h.mu.Lock()
	defer h.mu.Unlock()
	wait := asked
	if wait == 0 {
		wait = min(firstPeace<<min(e.refused, 16), longestPeace)
	}
	e.refused++
	if until := h.now().Add(wait); until.After(e.closed) {
		e.closed = until
	}
	return wait
}

// answered forgets that the host asked for peace before.
func (h *hosts) answered(u *url.URL) {
	e := h.use(u.Host)
	defer h.leave(e)
	h.mu.Lock()
	defer h.mu.Unlock()
	e.refused = 0
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

// dropIdle forgets the hosts that no turn depends on any more.
func (h *hosts) dropIdle() {
	now := h.now()
	for id, e := range h.byID {
		if e.users == 0 && now.Sub(e.last) > maxDelay && e.closed.Before(now) {
			delete(h.byID, id)
		}
	}
}

func (h *hosts) closedFor(e *host) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return e.closed.Sub(h.now())
}

// reserve takes the host's next turn and returns how long it is until then,
// or false where that is too long to wait for.
func (h *hosts) reserve(e *host, pace time.Duration) (wait time.Duration, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	start := now
	if next := e.last.Add(pace); next.After(now) && !e.last.IsZero() {
		start = next
	}
	wait = start.Sub(now)
	if wait > longestLine {
		return wait, false
	}
	e.last = start
	return wait, true
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
