package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// ErrBadRequest: the request asks for something that no archive has. The
// error that wraps it says what.
var ErrBadRequest = errors.New("bad search request")

// The defaults and bounds of a Request.
const (
	DefaultLimit     = 20
	DefaultFacetSize = 10
	MaxFacetSize     = 1000
)

// Normal returns the request with its defaults filled in, or an error that
// wraps ErrBadRequest. Every archive begins a search with it.
func (r Request) Normal() (Request, error) {
	if r.Query == nil {
		r.Query = query.All{}
	}
	if as, ok := r.Query.(query.AsOf); ok {
		r.Query, r.asOf, r.Now = as.Node, &as, as.At
	}
	if r.Limit == 0 {
		r.Limit = DefaultLimit
	}
	if r.FacetSize == 0 {
		r.FacetSize = DefaultFacetSize
	}
	switch r.Sort {
	case "", ByRelevance:
		r.Sort = ByRelevance
		if !hasWords(r.Query) {
			r.Sort = ByPublished
		}
	case ByPublished, BySeen, ByEvent:
	default:
		return r, fmt.Errorf("%w: no order is called %q; use %s, %s, %s or %s", ErrBadRequest, r.Sort, ByRelevance, ByPublished, BySeen, ByEvent)
	}
	if r.Sort != ByRelevance {
		r.Now = time.Time{}
	} else if !r.Now.IsZero() {
		r.Now = r.Now.UTC().Truncate(24 * time.Hour)
	}
	switch {
	case r.Limit < 1 || r.Limit > MaxLimit:
		return r, fmt.Errorf("%w: a limit of %d; use 1 to %d", ErrBadRequest, r.Limit, MaxLimit)
	case r.FacetSize < 1 || r.FacetSize > MaxFacetSize:
		return r, fmt.Errorf("%w: %d values per facet; use 1 to %d", ErrBadRequest, r.FacetSize, MaxFacetSize)
	}
	r.Filters = normal(r.Filters)
	return r, r.checkCounts()
}

// checkCounts checks what is to be counted and filtered by.
func (r Request) checkCounts() error {
	for _, f := range r.Facets {
		if !f.known() {
			return fmt.Errorf("%w: no facet is called %q; the facets are %v", ErrBadRequest, f, AllFacets())
		}
	}
	for _, f := range r.Filters {
		if !f.Facet.known() {
			return fmt.Errorf("%w: no facet to filter by is called %q; the facets are %v", ErrBadRequest, f.Facet, AllFacets())
		}
	}
	for _, t := range r.Tallies {
		if err := t.check(); err != nil {
			return err
		}
	}
	if r.Histogram != nil {
		return r.Histogram.check()
	}
	return nil
}

// hasWords reports whether the query asks for words that a report can match
// more or less well.
func hasWords(n query.Node) bool {
	found := false
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Word, query.Phrase:
			found = true
		case query.Term:
			found = found || n.Field == query.Title
		}
		return true
	})
	return found
}

// Fingerprint identifies what a cursor belongs to: the query with its
// expansions, the time it looks at, the filters and the order. The limit and the facets may change from page to
// page.
func (r Request) Fingerprint() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%s", r.Sort, r.Query)
	query.Walk(r.Query, func(n query.Node) bool {
		if e, ok := n.(query.Expansion); ok {
			for _, form := range e.Forms {
				fmt.Fprintf(&b, "\x00%s", form)
			}
		}
		return true
	})
	if r.asOf != nil {
		fmt.Fprintf(&b, "\x00asof\x00%s", r.asOf.Source)
	}
	for _, f := range r.Filters {
		fmt.Fprintf(&b, "\x00%s\x00%s\x00%t", f.Facet, f.Value, f.Exclude)
	}
	if r.Collapse {
		b.WriteString("\x00collapse")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// MaxIDLength is the most bytes the id of a report may have.
const MaxIDLength = 512

// maxEnricher is the last version of the enricher that news.DocumentVersion
// can tell apart.
const maxEnricher = 999_999

// Check returns an error that wraps ErrRejected when no archive can keep the
// document.
func (d Document) Check() error {
	switch {
	case d.Report == nil:
		return fmt.Errorf("%w: it has no report", ErrRejected)
	case len(d.Report.ID) > MaxIDLength:
		return fmt.Errorf("%w: its id has %d bytes, more than %d", ErrRejected, len(d.Report.ID), MaxIDLength)
	case d.Report.Revision < 1:
		return fmt.Errorf("%w: report %s has revision %d; the first is 1", ErrRejected, d.Report.ID, d.Report.Revision)
	case d.Enricher < 0 || d.Enricher > maxEnricher:
		return fmt.Errorf("%w: report %s has enricher version %d, not 0 to %d", ErrRejected, d.Report.ID, d.Enricher, maxEnricher)
	}
	if err := d.Report.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrRejected, err)
	}
	if f, ok := d.badPlace(); ok {
		return fmt.Errorf("%w: report %s has the place %s outside the globe", ErrRejected, d.Report.ID, f.Name)
	}
	return nil
}

// badPlace returns a place whose coordinates no point on earth has.
func (d Document) badPlace() (news.Place, bool) {
	for _, p := range d.Report.Places {
		if p.Lat != nil && !(*p.Lat >= -90 && *p.Lat <= 90) || p.Lon != nil && !(*p.Lon >= -180 && *p.Lon <= 180) {
			return p, true
		}
	}
	return news.Place{}, false
}
