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

	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/wire"
)

// Store keeps the rules. It is safe for concurrent use, also by several
// processes.
type Store struct {
	kv    jetstream.KeyValue
	known rule.Known
	now   func() time.Time
}

// ErrNoRule: no rule has the name.
var ErrNoRule = errors.New("no such rule")

// OpenStore opens the rules that all processes on the bus share.
func OpenStore(ctx context.Context, bus *wire.Bus, known rule.Known, now func() time.Time) (*Store, error) {
	kv, err := bus.KV(ctx, wire.BucketRules)
	if err != nil {
		return nil, err
	}
	return &Store{kv, known, now}, nil
}

// List returns every rule, by name.
func (s *Store) List(ctx context.Context) ([]*Stored, error) {
	watch, err := s.kv.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return nil, fmt.Errorf("list the rules: %w", err)
	}
	defer watch.Stop()
	var list []*Stored
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case entry := <-watch.Updates():
			if entry == nil { // all that was there
				slices.SortFunc(list, func(a, b *Stored) int { return strings.Compare(a.Rule.Name, b.Rule.Name) })
				return list, nil
			}
			if rule.ValidName(entry.Key()) {
				list = append(list, decodeStored(entry.Key(), entry.Value(), s.now()))
			}
		}
	}
}

// Get returns the rule of the name, or ErrNoRule.
func (s *Store) Get(ctx context.Context, name string) (*Stored, error) {
	stored, _, err := s.get(ctx, name)
	return stored, err
}

func (s *Store) get(ctx context.Context, name string) (*Stored, uint64, error) {
	if !rule.ValidName(name) {
		return nil, 0, fmt.Errorf("%w: %q", ErrNoRule, name)
	}
	entry, err := s.kv.Get(ctx, name)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, fmt.Errorf("%w: %q", ErrNoRule, name)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read rule %s: %w", name, err)
	}
	return decodeStored(name, entry.Value(), s.now()), entry.Revision(), nil
}

// Put keeps the rule that source describes under its name, or under name
// where that is given. A rule that is not valid is kept too, marked broken;
// only one without a usable name is refused.
func (s *Store) Put(ctx context.Context, name string, source []byte, origin string) (*Stored, error) {
	return s.put(ctx, name, source, origin, "")
}

func (s *Store) put(ctx context.Context, name string, source []byte, origin, digest string) (*Stored, error) {
	r, fault := rule.Decode("rule", source)
	unread := ""
	if fault != nil {
		unread = string(source[:min(len(source), rule.MaxSource)])
	}
	switch {
	case name == "":
		name = r.Name
	case r.Name == "":
		r.Name = name
	case r.Name != name:
		return nil, mistake(fmt.Errorf("the rule calls itself %q and is to be kept as %q: use one name", r.Name, name))
	}
	if !rule.ValidName(name) {
		return nil, mistake(errors.Join(fault, fmt.Errorf("name: %q is not a name; use lower-case letters and digits with single hyphens between, 64 at most", name)))
	}
	if fault == nil {
		fault = r.Validate(s.known, s.now())
	}
	return s.change(ctx, name, true, func(stored *Stored) error {
		stored.put(r, unread, fault, s.now())
		stored.Origin, stored.Digest = origin, digest
		return nil
	})
}

// Enable switches the rule on, from now or catching up.
func (s *Store) Enable(ctx context.Context, name string, catchUp bool) (*Stored, error) {
	return s.change(ctx, name, false, func(stored *Stored) error { stored.enable(catchUp, s.now()); return nil })
}

// Disable switches the rule off.
func (s *Store) Disable(ctx context.Context, name string) (*Stored, error) {
	return s.change(ctx, name, false, func(stored *Stored) error { stored.disable(s.now()); return nil })
}

// Snooze holds what the rule has to tell until the time; a time in the past
// ends a snooze.
func (s *Store) Snooze(ctx context.Context, name string, until time.Time) (*Stored, error) {
	return s.change(ctx, name, false, func(stored *Stored) error {
		stored.SnoozedUntil, stored.Updated = until, s.now()
		return nil
	})
}

// Unsubscribe takes an address of e-mail off the rule.
func (s *Store) Unsubscribe(ctx context.Context, name, address string) (*Stored, error) {
	return s.change(ctx, name, false, func(stored *Stored) error { stored.unsubscribe(address, s.now()); return nil })
}

// Delete removes the rule.
func (s *Store) Delete(ctx context.Context, name string) error {
	if _, _, err := s.get(ctx, name); err != nil {
		return err
	}
	if err := s.kv.Delete(ctx, name); err != nil {
		return fmt.Errorf("delete rule %s: %w", name, err)
	}
	return nil
}

// change reads, changes and writes the rule until no other writer is between.
func (s *Store) change(ctx context.Context, name string, create bool, f func(*Stored) error) (*Stored, error) {
	for {
		stored, revision, err := s.get(ctx, name)
		switch {
		case errors.Is(err, ErrNoRule) && create && rule.ValidName(name):
			stored, revision = new(Stored), 0
		case err != nil:
			return nil, err
		case stored.Origin == "unknown" && !create:
			return nil, errUnreadable
		case stored.Origin == "unknown":
			stored = new(Stored)
		}
		if err := f(stored); err != nil {
			return nil, err
		}
		written, err := swap(ctx, s.kv, name, stored, revision)
		if err != nil {
			return nil, fmt.Errorf("keep rule %s: %w", name, err)
		}
		if written {
			return stored, nil
		}
	}
}

// swap writes the value over the revision, 0 being none, and says whether it
// did: it did not where another writer was first.
func swap(ctx context.Context, kv jetstream.KeyValue, key string, value any, revision uint64) (bool, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	if revision == 0 {
		_, err = kv.Create(ctx, key, body)
	} else {
		_, err = kv.Update(ctx, key, body, revision)
	}
	if errors.Is(err, jetstream.ErrKeyExists) || errors.Is(err, jetstream.ErrKeyRevisionMismatch) {
		return false, nil
	}
	return err == nil, err
}
