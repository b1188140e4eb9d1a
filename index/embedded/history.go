package embedded

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// supersede keeps the revision under a key of the present for searches as of
// its time, under a key of its own.
func (b *batch) supersede(ctx context.Context, key int) error {
	read, err := b.statement(ctx, `SELECT enricher, json FROM body WHERE key = ?`)
	if err != nil {
		return err
	}
	d, err := scanDocument(read.QueryRowContext(ctx, key))
	if err != nil {
		return fmt.Errorf("reading a revision: %w", err)
	}
	e, err := b.words.lexicon.newEntry(d)
	if err != nil {
		return fmt.Errorf("keeping a revision: %w", err)
	}
	return b.insert(ctx, past, b.newKey(), e)
}

// addPast keeps a revision that came after a later one, unless it is there
// with this enrichment or a later one.
func (b *batch) addPast(ctx context.Context, e *entry) error {
	revisions, err := b.revisions(ctx, e.document.Report.ID)
	if err != nil {
		return err
	}
	for key, r := range revisions {
		switch {
		case news.RevisionOf(r.version) != e.document.Report.Revision:
			continue
		case r.version >= e.document.Version():
			return nil
		}
		if err := b.remove(ctx, past, key); err != nil {
			return err
		}
		return b.insert(ctx, past, key, e)
	}
	return b.insert(ctx, past, b.newKey(), e)
}

// revisions returns the superseded revisions of a report by key.
func (b *batch) revisions(ctx context.Context, id string) (map[int]*row, error) {
	statement, err := b.statement(ctx, `SELECT key FROM past WHERE id = ?`)
	if err != nil {
		return nil, err
	}
	keys, err := statement.QueryContext(ctx, id)
	if err != nil {
		return nil, err
	}
	defer keys.Close()
	found := map[int]*row{}
	for keys.Next() {
		var key int
		if err := keys.Scan(&key); err != nil {
			return nil, err
		}
		if key > b.last {
			return nil, fmt.Errorf("report %s has a revision in the file and not in memory; open the archive again", id)
		}
		found[key] = b.row(key)
	}
	return found, keys.Err()
}

// bound sets until when each superseded revision of a report was the last one
// known; key is that of the last.
func (b *batch) bound(ctx context.Context, id string, key int) error {
	rows, err := b.revisions(ctx, id)
	if err != nil || len(rows) == 0 {
		return err
	}
	rows[key] = b.row(key)
	known := map[int]*index.Revision{}
	var all []*index.Revision
	for key, r := range rows {
		known[key] = &index.Revision{Number: news.RevisionOf(r.version), Seen: r.seen}
		all = append(all, known[key])
	}
	index.SetUntil(all)
	for key, r := range rows {
		if !r.past || r.until == known[key].Until {
			continue
		}
		bounded := *r
		bounded.until = known[key].Until
		b.rows[key] = &bounded
		if err := b.exec(ctx, `UPDATE past SET until = ? WHERE key = ?`, bounded.until, key); err != nil {
			return err
		}
	}
	return nil
}

// scanDocument reads the columns enricher and json of the table body.
func scanDocument(row *sql.Row) (index.Document, error) {
	var enricher int
	var body []byte
	if err := row.Scan(&enricher, &body); err != nil {
		return index.Document{}, err
	}
	report, err := decode(body)
	return index.Document{Report: report, Enricher: enricher}, err
}

// everything returns all that a search of the view looks at.
func (v *view) everything() *set {
	if !v.asOf {
		return v.columns.present
	}
	return v.filter(fullSet(v.columns.len), func(key int) bool { return v.columns.knownAt(key, v.at) })
}

// tables returns the tables that a search of the view looks at.
func (v *view) tables() []tables {
	if v.asOf {
		return []tables{present, past}
	}
	return []tables{present}
}

// again returns what a remembered search as of a time found, where revisions
// that were superseded since then have other keys.
func (v *view) again(ctx context.Context, found *set) (*set, error) {
	if !v.asOf {
		return found, nil
	}
	moved := newSet(v.columns.len)
	moved.scores = newScores(found.len(), v.columns.len)
	for key := range found.keys() {
		at := key
		if !v.columns.knownAt(key, v.at) {
			var err error
			if at, err = v.knownOf(ctx, v.columns.id(key)); err != nil {
				return nil, err
			}
		}
		if at > 0 {
			moved.add(at)
			moved.scores.add(at, found.score(key))
		}
	}
	return moved, nil
}

// knownOf returns the key of the revision of a report that was known at the
// view's time, or 0.
func (v *view) knownOf(ctx context.Context, id string) (int, error) {
	keys, err := v.tx.QueryContext(ctx, `SELECT key FROM past WHERE id = ?`, id)
	if err != nil {
		return 0, err
	}
	defer keys.Close()
	found := 0
	for keys.Next() {
		var key int
		if err := keys.Scan(&key); err != nil {
			return 0, err
		}
		if v.columns.knownAt(key, v.at) {
			found = key
		}
	}
	return found, keys.Err()
}
