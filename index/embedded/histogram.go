package embedded

import (
	"slices"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

const secondsPerDay = 24 * 60 * 60

// dayNumber counts the days from 1970 to a midnight UTC.
func dayNumber(t time.Time) int32 { return int32(t.Unix() / secondsPerDay) }

// histogram counts the reports of the set by time.
func (v *view) histogram(found *set, h *index.Histogram) []index.Bin {
	counts, last, same := map[int32]int{}, int32(noDay), 0
	count := func(bin int32) {
		if bin != last {
			counts[last] += same
			last, same = bin, 0
		}
		same++
	}
	floor := floors(h.Unit)
	var bins, days []int32
	for at, b := range v.columns.blocks {
		for i := range found.inBlock(at) {
			days = b.daysOf(days[:0], i, h.Field)
			bins = bins[:0]
			for _, day := range days {
				if bin := floor(day); !slices.Contains(bins, bin) {
					bins = append(bins, bin)
					count(bin)
				}
			}
		}
	}
	counts[last] += same
	delete(counts, noDay)
	all := make([]index.Bin, 0, len(counts))
	for bin, n := range counts {
		all = append(all, index.Bin{Start: news.DayOf(time.Unix(int64(bin)*secondsPerDay, 0).UTC()), Count: n})
	}
	slices.SortFunc(all, func(a, b index.Bin) int { return a.Start.Time.Compare(b.Start.Time) })
	return all
}

// floors returns a function that gives the bin of a day, which it finds once.
func floors(unit index.Unit) func(day int32) int32 {
	known := map[int32]int32{}
	var lastDay, lastBin int32 = noDay, 0
	return func(day int32) int32 {
		if day == lastDay {
			return lastBin
		}
		bin, ok := known[day]
		if !ok {
			bin = dayNumber(unit.Floor(time.Unix(int64(day)*secondsPerDay, 0).UTC()))
			known[day] = bin
		}
		lastDay, lastBin = day, bin
		return bin
	}
}

// daysOf appends the days that index.Days gives, counted from 1970.
func (b *block) daysOf(days []int32, i int, field query.Field) []int32 {
	switch field {
	case query.Published:
		if b.days[i] == noDay {
			return days
		}
		return append(days, b.days[i])
	case query.Seen:
		if b.seen[i] == unknown {
			return days
		}
		return append(days, floorDay(b.seen[i]/1000))
	case query.Mentioned:
		return beginnings(days, b.mentioned.of(i))
	default:
		return beginnings(days, b.event.of(i))
	}
}

func beginnings(days []int32, all []interval) []int32 {
	for _, one := range all {
		days = append(days, floorDay(one.from))
	}
	return days
}

// floorDay counts the days from 1970 to a time in seconds.
func floorDay(seconds int64) int32 {
	day := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		day--
	}
	return int32(day)
}

// lastEvent is the last day on which an event of the report begins, counted
// from 1970, or unknown.
func (b *block) lastEvent(i int) int64 {
	last := int64(unknown)
	for _, one := range b.event.of(i) {
		last = max(last, int64(floorDay(one.from)))
	}
	return last
}
