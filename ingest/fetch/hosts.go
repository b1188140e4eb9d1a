package fetch

import (
	"context"
	"errors"
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
	// slots are the requests in flight; line is held by the one that has not
	// been answered yet.
	slots, line chan struct{}
	users       int
	last        time.Time // when the last request was known to have arrived
	closed      time.Time
	// refused counts the answers in a row that asked for peace.
	refused int
}

func newHosts(now func() time.Time, perHost int) *hosts {
	return &hosts{now: now, perHost: perHost, byID: map[string]*host{}}
}

// longestLine is how long a request waits for its host's turn. Where the turn
// comes later, whoever asks has better things to do meanwhile.
const longestLine = 10 * time.Minute

// turn is a request's permission to ask a host.
type turn struct {
	hosts *hosts
	host  *host
	// inLine says that the next request waits for this one to be answered.
	inLine bool
	once   sync.Once
}

// enter waits for the host's turn: until pace has passed since it answered the
// request before, so that however long each is on its way, none arrives too
// soon after another. It does not wait for a host that is closed, or whose
// turn is far: that is an ErrBusy.
func (h *hosts) enter(ctx context.Context, u *url.URL, pace time.Duration) (*turn, error) {
	e := h.use(u.Host)
	if wait := h.closedFor(e); wait > 0 {
		h.leave(e)
		return nil, closedError(u, wait)
	}
	line, stop := context.WithTimeoutCause(ctx, longestLine, errFarTurn)
	defer stop()
	if err := take(line, e.slots); err != nil {
		h.leave(e)
		return nil, lineError(u, err)
	}
	t := &turn{hosts: h, host: e}
	if pace == 0 {
		return t, nil
	}
	if err := take(line, e.line); err != nil {
		t.release()
		return nil, lineError(u, err)
	}
	t.inLine = true
	if err := h.waitTurn(ctx, u, e, pace); err != nil {
		t.leaveLine()
		t.release()
		return nil, err
	}
	return t, nil
}

// errFarTurn: others have the turns of the next minutes.
var errFarTurn = errors.New("many requests wait for the host")

func lineError(u *url.URL, err error) error {
	if errors.Is(err, errFarTurn) {
		return &Error{URL: u.String(), Kind: ErrBusy, RetryAfter: longestLine, Detail: errFarTurn.Error()}
	}
	return transportError(u.String(), 0, err)
}

// waitTurn waits until pace has passed since the request before.
func (h *hosts) waitTurn(ctx context.Context, u *url.URL, e *host, pace time.Duration) error {
	wait := h.untilTurn(e, pace)
	if wait > longestLine {
		return &Error{URL: u.String(), Kind: ErrBusy, RetryAfter: wait, Detail: "its pace leaves no turn before"}
	}
	if err := sleep(ctx, wait); err != nil {
		return transportError(u.String(), 0, err)
	}
	if wait := h.closedFor(e); wait > 0 { // by the request before
		return closedError(u, wait)
	}
	return nil
}

// answered says that the host has the request: the next one waits from now on.
func (t *turn) answered() {
	if t.inLine {
		t.once.Do(func() {
			t.hosts.arrived(t.host)
			<-t.host.line
		})
	}
}

// leaveLine lets the next request go ahead of one that is not sent.
func (t *turn) leaveLine() { t.once.Do(func() { <-t.host.line }) }

// release ends the request.
func (t *turn) release() {
	t.answered()
	<-t.host.slots
	t.hosts.leave(t.host)
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
		e = &host{slots: make(chan struct{}, h.perHost), line: make(chan struct{}, 1)}
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

func (h *hosts) arrived(e *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e.last = h.now()
}

// untilTurn is how long it is until pace has passed since the last request.
func (h *hosts) untilTurn(e *host, pace time.Duration) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.last.IsZero() {
		return 0
	}
	return e.last.Add(pace).Sub(h.now())
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
