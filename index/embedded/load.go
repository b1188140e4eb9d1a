package embedded

import (
	"database/sql"
	"fmt"
	"sync"
)

// load reads labels, words and columns from the file.
func load(db *sql.DB) (*labels, *lexicon, *columns, error) {
	l := newLabels()
	if err := loadLabels(db, l); err != nil {
		return nil, nil, nil, err
	}
	words, err := loadLexicon(db)
	if err != nil {
		return nil, nil, nil, err
	}
	rows, err := db.Query(`SELECT key, id, version, NULL, columns FROM report UNION ALL
		SELECT key, id, version, until, columns FROM past ORDER BY key`)
	if err != nil {
		return nil, nil, nil, err
	}
	defer rows.Close()
	c := newColumns(words)
	add, wait := c.adder(words)
	defer wait()
	for rows.Next() {
		var key int
		var id string
		var version int64
		var until sql.NullInt64
		var encoded []byte
		if err := rows.Scan(&key, &id, &version, &until, &encoded); err != nil {
			return nil, nil, nil, err
		}
		r, err := decodeRow(id, version, encoded)
		if err == nil {
			r.story = storyOf(r, l.key)
			if until.Valid {
				r.until, r.past = until.Int64, true
			}
			err = c.load(key, r, len(l.values))
		}
		if err == nil {
			add(key, r)
		}
		if err != nil {
			return nil, nil, nil, fmt.Errorf("%w: report %s: %w; run `%s`", ErrDamaged, id, err, rebuildCommand)
		}
	}
	return l, words, c, rows.Err()
}

// load appends the row of the next key while columns are not yet shared.
func (c *columns) load(key int, r *row, labels int) error {
	if key != c.len+1 {
		return fmt.Errorf("its key is %d and not %d", key, c.len+1)
	}
	for _, keys := range r.labels {
		for _, k := range keys {
			if int(k) >= labels {
				return fmt.Errorf("it has facet value %d of %d", k, labels)
			}
		}
	}
	for _, u := range r.words {
		if int(u.word) >= len(c.postings) {
			return fmt.Errorf("it has word %d of %d", u.word, len(c.postings))
		}
	}
	c.add(r)
	return nil
}

// adder returns a function that adds the words of the next report, which is
// done while the caller reads others, and one that waits until all is done.
func (c *columns) adder(l *lexicon) (add func(key int, r *row), wait func()) {
	type words struct {
		key int
		row *row
	}
	coming, done := make(chan []words, 4), make(chan struct{})
	go func() {
		defer close(done)
		for some := range coming {
			for _, w := range some {
				c.postings.add(w.key, w.row.words)
				if !w.row.past {
					c.spreads.change(l, w.row.words, 1)
				}
			}
		}
	}()
	var some []words
	add = func(key int, r *row) {
		if some = append(some, words{key, r}); len(some) == 100 {
			coming <- some
			some = nil
		}
	}
	return add, sync.OnceFunc(func() {
		coming <- some
		close(coming)
		<-done
	})
}
