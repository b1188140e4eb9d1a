package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/register"
)

// Rebuilt says what a rebuild did.
type Rebuilt struct {
	// Kept and Lost count the reports that could and could not be read, Past
	// the superseded revisions that were kept beside them.
	Kept, Lost, Past int
	// Old is where the old file was moved to.
	Old string
}

// rebuildBatch is how many reports are written at once.
const rebuildBatch = 500

// Rebuild makes the archive at path anew from the reports stored in it, which
// every schema keeps alike, and moves the old file aside. Reports that are lost
// come back when the REPORTS stream is read again. progress, which may be nil,
// is told now and then how many reports are done, and of how many. An error
// leaves the old file where it is.
func Rebuild(ctx context.Context, path string, progress func(done, of int)) (Rebuilt, error) {
	if _, err := os.Stat(path); err != nil {
		return Rebuilt{}, fmt.Errorf("rebuilding the archive: %w", err)
	}
	old := &Archive{path: path}
	if err := old.acquire(); err != nil {
		return Rebuilt{}, err
	}
	r := rebuild{path: path, fresh: path + ".new", progress: progress}
	err := r.run(ctx)
	if err = errors.Join(err, old.Close()); err != nil {
		return Rebuilt{}, fmt.Errorf("rebuilding the archive %s: %w", path, err)
	}
	return r.done, nil
}

type rebuild struct {
	path, fresh string
	progress    func(done, of int)
	done        Rebuilt
}

func (r *rebuild) run(ctx context.Context) error {
	if err := remove(r.fresh); err != nil {
		return err
	}
	into, err := Open(r.fresh, Options{})
	if err != nil {
		return err
	}
	err = r.copyAll(ctx, into)
	if err = errors.Join(err, into.Close()); err != nil {
		return errors.Join(err, remove(r.fresh))
	}
	return r.swap()
}

// copyAll copies what can be read of the old file.
func (r *rebuild) copyAll(ctx context.Context, into *Archive) error {
	from, err := connect(r.path, 1, "rw", "_pragma=query_only(1)")
	if err != nil {
		return err
	}
	var last int
	if err := from.QueryRowContext(ctx, `SELECT ifnull(max(key), 0) FROM body`).Scan(&last); err != nil && ctx.Err() == nil {
		last = 0 // nothing of the file can be read
	}
	for first := 1; first <= last && err == nil; first += rebuildBatch {
		err = r.copyBatch(ctx, from, into, first, min(first+rebuildBatch-1, last))
		if r.progress != nil {
			r.progress(r.done.Kept+r.done.Past+r.done.Lost, last)
		}
	}
	if err == nil {
		err = copyRegister(ctx, from, into)
	}
	return errors.Join(err, ctx.Err(), from.Close())
}

func (r *rebuild) copyBatch(ctx context.Context, from *sql.DB, into *Archive, first, last int) error {
	var docs []index.Document
	for key := first; key <= last; key++ {
		d, err := readDocument(ctx, from, key)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			r.done.Lost++
		default:
			docs = append(docs, d)
		}
	}
	var readings []register.Reading
	for i, err := range into.Write(ctx, docs) {
		switch {
		case errors.Is(err, index.ErrUnavailable):
			return err
		case errors.Is(err, index.ErrStale):
			r.done.Past++
			readings = append(readings, register.Read(docs[i].Report, docs[i].Enricher))
		case err != nil:
			r.done.Lost++
		default:
			r.done.Kept++
			readings = append(readings, register.Read(docs[i].Report, docs[i].Enricher))
		}
	}
	return into.PutReadings(ctx, register.Telling(readings))
}

// copyRegister copies what the event register knows beyond the reports in the
// file: what their earlier revisions said, and its records with the overrides
// of analysts. What cannot be read comes back from the streams.
func copyRegister(ctx context.Context, from *sql.DB, into *Archive) error {
	readings, _ := collect(ctx, from, func(rows *sql.Rows) (register.Reading, error) {
		var r register.Reading
		return r, scanJSON(rows, &r)
	}, `SELECT json FROM reading`)
	records, _ := collect(ctx, from, scanRecord, `SELECT json FROM event`)
	for some := range slices.Chunk(readings, rebuildBatch) {
		if err := into.PutReadings(ctx, some); err != nil {
			return err
		}
	}
	return into.PutRecords(ctx, records)
}

// readDocument reads a stored report with the version of its enricher.
func readDocument(ctx context.Context, db *sql.DB, key int) (index.Document, error) {
	return scanDocument(db.QueryRowContext(ctx, `SELECT enricher, json FROM body WHERE key = ?`, key))
}

// swap puts the new file in the place of the old one.
func (r *rebuild) swap() error {
	r.done.Old = unused(r.path + ".old")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		err := os.Rename(r.path+suffix, r.done.Old+suffix)
		if err != nil && !(suffix != "" && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	if err := os.Rename(r.fresh, r.path); err != nil {
		return err
	}
	return remove(r.fresh)
}

// unused returns name, or name with a number after it when that is taken.
func unused(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Stat(free); errors.Is(err, fs.ErrNotExist) {
			return free
		}
		free = fmt.Sprintf("%s%d", name, n)
	}
}

// remove removes an archive file and what lies beside it.
func remove(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
