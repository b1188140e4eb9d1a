package alert

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/rule"
)

// scheduler sends what is due in the outbox. One process at a time has it;
// should two for a moment, the tries of each message are told apart by the
// revision of its task, and its id stays the same.
type scheduler struct {
	*engine
	tasks map[string]*task
	seen  map[string]uint64 // the revision at which a task was worked on
	busy  map[string]bool   // targets that are being worked on
	done  chan worked
}

// worked is what was done for a target: the tasks that were removed or
// changed, each with the revision at which it was.
type worked struct {
	target string
	tasks  map[string]uint64
	err    error
}

// afterFault is how long the scheduler waits when the server does not answer.
const afterFault = 2 * time.Second

func (e *engine) schedule(ctx context.Context) error {
	s := &scheduler{engine: e, tasks: map[string]*task{}, seen: map[string]uint64{}, busy: map[string]bool{}, done: make(chan worked)}
	watch, err := e.outbox.kv.Watch(ctx, taskPrefix+"*")
	if err != nil {
		return fmt.Errorf("watch the outbox: %w", err)
	}
	defer watch.Stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	loaded := false
	for {
		select {
		case <-ctx.Done():
			s.drain()
			return context.Cause(ctx)
		case entry, open := <-watch.Updates():
			switch {
			case !open:
				s.drain()
				return fmt.Errorf("watch the outbox: %w", context.Canceled)
			case entry == nil:
				loaded = true
			default:
				s.take(entry)
			}
		case w := <-s.done:
			s.finished(w)
		case <-timer.C:
		}
		if loaded {
			timer.Reset(s.start(ctx))
		}
	}
}

// drain waits for the targets that are being worked on.
func (s *scheduler) drain() {
	for len(s.busy) > 0 {
		s.finished(<-s.done)
	}
}

func (s *scheduler) take(entry jetstream.KeyValueEntry) {
	id := strings.TrimPrefix(entry.Key(), taskPrefix)
	if entry.Operation() != jetstream.KeyValuePut {
		delete(s.tasks, id)
		delete(s.seen, id)
		return
	}
	if entry.Revision() <= s.seen[id] {
		return // an old word of a task that was worked on since
	}
	t := new(task)
	if err := json.Unmarshal(entry.Value(), t); err != nil {
		s.log.Error("a task of the outbox cannot be read", "task", id, "error", err)
		return
	}
	t.revision = entry.Revision()
	s.tasks[id] = t
}

func (s *scheduler) finished(w worked) {
	delete(s.busy, w.target)
	for id, revision := range w.tasks {
		s.seen[id] = max(s.seen[id], revision)
		if t := s.tasks[id]; t != nil && t.revision <= revision {
			delete(s.tasks, id) // what became of it comes by the watch
		}
	}
	if w.err != nil {
		s.log.Warn("the outbox has to wait", "target", w.target, "error", w.err)
	}
}

// start sets to work on every target that has something due, and returns how
// long nothing else will be.
func (s *scheduler) start(ctx context.Context) time.Duration {
	now := s.opts.Now()
	due := map[string][]*task{}
	wait := time.Hour
	replaced := s.replaced()
	for id, t := range s.tasks {
		if t.Dead || s.busy[t.Target] || replaced[id] {
			continue
		}
		if d := t.Due.Sub(now); d > 0 {
			wait = min(wait, d)
			continue
		}
		due[t.Target] = append(due[t.Target], t)
	}
	for target, tasks := range due {
		s.busy[target] = true
		go func() {
			w := worked{target: target, tasks: map[string]uint64{}}
			w.err = s.work(ctx, tasks, w.tasks)
			if w.err != nil {
				pause(ctx, afterFault) // keeps the target busy, and so alone
			}
			s.done <- w
		}()
	}
	return max(wait, time.Millisecond)
}

// replaced are the held tasks that a message has taken over: a crash can
// leave both.
func (s *scheduler) replaced() map[string]bool {
	ids := map[string]bool{}
	for _, t := range s.tasks {
		for _, id := range t.Replaces {
			ids[id] = true
		}
	}
	return ids
}

// pause waits for d or the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// work sends what is due for one target, message after message, and notes
// which tasks it removed or changed.
func (s *scheduler) work(ctx context.Context, tasks []*task, touched map[string]uint64) error {
	slices.SortFunc(tasks, func(a, b *task) int { return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.ID, b.ID)) })
	groups, messages := map[string][]*task{}, []*task{}
	var order []string
	for _, t := range tasks {
		if t.Held == "" {
			messages = append(messages, t)
			continue
		}
		if groups[t.Group] == nil {
			order = append(order, t.Group)
		}
		groups[t.Group] = append(groups[t.Group], t)
	}
	for _, group := range order {
		m, err := s.collect(ctx, groups[group], touched)
		if err != nil {
			return err
		}
		if m != nil {
			messages = append(messages, m)
		}
	}
	for _, t := range messages {
		if err := s.send(ctx, *t, touched); err != nil {
			return err
		}
	}
	return nil
}

// collect makes one message of held tasks. It is kept first, under a name
// made of what is in it, so that a crash leaves the tasks or the message, and
// never sends a task in two messages.
func (s *scheduler) collect(ctx context.Context, held []*task, touched map[string]uint64) (*task, error) {
	p, err := s.book.current(ctx)
	if err != nil {
		return nil, err
	}
	now := s.opts.Now()
	m := task{Target: held[0].Target, Group: held[0].Group, First: now, Due: now}
	for _, t := range held {
		v, err := s.judge(ctx, p, *t)
		if err != nil {
			return nil, err
		}
		switch {
		case v.send:
			m.Members = append(m.Members, t.Members...)
			m.Replaces = append(m.Replaces, t.ID)
			m.Urgent = m.Urgent || t.Urgent
			continue
		case v.until.IsZero():
			err = s.over(ctx, *t, v.Delivery)
		default:
			err = s.holdOn(ctx, *t, v.until)
		}
		if err != nil {
			return nil, err
		}
		touched[t.ID] = t.revision
	}
	if len(m.Members) == 0 {
		return nil, nil
	}
	m.Rules, m.ID = rulesOf(m.Members), messageID(m.Target, m.Replaces...)
	if _, err := swap(ctx, s.outbox.kv, taskPrefix+m.ID, m, 0); err != nil {
		return nil, err
	}
	entry, err := s.outbox.kv.Get(ctx, taskPrefix+m.ID)
	if err != nil {
		return nil, err
	}
	m.revision = entry.Revision()
	for _, t := range held {
		if slices.Contains(m.Replaces, t.ID) {
			touched[t.ID] = t.revision
		}
	}
	return &m, nil
}

func rulesOf(members []member) []string {
	var rules []string
	for _, m := range members {
		rules = append(rules, m.Rule)
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// verdict is what becomes of a held task whose time has come: it is sent,
// held on until a time, or over as the delivery says.
type verdict struct {
	send  bool
	until time.Time
	Delivery
}

// judge looks at a held task once more: the rule may have been snoozed since,
// another message may have told the item, the address may have unsubscribed.
func (s *scheduler) judge(ctx context.Context, p *page, t task) (verdict, error) {
	over := func(state State, reason string) verdict {
		return verdict{Delivery: Delivery{State: state, At: s.opts.Now(), Reason: reason}}
	}
	of := t.Members[0]
	stored := p.stored[of.Rule]
	if stored == nil || !slices.Contains(s.targetsOf(stored, ruleOf(stored).Notify), t.Target) {
		return over(Dropped, "the rule no longer reaches "+t.Target), nil
	}
	r, _, err := s.claims.get(ctx, logKey(of.Rule, of.ID))
	switch {
	case err != nil:
		return verdict{}, err
	case r == nil || r.Deliveries[t.Target].done():
		return over(Dropped, "it was told already"), nil
	case stored.SnoozedUntil.After(s.opts.Now()):
		return verdict{until: stored.SnoozedUntil}, nil
	}
	if t.Held == rule.HeldDigest { // a digest is complete
		return verdict{send: true}, nil
	}
	by, err := s.outbox.spokenFor(ctx, t.Target, r.Notice)
	if by != "" {
		return over(Named, "named in the message of rule "+by), err
	}
	return verdict{send: true}, err
}

// holdOn holds a task until the snooze of its rule ends.
func (s *scheduler) holdOn(ctx context.Context, t task, until time.Time) error {
	t.Due, t.Held = until, rule.HeldSnoozed
	if _, err := swap(ctx, s.outbox.kv, taskPrefix+t.ID, t, t.revision); err != nil {
		return err
	}
	return s.settle(ctx, t, Delivery{State: Held, At: s.opts.Now(), Reason: t.Held, Due: until, Message: t.ID})
}

// send tries one message. A message whose first try was recorded, before a
// crash, is not tried again.
func (s *scheduler) send(ctx context.Context, t task, touched map[string]uint64) error {
	for _, id := range t.Replaces { // first, so that none of them is sent by itself
		if err := s.outbox.remove(ctx, id); err != nil {
			return err
		}
	}
	told, err := s.told(ctx, t)
	if err != nil {
		return err
	}
	d := Delivery{State: Sent, At: s.opts.Now(), Attempts: t.Attempts, Message: t.ID}
	if !told {
		if d, err = s.outbox.attempt(ctx, s.engine, t, false); err != nil {
			return err
		}
	}
	if d.done() {
		err = s.over(ctx, t, d)
	} else {
		err = s.settle(ctx, t, d)
	}
	if err == nil {
		touched[t.ID] = t.revision
	}
	return err
}

// told reports whether the log says of every member that it was delivered.
func (s *scheduler) told(ctx context.Context, t task) (bool, error) {
	for _, m := range t.Members {
		r, _, err := s.claims.get(ctx, logKey(m.Rule, m.ID))
		if err != nil {
			return false, err
		}
		if r != nil && !r.Deliveries[t.Target].done() {
			return false, nil
		}
	}
	return true, nil
}

// over writes what became of the members, then takes the task away.
func (s *scheduler) over(ctx context.Context, t task, d Delivery) error {
	if err := s.settle(ctx, t, d); err != nil {
		return err
	}
	return s.outbox.remove(ctx, t.ID)
}

// settle writes what became of the members of a task.
func (e *engine) settle(ctx context.Context, t task, d Delivery) error {
	for _, m := range t.Members {
		_, err := e.claims.update(ctx, logKey(m.Rule, m.ID), func(r *record) { r.note(t.Target, d) })
		if err != nil {
			return err
		}
	}
	return nil
}
