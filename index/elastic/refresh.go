package elastic

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// Between the end of a refresh and the start of the next lies restRatio times
// what the refresh took, at least minRest and at most maxRest. A lone report
// is visible at once; under load a refresh shows what many writes brought, so
// that the cluster spends its time on indexing and segments stay few.
const (
	restRatio = 4
	minRest   = 50 * time.Millisecond
	maxRest   = 500 * time.Millisecond
)

// refresher shares refreshes: one that begins after a write has ended shows
// what it wrote, so all writes that end before it begins wait for the same.
// (The server's own refresh=wait_for would make each wait for the index's
// interval, and refresh=true would refresh once per request.)
type refresher struct {
	refresh func(context.Context) error
	turn    chan struct{} // holds a value while no refresh runs or rests
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	next   *round
	closed bool
}

// round is one refresh and those who wait for it.
type round struct {
	done chan struct{}
	err  error
}

func newRefresher(refresh func(context.Context) error) *refresher {
	r := &refresher{refresh: refresh, turn: make(chan struct{}, 1)}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.turn <- struct{}{}
	return r
}

// do returns when a refresh that began after the call has ended.
func (r *refresher) do(ctx context.Context) error {
	shared, err := r.join()
	if err != nil {
		return err
	}
	select {
	case <-shared.done:
		return shared.err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", index.ErrUnavailable, ctx.Err())
	}
}

// join returns the next round to begin and starts it if nobody has.
func (r *refresher) join() (*round, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, fmt.Errorf("%w: it is closed", index.ErrUnavailable)
	}
	if r.next == nil {
		r.next = &round{done: make(chan struct{})}
		r.running.Add(1)
		go r.run(r.next)
	}
	return r.next, nil
}

func (r *refresher) run(shared *round) {
	defer r.running.Done()
	<-r.turn
	r.mu.Lock()
	r.next = nil
	r.mu.Unlock()
	began := time.Now()
	shared.err = r.refresh(r.ctx)
	rest := restRatio * time.Since(began)
	close(shared.done)
	_ = wait(r.ctx, min(max(rest, minRest), maxRest))
	r.turn <- struct{}{}
}

// close ends refreshes under way and waits for their ends.
func (r *refresher) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.cancel()
	r.running.Wait()
}

func refreshIndex(ctx context.Context, c *cluster, alias string) error {
	var answer struct {
		Shards shards `json:"_shards"`
	}
	if err := c.do(ctx, esapi.IndicesRefreshRequest{Index: []string{alias}}, &answer); err != nil {
		return err
	}
	return answer.Shards.err()
}

// shards is the part of an answer that counts the shards asked.
type shards struct {
	Total    int `json:"total"`
	Failed   int `json:"failed"`
	Failures []struct {
		Reason cause `json:"reason"`
	} `json:"failures"`
}

// err is an error when a shard did not do its part.
func (s shards) err() error {
	if s.Failed == 0 {
		return nil
	}
	reason := "no reason given"
	if len(s.Failures) > 0 {
		reason = s.Failures[0].Reason.reason()
	}
	return fmt.Errorf("%w: %d of %d shards failed: %s", index.ErrUnavailable, s.Failed, s.Total, reason)
}
