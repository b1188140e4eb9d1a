package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dateline-news/dateline/index/analysis"
)

// labels holds the values of all facets, each once, under keys from 0. It
// only grows, so that a search may use it while a write adds to it.
type labels struct {
	mu     sync.RWMutex
	values []string
	keys   chains
	// folded finds the values as they fold, of those that a search has asked
	// to look among: it folds the rest when it first asks for them.
	folded chains
	// spare holds counters that are not in use.
	spare sync.Pool
}

func newLabels() *labels {
	return &labels{keys: newChains(), folded: newChains()}
}

// add appends values under the keys that follow the last.
func (l *labels) add(values []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, v := range values {
		l.values = append(l.values, v)
		l.keys.add(v)
	}
}

// all returns the values by key.
func (l *labels) all() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.values
}

// like returns the keys of the values that fold as value does.
func (l *labels) like(value string) []uint32 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fold()
	folded := analysis.Fold(value)
	var same []uint32
	for key := range l.folded.of(folded) {
		if analysis.Fold(l.values[key]) == folded {
			same = append(same, key)
		}
	}
	return same
}

func (l *labels) fold() {
	for _, v := range l.values[len(l.folded.older):] {
		l.folded.add(analysis.Fold(v))
	}
}

// key returns the key of a value.
func (l *labels) key(value string) (uint32, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.find(value)
}

func (l *labels) find(value string) (uint32, bool) {
	for key := range l.keys.of(value) {
		if l.values[key] == value {
			return key, true
		}
	}
	return 0, false
}

// draft gives keys to new values in a transaction that may yet fail.
type draft struct {
	labels *labels
	added  []string
	keys   map[string]uint32
}

func (l *labels) draft() *draft { return &draft{labels: l, keys: map[string]uint32{}} }

func (d *draft) key(value string) uint32 {
	d.labels.mu.RLock()
	defer d.labels.mu.RUnlock()
	if key, ok := d.labels.find(value); ok {
		return key
	}
	if key, ok := d.keys[value]; ok {
		return key
	}
	key := uint32(len(d.labels.values) + len(d.added))
	d.added = append(d.added, value)
	d.keys[value] = key
	return key
}

// known returns the key of a value that has one.
func (d *draft) known(value string) (uint32, bool) {
	if key, ok := d.keys[value]; ok {
		return key, true
	}
	return d.labels.key(value)
}

// value returns the value with the key.
func (d *draft) value(key uint32) string {
	values := d.labels.all()
	if int(key) < len(values) {
		return values[key]
	}
	return d.added[int(key)-len(values)]
}

// write stores the values added, in one row: a row for each would take longer
// than the reports.
func (d *draft) write(ctx context.Context, b *batch) error {
	if len(d.added) == 0 {
		return nil
	}
	list, err := json.Marshal(d.added)
	if err != nil {
		return fmt.Errorf("writing new facet values: %w", err)
	}
	first := d.keys[d.added[0]]
	if err := b.exec(ctx, `INSERT INTO label (first, list) VALUES (?, ?)`, first, string(list)); err != nil {
		return fmt.Errorf("writing new facet values: %w", err)
	}
	return nil
}

func loadLabels(db *sql.DB, l *labels) error {
	rows, err := db.Query(`SELECT first, list FROM label ORDER BY first`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var first int
		var list sql.RawBytes
		if err := rows.Scan(&first, &list); err != nil {
			return err
		}
		var values []string
		if err := json.Unmarshal(list, &values); err != nil || first != len(l.values) {
			return fmt.Errorf("%w: a facet value is missing; run `%s`", ErrDamaged, rebuildCommand)
		}
		l.add(values)
	}
	l.fold()
	return rows.Err()
}
