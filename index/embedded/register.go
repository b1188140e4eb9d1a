package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

var _ register.Store = (*Archive)(nil)

// registerSchema is the tables of the event register. A file that an earlier
// version wrote gets them when it is opened.
var registerSchema = []string{
	`CREATE TABLE IF NOT EXISTS reading (report TEXT NOT NULL, revision INTEGER NOT NULL, enricher INTEGER NOT NULL, json BLOB NOT NULL,
		PRIMARY KEY (report, revision)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS reading_tag (tag TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (tag, report)) STRICT, WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, entry INTEGER NOT NULL, listed INTEGER NOT NULL, series TEXT NOT NULL, kind TEXT NOT NULL,
		status TEXT NOT NULL, place TEXT NOT NULL, country TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, json BLOB NOT NULL) STRICT`,
	`CREATE INDEX IF NOT EXISTS event_by_start ON event (starts, id)`,
}

// makeRegister makes the tables of the event register unless they are there.
func makeRegister(db *sql.DB) error {
	for _, statement := range registerSchema {
		if _, err := db.Exec(statement); err != nil {
			return fmt.Errorf("making the event register: %w", fault(err))
		}
	}
	return nil
}

// inTransaction writes what f does, or nothing.
func (a *Archive) inTransaction(ctx context.Context, f func(tx *sql.Tx) error) error {
	a.writing.Lock()
	defer a.writing.Unlock()
	tx, err := a.writer.BeginTx(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	if err := f(tx); err != nil {
		return errors.Join(unavailable(err), rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(unavailable(err), rollback(tx))
	}
	return nil
}

// PutReadings implements register.Store.
func (a *Archive) PutReadings(ctx context.Context, readings []register.Reading) error {
	return a.inTransaction(ctx, func(tx *sql.Tx) error {
		for _, r := range readings {
			if err := putReading(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func putReading(ctx context.Context, tx *sql.Tx, r register.Reading) error {
	var enricher int
	var stored []byte
	err := tx.QueryRowContext(ctx, `SELECT enricher, json FROM reading WHERE report = ? AND revision = ?`, r.Report, r.Revision).Scan(&enricher, &stored)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	case enricher >= r.Enricher:
		return nil
	default:
		var old register.Reading
		if err := json.Unmarshal(stored, &old); err != nil {
			return err
		}
		r = r.Replacing(old)
	}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO reading (report, revision, enricher, json) VALUES (?, ?, ?, ?)`, r.Report, r.Revision, r.Enricher, body)
	if err != nil {
		return err
	}
	for _, tag := range r.Tags {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO reading_tag (tag, report) VALUES (?, ?)`, tag, r.Report); err != nil {
			return err
		}
	}
	return nil
}

// ReadingsOf implements register.Store.
func (a *Archive) ReadingsOf(ctx context.Context, reports []string) ([]register.Reading, error) {
	return a.readings(ctx, `SELECT json FROM reading WHERE report IN (SELECT value FROM json_each(?)) ORDER BY report, revision`, reports)
}

// ReadingsTagged implements register.Store.
func (a *Archive) ReadingsTagged(ctx context.Context, tags []string) ([]register.Reading, error) {
	return a.readings(ctx, `SELECT json FROM reading WHERE report IN (SELECT report FROM reading_tag WHERE tag IN (SELECT value FROM json_each(?)))
		ORDER BY report, revision`, tags)
}

func (a *Archive) readings(ctx context.Context, query string, of []string) ([]register.Reading, error) {
	list, err := json.Marshal(of)
	if err != nil {
		return nil, err
	}
	return collect(ctx, a.readers, func(rows *sql.Rows) (register.Reading, error) {
		var r register.Reading
		return r, scanJSON(rows, &r)
	}, query, string(list))
}

// Tags implements register.Store.
func (a *Archive) Tags(ctx context.Context, after string, limit int) ([]string, error) {
	return collect(ctx, a.readers, func(rows *sql.Rows) (string, error) {
		var tag string
		return tag, rows.Scan(&tag)
	}, `SELECT DISTINCT tag FROM reading_tag WHERE tag > ? ORDER BY tag LIMIT ?`, after, limit)
}

// PutRecords implements register.Store.
func (a *Archive) PutRecords(ctx context.Context, records []*register.Record) error {
	if len(records) == 0 {
		return nil
	}
	return a.inTransaction(ctx, func(tx *sql.Tx) error {
		for _, r := range records {
			if err := putRecord(ctx, tx, r); err != nil {
				return fmt.Errorf("event %s: %w", r.ID, err)
			}
		}
		return nil
	})
}

func putRecord(ctx context.Context, tx *sql.Tx, r *register.Record) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	from, to := r.Interval()
	_, err = tx.ExecContext(ctx, `INSERT INTO event (id, entry, listed, series, kind, status, place, country, starts, ends, json)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, listed = excluded.listed, series = excluded.series, kind = excluded.kind,
			status = excluded.status, place = excluded.place, country = excluded.country, starts = excluded.starts, ends = excluded.ends,
			json = excluded.json WHERE excluded.entry > event.entry`,
		r.ID, r.Entry, r.Listed(), r.Series, r.Kind, r.Status, news.Fold(r.Place), r.Country, from, to, body)
	return err
}

// Record implements register.Store.
func (a *Archive) Record(ctx context.Context, id string) (*register.Record, error) {
	found, err := collect(ctx, a.readers, scanRecord, `SELECT json FROM event WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: %s", register.ErrNoEvent, id)
	}
	return found[0], nil
}

// Records implements register.Store.
func (a *Archive) Records(ctx context.Context, f register.Filter) (*register.Page, error) {
	f, err := f.Normal()
	if err != nil {
		return nil, err
	}
	where, args := recordConditions(f)
	found, err := collect(ctx, a.readers, scanRecord,
		`SELECT json FROM event WHERE `+strings.Join(where, " AND ")+` ORDER BY starts, id LIMIT ?`, append(args, f.Limit+1)...)
	if err != nil {
		return nil, err
	}
	return register.NewPage(found, f.Limit), nil
}

func recordConditions(f register.Filter) (where []string, args []any) {
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	add("listed")
	for column, value := range map[string]string{"series": f.Series, "kind": f.Kind, "status": f.Status, "country": f.Country, "place": f.Place} {
		if value != "" {
			add(column+" = ?", value)
		}
	}
	from, to := f.Bounds()
	if !f.From.IsZero() {
		add("ends > ?", from)
	}
	if !f.To.IsZero() {
		add("starts < ?", to)
	}
	if f.Cursor != "" {
		after, id, _ := f.After() // checked by Normal
		add("(starts, id) > (?, ?)", after, id)
	}
	return where, args
}

func scanRecord(rows *sql.Rows) (*register.Record, error) {
	r := new(register.Record)
	return r, scanJSON(rows, r)
}

func scanJSON(rows *sql.Rows, into any) error {
	var body []byte
	if err := rows.Scan(&body); err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%w: %w: a part of the event register cannot be read: %w; run `%s`", index.ErrUnavailable, ErrDamaged, err, rebuildCommand)
	}
	return nil
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the event register: %w", unavailable(err))
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading the event register: %w", err)
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the event register: %w", unavailable(err))
	}
	return all, nil
}
