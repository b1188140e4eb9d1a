package register

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// opinion is what a report says of one field.
type opinion struct {
	// shown is the value as it is shown; equal values are shown alike.
	shown      string
	start, end news.Moment // of dates
	country    string      // of a place
	whole      bool        // the place is a country
	evidence   *Evidence   // nil for an override
}

// relation is how what a report says stands to the value of the record.
type relation int

const (
	other relation = iota
	same
	finer   // more precise, and within it
	coarser // less precise, and around it
)

// datesOpinion is the interval of a claim; ok is false when it gives none.
func datesOpinion(v Values) (o opinion, ok bool) {
	if v.Start.IsZero() && v.End.IsZero() {
		return o, false
	}
	return opinion{shown: ShowDates(v.Start, v.End), start: v.Start, end: v.End}, true
}

// ShowDates writes an interval as its two ends with a slash between, or "".
func ShowDates(start, end news.Moment) string {
	if start.IsZero() && end.IsZero() {
		return ""
	}
	return start.String() + "/" + end.String()
}

// ReadDates reads what ShowDates writes.
func ReadDates(s string) (start, end news.Moment, err error) {
	first, last, _ := strings.Cut(s, "/")
	if first != "" {
		if start, err = news.ParseMoment(first); err != nil {
			return start, end, err
		}
	}
	if last != "" {
		end, err = news.ParseMoment(last)
	}
	return start, end, err
}

// vague is how long an interval is that stands for a day within it.
const vague = 27

// relateDates compares intervals by their days.
func relateDates(now, said opinion) relation {
	a, b := days(now), days(said)
	switch {
	case a == b:
		return same
	case a.from == b.from && (b.open || !a.open && b.length() == 1), a.to == b.to && b.bare:
		return coarser // "will open on the 8th", "until the 10th"
	case a.from == b.from && (a.open || a.length() == 1), a.to == b.to && a.bare:
		return finer
	case a.length() >= vague && b.within(a):
		return finer
	case b.length() >= vague && a.within(b):
		return coarser
	}
	return other
}

// span is an interval of days since 1970, half-open. It is open when its end
// is not known, bare when its start is not.
type span struct {
	from, to   int
	open, bare bool
}

func days(o opinion) span {
	var s span
	if s.open = o.end.IsZero(); !s.open {
		s.to = dayNumber(o.end)
		if !o.end.Day && s.to <= dayNumber(o.start) || !o.end.Day && !midnight(o.end) {
			s.to++
		}
	}
	if s.bare = o.start.IsZero(); !s.bare {
		s.from = dayNumber(o.start)
	}
	if s.open {
		s.to = s.from + 1
	}
	if s.bare {
		s.from = s.to - 1
	}
	return s
}

func (s span) length() int        { return s.to - s.from }
func (s span) within(t span) bool { return t.from <= s.from && s.to <= t.to }

// distance is the days between two intervals, 0 when they meet.
func (s span) distance(t span) int { return max(0, s.from-t.to, t.from-s.to) }

// dayNumber counts the day that a calendar at the place of the event shows.
func dayNumber(m news.Moment) int {
	y, month, d := m.Time.Date()
	return int(time.Date(y, month, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

func midnight(m news.Moment) bool {
	h, minute, s := m.Time.Clock()
	return h == 0 && minute == 0 && s == 0
}

// relatePlaces compares a city with its country, and spellings of one name.
func relatePlaces(now, said opinion) relation {
	switch {
	case news.Fold(now.shown) == news.Fold(said.shown):
		return same
	case now.whole && !said.whole && now.country != "" && now.country == said.country:
		return finer
	case said.whole && !now.whole && said.country != "" && now.country == said.country:
		return coarser
	}
	return other
}

func relateStatuses(now, said opinion) relation {
	if now.shown == said.shown {
		return same
	}
	return other
}
