// Package events finds the conferences, meetings, visits, votes and other
// events that a report announces or tells of: name, series, edition, kind,
// interval, place, venue, host, organizer, participants and status.
//
// It promises that each slot is read from the event's own clause; what is
// read from elsewhere is named in Inferred with the reason, and nothing is
// borrowed from a neighbouring event. Spans are valid for the text, and time
// is linear in its length. Series are known from a gazetteer that a user
// extends; an unknown event is found by its noun.
package events

import (
	"io/fs"
	"sync"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// Finder finds events. It is safe for concurrent use.
type Finder struct {
	series *series
	spare  sync.Pool // of *scratch
}

// scratch is memory that one report after another is read in.
type scratch struct {
	roles []lexicon.Role
	cover []int32
}

// longestSpare is the most words of a report whose memory is kept.
const longestSpare = 1 << 16

// New returns a Finder that knows the series of gazetteers/series.yaml in
// fsys. An error names the entry that is at fault.
func New(fsys fs.FS) (*Finder, error) {
	s, err := readSeries(fsys)
	if err != nil {
		return nil, err
	}
	return &Finder{series: s}, nil
}

// Find returns the events of r, whose text is t, in the order of the text, one
// for each event however often the report speaks of it. It reads the annotations of r, and
// finds less where they are missing.
func (f *Finder) Find(r *news.Report, t *lexicon.Text) []news.Event {
	s, ok := f.spare.Get().(*scratch)
	if !ok {
		s = &scratch{}
	}
	if len(t.Words) <= longestSpare {
		defer f.spare.Put(s)
	}
	d := newDocument(r, t, s)
	mentions := d.withVerbs(f.mentions(d))
	d.cutClauses(mentions)
	var records []*record
	for i := range mentions {
		if rec := d.read(&mentions[i]); rec != nil {
			records = append(records, rec)
		}
	}
	d.shareVerbs(records)
	d.attendance(records, mentions)
	return f.events(d, d.merge(records))
}
