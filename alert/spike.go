package alert

import (
	"context"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/match"
)

// counted is what a spike rule remembers: each story once, with the time at
// which it came, and the last spike that was told.
type counted struct {
	// Since is when counting began: before that nothing is known.
	Since   time.Time            `json:"since"`
	Stories map[string]time.Time `json:"stories"`
	Fired   *firing              `json:"fired,omitempty"`
}

// firing is a spike with the story that made it one.
type firing struct {
	Story string    `json:"story"`
	At    time.Time `json:"at"`
	Count int       `json:"count"`
	Usual float64   `json:"usual"`
}

// mostStories bounds what a rule counts; a rule that finds more in its
// baseline is none for rises.
const mostStories = 20_000

// spike counts the report's story and returns what there is to tell when the
// window has become much fuller than usual.
func (e *engine) spike(ctx context.Context, a *acting, s *match.Subject, came time.Time) ([]finding, error) {
	key := "spike." + a.rule.Name
	id := digest(story(s.Report()))[:16]
	for {
		c := counted{Since: a.Since}
		revision, err := e.state.read(ctx, key, &c)
		if err != nil {
			return nil, err
		}
		if c.add(id, came, *a.rule.Spike) {
			written, err := swap(ctx, e.state.kv, key, &c, revision)
			if err != nil {
				return nil, fmt.Errorf("keep the count of %s: %w", a.rule.Name, err)
			}
			if !written {
				continue
			}
		}
		// A story that comes again, after a crash, tells its spike again.
		if c.Fired == nil || c.Fired.Story != id {
			return nil, nil
		}
		return []finding{a.spikeFinding(s, *c.Fired, e.opts.Now())}, nil
	}
}

func (a *acting) spikeFinding(s *match.Subject, f firing, now time.Time) finding {
	r := s.Report()
	return a.finding(notice.Notice{
		Trigger: notice.Spike, Item: fmt.Sprintf("spike:%s/%d", a.rule.Name, f.At.Unix()),
		Title:     fmt.Sprintf("%s: %d stories in %s, usually %.1f", a.rule.Name, f.Count, a.rule.Spike.Window, f.Usual),
		Text:      "The latest: " + headline(r),
		MatchedBy: append(matcher.Clauses(a.query, s), "spike"), Sources: []notice.Source{notice.SourceOf(r)}, At: now,
	})
}

// add counts a story, forgets what is older than the baseline and the window,
// and decides. It says whether anything changed.
func (c *counted) add(id string, came time.Time, s rule.Spike) bool {
	if _, known := c.Stories[id]; known {
		return false
	}
	if c.Stories == nil {
		c.Stories = map[string]time.Time{}
	}
	if c.Since.IsZero() || came.Before(c.Since) {
		c.Since = came
	}
	c.Stories[id] = came.UTC()
	window, baseline := time.Duration(s.Window), time.Duration(s.Baseline)
	for story, at := range c.Stories {
		if came.Sub(at) >= window+baseline || len(c.Stories) > mostStories && came.Sub(at) >= window {
			delete(c.Stories, story)
		}
	}
	c.decide(id, came, s)
	return true
}

// decide compares the window that ends with the story with those before. It
// tells one rise once: the next can come when a window has passed.
func (c *counted) decide(id string, came time.Time, s rule.Spike) {
	window, baseline := time.Duration(s.Window), time.Duration(s.Baseline)
	if c.Fired != nil && came.Sub(c.Fired.At) < window {
		return
	}
	known := min(came.Sub(c.Since)-window, baseline)
	if known < window {
		return // not even one window to compare with
	}
	now, before := 0, 0
	for _, at := range c.Stories {
		switch age := came.Sub(at); {
		case age < window:
			now++
		case age < window+known:
			before++
		}
	}
	usual := float64(before) * float64(window) / float64(known)
	if now >= s.Minimum && float64(now) >= s.Factor*usual {
		c.Fired = &firing{Story: id, At: came.UTC(), Count: now, Usual: usual}
	}
}
