package register

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// DefaultPage is the most records of a page when a Filter does not say.
const DefaultPage = 50

// NoTime is the beginning of the interval of a record that has none: it comes
// after all others.
const NoTime = math.MaxInt64

// Listed reports whether the record is one that lists show.
func (r *Record) Listed() bool { return r.MergedInto == "" && len(r.Versions) > 0 }

// Interval is when the event takes place, in seconds since 1970 by the wall
// clock at its place, half-open: its dates, else the whole of its year. Without
// either it begins at NoTime and ends before all times, so that it overlaps
// none.
func (r *Record) Interval() (from, to int64) {
	switch {
	case !r.Start.IsZero() || !r.End.IsZero():
		s := days(opinion{start: r.Start, end: r.End})
		return int64(s.from) * daySeconds, int64(s.to) * daySeconds
	case r.Year != 0:
		return wall(news.Day(r.Year, time.January, 1)), wall(news.Day(r.Year+1, time.January, 1))
	}
	return NoTime, math.MinInt64
}

const daySeconds = 24 * 60 * 60

func wall(m news.Moment) int64 { return int64(dayNumber(m)) * daySeconds }

// Bounds are the ends of the filter's time in the seconds of Record.Interval;
// an open end is the least or the greatest number.
func (f Filter) Bounds() (from, to int64) {
	from, to = math.MinInt64, math.MaxInt64
	if !f.From.IsZero() {
		from = wall(f.From)
	}
	if !f.To.IsZero() {
		to = wall(f.To)
		if !f.To.Day && !midnight(f.To) {
			to += daySeconds
		}
	}
	return from, to
}

// Normal returns the filter with its defaults and with names as they are
// compared, or an error that wraps ErrBadFilter.
func (f Filter) Normal() (Filter, error) {
	if f.Limit == 0 {
		f.Limit = DefaultPage
	}
	if f.Limit < 1 || f.Limit > MaxPage {
		return f, fmt.Errorf("%w: a limit of %d; use 1 to %d", ErrBadFilter, f.Limit, MaxPage)
	}
	if from, to := f.Bounds(); from >= to {
		return f, fmt.Errorf("%w: the time ends before it begins; put the earlier end first", ErrBadFilter)
	}
	f.Country, f.Place = strings.ToUpper(f.Country), news.Fold(f.Place)
	_, _, err := f.After()
	return f, err
}

// Cursor is where a list goes on after the record.
func (r *Record) Cursor() string {
	from, _ := r.Interval()
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(from, 10) + " " + r.ID))
}

// After reads the cursor: the interval's beginning and the id of the record
// that the page follows. Without a cursor they come before every record.
func (f Filter) After() (from int64, id string, err error) {
	if f.Cursor == "" {
		return math.MinInt64, "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(f.Cursor)
	number, id, ok := strings.Cut(string(text), " ")
	if err == nil && ok {
		if from, err = strconv.ParseInt(number, 10, 64); err == nil {
			return from, id, nil
		}
	}
	return 0, "", fmt.Errorf("%w: the cursor was not made by this list; start again without it", ErrBadFilter)
}

// NewPage makes a page of records of which one more than the limit was read,
// where there are that many.
func NewPage(found []*Record, limit int) *Page {
	if len(found) <= limit {
		return &Page{Records: found}
	}
	return &Page{Records: found[:limit], Next: found[limit-1].Cursor()}
}
