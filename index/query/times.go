package query

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dateline-news/dateline/news"
)

// clock is what relative and local times are resolved with; now is in loc.
type clock struct {
	now time.Time
	loc *time.Location
}

// period is a written time: a year, a month, a day or an instant.
type period struct{ from, to time.Time }

const timeExamples = "as in 2015, 2015-09, 2015-09-08, 2014-12..2015-03, >2015-09-08, today or 7d"

func (p *parser) timeRange(f Field, value lexeme) (Node, error) {
	from, to, err := p.clock.interval(value.text, f)
	if err != nil {
		return nil, p.fault(value, err.Error(), timeExamples)
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return nil, p.fault(value, "the time ends before it begins", "put the earlier end first")
	}
	return Range{Field: f, From: moment(from, f), To: moment(to, f), Source: value.text}, nil
}

// moment returns t as the kind of Moment that the field is compared by.
func moment(t time.Time, f Field) news.Moment {
	switch {
	case t.IsZero():
		return news.Moment{}
	case f.hasInstants():
		return news.Instant(t.UTC())
	default:
		return news.DayOf(t)
	}
}

// hasInstants reports whether the field is compared by instants, and not by
// calendar days.
func (f Field) hasInstants() bool { return f == Published || f == Seen }

// interval reads the value of a time field; a zero end is open.
func (c clock) interval(value string, f Field) (from, to time.Time, err error) {
	if from, to, ok, err := c.ago(value, f); ok || err != nil {
		return from, to, err
	}
	for _, operator := range []string{">=", "<=", ">", "<"} {
		if rest, ok := strings.CutPrefix(value, operator); ok {
			return c.compared(operator, rest, f)
		}
	}
	if first, last, ok := strings.Cut(value, ".."); ok {
		return c.between(first, last, f)
	}
	p, err := c.period(value, f)
	return p.from, p.to, err
}

func (c clock) compared(operator, value string, f Field) (from, to time.Time, err error) {
	p, err := c.period(value, f)
	switch operator {
	case ">":
		return p.to, to, err
	case ">=":
		return p.from, to, err
	case "<":
		return from, p.from, err
	default:
		return from, p.to, err
	}
}

// between reads first..last, either of which may be left out; last is a part
// of the interval.
func (c clock) between(first, last string, f Field) (from, to time.Time, err error) {
	if first == "" && last == "" {
		return from, to, fmt.Errorf(".. needs a time before or after it")
	}
	if first != "" {
		p, err := c.period(first, f)
		if err != nil {
			return from, to, err
		}
		from = p.from
	}
	if last != "" {
		p, err := c.period(last, f)
		if err != nil {
			return from, to, err
		}
		to = p.to
	}
	return from, to, nil
}

var agoForm = regexp.MustCompile(`^([0-9]{1,4})([hdw])$`)

// ago reads 24h, 7d or 2w: the time from so long ago on, for days until the
// end of today.
func (c clock) ago(value string, f Field) (from, to time.Time, ok bool, err error) {
	m := agoForm.FindStringSubmatch(value)
	if m == nil {
		return from, to, false, nil
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return from, to, false, err
	}
	switch m[2] {
	case "h":
		if !f.hasInstants() {
			return from, to, false, fmt.Errorf("%s: has days and no hours", f)
		}
		return c.now.Add(-time.Duration(n) * time.Hour), to, true, nil
	case "w":
		n *= 7
	}
	from = c.now.AddDate(0, 0, -n)
	if !f.hasInstants() {
		to = c.day(1)
	}
	return from, to, true, nil
}

// day returns the beginning of the day n days after today.
func (c clock) day(n int) time.Time {
	year, month, day := c.now.Date()
	return time.Date(year, month, day+n, 0, 0, 0, 0, c.loc)
}

// periodForms are the ways to write a period, and what follows it.
var periodForms = []struct {
	form *regexp.Regexp
	lay  string
	next func(time.Time) time.Time
}{
	{regexp.MustCompile(`^\d{4}$`), "2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	{regexp.MustCompile(`^\d{4}-\d\d$`), "2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{regexp.MustCompile(`^\d{4}-\d\d-\d\d$`), time.DateOnly, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
}

func (c clock) period(s string, f Field) (period, error) {
	switch s {
	case "yesterday":
		return period{c.day(-1), c.day(0)}, nil
	case "today":
		return period{c.day(0), c.day(1)}, nil
	case "tomorrow":
		return period{c.day(1), c.day(2)}, nil
	}
	for _, form := range periodForms {
		if !form.form.MatchString(s) {
			continue
		}
		t, err := time.ParseInLocation(form.lay, s, c.loc)
		if err != nil || t.Year() < 1 {
			return period{}, fmt.Errorf("there is no date %s", s)
		}
		return period{t, form.next(t)}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil && f.hasInstants() {
		return period{t, t.Add(time.Second)}, nil
	}
	switch {
	case s == "":
		return period{}, errors.New("a time is missing")
	case f == EventTime && strings.IndexFunc(s, unicode.IsDigit) < 0:
		return period{}, fmt.Errorf("%q is not a time, and event: looks for when an event is; write the event's name without event:, or a time", s)
	}
	return period{}, fmt.Errorf("%q is not a time", s)
}
