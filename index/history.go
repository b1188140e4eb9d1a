package index

import (
	"math"
	"time"

	"github.com/dateline-news/dateline/news"
)

// An archive keeps every revision of a report that reached it, not only the
// last. A revision is known from the moment it was seen until a later revision
// is seen; the last one is known until further notice. Of one revision the
// latest enrichment takes the place of the earlier ones: how well a text was
// understood is not part of what was known. A withdrawal is a revision like
// any other, so that a withdrawn text is found as of the time before.
//
// A search with asof: looks at the revisions known then, all others at the
// last ones, and no revision of the past bears on their counts or scores.

// The ends of time, in milliseconds since 1970: a revision that does not say
// when it was seen was always known.
const (
	Always  = math.MinInt64
	Forever = math.MaxInt64
)

// SeenAt returns when a revision became known, in milliseconds since 1970.
func SeenAt(r *news.Report) int64 {
	if r.Seen.IsZero() {
		return Always
	}
	return r.Seen.UnixMilli()
}

// Revision is what of one revision of a report says when it was known.
type Revision struct {
	Number int
	// Seen is when it became known, and Until when a later one did, in
	// milliseconds since 1970.
	Seen, Until int64
}

// SetUntil sets Until of all known revisions of one report, whatever their
// order: it is the first time at which a later revision was seen, which for a
// clock that was put back can be before the revision itself.
func SetUntil(revisions []*Revision) {
	for _, r := range revisions {
		r.Until = Forever
		for _, later := range revisions {
			if later.Number > r.Number {
				r.Until = min(r.Until, later.Seen)
			}
		}
	}
}

// Known reports whether a revision known in [seen,until) is the one to look at
// in a search as of the moment at: the last one seen before it.
func Known(seen, until, at int64) bool { return seen < at && at <= until }

// AsOf returns the moment whose state of the archive the request is to be
// answered from, or false when that is the present. It holds after Normal.
func (r Request) AsOf() (at time.Time, ok bool) {
	if r.asOf == nil {
		return time.Time{}, false
	}
	return r.asOf.At, true
}
