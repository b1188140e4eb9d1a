package events

import (
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// readDates reads the interval of the event from the dates of its clause.
func (d *document) readDates(r *record) {
	r.event.Start, r.event.End, r.until = news.Moment{}, news.Moment{}, news.Moment{}
	best := d.bestDate(r)
	if best < 0 && r.until.IsZero() && r.event.Start.IsZero() && !r.m.remark.Empty() {
		remark := r.m.remark
		r.m.remark = phrase{} // a change without a new date keeps the old one
		best = d.bestDate(r)
		r.m.remark = remark
	}
	if !r.event.Start.IsZero() {
		best = -1 // put off until October the forum planned for 5 May
	}
	r.dateAt = best
	if best >= 0 {
		d.takeDate(r, best)
	}
	d.readOpening(r)
	d.applyUntil(r)
	d.applyDays(r, r.m.days)
}

// readOpening reads the first day of an event that is told to end from the
// remark before: "the festival, which opened on May 8, ends on Saturday".
func (d *document) readOpening(r *record) {
	if !r.has || r.pred.class != ends && r.pred.class != lasts || r.m.remark.Empty() {
		return
	}
	opened := false
	for i := r.m.remark.From; i < r.m.remark.To; i++ {
		if v, ok := d.eventVerb(i); ok {
			opened = v.class == starts
		}
		n := d.date[i]
		if n == 0 || !opened {
			continue
		}
		if date := &d.dates[n-1]; date.Start.Day && (r.event.Start.IsZero() || date.Start.Before(r.event.Start)) {
			if r.event.End.IsZero() && !r.event.Start.IsZero() {
				r.event.End = r.event.Start.AddDays(1)
			}
			r.event.Start = date.Start
			return
		}
	}
}

// bestDate is the first word of the date of the clause that says most of when
// the event is, -1 when none does. Lengths and open ends are noted in r.
func (d *document) bestDate(r *record) int {
	m := r.m
	best := -1
	for i := m.clause.From; i < m.clause.To; i++ {
		n := d.date[i]
		if n == 0 || i > 0 && d.date[i-1] == n {
			continue
		}
		if d.body < len(d.Words) && d.dates[n-1].Span.Start < d.Words[d.body].Span.Start {
			continue // of the dateline
		}
		date := &d.dates[n-1]
		if date.Type == news.TypeDuration {
			d.readDuration(r, date, i)
			continue
		}
		if date.Type == news.TypeSet {
			r.habit = r.habit || i > m.np.To && d.Is(i, "every", "each", "annually", "daily", "weekly", "monthly")
			continue
		}
		if date.Start.IsZero() || isClock(date) || !d.datesEvent(r, i) {
			continue
		}
		date = d.settled(r, date, d.untilBefore(i) || d.endVerbBefore(r, i))
		if m.kind != "deadline" && (d.untilBefore(i) || d.endVerbBefore(r, i)) {
			d.readUntil(r, date)
			continue
		}
		if d.year(r, date) {
			continue
		}
		if best < 0 || d.better(r, i, best) {
			best = i
		}
	}
	return best
}

// applyUntil ends the event where an open range ends.
func (d *document) applyUntil(r *record) {
	e := &r.event
	if r.until.IsZero() || !e.Start.IsZero() && !e.Start.Before(r.until) {
		return
	}
	e.End = r.until
	if e.Year == 0 {
		e.Year = r.until.AddDays(-1).Time.Year()
	}
}

// better reports whether the date at word i says more than the one at best: a
// day says more than a month, and in a change the later named one counts.
func (d *document) better(r *record, i, best int) bool {
	if r.m.bracket.Holds(i) != r.m.bracket.Holds(best) {
		return r.m.bracket.Holds(i)
	}
	a, b := d.dates[d.date[i]-1], d.dates[d.date[best]-1]
	if r.has && r.pred.subject && best < r.m.outer && i > r.pred.verb && r.pred.verb >= r.m.np.To && a.Start.Day && hasMonth(a.Text) && d.Is(i-1, "on", "from") && i-r.pred.verb < 4 {
		return true // the games, due to start on 16 August
	}
	if strings.HasSuffix(b.Text, " later") && a.Start.Day && hasMonth(a.Text) {
		return true // a week later, on 14 June
	}
	if a.Type == news.TypeTime && b.Type == news.TypeDate {
		return false
	}
	la, lb := a.End.Time.Sub(a.Start.Time), b.End.Time.Sub(b.Start.Time)
	if r.has && (r.pred.class == postpones || r.pred.class == moves) {
		return d.Is(i-1, "to", "until", "till", "for") || i > r.pred.verb && !d.Is(i-1, "from")
	}
	return la < lb && lb > 27*24*time.Hour
}

// year reads a date that is a whole year or more, which gives the event its
// year and no interval.
func (d *document) year(r *record, date *news.Date) bool {
	length := date.End.Time.Sub(date.Start.Time)
	if date.End.IsZero() || length < 360*24*time.Hour {
		return false
	}
	if r.event.Year == 0 && length < 370*24*time.Hour {
		r.event.Year = date.Start.Time.Year()
	}
	return true
}

func (d *document) takeDate(r *record, i int) {
	date := d.settled(r, &d.dates[d.date[i]-1], false)
	start, end := dayOf(date.Start), date.End
	if !date.Start.Day || end.IsZero() {
		end = start.AddDays(1)
	}
	if !end.Day && !end.IsZero() {
		end = dayOf(end).AddDays(1)
	}
	if r.has && (r.pred.class == postpones || r.pred.class == moves || r.pred.class == plans && d.Is(r.pred.verb, "rescheduled")) && d.Is(i, "from") || d.isChangeRange(r, i) {
		start = end.AddDays(-1) // "postponed from 5 May to 7 June"
	}
	r.event.Start, r.event.End = start, d.nextDay(r, i, end)
	if date.End.IsZero() && date.Start.Day {
		r.event.End = news.Moment{} // not earlier than March
	}
	if r.event.Year == 0 {
		r.event.Year = start.Time.Year()
	}
}

// nextDay is the end of the dates that begin at word i and end at end, when
// the day after is named too: "on Wednesday and Thursday".
func (d *document) nextDay(r *record, i int, end news.Moment) news.Moment {
	k := i
	for k < len(d.Words) && d.date[k] == d.date[i] {
		k++
	}
	if !d.Is(k, "and") {
		return end
	}
	k++
	if d.Words[min(k, len(d.Words)-1)].Text == strconv.Itoa(end.Time.Day()) && !d.has(k+1, attendee) {
		return end.AddDays(1) // June 29 and 30
	}
	if d.Is(k, "on") {
		k++
	}
	if k >= r.m.clause.To || d.date[k] == 0 {
		return end
	}
	next := d.dates[d.date[k]-1]
	day := dayOf(next.Start)
	if isWeekday(next.Text) && end.Time.Weekday() == day.Time.Weekday() {
		day = end // the same weekday of another week
	}
	if day != end {
		return end
	}
	return end.AddDays(1)
}

// endVerbBefore reports whether the date at i is that of the event's end: "and
// closes in Windsor on Friday".
func (d *document) endVerbBefore(r *record, i int) bool {
	if r.has && r.pred.class == ends {
		return false
	}
	for k := i - 1; k > r.m.np.To && k > i-8; k-- {
		if v, ok := d.eventVerb(k); ok {
			return v.class == ends && !d.Is(k, "finished")
		}
	}
	return false
}

// isChangeRange reports whether the range at word i is the old and the new
// date of a change.
func (d *document) isChangeRange(r *record, i int) bool {
	extended := r.m.kind == "deadline" && r.pred.class == lasts
	if !r.has || r.pred.class != postpones && r.pred.class != moves && !extended || !d.Is(i-1, "from") && !d.Is(i, "from") {
		return false
	}
	for k := i; k < len(d.Words) && d.date[k] == d.date[i]; k++ {
		if d.Is(k, "to", "until") {
			return true
		}
	}
	return false
}

func dayOf(m news.Moment) news.Moment {
	if m.Day || m.IsZero() {
		return m
	}
	return news.DayOf(m.Time)
}

// untilBefore reports whether the date at i is the end of a run.
func (d *document) untilBefore(i int) bool {
	return d.Is(i-1, "until", "till", "through") || d.Is(i, "until", "till", "through")
}

func (d *document) readUntil(r *record, date *news.Date) {
	if r.has && (r.pred.class == postpones || r.pred.class == moves) {
		r.event.Start, r.event.End = dayOf(date.Start), date.End
		return
	}
	r.until = date.End
	if !date.End.Day {
		r.until = dayOf(date.Start).AddDays(1)
	}
}

// readDuration reads "for three days" beside the event's verb.
func (d *document) readDuration(r *record, date *news.Date, i int) {
	days := daysOf(date.Value)
	if days == 0 || r.m.days != 0 {
		return
	}
	if d.Is(i, "last") && !d.Is(i-1, "will", "to", "and", "would") {
		return
	}
	if i >= r.m.np.From && i < r.m.np.To || d.Is(i, "last") || d.Is(i-1, "for", "last", "lasts", "run", "a", "the", "lasted", "runs", "over") || d.Is(i, "for", "over") {
		r.m.days = days
	}
}

// daysOf is the days of a TIMEX3 duration of whole days or weeks.
func daysOf(value string) int {
	n := 0
	for i := 1; i < len(value); i++ {
		c := value[i]
		switch {
		case c >= '0' && c <= '9' && n < 1000:
			n = 10*n + int(c-'0')
		case c == 'D' && i == len(value)-1:
			return n
		case c == 'W' && i == len(value)-1:
			return 7 * n
		default:
			return 0
		}
	}
	return 0
}

// applyDays ends an event that has a first day and a length.
func (d *document) applyDays(r *record, days int) {
	e := &r.event
	if days > 1 && e.Start.Day && (e.End.IsZero() || e.End.Time.Sub(e.Start.Time) == 24*time.Hour) && !d.endsOn(r) {
		e.End = e.Start.AddDays(days)
	}
	if d.endsOn(r) && !e.Start.IsZero() && e.End.Time.Sub(e.Start.Time) == 24*time.Hour {
		if days > 1 {
			e.Start = e.End.AddDays(-days)
		} else if r.pred.class == ends && !r.pred.tense.past {
			e.Start, r.until = news.Moment{}, e.End
		}
	}
}

// endsOn reports whether the date of the record is the event's last day.
func (d *document) endsOn(r *record) bool { return r.has && r.pred.class == ends }
