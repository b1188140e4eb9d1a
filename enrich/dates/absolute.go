package dates

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// dateSpec is a date on the calendar; parts that the text does not give are 0.
type dateSpec struct {
	y, m, d int
	wd      int    // the weekday named beside it
	modify  string // last, next or this before a month
	of      spec   // the year, when it is told: of last year
}

func (s *dateSpec) grain() unit {
	switch {
	case s.d > 0:
		return day
	case s.m > 0:
		return monthUnit
	default:
		return year
	}
}

func (s *dateSpec) resolve(f *frame) reading {
	y, m, basis := s.y, s.m, basisExplicit
	switch {
	case s.y == 0 && s.d == 0 && s.of == nil && s.modify == "" && f.timeless && f.tense != pastTense && f.tense != futureTense:
		return reading{typ: news.TypeDate, value: s.partial(), grain: monthUnit}
	case s.of != nil:
		if r := s.of.resolve(f); r.dated() {
			y, basis = r.start.Year(), r.basis
		}
	case s.d > 0 && s.m == 0:
		y, m, basis = f.monthOf(s)
	case s.y == 0:
		y, basis = f.yearOf(s)
	}
	if y == 0 {
		return reading{typ: news.TypeDate, value: s.partial(), grain: s.grain()}
	}
	if s.d > 0 && !validDay(y, m, s.d) {
		return reading{typ: news.TypeDate, value: s.partial(), grain: day}
	}
	return period(date(y, max(m, 1), max(s.d, 1)), s.grain()).on(basis)
}

// partial is the TIMEX3 value with X for what is not known.
func (s *dateSpec) partial() string {
	b := []byte("XXXX")
	if s.y > 0 {
		b = appendPadded(nil, s.y, 4)
	}
	if s.m > 0 {
		b = appendPadded(append(b, '-'), s.m, 2)
	} else if s.d > 0 {
		b = append(b, "-XX"...)
	}
	if s.d > 0 {
		b = appendPadded(append(b, '-'), s.d, 2)
	}
	return string(b)
}

// yearOf chooses the year of a date that names none.
func (f *frame) yearOf(s *dateSpec) (int, string) {
	at := func(y int) time.Time { return date(y, s.m, max(s.d, 1)) }
	if f.last.dated() && (f.narrative && f.tense != futureTense && f.last.start.Year() != 1 || !f.known) {
		return f.last.start.Year(), f.lastText
	}
	if !f.known {
		return 0, ""
	}
	now := f.day.Year()
	if s.wd != 0 && s.d != 0 {
		for _, y := range []int{now, now - 1, now + 1} {
			if validDay(y, s.m, s.d) && isoWeekday(at(y)) == s.wd {
				return y, f.basis
			}
		}
	}
	if s.d == 29 && s.m == 2 && daysIn(now, 2) < 29 {
		for _, y := range []int{now - 1, now + 1, now - 2, now + 2} {
			if daysIn(y, 2) == 29 {
				return y, f.basis
			}
		}
	}
	this := truncate(f.day, s.grain())
	switch {
	case s.modify == "last":
		if at(now).Before(this) {
			return now, f.basis
		}
		return now - 1, f.basis
	case s.modify == "next":
		if at(now).After(this) {
			return now, f.basis
		}
		return now + 1, f.basis
	case s.modify == "that" && f.last.dated():
		return f.last.start.Year(), f.lastText
	case s.modify == "this", s.modify == "that":
		return now, f.basis
	case f.chained && f.last.dated() && f.lastNear():
		return nearest(at, f.last.start, now), f.basis
	case f.tense == pastTense && at(now).After(f.day) && (f.governed || !f.soon(at(now))):
		return now - 1, f.basis
	case f.tense == futureTense && at(now).Before(this):
		return now + 1, f.basis
	case f.tense == pastTense, f.tense == futureTense:
		return now, f.basis
	}
	return nearest(at, f.day, now), f.basis
}

// soon reports whether t comes so shortly after publication that a report of
// last year's day would have said so.
func (f *frame) soon(t time.Time) bool { return t.Before(f.day.AddDate(0, 0, 45)) }

// lastNear reports whether the last date is within about a year of
// publication, so that a date beside it may follow it.
func (f *frame) lastNear() bool {
	d := f.last.start.Sub(f.day)
	return d < 400*24*time.Hour && d > -400*24*time.Hour
}

// nearest is the year around now whose date lies closest to t.
func nearest(at func(int) time.Time, t time.Time, now int) int {
	best, gap := now, time.Duration(1<<62)
	for _, y := range []int{now, now - 1, now + 1} {
		if d := at(y).Sub(t).Abs(); d < gap {
			best, gap = y, d
		}
	}
	return best
}

// monthOf chooses the month of a date that is only a day: the 8th.
func (f *frame) monthOf(s *dateSpec) (y, m int, basis string) {
	if f.last.dated() && f.last.grain <= monthUnit && !(f.lastNear() && !f.narrative && s.wd != 0) {
		if s.d <= daysIn(f.last.start.Year(), int(f.last.start.Month())) {
			return f.last.start.Year(), int(f.last.start.Month()), f.lastText
		}
	}
	if !f.known {
		return 0, 0, ""
	}
	y, m = f.day.Year(), int(f.day.Month())
	if s.wd != 0 {
		for _, k := range []int{0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6} {
			t := date(y, m+k, 1)
			if s.d <= daysIn(t.Year(), int(t.Month())) && isoWeekday(t.AddDate(0, 0, s.d-1)) == s.wd {
				return t.Year(), int(t.Month()), f.basis
			}
		}
	}
	switch t := date(y, m, 1); {
	case f.tense == pastTense && s.d > f.day.Day():
		t = addMonths(t, -1)
		return t.Year(), int(t.Month()), f.basis
	case f.tense == futureTense && s.d < f.day.Day():
		t = addMonths(t, 1)
		return t.Year(), int(t.Month()), f.basis
	}
	return y, m, f.basis
}

// monthName reads a month with the full stop of its abbreviation.
func (p *parser) monthName(i int) (m, next int) {
	t := p.at(i)
	if !t.is(month) {
		return 0, 0
	}
	next = i + 1
	if t.is(short) && p.word(next, ".") && !p.at(next).gap {
		next++
	}
	return int(t.num), next
}

// dayNumber reads a day of the month: 8, 8th, eighth, twenty-first.
func (p *parser) dayNumber(i int) (d, next int) {
	t := p.at(i)
	switch {
	case t.is(number) && t.digits <= 2 && t.num >= 1 && t.num <= 31 && !t.grouped:
		return int(t.num), i + 1
	case t.is(ordinal) && t.num >= 1 && t.num <= 31 && !t.is(modifier):
		return int(t.num), i + 1
	case t.is(cardinal) && (t.num == 20 || t.num == 30):
		j := i + 1
		if p.word(j, "-") {
			j++
		}
		if o := p.at(j); o.is(ordinal|cardinal) && o.num >= 1 && o.num <= 9 && !o.is(modifier) {
			return int(t.num + o.num), j + 1
		}
		return int(t.num), i + 1
	case t.is(cardinal) && t.num < 20:
		return int(t.num), i + 1
	}
	return 0, 0
}

// ordinalDay reads a day of the month that is written as an ordinal.
func (p *parser) ordinalDay(i int) (d, next int) {
	d, next = p.dayNumber(i)
	if next > 0 && p.at(next-1).is(ordinal) {
		return d, next
	}
	return 0, 0
}

// monthFirst reads a date that starts with its month: December 8, 2014; May
// 2008; Sept.
func (p *parser) monthFirst(i int) (spec, int) {
	m, j := p.monthName(i)
	if j == 0 {
		return nil, 0
	}
	if s, k := p.glued(i, m, j); k > 0 {
		return s, k
	}
	d, k := p.dayAfterMonth(j)
	if k > 0 && validDay(0, m, d) {
		s := &dateSpec{m: m, d: d}
		return s, p.yearOfDay(s, p.weekdayInBrackets(s, k))
	}
	if y, l := p.yearAfter(j); l > 0 {
		return &dateSpec{m: m, y: y}, l
	}
	s := &dateSpec{m: m}
	if k := p.relativeYear(s, j); k > j {
		return s, k
	}
	if !p.monthAlone(i, j) {
		return nil, 0
	}
	s.y = p.sharedYear(j)
	return s, j
}

// sharedYear is the year that months named together have in common, written
// after the last of them: April, May and June 2013.
func (p *parser) sharedYear(j int) int {
	for range 6 {
		if p.word(j, ",") {
			j++
		}
		if p.word(j, "and", "or", "&") {
			j++
		}
		_, next := p.monthName(j)
		if next == 0 || !p.at(j).upper {
			return 0
		}
		if y, n := p.yearAfter(next); n > 0 {
			return y
		}
		j = next
	}
	return 0
}

// glued reads Sep-23-2020, May/22 and the like.
func (p *parser) glued(i, m, j int) (spec, int) {
	if !p.word(j, "-", "/") || p.at(j).gap || p.at(j+1).gap || !p.at(j+1).is(number) {
		return nil, 0
	}
	a := p.at(j + 1)
	if a.digits <= 2 && validDay(0, m, int(a.num)) {
		s := &dateSpec{m: m, d: int(a.num)}
		if p.word(j+2, "-", "/") && p.tight(j+1, j+3) {
			if y, k := p.yearNumber(j + 3); k > 0 {
				s.y = y
				return s, k
			}
		}
		if p.word(j, "/") {
			return s, j + 2
		}
		return nil, 0
	}
	if y, k := p.yearNumber(j + 1); k > 0 {
		if p.word(k, "-", "/") && p.tight(k-1, k+1) && p.at(k+1).is(number) && p.at(k+1).digits <= 2 && validDay(y, m, int(p.at(k+1).num)) {
			return &dateSpec{y: y, m: m, d: int(p.at(k + 1).num)}, k + 2
		}
		return &dateSpec{y: y, m: m}, k
	}
	return nil, 0
}

// dayAfterMonth reads the day in "December 8", "December the 8th".
func (p *parser) dayAfterMonth(j int) (d, next int) {
	if p.at(j).is(article) && p.at(j).num == 0 {
		return p.ordinalDay(j + 1)
	}
	t := p.at(j)
	d, next = p.dayNumber(j)
	if next == 0 || t.is(cardinal) && !p.at(next-1).is(ordinal) {
		return 0, 0
	}
	if t.is(number) {
		if n := p.at(next); !n.gap && (n.word == ":" && p.at(next+1).is(number) || n.word == "." && p.at(next+1).is(number) && !p.at(next+1).gap || n.word == "%") {
			return 0, 0
		}
		if p.at(next).is(meridiem) {
			return 0, 0
		}
	}
	return d, p.dayEnding(next)
}

// weekdayInBrackets reads "(Tue)" between day and year.
func (p *parser) weekdayInBrackets(s *dateSpec, k int) int {
	if p.word(k, "(") && p.at(k+1).is(weekday) && p.word(k+2, ")") {
		s.wd = int(p.at(k + 1).num)
		return k + 3
	}
	return k
}

// monthAlone reports whether the month at i, without day or year, is a month:
// may, march and the abbreviations are more often something else.
func (p *parser) monthAlone(i, j int) bool {
	t, prev := p.at(i), p.at(i-1)
	lead := prev.is(preposition|edge|joiner) && !prev.is(punctuation) && !p.word(i-1, "as", "with", "than", "when", "that", "which", "and", "or", "but", "about")
	if !t.is(homograph | short) {
		if p.givenName(i, j) && !lead {
			return false
		}
		return t.upper || lead || prev.is(modifier|article) || p.depth > 1 || len(p.toks) <= 4
	}
	switch {
	case p.word(j, "-") && !p.at(j).gap && t.word == "may" && !t.upper:
		return false
	case lead && t.upper:
		return true
	case t.is(homograph) && !t.upper && p.depth > 1 && p.word(i-1, "of"):
		return true
	case t.is(homograph) && !t.upper:
		return lead && !p.word(i-1, "to", "for", "of", "over", "on", "as") && !p.at(j).is(article)
	case t.is(short):
		return lead
	case prev.is(breakMark), p.sentenceEnd(max(i-1, 0)), prev.upper && !prev.is(weekday|month), prev.word == "'", prev.word == "s":
		return false
	}
	return prev.is(modifier|article|joiner) || p.word(i-1, "and", ",", "(")
}

// givenName reports whether the month at i is the first name of a person.
func (p *parser) givenName(i, j int) bool {
	t, next := p.at(i), p.at(j)
	return p.word(i, "april", "june", "august") && t.upper && next.upper && next.word == "" && next.gap
}

// dayFirst reads a date that starts with its day: 8 December 2014, the eighth
// of December, 14april 2015.
func (p *parser) dayFirst(i int) (spec, int) {
	j := i
	if p.at(j).is(article) {
		j++
	}
	d, k := p.dayNumber(j)
	if k == 0 || p.at(j).is(number) && !p.headOfFigures(j) {
		return nil, 0
	}
	if s, n := p.dayOfMonthUnit(d, k); n > 0 {
		return s, n
	}
	k = p.beforeMonth(k)
	m, l := p.monthName(k)
	if l == 0 || !validDay(0, m, d) {
		if l > 0 && validDay(0, m, 1) && d <= 31 {
			return p.impossible(m, d, l)
		}
		return nil, 0
	}
	if p.at(k).is(homograph) && !p.at(k).upper && p.at(j).is(cardinal) && !p.at(k-1).is(ordinal) {
		return nil, 0
	}
	s := &dateSpec{m: m, d: d}
	if n := p.gluedYear(s, l); n > 0 {
		return s, n
	}
	return s, p.yearTail(p.yearOfDay(s, p.weekdayInBrackets(s, l)))
}

// beforeMonth steps over what may stand between a day and its month.
func (p *parser) beforeMonth(k int) int {
	if p.word(k, "day") && p.at(k-1).is(ordinal) {
		k++
	}
	switch {
	case p.word(k, "of"):
		return p.skipThe(k + 1)
	case p.word(k, "-", "/") && p.tight(k-1, k+1), p.word(k, ".") && !p.at(k).gap && p.at(k+1).is(month):
		return k + 1
	}
	return k
}

// gluedYear reads the year of 05-Aug-2016.
func (p *parser) gluedYear(s *dateSpec, l int) int {
	if !p.word(l, "-", "/") || !p.tight(l-1, l+1) {
		return 0
	}
	if y, n := p.yearNumber(l + 1); n > 0 {
		s.y = y
		return n
	}
	if t := p.at(l + 1); t.is(number) && t.digits == 2 {
		s.y = fullYear(int(t.num))
		return l + 2
	}
	return 0
}

// yearOfDay reads the year after a day and its month, in any form.
func (p *parser) yearOfDay(s *dateSpec, k int) int {
	if y, n := p.yearAfter(k); n > 0 && !p.clockAt(k) {
		s.y = y
		return n
	}
	if y, n := p.twoDigitYear(k); n > 0 {
		s.y = y
		return n
	}
	return p.relativeYear(s, k)
}

// dayOfMonthUnit reads "of next month" after a day.
func (p *parser) dayOfMonthUnit(d, k int) (spec, int) {
	j := k
	if p.word(j, "of") {
		j++
	} else if !p.at(k - 1).is(ordinal) {
		return nil, 0
	}
	if !p.at(p.skipThe(j)).is(modifier) {
		return nil, 0
	}
	m, n := p.modified(j)
	if u, ok := m.(unitSpec); ok && n > 0 && u.unit == monthUnit {
		return nthSpec{n: d, unit: day, of: u}, n
	}
	return nil, 0
}

func (p *parser) impossible(m, d, next int) (spec, int) {
	if y, n := p.yearAfter(next); n > 0 {
		return &dateSpec{y: y, m: m, d: d}, n
	}
	return nil, 0
}
