package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/wire"
)

// Entry is a notice in the delivery log, with what became of it.
type Entry struct {
	notice.Notice
	// Deliveries are by target: the name of a channel, or mailto:address.
	Deliveries map[string]Delivery `json:"deliveries,omitempty"`
}

// Story tells in words what happened to the notice, one line an event: what
// an owner reads who asks why a message came, or did not.
func (e Entry) Story() []string {
	lines := []string{stamp(e.At) + " matched by " + strings.Join(e.MatchedBy, "; ")}
	if len(e.MatchedBy) == 0 {
		lines[0] = stamp(e.At) + " came up"
	}
	for _, s := range e.Sources[min(1, len(e.Sources)):] {
		lines = append(lines, "also reported by "+strings.TrimSpace(s.Agency+" "+s.URL))
	}
	targets := make([]string, 0, len(e.Deliveries))
	for target := range e.Deliveries {
		targets = append(targets, target)
	}
	slices.Sort(targets)
	for _, target := range targets {
		lines = append(lines, e.Deliveries[target].line(target))
	}
	return lines
}

func (d Delivery) line(target string) string {
	switch d.State {
	case Sending:
		return fmt.Sprintf("%s: try %d began at %s, and what came of it is not known yet", target, d.Attempts, stamp(d.At))
	case Sent:
		return fmt.Sprintf("%s: sent at %s, try %d", target, stamp(d.At), d.Attempts)
	case Held:
		return fmt.Sprintf("%s: held by %s until %s", target, d.Reason, stamp(d.Due))
	case Retrying:
		return fmt.Sprintf("%s: try %d failed at %s, next at %s: %s", target, d.Attempts, stamp(d.At), stamp(d.Due), d.Reason)
	case Dead:
		return fmt.Sprintf("%s: given up at %s after %d tries: %s", target, stamp(d.At), d.Attempts, d.Reason)
	}
	return fmt.Sprintf("%s: not sent, %s", target, d.Reason)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// Log returns what the rule has told, the latest first, at most limit.
func (s *Service) Log(ctx context.Context, name string, limit int) ([]Entry, error) {
	watch, err := s.claims.kv.Watch(ctx, name+".*", jetstream.IgnoreDeletes())
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", name, err)
	}
	defer watch.Stop()
	entries := []Entry{}
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case kept := <-watch.Updates():
			if kept == nil { // all that was there
				slices.SortStableFunc(entries, func(a, b Entry) int { return b.At.Compare(a.At) })
				return entries[:min(limit, len(entries))], nil
			}
			var r record
			if err := json.Unmarshal(kept.Value(), &r); err != nil {
				s.log.Error("an entry of the log cannot be read", "entry", kept.Key(), "error", err)
				continue
			}
			entries = append(entries, Entry{r.Notice, r.Deliveries})
		}
	}
}

// Recent returns what all rules have told, the latest first, at most limit.
func (s *Service) Recent(ctx context.Context, limit int) ([]Entry, error) {
	last, err := s.opts.Bus.LastSequence(ctx, wire.StreamAlerts)
	if err != nil {
		return nil, err
	}
	var after uint64
	if last > uint64(limit) {
		after = last - uint64(limit)
	}
	entries := []Entry{}
	err = s.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamAlerts, After: after}, func(m *wire.Message) error {
		n, err := decodeNotice(m)
		if err != nil {
			return nil // it is among the dead letters
		}
		r, _, err := s.claims.get(ctx, logKey(n.Rule, n.ID))
		switch {
		case err != nil:
			return err
		case r == nil:
			entries = append(entries, Entry{Notice: n})
		case r.Sequence == 0 || r.Sequence == m.Sequence:
			entries = append(entries, Entry{r.Notice, r.Deliveries})
		}
		return nil
	})
	slices.Reverse(entries)
	return entries, err
}

// DeadMessage is a message that was given up. It waits in the outbox, whole,
// until it is replayed.
type DeadMessage struct {
	// ID is that which the receiver saw.
	ID     string `json:"id"`
	Target string `json:"target"`
	// Rules are those that the message names, Notices what it tells.
	Rules    []string  `json:"rules"`
	Notices  []string  `json:"notices"`
	First    time.Time `json:"first"`
	Attempts int       `json:"attempts"`
	Error    string    `json:"error"`
}

// Dead returns the messages that were given up, of the rule or, where name is
// "", of all rules, the earliest first.
func (s *Service) Dead(ctx context.Context, name string) ([]DeadMessage, error) {
	dead := []DeadMessage{}
	err := s.eachDead(ctx, name, func(t task, _ string, _ uint64) error {
		m := DeadMessage{ID: t.ID, Target: t.Target, Rules: t.Rules, First: t.First, Attempts: t.Attempts, Error: t.Error}
		notices, err := s.notices(ctx, t)
		if err != nil {
			return err
		}
		for _, n := range notices {
			m.Notices = append(m.Notices, n.Title)
		}
		dead = append(dead, m)
		return nil
	})
	slices.SortStableFunc(dead, func(a, b DeadMessage) int { return a.First.Compare(b.First) })
	return dead, err
}

// eachDead visits the messages that were given up with their keys and
// revisions in the outbox.
func (s *Service) eachDead(ctx context.Context, name string, visit func(t task, key string, revision uint64) error) error {
	return s.outbox.each(ctx, func(t task, key string, revision uint64) error {
		if !t.Dead || name != "" && !slices.Contains(t.Rules, name) {
			return nil
		}
		return visit(t, key, revision)
	})
}

// ErrNothingDead: there is nothing to replay.
var ErrNothingDead = errors.New("the rule has no message that was given up")

// Replay tries the messages of the rule that were given up again, from the
// first try on and under the ids they have, and returns their number.
func (s *Service) Replay(ctx context.Context, name string) (int, error) {
	replayed := 0
	err := s.eachDead(ctx, name, func(t task, key string, revision uint64) error {
		t.Dead, t.Attempts, t.First, t.Due = false, 0, s.opts.Now(), s.opts.Now()
		written, err := swap(ctx, s.outbox.kv, key, t, revision)
		if err != nil {
			return fmt.Errorf("replay %s: %w", t.ID, err)
		}
		if written {
			replayed++
		}
		return nil
	})
	if err != nil || replayed > 0 {
		return replayed, err
	}
	if _, err := s.store.Get(ctx, name); err != nil {
		return 0, err
	}
	return 0, ErrNothingDead
}
