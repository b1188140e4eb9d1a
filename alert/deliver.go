package alert

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/wire"
)

// deliver takes notices from the ALERTS stream to the targets of their rules.
// A message is acknowledged when each target has the notice, or the outbox
// does.
func (e *engine) deliver(ctx context.Context, batch []*wire.Message) []error {
	return e.each(ctx, batch, func(ctx context.Context, p *page, m *wire.Message) error {
		n, err := decodeNotice(m)
		if err != nil {
			return wire.Poison(err)
		}
		if !rule.ValidName(n.Rule) || n.ID == "" {
			return wire.Poison(errors.New("not a notice: it has no rule or no id"))
		}
		return e.deliverNotice(ctx, p, n, m.Sequence)
	})
}

func (e *engine) deliverNotice(ctx context.Context, p *page, n notice.Notice, sequence uint64) error {
	key := logKey(n.Rule, n.ID)
	have, _, err := e.claims.get(ctx, key)
	if err != nil {
		return err
	}
	if have == nil { // it aged out, or another program published it
		if _, err := swap(ctx, e.claims.kv, key, &record{Notice: n}, 0); err != nil {
			return err
		}
		have = &record{Notice: n}
	}
	if have.Sequence != 0 && have.Sequence != sequence {
		return nil // the same notice, published twice with more than a day between
	}
	n.Sources = have.Sources // later copies have added theirs
	targets, err := e.untold(ctx, have, e.targets(p, n))
	if err != nil {
		return err
	}
	outcomes := e.deliverAll(ctx, p, n, targets)
	_, err = e.claims.update(ctx, key, func(r *record) {
		r.Sequence = sequence
		for i, target := range targets {
			r.note(target, outcomes[i].Delivery)
		}
	})
	return errors.Join(err, firstFault(outcomes))
}

// untold are the targets that nothing was done for yet, or that a try was
// begun for by a process that died. The outbox has what is not over.
func (e *engine) untold(ctx context.Context, have *record, targets []string) ([]string, error) {
	var untold []string
	for _, target := range targets {
		d, known := have.Deliveries[target]
		if known && d.State == Sending {
			waits, err := e.outbox.waits(ctx, d.Message)
			if err != nil {
				return nil, err
			}
			known = waits
		}
		if !known {
			untold = append(untold, target)
		}
	}
	return untold, nil
}

// note keeps what became of a delivery. What is over is never undone.
func (r *record) note(target string, d Delivery) {
	if d.State == "" || r.Deliveries[target].done() {
		return
	}
	if r.Deliveries == nil {
		r.Deliveries = map[string]Delivery{}
	}
	r.Deliveries[target] = d
}

// outcome is a delivery, or a fault of the server that says nothing of it.
type outcome struct {
	Delivery
	fault error
}

func firstFault(outcomes []outcome) error {
	for _, o := range outcomes {
		if o.fault != nil {
			return o.fault
		}
	}
	return nil
}

func (e *engine) deliverAll(ctx context.Context, p *page, n notice.Notice, targets []string) []outcome {
	outcomes := make([]outcome, len(targets))
	var group sync.WaitGroup
	for i, target := range targets {
		group.Go(func() {
			outcomes[i].Delivery, outcomes[i].fault = e.deliverTo(ctx, p, n, target)
		})
	}
	group.Wait()
	return outcomes
}

// targets are whom the notice goes to: those of its rule, or, when the rule
// is broken, its owner.
func (e *engine) targets(p *page, n notice.Notice) []string {
	stored := p.stored[n.Rule]
	if stored == nil {
		return nil
	}
	if n.Trigger == notice.Broken {
		return e.targetsOf(stored, ownerChannels(stored))
	}
	return e.targetsOf(stored, ruleOf(stored).Notify)
}

func (e *engine) targetsOf(stored *Stored, names []string) []string {
	var targets []string
	for _, name := range names {
		for _, target := range e.opts.Channels.Targets(name) {
			address, isMail := channel.Address(target)
			if !slices.Contains(targets, target) && !(isMail && stored.hasUnsubscribed(address)) {
				targets = append(targets, target)
			}
		}
	}
	return targets
}

// ruleOf is the version of the rule that says how to deliver.
func ruleOf(s *Stored) rule.Rule {
	if s.Broken != "" && s.Good != nil {
		return *s.Good
	}
	return s.Rule
}

func ownerChannels(s *Stored) []string {
	r := ruleOf(s)
	if s.Rule.Owner != "" {
		return []string{s.Rule.Owner}
	}
	if r.Owner != "" {
		return []string{r.Owner}
	}
	return r.Notify
}

// deliverTo sends the notice to one target now, or puts it into the outbox.
func (e *engine) deliverTo(ctx context.Context, p *page, n notice.Notice, target string) (Delivery, error) {
	now := e.opts.Now()
	stored := p.stored[n.Rule]
	t := task{
		ID: messageID(target, n.Rule, n.ID), Target: target, Members: []member{{n.Rule, n.ID}}, First: now,
		Group: groupOf(stored), Rules: []string{n.Rule}, Urgent: n.Urgent,
	}
	hold, err := e.holdUntil(ctx, stored, n, now)
	if err != nil {
		return Delivery{}, err
	}
	if !hold.Until.IsZero() {
		t.Due, t.Held = hold.Until, hold.Reason
		return e.outbox.keep(ctx, t, now)
	}
	if t.Rules = e.sharing(p, n, target); len(t.Rules) > 1 {
		if by, err := e.outbox.speakFor(ctx, target, n, t.Rules); err != nil || by != "" {
			return Delivery{State: Named, At: now, Reason: "named in the message of rule " + by}, err
		}
	}
	return e.outbox.attempt(ctx, e, t, true)
}

// holdUntil says how long the notice waits: for the rule's times, and where
// it has told enough for its throttle.
func (e *engine) holdUntil(ctx context.Context, stored *Stored, n notice.Notice, now time.Time) (rule.Hold, error) {
	r := ruleOf(stored)
	if n.Trigger == notice.Broken {
		return rule.Hold{}, nil
	}
	hold := r.Hold(now, stored.SnoozedUntil, n.Urgent)
	if !hold.Until.IsZero() || n.Urgent || r.Throttle == nil {
		return hold, nil
	}
	return e.throttled(ctx, r, n, now)
}

// groupOf names what is collected together.
func groupOf(s *Stored) string {
	if g := ruleOf(s).Group; g != "" {
		return "group " + g
	}
	return "rule " + s.Rule.Name
}

// sharing are the rules that the item matched at the same time and that reach
// the target too: its message names them all.
func (e *engine) sharing(p *page, n notice.Notice, target string) []string {
	rules := []string{n.Rule}
	for _, name := range n.Rules {
		stored := p.stored[name]
		if stored == nil || name == n.Rule || ruleOf(stored).Digest != "" {
			continue
		}
		if slices.Contains(e.targetsOf(stored, ruleOf(stored).Notify), target) {
			rules = append(rules, name)
		}
	}
	slices.Sort(rules)
	return rules
}

// messageID is the id that the receiver sees, the same on every try.
func messageID(target string, parts ...string) string {
	return "msg_" + digest(append([]string{target}, parts...)...)
}

// notices are those of a task: as they stand in the log or, where they are
// older than that, as they were when the message was given up.
func (e *engine) notices(ctx context.Context, t task) ([]notice.Notice, error) {
	var all []notice.Notice
	for _, of := range t.Members {
		r, _, err := e.claims.get(ctx, logKey(of.Rule, of.ID))
		if err != nil {
			return nil, err
		}
		if r != nil {
			all = append(all, r.Notice)
			continue
		}
		for _, n := range t.Notices {
			if n.Rule == of.Rule && n.ID == of.ID {
				all = append(all, n)
			}
		}
	}
	return all, nil
}

// compose makes the message of a task out of the log, where later copies have
// added their sources.
func (e *engine) compose(ctx context.Context, t task) (channel.Message, error) {
	m := channel.Message{ID: t.ID, Rules: t.Rules, Urgent: t.Urgent}
	var err error
	if m.Notices, err = e.notices(ctx, t); err != nil {
		return m, err
	}
	slices.SortStableFunc(m.Notices, func(a, b notice.Notice) int { return a.At.Compare(b.At) })
	if base := strings.TrimSuffix(e.opts.URL, "/"); base != "" {
		m.Link = base + "/alerts"
		if len(t.Rules) == 1 {
			m.Link = base + "/alerts/" + t.Rules[0]
		}
		if address, ok := channel.Address(t.Target); ok {
			m.Unsubscribe = base + unsubscribePath + e.secret.token(t.Rules, address)
		}
	}
	return m, e.opts.Templates.Fill(&m)
}
