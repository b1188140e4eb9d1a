package elastic

import (
	"context"
	"sync"
)

// limiter bounds how many requests are under way. The bound is halved when
// the cluster is too busy and grows by one, up to max, each time as many
// requests as the bound went well.
type limiter struct {
	mu                   sync.Mutex
	max, limit, inFlight int
	calm                 int
	freed                chan struct{} // closed when a place may be free
}

func newLimiter(max int) *limiter {
	return &limiter{max: max, limit: max, freed: make(chan struct{})}
}

// acquire waits for a place, which release gives back.
func (l *limiter) acquire(ctx context.Context) error {
	for {
		l.mu.Lock()
		if l.inFlight < l.limit {
			l.inFlight++
			l.mu.Unlock()
			return nil
		}
		freed := l.freed
		l.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *limiter) release(busy bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	if busy {
		l.limit, l.calm = max(1, l.limit/2), 0
	} else if l.calm++; l.calm >= l.limit {
		l.limit, l.calm = min(l.max, l.limit+1), 0
	}
	close(l.freed)
	l.freed = make(chan struct{})
}
