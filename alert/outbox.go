package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
)

// task is a message that waits: to be tried again, or, held, to be sent
// together with others of its group.
type task struct {
	// ID is that of the message.
	ID      string   `json:"id"`
	Target  string   `json:"target"`
	Members []member `json:"members"`
	// Rules are those that the message names.
	Rules []string `json:"rules"`
	Group string   `json:"group"`
	// Held says why the task waits; "" for a message whose first try failed.
	Held   string    `json:"held,omitempty"`
	Urgent bool      `json:"urgent,omitempty"`
	First  time.Time `json:"first"`
	Due    time.Time `json:"due"`
	// Attempts counts the tries, Error is what came of the last.
	Attempts int `json:"attempts,omitempty"`
	// Unsure says that an earlier try may have arrived.
	Unsure bool   `json:"unsure,omitempty"`
	Error  string `json:"error,omitempty"`
	Dead   bool   `json:"dead,omitempty"`
	// Notices are those of a dead letter: it can be older than the log.
	Notices []notice.Notice `json:"notices,omitempty"`
	// Replaces are the held tasks that became this message.
	Replaces []string `json:"replaces,omitempty"`

	revision uint64
}

// member is a notice of a message.
type member struct {
	Rule string `json:"rule"`
	ID   string `json:"id"`
}

// Retry says how a message that did not go out is tried again. Zero values
// mean 10 seconds, 1 hour and 3 days.
type Retry struct {
	First, Longest time.Duration
	// Give up is how long after the first try a message is a dead letter.
	GiveUp time.Duration
}

func (r Retry) withDefaults() Retry {
	if r.First == 0 {
		r.First = 10 * time.Second
	}
	if r.Longest == 0 {
		r.Longest = time.Hour
	}
	if r.GiveUp == 0 {
		r.GiveUp = 3 * 24 * time.Hour
	}
	return r
}

// delay is the wait after the nth failure: twice as long each time, with a
// quarter of jitter either way, and not less than the receiver asks for.
func (r Retry) delay(n int, asked time.Duration, random float64) time.Duration {
	d := r.First
	for i := 1; i < n && d < r.Longest; i++ {
		d *= 2
	}
	d = min(d, r.Longest)
	return max(d*3/4+time.Duration(float64(d)*random/2), asked)
}

// outbox keeps the messages that wait, where every process finds them.
type outbox struct {
	kv       jetstream.KeyValue
	log      jetstream.KeyValue // of deliveries, which ages
	channels *channel.Set
	breaker  *channel.Breaker
	retry    Retry
	now      func() time.Time
}

// taskPrefix begins the keys of tasks in the outbox, saidPrefix those of what
// was said in the log, where no rule's name begins so.
const (
	taskPrefix = "task."
	saidPrefix = "_said."
)

// said is who speaks of an item to a target, and for which rules.
type said struct {
	By    string   `json:"by"`
	Rules []string `json:"rules"`
}

// speakFor makes the notice's rule the one that tells the target of the item
// for all the rules. Where another rule was first and named this one, it
// returns its name.
func (o *outbox) speakFor(ctx context.Context, target string, n notice.Notice, rules []string) (by string, err error) {
	key := saidPrefix + digest(target, n.Item)
	written, err := swap(ctx, o.log, key, said{n.Rule, rules}, 0)
	if written || err != nil {
		return "", err
	}
	return o.spokenFor(ctx, target, n)
}

// spokenFor returns the rule whose message to the target named this one.
func (o *outbox) spokenFor(ctx context.Context, target string, n notice.Notice) (by string, err error) {
	entry, err := o.log.Get(ctx, saidPrefix+digest(target, n.Item))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look whether %s was told: %w", target, err)
	}
	var have said
	if err := json.Unmarshal(entry.Value(), &have); err != nil {
		return "", fmt.Errorf("look whether %s was told: %w", target, err)
	}
	if have.By != n.Rule && slices.Contains(have.Rules, n.Rule) {
		return have.By, nil
	}
	return "", nil
}

// keep puts a held task into the outbox.
func (o *outbox) keep(ctx context.Context, t task, now time.Time) (Delivery, error) {
	_, err := swap(ctx, o.kv, taskPrefix+t.ID, t, 0)
	return Delivery{State: Held, At: now, Reason: t.Held, Due: t.Due, Message: t.ID}, err
}

// attempt sends the message of a task. Where that fails the task stays in the
// outbox, or is put there when it is fresh, to be tried again. The error is a
// fault of the server.
func (o *outbox) attempt(ctx context.Context, e *engine, t task, fresh bool) (Delivery, error) {
	if again, ok := o.breaker.Allow(t.Target, o.now()); !ok {
		t.Due = again
		if t.Error == "" {
			t.Error = "the channel fails at the moment and is left alone for a while"
		}
		return o.postpone(ctx, t, fresh)
	}
	m, err := e.compose(ctx, t)
	if err != nil {
		o.breaker.Done(t.Target, false, o.now())
		return Delivery{}, err
	}
	t.Attempts++
	if err := e.begin(ctx, &t); err != nil {
		o.breaker.Done(t.Target, false, o.now())
		return Delivery{}, err
	}
	m.Repeat = t.Unsure
	err = o.channels.Send(ctx, t.Target, m)
	now := o.now()
	var failure *channel.Failure
	switch {
	case err == nil:
		o.breaker.Done(t.Target, false, now)
		return Delivery{State: Sent, At: now, Attempts: t.Attempts, Message: t.ID}, nil
	case ctx.Err() != nil: // broken off at the end of the process
		o.breaker.Done(t.Target, false, now)
		return Delivery{}, context.Cause(ctx)
	}
	t.Error = err.Error()
	temporary := errors.As(err, &failure) && failure.Temporary
	t.Unsure = t.Unsure || failure != nil && failure.Unsure
	o.breaker.Done(t.Target, temporary, now)
	if !temporary || now.Sub(t.First) >= o.retry.GiveUp {
		t.Dead, t.Notices = true, m.Notices
		return o.postpone(ctx, t, fresh)
	}
	t.Due = now.Add(o.retry.delay(t.Attempts, failure.RetryAfter, rand.Float64()))
	return o.postpone(ctx, t, fresh)
}

// begin notes in the log that the message is about to be sent, where its
// target does not know a second try by its id. A note of such a try that is
// there already is one whose end nobody saw: it may have arrived.
//
// Invariant 16: what may come twice was noted before it was sent.
func (e *engine) begin(ctx context.Context, t *task) error {
	if !e.outbox.channels.Forgets(t.Target) {
		return nil
	}
	for _, of := range t.Members {
		_, err := e.claims.update(ctx, logKey(of.Rule, of.ID), func(r *record) {
			if d := r.Deliveries[t.Target]; d.State == Sending && d.Message == t.ID {
				t.Unsure = true
			}
			r.note(t.Target, Delivery{State: Sending, At: e.outbox.now(), Attempts: t.Attempts, Message: t.ID})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// waits reports whether the outbox has the task.
func (o *outbox) waits(ctx context.Context, id string) (bool, error) {
	_, err := o.kv.Get(ctx, taskPrefix+id)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for %s in the outbox: %w", id, err)
	}
	return true, nil
}

// postpone keeps the task for its next try, or as a dead letter.
func (o *outbox) postpone(ctx context.Context, t task, fresh bool) (Delivery, error) {
	d := Delivery{State: Retrying, At: o.now(), Reason: t.Error, Due: t.Due, Attempts: t.Attempts, Message: t.ID}
	if t.Dead {
		d.State, d.Due = Dead, time.Time{}
	}
	revision := t.revision
	if fresh {
		revision = 0
	}
	_, err := swap(ctx, o.kv, taskPrefix+t.ID, t, revision) // who was first has the same to say
	return d, err
}

// each visits the tasks of the outbox.
func (o *outbox) each(ctx context.Context, visit func(t task, key string, revision uint64) error) error {
	watch, err := o.kv.Watch(ctx, taskPrefix+"*", jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	defer watch.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case entry := <-watch.Updates():
			if entry == nil { // all that was there
				return nil
			}
			var t task
			if json.Unmarshal(entry.Value(), &t) != nil {
				continue // the scheduler tells of it
			}
			if err := visit(t, entry.Key(), entry.Revision()); err != nil {
				return err
			}
		}
	}
}

// remove takes a task out of the outbox.
func (o *outbox) remove(ctx context.Context, id string) error {
	err := o.kv.Purge(ctx, taskPrefix+id)
	if err != nil && !errors.Is(err, jetstream.ErrKeyNotFound) {
		return fmt.Errorf("take %s out of the outbox: %w", id, err)
	}
	return nil
}
