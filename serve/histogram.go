package serve

import (
	"net/url"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// mostBars is the most bars that a histogram of months has; a longer time is
// shown by years.
const mostBars = 120

// betterUnit is the unit that shows what a histogram of months shows with
// neither one bar nor a thousand.
func betterUnit(months []index.Bin) index.Unit {
	if len(months) == 0 {
		return index.Month
	}
	first, last := months[0].Start.Time, months[len(months)-1].Start.Time
	switch span := monthsBetween(first, last) + 1; {
	case span <= 2:
		return index.Day
	case span > mostBars:
		return index.Year
	}
	return index.Month
}

func monthsBetween(a, b time.Time) int {
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}

// unitOf is the unit in which bins were counted, told from their beginnings.
func unitOf(bins []index.Bin) index.Unit {
	unit := index.Year
	for _, b := range bins {
		switch {
		case b.Start.Time.Day() != 1:
			return index.Day
		case b.Start.Time.Month() != time.January:
			unit = index.Month
		}
	}
	return unit
}

// bins are a histogram with its unit; those of no report are filled in.
type bins struct {
	unit   index.Unit
	counts map[time.Time]int
	first  time.Time
	last   time.Time
}

func fill(unit index.Unit, list []index.Bin) bins {
	b := bins{unit: unit, counts: map[time.Time]int{}}
	for i, bin := range list {
		at := bin.Start.Time
		if i == 0 {
			b.first = at
		}
		b.last = at
		b.counts[at] = bin.Count
	}
	return b
}

// next is the beginning of the bin after the one that begins at t.
func next(unit index.Unit, t time.Time) time.Time {
	switch unit {
	case index.Day:
		return t.AddDate(0, 0, 1)
	case index.Week:
		return t.AddDate(0, 0, 7)
	case index.Month:
		return t.AddDate(0, 1, 0)
	}
	return t.AddDate(1, 0, 0)
}

// written are how a bin is read by people, and in a query.
func written(unit index.Unit, t time.Time) (people, asked string) {
	switch unit {
	case index.Day:
		return t.Format("2 January 2006"), t.Format("2006-01-02")
	case index.Week:
		return "week of " + t.Format("2 January 2006"), t.Format("2006-01-02") + ".." + t.AddDate(0, 0, 6).Format("2006-01-02")
	case index.Month:
		return t.Format("January 2006"), t.Format("2006-01")
	}
	return t.Format("2006"), t.Format("2006")
}

// mostFilled bounds a chart of a time that nobody can have meant, such as an
// event of the year 9999.
const mostFilled = 400

// bars are the bins from the first to the last, each leading to address.
func (b bins) bars(address func(asked string) string) []bar {
	var list []bar
	for t := b.first; !t.After(b.last) && len(list) < mostFilled; t = next(b.unit, t) {
		people, asked := written(b.unit, t)
		one := bar{Text: people, Count: b.counts[t]}
		if one.Count > 0 && address != nil {
			one.URL = address(asked)
		}
		list = append(list, one)
	}
	return list
}

// timeChart is the histogram of the search page.
func timeChart(values url.Values, asked query.Node, list []index.Bin) *chart {
	if len(list) == 0 {
		return nil
	}
	field := timeField(values.Get("by"))
	label := "Reports by time of publication"
	if field == query.EventTime {
		label = "Reports by time of their events"
	}
	unit := unitOf(list)
	c := &chart{Label: label, Unit: string(unit), Counted: "reports"}
	c.Bars = fill(unit, list).bars(func(source string) string {
		return asking(values, replaceTime(asked, query.Range{Field: field, Source: source}))
	})
	return c.draw()
}
