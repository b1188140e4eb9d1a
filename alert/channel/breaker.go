package channel

import (
	"sync"
	"time"
)

// Breaker lets a target that fails again and again alone: after several
// failures in a row for a while that doubles, then for one try at a time.
type Breaker struct {
	// Failures in a row open the breaker, 0 means 5; Pause is the first wait, 0
	// means 30 seconds, and Longest the most, 0 means 10 minutes.
	Failures       int
	Pause, Longest time.Duration

	mu      sync.Mutex
	targets map[string]*circuit
}

type circuit struct {
	failures int
	until    time.Time
	pause    time.Duration
	trying   bool
}

// Allow reports whether the target may be tried now; where not, it says when
// to ask again. Whoever was allowed calls Done.
func (b *Breaker) Allow(target string, now time.Time) (again time.Time, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.circuit(target)
	switch {
	case c.failures < b.threshold():
		return now, true
	case now.Before(c.until):
		return c.until, false
	case c.trying:
		return now.Add(time.Second), false
	}
	c.trying = true
	return now, true
}

// Done tells how the try went. A failure that is not temporary is the
// message's own and says nothing of the target.
func (b *Breaker) Done(target string, failed bool, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.circuit(target)
	c.trying = false
	if !failed {
		*c = circuit{}
		return
	}
	c.failures++
	if c.failures >= b.threshold() {
		c.pause = min(max(2*c.pause, orDefault(b.Pause, 30*time.Second)), orDefault(b.Longest, 10*time.Minute))
		c.until = now.Add(c.pause)
	}
}

func (b *Breaker) circuit(target string) *circuit {
	if b.targets == nil {
		b.targets = map[string]*circuit{}
	}
	c := b.targets[target]
	if c == nil {
		c = new(circuit)
		b.targets[target] = c
	}
	return c
}

func (b *Breaker) threshold() int { return orDefault(b.Failures, 5) }

func orDefault[T int | time.Duration](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}
