package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// schemaVersion grows with every change of the schema below or of what the
// columns and terms hold, and with every change of the analyzer.
const schemaVersion = 6

// applicationID marks the file as ours in its header: "DtLn".
const applicationID = 0x44744c6e

// schema is the layout of the file. A report keeps its key through all its
// versions; a revision that another has superseded has a key of its own, and
// what is searched of it lies in tables of its own, so that searches of the
// present do not meet it. Keys of both count from 1 without gaps. Every later
// schema keeps the table body, which holds the present and the past alike and
// from which all others can be made. The columns of a report hold its words
// too, by their keys in the lexicon, and where they stand. The full-text
// tables hold names and quotes, cut into terms before they come here, joined
// by spaces, with the pairs of words in a name after its words, and a bar between
// two names: the tokenizer does nothing but split at the spaces. They do not keep what they were given. Their rows are those
// of members.
var schema = []string{
	`CREATE TABLE report (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, columns BLOB NOT NULL) STRICT`,
	`CREATE TABLE body (key INTEGER PRIMARY KEY, enricher INTEGER NOT NULL, json BLOB NOT NULL) STRICT`,
	`CREATE TABLE label (first INTEGER PRIMARY KEY, list TEXT NOT NULL) STRICT`,
	`CREATE VIRTUAL TABLE term USING fts5(person, org, place, role, body, speaker, quote, id,
		content='', contentless_delete=1, tokenize="ascii tokenchars '|'")`,
	`INSERT INTO term (term, rank) VALUES ('automerge', 8)`,
	`CREATE TABLE past (key INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, until INTEGER NOT NULL, columns BLOB NOT NULL) STRICT`,
	`CREATE INDEX past_id ON past (id)`,
	`CREATE VIRTUAL TABLE past_term USING fts5(person, org, place, role, body, speaker, quote, id,
		content='', contentless_delete=1, tokenize="ascii tokenchars '|'")`,
	`CREATE TABLE lexicon (first INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT`,
	fmt.Sprintf(`PRAGMA application_id = %d`, applicationID),
	fmt.Sprintf(`PRAGMA user_version = %d`, schemaVersion),
}

// defaultCheckTime bounds the search for damage.
const defaultCheckTime = 2 * time.Second

// prepare makes the schema in an empty file, and otherwise finds out whether
// the file can be used.
func prepare(db *sql.DB, path string, checkTime time.Duration) error {
	var tables, application, version int
	err := db.QueryRow(`SELECT (SELECT count(*) FROM sqlite_schema), application_id, user_version
		FROM pragma_application_id, pragma_user_version`).Scan(&tables, &application, &version)
	switch {
	case err != nil:
		return fmt.Errorf("opening the archive %s: %w", path, fault(err))
	case tables == 0:
		return create(db, path)
	case application != applicationID:
		return fmt.Errorf("%w: %s was not written by Dateline; give the archive another path", ErrSchema, path)
	case version != schemaVersion:
		return fmt.Errorf("%w: %s has schema %d and this version of Dateline reads %d; run `%s`, which keeps every report",
			ErrSchema, path, version, schemaVersion, rebuildCommand)
	}
	if err := check(db, cmp.Or(checkTime, defaultCheckTime)); err != nil {
		return fmt.Errorf("checking the archive %s: %w", path, err)
	}
	return nil
}

func create(db *sql.DB, path string) error {
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("making the archive %s: %w", path, fault(err))
	}
	for _, statement := range schema {
		if _, err := tx.Exec(statement); err != nil {
			return errors.Join(fmt.Errorf("making the archive %s: %w", path, fault(err)), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("making the archive %s: %w", path, fault(err))
	}
	return nil
}

// check looks for damage for as long as limit. What it does not get to is
// found when it is read.
func check(db *sql.DB, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	var found string
	err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return fault(err)
	case found != "ok":
		return fmt.Errorf("%w (%s); run `%s`", ErrDamaged, found, rebuildCommand)
	}
	return nil
}
