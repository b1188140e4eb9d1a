// Package rhythm learns from the times at which a source had something new
// how soon to look again, and when its silence is no longer usual. It promises
// to follow the hours of the day that the source keeps, to bring each new item
// in about half the time between two of them, and to forget what is long past.
package rhythm

import (
	"slices"
	"time"
)

// Rhythm is what is known of a source's times. The zero value knows nothing.
type Rhythm struct {
	// Arrivals are the last times at which the source had something new, in
	// seconds of Unix time, the first first.
	Arrivals []int64 `json:"arrivals,omitempty"`
}

const (
	// most is how many times are remembered.
	most = 128
	// burst is within what time several items are one piece of news.
	burst = 2 * time.Minute
	// fewest is how many times make a rhythm.
	fewest = 4
)

// Note remembers that the source had something new then.
func (r *Rhythm) Note(t time.Time) {
	at := t.Unix()
	i, _ := slices.BinarySearch(r.Arrivals, at)
	near := func(j int) bool {
		return j >= 0 && j < len(r.Arrivals) && max(at-r.Arrivals[j], r.Arrivals[j]-at) < int64(burst/time.Second)
	}
	if near(i) || near(i-1) {
		return
	}
	r.Arrivals = slices.Insert(r.Arrivals, i, at)
	if n := len(r.Arrivals); n > most {
		r.Arrivals = slices.Delete(r.Arrivals, 0, n-most)
	}
}

// perPoll is how many pieces of news a poll should bring on average: at one
// half, news waits for half of the usual time between two.
const perPoll = 0.5

// Wait is how long after now to look again, from floor to ceiling. zone is the
// one whose hours the source keeps.
func (r *Rhythm) Wait(now time.Time, zone *time.Location, floor, ceiling time.Duration) time.Duration {
	if len(r.Arrivals) < fewest {
		return min(max(floor, ceiling/8), ceiling)
	}
	// The silence until now counts: a source that dries up is asked less.
	rate := float64(len(r.Arrivals)) / max(now.Sub(r.first()).Seconds(), 1)
	day, expected, t := r.day(zone), 0.0, now
	for t.Sub(now) < ceiling {
		end := nextHour(t, zone)
		step := rate * day[t.In(zone).Hour()] * end.Sub(t).Seconds()
		if expected+step >= perPoll {
			t = t.Add(time.Duration(float64(end.Sub(t)) * (perPoll - expected) / step))
			break
		}
		expected, t = expected+step, end
	}
	return min(max(t.Sub(now), floor), ceiling)
}

// Usual is the mean time between two pieces of news; 0 where that is not known
// yet.
func (r *Rhythm) Usual() time.Duration {
	n := len(r.Arrivals)
	if n < fewest {
		return 0
	}
	return time.Duration(r.Arrivals[n-1]-r.Arrivals[0]) * time.Second / time.Duration(n-1)
}

// A source is silent when its rhythm would have brought so much news by now
// that none is as good as impossible (e^-8 for news that comes independently),
// and it never was silent for nearly as long.
const (
	missedNews  = 8
	longerThan  = 1.5
	steadyTimes = 10
)

// Silent returns for how long the source has had nothing new, and whether that
// is unusual for it.
func (r *Rhythm) Silent(now time.Time, zone *time.Location) (time.Duration, bool) {
	n := len(r.Arrivals)
	if n < steadyTimes {
		return 0, false
	}
	last := time.Unix(r.Arrivals[n-1], 0)
	silence := now.Sub(last)
	if silence.Seconds() < longerThan*float64(r.longestGap()) {
		return silence, false
	}
	rate := float64(n-1) / max(last.Sub(r.first()).Seconds(), 1)
	return silence, rate*r.weighed(last, now, zone) >= missedNews
}

// weighed is the time between two times in seconds, each hour of the day
// weighed as day has it.
func (r *Rhythm) weighed(from, to time.Time, zone *time.Location) float64 {
	day, sum := r.day(zone), 0.0
	// Weights are 1 on average: beyond some weeks the hours do not matter.
	const weeks = 60 * 24 * time.Hour
	if long := to.Sub(from) - weeks; long > 0 {
		sum, from = long.Seconds(), from.Add(long)
	}
	for t := from; t.Before(to); {
		end := nextHour(t, zone)
		if end.After(to) {
			end = to
		}
		sum += end.Sub(t).Seconds() * day[t.In(zone).Hour()]
		t = end
	}
	return sum
}

// A day's hours are told apart when the times that are known cover some days,
// and no hour is ever taken to be without news.
const (
	daysForHours  = 3
	timesForHours = 24
	evenPart      = 0.25
)

// day is how much news each hour of the day has, 1 on average.
func (r *Rhythm) day(zone *time.Location) [24]float64 {
	var counts, out [24]float64
	n := len(r.Arrivals)
	if n < timesForHours || r.Arrivals[n-1]-r.Arrivals[0] < daysForHours*24*3600 {
		for h := range out {
			out[h] = 1
		}
		return out
	}
	for _, at := range r.Arrivals {
		counts[time.Unix(at, 0).In(zone).Hour()]++
	}
	for h := range out {
		near := counts[(h+23)%24]/4 + counts[h]/2 + counts[(h+1)%24]/4
		out[h] = evenPart + (1-evenPart)*near*24/float64(n)
	}
	return out
}

func (r *Rhythm) first() time.Time { return time.Unix(r.Arrivals[0], 0) }

func (r *Rhythm) longestGap() int64 {
	longest := int64(0)
	for i := 1; i < len(r.Arrivals); i++ {
		longest = max(longest, r.Arrivals[i]-r.Arrivals[i-1])
	}
	return longest
}

// nextHour is the beginning of the next hour in the zone, some of which are
// not whole hours away from UTC.
func nextHour(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	past := time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return t.Add(time.Hour - past)
}
