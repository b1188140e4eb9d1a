package alert

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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

// record is a notice as it is kept in the delivery log, with what became of it.
type record struct {
	notice.Notice
	// ClaimedBy is the message that the notice came from: should it come
	// again, after a crash, the notice is its own.
	ClaimedBy string `json:"claimed_by"`
	// Sequence is the place of the notice in the ALERTS stream, 0 before it is
	// known to be there.
	Sequence   uint64              `json:"sequence,omitempty"`
	Deliveries map[string]Delivery `json:"deliveries,omitempty"`
}

// Delivery is what became of a notice on its way to one target.
type Delivery struct {
	State State     `json:"state"`
	At    time.Time `json:"at"`
	// Reason says why it is held, or what went wrong.
	Reason string `json:"reason,omitempty"`
	// Due is when it is tried next.
	Due      time.Time `json:"due,omitzero"`
	Attempts int       `json:"attempts,omitempty"`
	// Message is the id that the receiver saw.
	Message string `json:"message,omitempty"`
}

// State is where a delivery stands.
type State string

// The states.
const (
	// Sending: a try has begun, and what came of it is not known yet.
	Sending  State = "sending"
	Sent     State = "sent"
	Held     State = "held"
	Retrying State = "retrying"
	// Named: the message of another rule on the same item named this one.
	Named State = "named"
	Dead  State = "dead"
	// Dropped: there is no one to deliver to any more.
	Dropped State = "dropped"
)

// done reports whether nothing is left to do.
func (d Delivery) done() bool { return d.State == Sent || d.State == Named || d.State == Dropped }

// digest is a short name of the parts, the same everywhere.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// logKey is the key of a notice in the delivery log.
func logKey(rule, id string) string { return rule + "." + id }

// plan says which message tells of an item, for which rules: copies of one
// story that are worked on at the same time would each tell it for some.
type plan struct {
	Parts []part `json:"parts"`
}

type part struct {
	By    string   `json:"by"`
	Rules []string `json:"rules"`
}

// planPrefix begins the keys of plans in the log; no rule's name does.
const planPrefix = "_plan."

// owner returns the message that tells of the item for the rule, "" for none.
func (p plan) owner(rule string) string {
	for _, part := range p.Parts {
		if slices.Contains(part.Rules, rule) {
			return part.By
		}
	}
	return ""
}

// claims hands out the right to tell: of all processes one.
type claims struct {
	kv jetstream.KeyValue
}

// claim keeps the notice as the owner's, and says whether the owner still has
// to tell it. Where it was told already, or by another, the notice's sources
// are added to those of the first.
//
// Invariant 15: one notice per rule and item, whoever finds the item and
// however often.
func (c claims) claim(ctx context.Context, n notice.Notice, owner string) (bool, error) {
	key := logKey(n.Rule, n.ID)
	for {
		written, err := swap(ctx, c.kv, key, &record{Notice: n, ClaimedBy: owner}, 0)
		if err != nil {
			return false, fmt.Errorf("claim %s: %w", key, err)
		}
		if written {
			return true, nil
		}
		have, revision, err := c.get(ctx, key)
		switch {
		case err != nil:
			return false, err
		case have == nil: // it aged out meanwhile
			continue
		}
		due := have.ClaimedBy == owner && have.Sequence == 0
		if !merge(have, n) {
			return due, nil
		}
		written, err = swap(ctx, c.kv, key, have, revision)
		if err != nil {
			return false, fmt.Errorf("add a source to %s: %w", key, err)
		}
		if written {
			return due, nil
		}
	}
}

// share makes the message the one that tells of the item for those of the
// rules that no other message tells it for, and returns the plan.
func (c claims) share(ctx context.Context, item, by string, rules []string) (plan, error) {
	key := planPrefix + digest(item)
	for {
		var p plan
		revision, err := states(c).read(ctx, key, &p)
		if err != nil {
			return p, err
		}
		free := slices.DeleteFunc(slices.Clone(rules), func(r string) bool { return p.owner(r) != "" })
		if len(free) == 0 || len(rules) == 1 { // one rule is shared with none
			return p, nil
		}
		p.Parts = append(p.Parts, part{by, free})
		written, err := swap(ctx, c.kv, key, p, revision)
		if err != nil {
			return p, fmt.Errorf("share the rules of %s: %w", item, err)
		}
		if written {
			return p, nil
		}
	}
}

func merge(have *record, n notice.Notice) bool {
	changed := false
	for _, s := range n.Sources {
		changed = have.AddSource(s) || changed
	}
	return changed
}

// get returns a record, or nil.
func (c claims) get(ctx context.Context, key string) (*record, uint64, error) {
	entry, err := c.kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read %s: %w", key, err)
	}
	r := new(record)
	if err := json.Unmarshal(entry.Value(), r); err != nil {
		return nil, 0, wire.Poison(fmt.Errorf("read %s: %w", key, err))
	}
	return r, entry.Revision(), nil
}

// update changes a record, if there is one, and returns it.
func (c claims) update(ctx context.Context, key string, f func(*record)) (*record, error) {
	for {
		have, revision, err := c.get(ctx, key)
		if have == nil || err != nil {
			return have, err
		}
		f(have)
		written, err := swap(ctx, c.kv, key, have, revision)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", key, err)
		}
		if written {
			return have, nil
		}
	}
}
