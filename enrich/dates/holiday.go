package dates

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// holidaySpec is a named day; on gives its date in a year.
type holidaySpec struct {
	on   func(y int) (time.Time, bool)
	days int
	y    int
	n    int
	said bool
}

func (s holidaySpec) resolve(f *frame) reading {
	y, basis := s.y, basisExplicit
	if y == 0 {
		if !f.known {
			return reading{typ: news.TypeDate, value: "XXXX-XX-XX", grain: day}
		}
		y, basis = s.yearNear(f), f.basis
	}
	t, ok := s.on(y)
	if !ok {
		return reading{typ: news.TypeDate, value: "XXXX-XX-XX", grain: day}
	}
	if s.days > 1 {
		return span(t, t.AddDate(0, 0, s.days)).on(basis)
	}
	return period(t, day).on(basis)
}

func (s holidaySpec) yearNear(f *frame) int {
	y := f.day.Year()
	t, _ := s.on(y)
	switch {
	case s.said && s.n < 0 && !t.Before(f.day), !s.said && f.tense == pastTense && t.After(f.day):
		return y - 1
	case s.said && s.n > 0 && !t.After(f.day), !s.said && f.tense != pastTense && t.Before(f.day) && f.day.Sub(t) > 180*24*time.Hour:
		return y + 1
	}
	return y
}

func (b lexiconBuilder) festive() {}

// holiday reads the name of a holiday.
func (p *parser) holiday(i int) (spec, int) { return nil, 0 }
