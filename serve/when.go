package serve

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// interval writes a half-open interval as people do: its last day is the last
// day it covers.
func interval(start, end news.Moment) string {
	switch {
	case start.IsZero() && end.IsZero():
		return ""
	case start.IsZero():
		return "until " + moment(lastOf(end))
	case end.IsZero():
		return "from " + moment(start)
	case !start.Day || !end.Day:
		return moment(start) + " – " + moment(end)
	}
	return days(start.Time, lastOf(end).Time)
}

// lastOf is the last day before an exclusive end.
func lastOf(end news.Moment) news.Moment {
	if end.Day {
		return end.AddDays(-1)
	}
	return end
}

// days writes the days from first to last, both included.
func days(first, last time.Time) string {
	const full = "2 January 2006"
	wholeMonths := first.Day() == 1 && last.AddDate(0, 0, 1).Day() == 1
	switch {
	case first.Equal(last):
		return first.Format(full)
	case wholeMonths && first.YearDay() == 1 && last.Month() == time.December && first.Year() == last.Year():
		return first.Format("2006")
	case wholeMonths && first.Month() == last.Month() && first.Year() == last.Year():
		return first.Format("January 2006")
	case first.Month() == last.Month() && first.Year() == last.Year():
		return first.Format("2") + "–" + last.Format(full)
	case first.Year() == last.Year():
		return first.Format("2 January") + " – " + last.Format(full)
	}
	return first.Format(full) + " – " + last.Format(full)
}

func moment(m news.Moment) string {
	if m.Day {
		return m.Time.Format("2 January 2006")
	}
	return m.Time.Format("2 January 2006, 15:04 MST")
}

// clock writes a time of ours or of an agency's; "" when it is unknown. At
// the very midnight only the day is known, as when a file gives a date.
func clock(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())):
		return t.Format("2 January 2006")
	}
	return t.Format("2 January 2006, 15:04 -07:00")
}
