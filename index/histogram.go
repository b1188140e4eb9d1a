package index

import (
	"fmt"
	"slices"
	"time"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Histogram asks for the number of matching reports in each day, week, month
// or year. A report counts once in each bin that one of its days falls in: the
// day of publication in the agency's own zone, the day in UTC on which it was
// seen, the days on which the intervals it mentions, or its events, begin.
type Histogram struct {
	// Field is query.Published, Seen, Mentioned or EventTime.
	Field query.Field
	Unit  Unit
}

// Unit is the width of a bin.
type Unit string

// The units. Weeks begin on Monday.
const (
	Day   Unit = "day"
	Week  Unit = "week"
	Month Unit = "month"
	Year  Unit = "year"
)

// Bin is one bin of a histogram.
type Bin struct {
	// Start is the first day of the bin.
	Start news.Moment `json:"start"`
	Count int         `json:"count"`
}

func (h *Histogram) check() error {
	switch {
	case !h.Field.IsTime():
		return fmt.Errorf("%w: no times are called %q; use published, seen, mentioned or event", ErrBadRequest, h.Field)
	case !slices.Contains([]Unit{Day, Week, Month, Year}, h.Unit):
		return fmt.Errorf("%w: no bin is as wide as %q; use day, week, month or year", ErrBadRequest, h.Unit)
	}
	return nil
}

// Floor returns the first day of the bin that a day falls in.
func (u Unit) Floor(day time.Time) time.Time {
	y, m, d := day.Date()
	switch u {
	case Week:
		d -= (int(day.Weekday()) + 6) % 7
	case Month:
		d = 1
	case Year:
		m, d = time.January, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Days returns the days of a report that a histogram of the field counts, as
// midnights UTC, each once.
func Days(r *news.Report, field query.Field) []time.Time {
	var days []time.Time
	add := func(t time.Time) {
		if d := news.DayOf(t).Time; !t.IsZero() && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	switch field {
	case query.Published:
		add(r.Published)
	case query.Seen:
		add(r.Seen.UTC())
	default:
		for _, i := range Intervals(r, field) {
			add(i.From)
		}
	}
	return days
}
