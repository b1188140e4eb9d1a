package register

import (
	"context"
	"errors"

	"github.com/dateline-news/dateline/news"
)

// Store keeps what the register folds and what it ends in. Both archives have
// one. It is safe for concurrent use; what a call has written, later calls of
// any process see.
type Store interface {
	// PutReadings keeps each reading unless it has one of the same revision of
	// the report by the same or a later enricher. A reading that replaces
	// another keeps the other's tags.
	PutReadings(ctx context.Context, readings []Reading) error
	// ReadingsOf returns the readings of all revisions of the reports.
	ReadingsOf(ctx context.Context, reports []string) ([]Reading, error)
	// ReadingsTagged returns the readings of all revisions of every report of
	// which a reading has one of the tags.
	ReadingsTagged(ctx context.Context, tags []string) ([]Reading, error)
	// Tags returns the tags of all readings, sorted, at most limit of those
	// that come after the given one.
	Tags(ctx context.Context, after string, limit int) ([]string, error)
	// PutRecords keeps each record unless it has a later entry of it, or this
	// one.
	PutRecords(ctx context.Context, records []*Record) error
	// Record returns the record with the id, or ErrNoEvent.
	Record(ctx context.Context, id string) (*Record, error)
	// Records returns a page of records in the order of Record.Interval, those
	// without one last, then by id.
	Records(ctx context.Context, filter Filter) (*Page, error)
}

// ErrNoEvent: the register has no event of that id.
var ErrNoEvent = errors.New("no such event")

// ErrBadFilter: the filter or its cursor cannot be used. The error that wraps
// it says why.
var ErrBadFilter = errors.New("bad request for events")

// Filter says which records are wanted; a field that is empty does not
// restrict. Records that were merged into others are never among them.
type Filter struct {
	Series, Kind, Status string
	// Country is an ISO 3166-1 alpha-2 code; Place a name, folded.
	Country, Place string
	// From and To bound the time: an event overlaps [From,To). A zero end is
	// open; an event without dates has the whole of its year, where known.
	From, To news.Moment
	// Limit is the most records of a page, 1 to MaxPage; 0 means 50.
	Limit int
	// Cursor continues where Page.Next left off.
	Cursor string
}

// MaxPage is the most records that a page can have.
const MaxPage = 500

// Page is a part of a list of records.
type Page struct {
	Records []*Record
	// Next is the cursor of the next page, or "" at the end.
	Next string
}
