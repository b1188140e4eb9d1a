package ingest

import (
	"fmt"
	"math/bits"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/news"
)

// outcomes are the last 64 answers to a question with yes or no, the latest
// in the lowest bit.
type outcomes struct {
	Bits  uint64 `json:"bits,omitempty"`
	Count int    `json:"count,omitempty"`
}

func (o *outcomes) add(yes bool) {
	o.Bits <<= 1
	if yes {
		o.Bits |= 1
	}
	o.Count = min(o.Count+1, 64)
}

// share is the part of the answers that were yes.
func (o outcomes) share() float64 {
	if o.Count == 0 {
		return 0
	}
	return float64(bits.OnesCount64(o.Bits)) / float64(o.Count)
}

// noteMissing remembers which fields a published report lacks that every
// report should have.
func (r *runner) noteMissing(report *news.Report) {
	if r.now.Lacking == nil {
		r.now.Lacking = map[string]*outcomes{}
	}
	for field, missing := range map[string]bool{
		"title": report.Title == "", "published": report.Published.IsZero(),
		"byline": len(report.Byline) == 0, "language": report.Language == "",
	} {
		if r.now.Lacking[field] == nil {
			r.now.Lacking[field] = &outcomes{}
		}
		r.now.Lacking[field].add(missing)
	}
}

// noteArrival remembers when an item came that was not known before. On the
// first list only the items' own times tell; later, an item without a time of
// its own came now, and so did one whose time says little.
func (r *runner) noteArrival(item feed.Item) {
	now := r.Now()
	at := item.Published
	usable := !at.IsZero() && !at.After(now) && !isMidnight(at.In(r.location))
	switch {
	case r.now.LastSuccess.IsZero() && !usable:
		return
	case !usable, !r.now.LastSuccess.IsZero() && now.Sub(at) > 48*time.Hour:
		at = now
	}
	r.now.Rhythm.Note(at)
}

// isMidnight reports whether the time is that of a day alone.
func isMidnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

// healthy brings the parts of the status up to date that many polls make.
func (r *runner) healthy(now time.Time) {
	s := &r.now.Status
	s.ErrorRate = r.now.Faults.share()
	s.Missing = nil
	for field, o := range r.now.Lacking {
		if share := o.share(); share > 0 {
			if s.Missing == nil {
				s.Missing = map[string]float64{}
			}
			s.Missing[field] = share
		}
	}
	s.UsualGap = r.now.Rhythm.Usual()
	s.Silent = ""
	if silence, unusual := r.now.Rhythm.Silent(now, r.location); unusual {
		s.Silent = fmt.Sprintf("nothing new for %s, where something comes every %s; see whether the agency publishes elsewhere, or the list has changed",
			roughly(silence), roughly(s.UsualGap))
	}
}

// roughly says a duration as people do.
func roughly(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24+0.5))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()+0.5))
	}
	return count(int(d.Minutes()+0.5), "minute", "minutes")
}
