package alert

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/rule"
)

// View is a rule as the API shows it: what it is, and how it is.
type View struct {
	Rule rule.Rule `json:"rule"`
	// YAML is the rule as a person writes it.
	YAML string `json:"yaml"`
	// State is on, off, snoozed, ended, broken, or broken, alerting as before.
	State  string `json:"state"`
	Origin string `json:"origin"`
	// Broken says what is wrong with the rule, since BrokenAt.
	Broken       string    `json:"broken,omitempty"`
	BrokenAt     time.Time `json:"broken_at,omitzero"`
	Since        time.Time `json:"since,omitzero"`
	DisabledAt   time.Time `json:"disabled_at,omitzero"`
	SnoozedUntil time.Time `json:"snoozed_until,omitzero"`
	// CatchUp is the past that the rule is looking at.
	CatchUp      *Stretch  `json:"catch_up,omitempty"`
	Unsubscribed []string  `json:"unsubscribed,omitempty"`
	Updated      time.Time `json:"updated,omitzero"`
}

func (s *Service) view(stored *Stored) View {
	source := stored.Source
	if source == "" {
		written, err := stored.Rule.YAML()
		if err != nil {
			s.log.Error("a rule cannot be written", "rule", stored.Rule.Name, "error", err)
		}
		source = string(written)
	}
	return View{
		Rule: stored.Rule, YAML: source, State: stored.State(s.opts.Now()), Origin: stored.Origin,
		Broken: stored.Broken, BrokenAt: stored.BrokenAt, Since: stored.Since, DisabledAt: stored.DisabledAt,
		SnoozedUntil: stored.SnoozedUntil, CatchUp: stored.CatchUp, Unsubscribed: stored.Unsubscribed, Updated: stored.Updated,
	}
}

// Rules returns every rule, by name.
func (s *Service) Rules(ctx context.Context) ([]View, error) {
	list, err := s.store.List(ctx)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(list))
	for i, stored := range list {
		views[i] = s.view(stored)
	}
	return views, nil
}

// Rule returns the rule of the name, or ErrNoRule.
func (s *Service) Rule(ctx context.Context, name string) (View, error) {
	return s.viewed(s.store.Get(ctx, name))
}

// Put keeps a rule written in YAML or JSON: see Store.Put.
func (s *Service) Put(ctx context.Context, name string, source []byte) (View, error) {
	return s.viewed(s.store.Put(ctx, name, source, OriginAPI))
}

// OriginAPI is the origin of rules that were made while Dateline runs.
const OriginAPI = "api"

// Enable switches a rule on, from now or catching up.
func (s *Service) Enable(ctx context.Context, name string, catchUp bool) (View, error) {
	return s.viewed(s.store.Enable(ctx, name, catchUp))
}

// Disable switches a rule off.
func (s *Service) Disable(ctx context.Context, name string) (View, error) {
	return s.viewed(s.store.Disable(ctx, name))
}

// Snooze holds what the rule tells until the time; the zero time ends a snooze.
// What an earlier snooze holds comes when this one ends.
func (s *Service) Snooze(ctx context.Context, name string, until time.Time) (View, error) {
	stored, err := s.store.Snooze(ctx, name, until)
	if err == nil {
		err = s.release(ctx, stored)
	}
	return s.viewed(stored, err)
}

// release holds what the rule's snooze held until the times that the rule has
// now: a snooze that ends sooner is over for what it held, too.
func (s *Service) release(ctx context.Context, stored *Stored) error {
	return s.outbox.each(ctx, func(t task, key string, revision uint64) error {
		if t.Held != rule.HeldSnoozed || !slices.Contains(t.Rules, stored.Rule.Name) {
			return nil
		}
		now := s.opts.Now()
		hold := ruleOf(stored).Hold(now, stored.SnoozedUntil, t.Urgent)
		t.Due, t.Held = hold.Until, cmp.Or(hold.Reason, t.Held)
		if t.Due.IsZero() {
			t.Due = now
		}
		written, err := swap(ctx, s.outbox.kv, key, t, revision)
		if err != nil || !written { // who was first has sent it
			return err
		}
		return s.settle(ctx, t, Delivery{State: Held, At: now, Reason: t.Held, Due: t.Due, Message: t.ID})
	})
}

// Delete removes the rule.
func (s *Service) Delete(ctx context.Context, name string) error { return s.store.Delete(ctx, name) }

func (s *Service) viewed(stored *Stored, err error) (View, error) {
	if err != nil {
		return View{}, err
	}
	return s.view(stored), nil
}

// Channel is a channel that rules can name.
type Channel struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Channels are the channels of the configuration, and whether a rule can
// name mailto:address.
func (s *Service) Channels() (channels []Channel, mail bool) {
	channels = []Channel{}
	for _, name := range s.opts.Channels.Names() {
		channels = append(channels, Channel{name, string(s.opts.Channels.KindOf(name))})
	}
	return channels, s.opts.Channels.Mail()
}

// Unsubscribe ends the e-mail that the token is of, and says of which rules
// to which address. Ending it twice is no mistake.
func (s *Service) Unsubscribe(ctx context.Context, token string) (rules []string, address string, err error) {
	sub, err := s.secret.read(token)
	if err != nil {
		return nil, "", mistake(err)
	}
	for _, name := range sub.Rules {
		if _, err := s.store.Unsubscribe(ctx, name, sub.Address); err != nil && !errors.Is(err, ErrNoRule) {
			return nil, "", fmt.Errorf("unsubscribe %s: %w", sub.Address, err)
		}
	}
	return sub.Rules, sub.Address, nil
}

// ParseSince reads how far back to look: 7d, 24h, 2w, a day or an RFC 3339
// time; a day begins in loc.
func ParseSince(text string, now time.Time, loc *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	var d rule.Duration
	if err := d.UnmarshalText([]byte(text)); err == nil {
		return now.Add(-time.Duration(d)), nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, loc); err == nil {
		return t, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%s is not a time; write 7d, 24h, 2015-09-08 or 2015-09-08T12:00:00Z", strconv.Quote(text))
}

// ParseUntil reads until when: 4h, 2d, a day or an RFC 3339 time.
func ParseUntil(text string, now time.Time, loc *time.Location) (time.Time, error) {
	var d rule.Duration
	if err := d.UnmarshalText([]byte(strings.TrimSpace(text))); err == nil {
		return now.Add(time.Duration(d)), nil
	}
	return ParseSince(text, now, loc)
}
