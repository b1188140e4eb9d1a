package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// ErrBadOverride: the override cannot be made. The error that wraps it says
// why.
var ErrBadOverride = errors.New("bad override")

// overridable are the statuses an analyst can set.
var overridable = []string{
	news.EventAnnounced, news.EventConfirmed, news.EventPostponed, news.EventMoved, news.EventCancelled, news.EventUnderWay, news.EventHeld,
}

// Overridable returns the statuses an analyst can set.
func Overridable() []string { return slices.Clone(overridable) }

// Override sets a value of the record over what reports say, from now on. Who
// did it, when and why stays with the record for good. The error wraps
// ErrNoEvent or ErrBadOverride where trying again cannot help.
func (g *Register) Override(ctx context.Context, id string, o Override) (*Record, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o.At = o.At.UTC()
	sum := sha256.Sum256([]byte(strings.Join([]string{id, string(o.Field), o.Value, o.By, o.At.Format(time.RFC3339Nano)}, "\x00")))
	o.ID = hex.EncodeToString(sum[:6])
	return g.decide(ctx, id, func(all []Override) ([]Override, error) {
		if slices.ContainsFunc(all, func(p Override) bool { return p.ID == o.ID }) {
			return all, nil // a second try
		}
		return append(all, o), nil
	})
}

// Revoke takes an override back: what reports say counts again.
func (g *Register) Revoke(ctx context.Context, id, override, by, reason string, at time.Time) (*Record, error) {
	if by == "" || reason == "" {
		return nil, fmt.Errorf("%w: say who takes it back and why", ErrBadOverride)
	}
	return g.decide(ctx, id, func(all []Override) ([]Override, error) {
		i := slices.IndexFunc(all, func(o Override) bool { return o.ID == override })
		if i < 0 {
			return nil, fmt.Errorf("%w: the event has no override %s", ErrBadOverride, override)
		}
		if all[i].RevokedAt.IsZero() {
			all[i].RevokedBy, all[i].RevokedReason, all[i].RevokedAt = by, reason, at.UTC()
		}
		return all, nil
	})
}

func (g *Register) decide(ctx context.Context, id string, overrides func([]Override) ([]Override, error)) (*Record, error) {
	record, err := g.Store.Record(ctx, id)
	if err != nil {
		return nil, err
	}
	if record.MergedInto != "" {
		return nil, fmt.Errorf("%w: %s is a part of %s now; override that one", ErrBadOverride, id, record.MergedInto)
	}
	err = g.do(ctx, func(w *work) error {
		record, err = w.update(ctx, record.key(), edit{overrides: overrides})
		return err
	})
	return record, err
}

func (r *Record) key() Key {
	k := Key{Series: r.Series, Name: r.NameKey, Kind: r.Kind, Year: r.Year}
	if k.Year == 0 {
		k.Edition = r.Edition
	}
	return k
}

func (o Override) check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrBadOverride, fmt.Sprintf(format, args...))
	}
	switch {
	case o.By == "":
		return bad("say who makes it")
	case o.Reason == "":
		return bad("say why it is made")
	case o.At.IsZero():
		return bad("it has no time")
	}
	switch o.Field {
	case FieldStatus:
		if !slices.Contains(overridable, o.Value) {
			return bad("no status is called %q; use one of %s", o.Value, strings.Join(overridable, ", "))
		}
	case FieldDates:
		start, end, err := ReadDates(o.Value)
		if err != nil || !start.IsZero() && !end.IsZero() && !start.Before(end) {
			return bad("%q are no dates; write the first day and the day after the last, as in 2015-09-08/2015-09-11", o.Value)
		}
	case FieldPlace, FieldVenue, FieldHost, FieldOrganizer:
	default:
		return bad("no field is called %q; use status, dates, place, venue, host or organizer", o.Field)
	}
	return nil
}
