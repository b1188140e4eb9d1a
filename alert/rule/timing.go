package rule

import (
	"slices"
	"time"

	"github.com/robfig/cron/v3"
)

const clockForm = "15:04"

var weekdays = map[string]time.Weekday{
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// Hold says until when a notification waits, and why.
type Hold struct {
	Until  time.Time
	Reason string
}

// Reasons of a Hold.
const (
	HeldSnoozed = "snooze"
	HeldQuiet   = "quiet hours"
	HeldDigest  = "digest"
)

// Hold returns how long a notification that comes at now is held. Its Until
// is zero for one that is delivered at once.
func (r Rule) Hold(now, snoozed time.Time, urgent bool) Hold {
	var h Hold
	at := now
	if snoozed.After(at) {
		at, h = snoozed, Hold{snoozed, HeldSnoozed}
	}
	if urgent {
		return h
	}
	if r.Digest != "" {
		if next, ok := r.nextDigest(at); ok {
			at, h = next, Hold{next, HeldDigest}
		}
	}
	if end, quiet := r.quietUntil(at); quiet {
		reason := HeldQuiet
		if h.Reason != "" {
			reason = h.Reason + ", " + HeldQuiet
		}
		h = Hold{end, reason}
	}
	return h
}

func (r Rule) nextDigest(at time.Time) (time.Time, bool) {
	schedule, err := cron.ParseStandard(r.Digest)
	if err != nil {
		return at, false // a rule that Validate refuses
	}
	next := schedule.Next(at.In(r.Location()))
	return next, !next.IsZero()
}

// quietUntil returns the end of the quiet hours that t lies in.
func (r Rule) quietUntil(t time.Time) (end time.Time, quiet bool) {
	if r.Quiet == nil {
		return t, false
	}
	end = t.In(r.Location())
	for range 2 * len(weekdays) { // hours and days can follow one another
		next, ok := r.Quiet.end(end)
		if !ok {
			break
		}
		end, quiet = next, true
	}
	return end, quiet
}

// end returns the end of the quiet day or hours that t lies in. A clock time
// that the change to summer time leaves out is the instant after it.
func (q Quiet) end(t time.Time) (time.Time, bool) {
	year, month, day := t.Date()
	onDay := func(n int, clock time.Time) time.Time {
		return time.Date(year, month, day+n, clock.Hour(), clock.Minute(), 0, 0, t.Location())
	}
	if slices.ContainsFunc(q.Days, func(d string) bool { return weekdays[d] == t.Weekday() }) {
		return onDay(1, time.Time{}), true
	}
	from, err := time.Parse(clockForm, q.From)
	if err != nil {
		return t, false
	}
	to, err := time.Parse(clockForm, q.To)
	if err != nil {
		return t, false
	}
	for _, n := range []int{-1, 0} {
		begin, end := onDay(n, from), onDay(n, to)
		if to.Before(from) {
			end = onDay(n+1, to)
		}
		if !t.Before(begin) && t.Before(end) {
			return end, true
		}
	}
	return t, false
}
