package elastic

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dateline-news/dateline/index"
)

func TestTheLimitIsHalvedWhenTheClusterIsBusyAndGrowsBack(t *testing.T) {
	l := newLimiter(8)
	turn := func(busy bool) {
		if err := l.acquire(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.release(busy)
	}
	for _, want := range []int{4, 2, 1, 1} {
		if turn(true); l.limit != want {
			t.Fatalf("the limit is %d, want %d", l.limit, want)
		}
	}
	for range 100 {
		turn(false)
	}
	if l.limit != 8 {
		t.Errorf("the limit grew back to %d, want 8", l.limit)
	}
}

func TestNoMoreRequestsThanTheLimitAreUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(3)
		var now, most atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if err := l.acquire(t.Context()); err != nil {
					t.Error(err)
					return
				}
				most.Store(max(most.Load(), now.Add(1)))
				time.Sleep(time.Second)
				now.Add(-1)
				l.release(false)
			})
		}
		all.Wait()
		if most.Load() != 3 {
			t.Errorf("%d requests were under way, want 3", most.Load())
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 4 {
			_ = l.acquire(t.Context())
			if l.inFlight == 3 {
				break
			}
		}
		if err := l.acquire(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("waiting for a place ended with %v", err)
		}
	})
}

func TestWritesShareARefreshThatBeginsAfterThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refreshes := 0
		r := newRefresher(func(context.Context) error {
			refreshes++
			time.Sleep(100 * time.Millisecond)
			return nil
		})
		defer r.close()
		began := time.Now()
		if err := r.do(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 100*time.Millisecond {
			t.Errorf("a lone write waits for %v", took)
		}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if err := r.do(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if refreshes != 2 {
			t.Errorf("%d refreshes for one write and then ten, want 2", refreshes)
		}
	})
}

func TestAFailedRefreshFailsThoseWhoWaitForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		r := newRefresher(func(context.Context) error { return broken })
		if err := r.do(t.Context()); !errors.Is(err, broken) {
			t.Errorf("do = %v", err)
		}
		r.close()
		if err := r.do(t.Context()); !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("do after close = %v", err)
		}
	})
}
