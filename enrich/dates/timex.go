package dates

import (
	"strconv"
	"time"

	"github.com/dateline-news/dateline/news"
)

// period is the reading of one whole unit of the calendar that starts at t.
func period(t time.Time, u unit) reading {
	t = truncate(t, u)
	r := reading{typ: news.TypeDate, start: t, end: advance(t, u, 1), grain: u}
	if u == weekend {
		r.end = t.AddDate(0, 0, 2)
	}
	r.value = format(t, u)
	return r
}

// format is the TIMEX3 value of the unit that starts at t.
func format(t time.Time, u unit) string {
	b := make([]byte, 0, 16)
	switch u {
	case day, night:
		b = appendDay(b, t)
	case week, fortnight, weekend:
		y, w := t.ISOWeek()
		b = append(appendPadded(b, y, 4), "-W"...)
		b = appendPadded(b, w, 2)
		if u == weekend {
			b = append(b, "-WE"...)
		}
	case monthUnit:
		b = append(appendPadded(b, t.Year(), 4), '-')
		b = appendPadded(b, int(t.Month()), 2)
	case quarter:
		b = append(appendPadded(b, t.Year(), 4), "-Q"...)
		b = strconv.AppendInt(b, int64(t.Month()-1)/3+1, 10)
	case half:
		b = append(appendPadded(b, t.Year(), 4), "-H"...)
		b = strconv.AppendInt(b, int64(t.Month()-1)/6+1, 10)
	case seasonUnit:
		b = append(appendPadded(b, t.Year(), 4), '-')
		b = append(b, seasonTag(int(t.Month()))...)
	case decade:
		b = appendPadded(b, t.Year()/10, 3)
	case century:
		b = appendPadded(b, t.Year()/100, 2)
	default:
		b = appendPadded(b, t.Year(), 4)
	}
	return string(b)
}

func seasonTag(month int) string {
	for _, s := range seasons[1:] {
		if month >= s.month && month < s.month+3 {
			return s.tag
		}
	}
	return seasons[4].tag
}

func appendDay(b []byte, t time.Time) []byte {
	b = append(appendPadded(b, t.Year(), 4), '-')
	b = append(appendPadded(b, int(t.Month()), 2), '-')
	return appendPadded(b, t.Day(), 2)
}

func appendPadded(b []byte, n, width int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	s := strconv.Itoa(n)
	for range width - len(s) {
		b = append(b, '0')
	}
	return append(b, s...)
}

// span is the reading of the days from the start of a to the end of b.
func span(start, end time.Time) reading {
	r := reading{typ: news.TypeDate, start: start, end: end, grain: day}
	b := append(appendDay(nil, start), '/')
	r.value = string(appendDay(b, end.AddDate(0, 0, -1)))
	return r
}

// instant is the reading of a clock time, grain second, minute or hour.
func instant(t time.Time, grain unit) reading {
	layout, width := "2006-01-02T15:04", time.Minute
	switch grain {
	case hour:
		layout, width = "2006-01-02T15", time.Hour
	case second:
		layout, width = "2006-01-02T15:04:05", time.Second
	}
	return reading{typ: news.TypeTime, value: t.Format(layout), start: t, end: t.Add(width), clock: true, grain: grain}
}

// partOf is the reading of a part of the day that starts at t.
func partOf(t time.Time, part int) reading {
	p := dayParts[part]
	t = midnight(t)
	return reading{
		typ: news.TypeTime, value: string(append(appendDay(nil, t), "T"+p.tag...)), clock: true, grain: hour,
		start: t.Add(time.Duration(p.from) * time.Hour), end: t.Add(time.Duration(p.to) * time.Hour),
	}
}

// ref is the reading of a word such as now: TIMEX3 gives it no interval.
func ref(value string) reading { return reading{typ: news.TypeDate, value: value} }

func (r reading) on(basis string) reading {
	r.basis = basis
	return r
}
