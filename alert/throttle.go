package alert

import (
	"context"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
)

// passed are the notices that a throttle let through, by id.
type passed map[string]time.Time

// heldThrottle is the reason of what a throttle holds.
const heldThrottle = "throttle"

// throttled lets the notice pass, or says when the next stretch begins. A
// second try of a notice counts once.
func (e *engine) throttled(ctx context.Context, r rule.Rule, n notice.Notice, now time.Time) (rule.Hold, error) {
	key := "throttle." + r.Name
	for {
		let := passed{}
		revision, err := e.state.read(ctx, key, &let)
		if err != nil {
			return rule.Hold{}, err
		}
		if !let.pass(n.ID, *r.Throttle, now) {
			return rule.Hold{Until: let.next(*r.Throttle, now), Reason: fmt.Sprintf("%s: %d in %s", heldThrottle, r.Throttle.Most, r.Throttle.Per)}, nil
		}
		written, err := swap(ctx, e.state.kv, key, let, revision)
		if err != nil {
			return rule.Hold{}, fmt.Errorf("keep the throttle of %s: %w", r.Name, err)
		}
		if written {
			return rule.Hold{}, nil
		}
	}
}

// pass counts the notice if there is room for it in the stretch that ends now.
func (p passed) pass(id string, t rule.Throttle, now time.Time) bool {
	for other, at := range p {
		if now.Sub(at) >= time.Duration(t.Per) {
			delete(p, other)
		}
	}
	if _, again := p[id]; again {
		return true
	}
	if len(p) >= t.Most {
		return false
	}
	p[id] = now.UTC()
	return true
}

// next is when the oldest of the stretch is out of it.
func (p passed) next(t rule.Throttle, now time.Time) time.Time {
	oldest := now
	for _, at := range p {
		if at.Before(oldest) {
			oldest = at
		}
	}
	return oldest.Add(time.Duration(t.Per))
}
