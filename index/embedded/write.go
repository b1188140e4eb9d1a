package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// entry is a document made ready to be written.
type entry struct {
	document index.Document
	json     []byte
	// members are the rows of the table term.
	members []member
	// words are the words of title and text, each once.
	words wordCount
	// values holds the facet values.
	values [facetCount][]string
}

// Write stores the documents in one transaction. When that fails, nothing of
// it is stored and each document that is not rejected has ErrUnavailable.
func (a *Archive) Write(ctx context.Context, docs []index.Document) []error {
	outcomes := make([]error, len(docs))
	if err := a.write(ctx, docs, outcomes); err != nil {
		err = fmt.Errorf("writing to the archive %s: %w", a.path, unavailable(err))
		for i := range docs {
			if !errors.Is(outcomes[i], index.ErrRejected) {
				outcomes[i] = err
			}
		}
	}
	return outcomes
}

// coming is an entry that is being made ready, or why it cannot be.
type coming struct {
	done  chan struct{}
	entry *entry
	err   error
}

// makeReady makes the entries in their order, on all processors and while the
// first are being written: reading the words takes about as long as writing
// them. It returns a function that waits for the end of it.
func (l *lexicon) makeReady(docs []index.Document) (entries []coming, wait func()) {
	entries = make([]coming, len(docs))
	for i := range entries {
		entries[i].done = make(chan struct{})
	}
	var workers sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(docs); i = int(next.Add(1)) - 1 {
				entries[i].entry, entries[i].err = l.newEntry(docs[i])
				close(entries[i].done)
			}
		})
	}
	return entries, workers.Wait
}

func (l *lexicon) newEntry(d index.Document) (*entry, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	body, err := json.Marshal(d.Report)
	if err != nil {
		return nil, fmt.Errorf("%w: report %s: %w", index.ErrRejected, d.Report.ID, err)
	}
	return &entry{
		document: d, json: body, values: facetValues(d),
		words: l.count(d.Report.Title, d.Report.Text), members: l.members(d.Report),
	}, nil
}

// write stores the documents and sets the outcomes of those that are rejected
// or stale. After an error nothing is stored.
func (a *Archive) write(ctx context.Context, docs []index.Document, outcomes []error) error {
	entries, wait := a.lexicon.makeReady(docs)
	defer func() {
		wait()
		for i, e := range entries {
			if e.err != nil {
				outcomes[i] = e.err
			}
		}
	}()
	a.writing.Lock()
	defer a.writing.Unlock()
	tx, err := a.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	b := a.newBatch(tx)
	err = b.addAll(ctx, entries, outcomes)
	if err == nil {
		err = errors.Join(b.labels.write(ctx, b), b.words.write(ctx, b))
	}
	b.close()
	if err != nil {
		return errors.Join(err, rollback(tx))
	}
	return a.commit(tx, b)
}

func (b *batch) addAll(ctx context.Context, entries []coming, outcomes []error) error {
	for i := range entries {
		e := &entries[i]
		<-e.done
		if e.err != nil {
			continue
		}
		switch err := b.add(ctx, e.entry); {
		case errors.Is(err, index.ErrStale):
			outcomes[i] = err
		case err != nil:
			return err
		}
	}
	return nil
}

// rollback undoes the transaction, which SQLite may have done already.
func rollback(tx *sql.Tx) error {
	err := tx.Rollback()
	if err == nil || errors.Is(err, sql.ErrTxDone) || strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// commit makes the batch durable and visible. What is held in memory is made
// while the disk writes.
func (a *Archive) commit(tx *sql.Tx, b *batch) error {
	made := make(chan *columns, 1)
	go func() {
		next := a.columns.with(b.rows)
		next.postings = a.columns.postings.with(b.words.len(), b.changes)
		made <- next
	}()
	a.published.Lock()
	defer a.published.Unlock()
	err := tx.Commit()
	next := <-made
	if err != nil {
		return errors.Join(err, rollback(tx))
	}
	a.labels.add(b.labels.added)
	for _, story := range b.named {
		a.named.add(story)
	}
	a.lexicon.add(b.words.added)
	next.spreads = a.columns.spreads.with(a.lexicon, b.rows, b.changes)
	a.columns = next
	return nil
}

// batch is a transaction being written.
type batch struct {
	tx      *sql.Tx
	columns *columns
	labels  *draft
	words   *newWords
	rows    map[int]*row
	// changes are the words of the rows.
	changes map[int]change
	// known holds the stories that reports in the archive name, and named those
	// that the transaction adds.
	known labelSet
	named []uint32
	// added holds the keys of reports that the transaction adds; last is the
	// last key in use.
	added map[string]int
	last  int
	// prepared holds the statements used.
	prepared map[string]*sql.Stmt
}

func (a *Archive) newBatch(tx *sql.Tx) *batch {
	return &batch{
		tx: tx, columns: a.columns, labels: a.labels.draft(), words: a.lexicon.draft(), known: a.named,
		rows: map[int]*row{}, changes: map[int]change{}, added: map[string]int{}, last: a.columns.len, prepared: map[string]*sql.Stmt{},
	}
}

func (b *batch) close() {
	for _, s := range b.prepared {
		_ = s.Close() // the transaction ends with its statements
	}
}

func (b *batch) exec(ctx context.Context, statement string, args ...any) error {
	s, err := b.statement(ctx, statement)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, args...)
	return err
}

// statement prepares a statement once.
func (b *batch) statement(ctx context.Context, statement string) (*sql.Stmt, error) {
	if s, ok := b.prepared[statement]; ok {
		return s, nil
	}
	s, err := b.tx.PrepareContext(ctx, statement)
	if err == nil {
		b.prepared[statement] = s
	}
	return s, err
}

// add writes one entry, or returns ErrStale.
func (b *batch) add(ctx context.Context, e *entry) error {
	id := e.document.Report.ID
	key, err := b.find(ctx, id)
	if err != nil {
		return err
	}
	if key == 0 {
		key = b.newKey()
		b.added[id] = key
		return b.insert(ctx, present, key, e)
	}
	stored, revision := b.row(key), e.document.Report.Revision
	switch last := news.RevisionOf(stored.version); {
	case revision < last:
		if err := b.addPast(ctx, e); err != nil {
			return err
		}
		return errors.Join(stale(id), b.bound(ctx, id, key))
	case stored.version >= e.document.Version():
		return stale(id)
	case revision > last:
		err = b.supersede(ctx, key)
	}
	if err != nil {
		return err
	}
	if err := b.remove(ctx, present, key); err != nil {
		return err
	}
	if err := b.insert(ctx, present, key, e); err != nil {
		return err
	}
	return b.bound(ctx, id, key)
}

func stale(id string) error { return fmt.Errorf("%w: report %s", index.ErrStale, id) }

// newKey returns the key after the last.
func (b *batch) newKey() int {
	b.last++
	return b.last
}

// tellHead tells the report whose id is the story of another, which names it
// for the first time, and the revisions before it.
func (b *batch) tellHead(ctx context.Context, r *row) error {
	named := r.labels[storyFacet]
	if len(named) == 0 || b.known.has(named[0]) || slices.Contains(b.named, named[0]) {
		return nil
	}
	b.named = append(b.named, named[0])
	id := b.labels.value(named[0])
	key, err := b.find(ctx, id)
	if err != nil || key == 0 {
		return err
	}
	heads, err := b.revisions(ctx, id)
	if err != nil {
		return err
	}
	heads[key] = b.row(key)
	for key, head := range heads {
		if head.story == noStory {
			told := *head
			told.story = named[0]
			b.rows[key] = &told
		}
	}
	return nil
}

// find returns the key of the report with the id, or 0.
func (b *batch) find(ctx context.Context, id string) (int, error) {
	if key, ok := b.added[id]; ok {
		return key, nil
	}
	var key int
	s, err := b.statement(ctx, `SELECT key FROM report WHERE id = ?`)
	if err != nil {
		return 0, err
	}
	err = s.QueryRowContext(ctx, id).Scan(&key)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err == nil && key > b.columns.len:
		// A commit that failed was kept by the disk after all.
		return 0, fmt.Errorf("report %s is in the file and not in memory; open the archive again", id)
	}
	return key, err
}

func (b *batch) row(key int) *row {
	if r, ok := b.rows[key]; ok {
		return r
	}
	return b.columns.row(key)
}

// tables are the names of the tables that hold reports of one kind.
type tables struct{ report, term string }

// The tables of the last revisions, and of those before them.
var (
	present = tables{"report", "term"}
	past    = tables{"past", "past_term"}
)

// forget notes the words that a report in the archive has until now.
func (b *batch) forget(ctx context.Context, of tables, key int) error {
	if _, ok := b.changes[key]; ok {
		return nil // this transaction wrote it
	}
	s, err := b.statement(ctx, `SELECT id, version, columns FROM `+of.report+` WHERE key = ?`)
	if err != nil {
		return err
	}
	var id string
	var version int64
	var columns []byte
	if err := s.QueryRowContext(ctx, key).Scan(&id, &version, &columns); err != nil {
		return err
	}
	stored, err := decodeRow(id, version, columns)
	if err != nil {
		return fmt.Errorf("%w: report %s: %w; run `%s`", ErrDamaged, id, err, rebuildCommand)
	}
	b.changes[key] = change{before: stored.words}
	return nil
}

func (b *batch) remove(ctx context.Context, of tables, key int) error {
	if err := b.forget(ctx, of, key); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM ` + of.report + ` WHERE key = ?`,
		`DELETE FROM body WHERE key = ?`,
	} {
		if err := b.exec(ctx, statement, key); err != nil {
			return err
		}
	}
	return b.exec(ctx, `DELETE FROM `+of.term+` WHERE rowid BETWEEN ? AND ?`, key*memberRoom, (key+1)*memberRoom-1)
}

// insert writes an entry under a key that nothing has.
func (b *batch) insert(ctx context.Context, into tables, key int, e *entry) error {
	r := newRow(e.document, e.values, b.labels.key)
	r.title, r.text, r.words = e.words.title, e.words.text, b.words.uses(e.words)
	b.changes[key] = change{b.changes[key].before, r.words}
	var err error
	if r.past = into == past; r.past {
		err = b.exec(ctx, `INSERT INTO past (key, id, version, until, columns) VALUES (?, ?, ?, ?, ?)`, key, r.id, r.version, r.until, r.encode())
	} else {
		err = b.exec(ctx, `INSERT INTO report (key, id, version, columns) VALUES (?, ?, ?, ?)`, key, r.id, r.version, r.encode())
	}
	if err != nil {
		return err
	}
	r.story = storyOf(r, b.labels.known)
	b.rows[key] = r
	if err := b.tellHead(ctx, r); err != nil {
		return err
	}
	if err := b.exec(ctx, `INSERT INTO body (key, enricher, json) VALUES (?, ?, ?)`, key, e.document.Enricher, e.json); err != nil {
		return err
	}
	return b.insertMembers(ctx, into, key, e.members)
}

// decode reads a stored report.
func decode(body []byte) (*news.Report, error) {
	var r news.Report
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, fmt.Errorf("%w: %w: a stored report cannot be read: %w; run `%s`", index.ErrUnavailable, ErrDamaged, err, rebuildCommand)
	}
	return &r, nil
}
