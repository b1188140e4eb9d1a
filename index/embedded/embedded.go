// Package embedded is the archive in one file: SQLite with full-text search
// (FTS5), no server and no cgo. It implements index.Archive for one process.
//
// A write is one transaction, synced before it is acknowledged, and visible
// to every search that begins after it. A search sees one state of the
// archive, whatever is written meanwhile. What searches filter, sort and count
// by is also held in memory, and so is which words a report has and where they
// stand: about three kilobytes per report of two. The full-text tables answer for
// names and quotes.
//
// A damaged file, or one of another schema, is found when it is opened, and
// is never served.
package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// Options says how an archive is opened. The zero value is useful.
type Options struct {
	// Readers is how many searches run at once; 0 means one per processor,
	// and no fewer than 4.
	Readers int
	// CheckTime bounds the search for damage when the file is opened; 0 means
	// two seconds. A small file is checked whole.
	CheckTime time.Duration
}

// Archive is an archive in a SQLite file.
type Archive struct {
	path    string
	lock    *flock.Flock
	writer  *sql.DB
	readers *sql.DB
	pages   pages

	// writing is held while a transaction is written.
	writing sync.Mutex
	// published is held while a transaction is committed and the columns it
	// changed are put in their place, so that a search sees both or neither.
	published sync.RWMutex
	columns   *columns
	labels    *labels
	lexicon   *lexicon
	// named holds the stories that reports name; only a writer looks at it.
	named labelSet
}

var _ index.Archive = (*Archive)(nil)

// Open opens the archive at path, which is created with its folder when it
// does not exist. The error wraps ErrInUse when another process has it open,
// ErrDamaged when the file cannot be relied on, and ErrSchema when another
// version of Dateline wrote it.
func Open(path string, opts Options) (*Archive, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("making the folder of the archive: %w", err)
	}
	a := &Archive{path: path}
	if err := a.open(opts); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *Archive) open(opts Options) error {
	if err := a.acquire(); err != nil {
		return err
	}
	var err error
	if a.writer, err = connect(a.path, 1, "rwc", "_txlock=immediate"); err != nil {
		return err
	}
	if err := prepare(a.writer, a.path, opts.CheckTime); err != nil {
		return err
	}
	if err := makeRegister(a.writer); err != nil {
		return err
	}
	if a.readers, err = connect(a.path, cmp.Or(opts.Readers, max(4, runtime.NumCPU())), "rw", "_pragma=query_only(1)"); err != nil {
		return err
	}
	if a.labels, a.lexicon, a.columns, err = load(a.writer); err != nil {
		return fmt.Errorf("reading the archive %s: %w", a.path, fault(err))
	}
	a.named = a.columns.named()
	return nil
}

// acquire takes the file lock that keeps other processes out.
func (a *Archive) acquire() error {
	lock := flock.New(a.path + ".lock")
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return fmt.Errorf("locking the archive: %w", err)
	case !ok:
		return fmt.Errorf("%w: %s; stop the other one, or give this one a data directory of its own", ErrInUse, a.path)
	}
	a.lock = lock
	return nil
}

// connect opens at most n connections to the file.
func connect(path string, n int, mode, extra string) (*sql.DB, error) {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	file.RawQuery = "mode=" + mode + "&_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&" + extra
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, fmt.Errorf("opening the archive %s: %w", path, err)
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// Get returns the report with the id.
func (a *Archive) Get(ctx context.Context, id string) (*news.Report, error) {
	var body []byte
	err := a.readers.QueryRowContext(ctx, `SELECT json FROM report JOIN body USING (key) WHERE id = ?`, id).Scan(&body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("%w: %s", index.ErrNotFound, id)
	case err != nil:
		return nil, fmt.Errorf("reading report %s: %w", id, unavailable(err))
	}
	return decode(body)
}

// Ping says whether the archive can be read.
func (a *Archive) Ping(ctx context.Context) error {
	var n int
	if err := a.readers.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&n); err != nil {
		return fmt.Errorf("reading the archive %s: %w", a.path, unavailable(err))
	}
	return nil
}

// Close waits for the transaction being written and closes the file.
func (a *Archive) Close() error {
	a.writing.Lock()
	defer a.writing.Unlock()
	var errs []error
	for _, db := range []*sql.DB{a.readers, a.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("closing the archive %s: %w", a.path, err)
	}
	return nil
}
