package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/wire"
)

// The clerk's rounds: what has to be done by one process, by the clock.
const (
	roundTime = 5 * time.Second
	// markerAge is how long the outbox keeps the marks of what was removed.
	markerAge  = time.Hour
	markerTime = time.Hour
)

// clerk goes its rounds until ctx ends: it marks rules that have broken and
// tells their owners, looks for silence, and lets rules catch up.
func (e *engine) clerk(ctx context.Context) error {
	ticker := time.NewTicker(e.opts.Round)
	defer ticker.Stop()
	var swept time.Time
	for {
		if err := e.round(ctx); err != nil && ctx.Err() == nil {
			e.log.Warn("looking after the rules, trying again", "error", err)
		}
		if now := e.opts.Now(); now.Sub(swept) >= markerTime {
			swept = now
			if err := e.outbox.kv.PurgeDeletes(ctx, jetstream.DeleteMarkersOlderThan(markerAge)); err != nil && ctx.Err() == nil {
				e.log.Warn("sweeping the outbox", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ticker.C:
		}
	}
}

func (e *engine) round(ctx context.Context) error {
	p, err := e.book.current(ctx)
	if err != nil {
		return err
	}
	for name, s := range p.stored {
		if err := e.inspect(ctx, name, s); err != nil {
			return err
		}
	}
	for _, a := range p.byName {
		if a.rule.Silence != nil {
			if err := e.listen(ctx, a); err != nil {
				return err
			}
		}
	}
	for name, s := range p.stored {
		if s.CatchUp != nil {
			if err := e.catchUp(ctx, p, name, *s.CatchUp); err != nil {
				return err
			}
		}
	}
	return nil
}

// inspect marks a rule that was good and no longer is, because the program or
// the configuration changed; and tells the owner of a broken one, once.
func (e *engine) inspect(ctx context.Context, name string, s *Stored) error {
	if s.Broken == "" {
		if fault := s.Rule.Validate(e.store.known, e.opts.Now()); fault != nil {
			e.log.Error("a rule is broken", "rule", name, "error", fault)
			_, err := e.store.change(ctx, name, false, func(s *Stored) error { s.mark(fault, e.opts.Now()); return nil })
			return err
		}
		return nil
	}
	if s.Source == "" && s.Rule.Validate(e.store.known, e.opts.Now()) == nil { // the configuration has changed back
		_, err := e.store.change(ctx, name, false, func(s *Stored) error { s.put(s.Rule, "", nil, e.opts.Now()); return nil })
		return err
	}
	if s.Told == s.Broken || s.Origin == "unknown" {
		return nil
	}
	n := notice.Notice{
		ID: digest("broken", name, s.Broken, s.BrokenAt.UTC().Format(time.RFC3339Nano)), Rule: name, Trigger: notice.Broken, Item: "broken:" + name,
		Title: "Alert rule " + name + " is broken", Text: s.Broken, At: e.opts.Now(), Urgent: true,
	}
	if s.Good != nil {
		n.Text += "\n\nIts last good version goes on alerting until it is mended."
	}
	if _, err := e.claims.claim(ctx, n, "clerk"); err != nil {
		return err
	}
	if err := e.publish(ctx, n, ""); err != nil {
		return err
	}
	_, err := e.store.change(ctx, name, false, func(now *Stored) error { now.Told = s.Broken; return nil })
	return err
}

// catching is a rule that looks at a part of the past.
type catching struct {
	name string
	Stretch
}

// wants reports whether the rule looks at what came at the time: while it
// catches up, at the stretch; else, a nil catching, at what came since it was
// switched on.
func (c *catching) wants(a *acting, came time.Time) bool {
	if c == nil {
		return !came.Before(a.Since)
	}
	return a.Rule.Name == c.name && !came.Before(c.From) && came.Before(c.To)
}

// catchUp lets the rule look at the reports and events of the stretch as they
// stand in the streams. Should it be broken off it begins anew: what was told
// is not told again.
func (e *engine) catchUp(ctx context.Context, p *page, name string, stretch Stretch) error {
	a := p.byName[name]
	if a == nil {
		return nil // off, or broken: later
	}
	alone := e.alone(a)
	only := &catching{name, stretch}
	told := 0
	err := e.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamReports, Since: stretch.From}, func(m *wire.Message) error {
		if !m.Time.Before(stretch.To) {
			return errEnough
		}
		n, err := e.matchReport(ctx, alone, match.New(m.Report), m.Time, m.Traceparent, only)
		told += n
		return err
	})
	if err == nil || err == errEnough {
		err = e.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamEvents, Since: stretch.From}, func(m *wire.Message) error {
			if !m.Time.Before(stretch.To) {
				return errEnough
			}
			n, err := e.matchEntry(ctx, alone, m, only)
			told += n
			return err
		})
	}
	if err != nil && err != errEnough {
		return fmt.Errorf("catch up with rule %s: %w", name, err)
	}
	e.log.Info("a rule has caught up", "rule", name, "from", stretch.From, "to", stretch.To, "told", told)
	_, err = e.store.change(ctx, name, false, func(s *Stored) error {
		if s.CatchUp != nil && *s.CatchUp == stretch {
			s.CatchUp = nil
		}
		return nil
	})
	return err
}

// alone is a page with one rule.
func (e *engine) alone(a *acting) *page {
	p := &page{byName: map[string]*acting{a.Rule.Name: a}, stored: map[string]*Stored{a.Rule.Name: a.Stored}}
	p.fill(a)
	p.makeIndex(nil)
	return p
}

// listen tells of a silence that has lasted as long as the rule allows.
func (e *engine) listen(ctx context.Context, a *acting) error {
	if a.rule.Silence.Source != "" {
		return e.listenToSource(ctx, a)
	}
	return e.listenForEdition(ctx, a)
}

func (e *engine) listenToSource(ctx context.Context, a *acting) error {
	s, now := a.rule.Silence, e.opts.Now()
	last, err := e.opts.Bus.Last(ctx, wire.StreamReports, s.Source)
	if err != nil {
		return err
	}
	since, id := a.Since, "never"
	if last != nil {
		since, id = last.Time, fmt.Sprint(last.Time.UnixNano())
		since = later(since, a.Since)
	}
	if now.Sub(since) < time.Duration(s.For) {
		return nil
	}
	text := "No report of it has ever come."
	if last != nil {
		text = "The last report came at " + last.Time.In(a.rule.Location()).Format("2 January 2006 15:04 MST") + "."
	}
	return e.tellSilence(ctx, a, notice.Notice{
		Item: "silence:" + s.Source + "/" + id, Title: fmt.Sprintf("No report from %s for %s", s.Source, s.For), Text: text,
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (e *engine) listenForEdition(ctx context.Context, a *acting) error {
	s := a.rule.Silence
	by, err := time.ParseInLocation(time.DateOnly, s.By, a.rule.Location())
	if err != nil || e.opts.Now().Before(by) || by.Before(a.Since) {
		return nil // not yet, or over before the rule began
	}
	confirmed, err := e.confirmed(ctx, *s, by)
	if err != nil || confirmed {
		return err
	}
	edition := ""
	if s.Edition != "" {
		edition = " " + s.Edition
	}
	return e.tellSilence(ctx, a, notice.Notice{
		Item:  "silence:" + s.Series + edition + "/" + s.By,
		Title: fmt.Sprintf("No confirmed edition of %s%s by %s", s.Series, edition, s.By),
	})
}

func (e *engine) tellSilence(ctx context.Context, a *acting, n notice.Notice) error {
	n.Trigger, n.MatchedBy, n.At = notice.Silence, []string{"silence"}, e.opts.Now()
	_, err := e.tell(ctx, []finding{a.finding(n)}, "clerk", "")
	return err
}

// decodeNotice reads a message of the ALERTS stream.
func decodeNotice(m *wire.Message) (notice.Notice, error) {
	var n notice.Notice
	if err := json.Unmarshal(m.Body, &n); err != nil {
		return n, fmt.Errorf("not a notice: %w", err)
	}
	return n, nil
}
