// Package index is stage 3: it keeps annotated reports where they can be
// searched. Archive is the interface; the backends embedded (SQLite) and
// elastic (Elasticsearch) implement it and are held to one conformance suite,
// index/indextest. Run moves reports from the REPORTS stream to an archive.
package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// Document is a report with what orders its versions.
type Document struct {
	Report *news.Report
	// Enricher is the version of the enricher that annotated the report.
	Enricher int
}

// Version is the document's version: a later revision wins, and of one
// revision the later enricher.
//
// Invariant 6: the archive keeps the highest version.
func (d Document) Version() int64 {
	return news.DocumentVersion(d.Report.Revision, d.Enricher)
}

// Archive keeps the latest version of every report, and the revisions before
// it for searches as of their time, and answers searches. It is safe for
// concurrent use.
type Archive interface {
	// Write stores each document unless the archive has its version or a
	// later one, and returns one outcome per document, in order: nil, or an
	// error that is ErrStale, ErrRejected or ErrUnavailable. When it returns,
	// the documents with a nil outcome are durable and visible to Search. A
	// revision that is stale is kept all the same for searches as of its time.
	Write(ctx context.Context, docs []Document) []error
	// Get returns the report with the id, or ErrNotFound.
	Get(ctx context.Context, id string) (*news.Report, error)
	// Search answers a request.
	Search(ctx context.Context, req Request) (*Result, error)
	// Store is the archive's part of the event register.
	register.Store
	// Ping says whether the archive can be used now.
	Ping(ctx context.Context) error
	Close() error
}

// The errors of an Archive; check them with errors.Is.
var (
	// ErrNotFound: no report has the id.
	ErrNotFound = errors.New("no such report")
	// ErrStale: the archive already has this version or a later one. It is an
	// outcome, not a fault.
	ErrStale = errors.New("the archive has this version or a later one")
	// ErrRejected: the archive will never take this document.
	ErrRejected = errors.New("the archive rejects the document")
	// ErrUnavailable: the archive cannot answer now; trying again can help.
	ErrUnavailable = errors.New("the archive is not available")
	// ErrBadCursor: the cursor was not made by this archive for this request.
	ErrBadCursor = errors.New("the cursor does not belong to this search; start again without it")
)

// UnsupportedError says that a backend cannot do what a request asks for. It
// is returned instead of fewer results.
//
// Invariant 8: a backend answers the whole question or says which part it
// cannot.
type UnsupportedError struct{ Feature string }

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("this archive does not support %s", e.Feature)
}

// Sort is the order of the hits.
type Sort string

// The orders; every order ends with the report id so that it is total.
const (
	ByRelevance Sort = "relevance" // the best match first
	ByPublished Sort = "published" // the latest first
	BySeen      Sort = "seen"      // the latest first
	// ByEvent goes by the last day on which an event of the report begins, the
	// latest first; reports without one come last.
	ByEvent Sort = "event"
)

// Request is one search.
type Request struct {
	Query query.Node
	// Sort is ByRelevance when empty; a query without words is then sorted
	// ByPublished.
	Sort Sort
	// Now is the time by which relevance favours what was published lately, see
	// Recency; when it is zero, time is nothing to relevance.
	Now time.Time
	// Limit is the number of hits wanted, 1 to MaxLimit; 0 means 20.
	Limit int
	// Cursor continues a search where a Result.Next left off.
	Cursor string
	// Filters narrow the search by values of facets.
	Filters []Filter
	// Collapse shows of each story only the report that comes first, with the
	// number of the story's reports that match.
	Collapse bool
	// Facets are the fields to count values of. A facet's own Filters do not
	// bear on its counts, so that they show what else could be chosen.
	Facets []Facet
	// FacetSize is the number of values per facet, 0 means 10.
	FacetSize int
	// Histogram, when not nil, counts the reports by time.
	Histogram *Histogram
	// Tallies are further counts.
	Tallies []Tally

	// asOf is the asof: of the query; Normal takes it out of Query.
	asOf *query.AsOf
}

// MaxLimit is the most hits one request may ask for.
const MaxLimit = 500

// Result answers a Request.
type Result struct {
	// Total is the exact number of reports that match, whether collapsed or
	// not.
	Total int
	Hits  []Hit
	// Next is the cursor of the next page, or "" at the end.
	Next   string
	Facets map[Facet][]Count
	// Histogram holds the bins that are not empty, the earliest first.
	Histogram []Bin
	// Tallies answer the request's, in order.
	Tallies [][]Count
}

// Hit is a report that matches.
type Hit struct {
	Report *news.Report
	Score  float64
	// Copies is the number of matching reports of the same story, this one
	// among them, when the search collapses stories.
	Copies int
}
