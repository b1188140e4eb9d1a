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
	counts := map[int32]int{}
	floors := map[int32]int32{} // the bin of each day, found once
	var bins []int32
	for key := range found.keys() {
		bins = bins[:0]
		for _, day := range v.columns.at(key).days(h.Field) {
			bin, ok := floors[day]
			if !ok {
				bin = dayNumber(h.Unit.Floor(time.Unix(int64(day)*secondsPerDay, 0).UTC()))
				floors[day] = bin
			}
			if !slices.Contains(bins, bin) {
				bins = append(bins, bin)
				counts[bin]++
			}
		}
	}
	all := make([]index.Bin, 0, len(counts))
	for bin, n := range counts {
		all = append(all, index.Bin{Start: news.DayOf(time.Unix(int64(bin)*secondsPerDay, 0).UTC()), Count: n})
	}
	slices.SortFunc(all, func(a, b index.Bin) int { return a.Start.Time.Compare(b.Start.Time) })
	return all
}

// days returns the days that index.Days gives, counted from 1970.
func (r *row) days(field query.Field) []int32 {
	switch field {
	case query.Published:
		if r.day == noDay {
			return nil
		}
		return []int32{r.day}
	case query.Seen:
		if r.seen == unknown {
			return nil
		}
		return []int32{floorDay(r.seen / 1000)}
	case query.Mentioned:
		return beginnings(r.mentioned)
	default:
		return beginnings(r.event)
	}
}

func beginnings(all []interval) []int32 {
	days := make([]int32, len(all))
	for i, one := range all {
		days[i] = floorDay(one.from)
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
