package embedded

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/dateline-news/dateline/index"
)

// The errors of Open and Rebuild; check them with errors.Is.
var (
	// ErrDamaged: the file is not what was written to it.
	ErrDamaged = errors.New("the archive file is damaged")
	// ErrSchema: the file was written by another version of Dateline, or by
	// another program.
	ErrSchema = errors.New("the archive file has another layout")
	// ErrInUse: another process has the archive open.
	ErrInUse = errors.New("the archive is in use by another process")
)

// rebuildCommand is what a person runs to make the file anew.
const rebuildCommand = "dateline index rebuild"

// fault says in words what a failure of SQLite means and what to do.
func fault(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w (%w); run `%s`", ErrDamaged, err, rebuildCommand)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk is full; free some space, nothing is lost meanwhile: %w", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("the archive file cannot be written; check its permissions: %w", err)
	case sqlite3.SQLITE_IOERR:
		return fmt.Errorf("the disk does not answer as it should; check it: %w", err)
	}
	return err
}

// unavailable is what a failure means to a caller of the archive: that it
// cannot answer now.
func unavailable(err error) error {
	return fmt.Errorf("%w: %w", index.ErrUnavailable, fault(err))
}
