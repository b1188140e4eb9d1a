package register

import (
	"context"
	"errors"
	"fmt"

	"github.com/dateline-news/dateline/news"
)

// Told returns, for each event of each report, the record it is told of in, or
// nil where the register has none: of an event that cannot be told from
// others.
func Told(ctx context.Context, store Store, reports []*news.Report) ([][]*Record, error) {
	keys := make([][]Key, len(reports))
	var tags []string
	for i, r := range reports {
		keys[i] = make([]Key, len(r.Events))
		if r.Status == news.StatusWithdrawn {
			continue
		}
		for j, e := range r.Events {
			key, ok := keyOf(r, e)
			if !ok {
				continue
			}
			keys[i][j] = key
			if key.Edition != "" {
				tags = append(tags, key.tags()...)
			}
		}
	}
	l := lookup{ctx: ctx, store: store, records: map[string]*Record{}, years: map[string]editions{}}
	if err := l.readEditions(distinct(tags)); err != nil {
		return nil, err
	}
	all := make([][]*Record, len(reports))
	for i := range keys {
		all[i] = make([]*Record, len(keys[i]))
		for j, key := range keys[i] {
			var err error
			if all[i][j], err = l.record(key); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// lookup looks records up, each once.
type lookup struct {
	ctx      context.Context
	store    Store
	readings []Reading // that tell in which years editions were
	years    map[string]editions
	records  map[string]*Record
}

func (l *lookup) readEditions(tags []string) (err error) {
	if len(tags) == 0 {
		return nil
	}
	if l.readings, err = l.store.ReadingsTagged(l.ctx, tags); err != nil {
		err = fmt.Errorf("reading the years of editions: %w", err)
	}
	return err
}

// mostMerges bounds how often a record that became part of another is followed.
const mostMerges = 4

func (l *lookup) record(k Key) (*Record, error) {
	if k == (Key{}) {
		return nil, nil
	}
	topic := k.topic()
	if _, known := l.years[topic]; !known {
		l.years[topic] = editionsOf(topic, l.readings)
	}
	id := l.years[topic].settled(k).id()
	for range mostMerges {
		r, err := l.get(id)
		if err != nil || r == nil || r.MergedInto == "" {
			return r, err
		}
		id = r.MergedInto
	}
	return nil, nil
}

func (l *lookup) get(id string) (*Record, error) {
	if r, known := l.records[id]; known {
		return r, nil
	}
	r, err := l.store.Record(l.ctx, id)
	if errors.Is(err, ErrNoEvent) {
		r, err = nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the event %s: %w", id, err)
	}
	if r != nil && r.MergedInto == "" && !r.Listed() {
		r = nil // a later enricher found that nobody speaks of it
	}
	l.records[id] = r
	return r, nil
}
