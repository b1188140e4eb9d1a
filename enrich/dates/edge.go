package dates

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// edgeSpec is a part of a longer time: early May, mid-2015, the end of the
// month, the late 19th century.
type edgeSpec struct {
	of    spec
	where int  // -1 start, 0 middle, 1 end
	half  bool // exactly a half
	point bool // "the end of", rather than "late"
}

func (s edgeSpec) resolve(f *frame) reading {
	r := s.of.resolve(f)
	if !r.dated() || r.grain == day || r.clock {
		return r
	}
	if r.grain == week && s.point && s.where != 0 {
		if s.where < 0 {
			return span(r.start, r.start.AddDate(0, 0, 3)).on(r.basis)
		}
		return span(r.end.AddDate(0, 0, -3), r.end).on(r.basis)
	}
	if s.half {
		return s.halve(r)
	}
	switch r.grain {
	case monthUnit:
		return s.third(r)
	case century:
		return s.quarterOf(r)
	case year:
		if s.point && s.where != 0 {
			return s.thirdOfYear(r)
		}
	}
	return r
}

func (s edgeSpec) halve(r reading) reading {
	switch r.grain {
	case year:
		n := 1
		if s.where > 0 {
			n = 7
		}
		return period(date(r.start.Year(), n, 1), half).on(r.basis)
	case monthUnit:
		if s.where < 0 {
			return span(r.start, r.start.AddDate(0, 0, 15)).on(r.basis)
		}
		return span(r.start.AddDate(0, 0, 15), r.end).on(r.basis)
	}
	mid := midnight(r.start.Add(r.end.Sub(r.start) / 2))
	if s.where < 0 {
		return span(r.start, mid).on(r.basis)
	}
	return span(mid, r.end).on(r.basis)
}

// third takes ten days of a month: 1 to 10, 10 to 20 or 21 to its end.
func (s edgeSpec) third(r reading) reading {
	switch {
	case s.where < 0:
		return span(r.start, r.start.AddDate(0, 0, 10)).on(r.basis)
	case s.where == 0:
		return span(r.start.AddDate(0, 0, 9), r.start.AddDate(0, 0, 20)).on(r.basis)
	}
	return span(r.start.AddDate(0, 0, 20), r.end).on(r.basis)
}

func (s edgeSpec) thirdOfYear(r reading) reading {
	if s.where < 0 {
		return span(r.start, addMonths(r.start, 4)).on(r.basis)
	}
	return span(addMonths(r.start, 8), r.end).on(r.basis)
}

func (s edgeSpec) quarterOf(r reading) reading {
	quarter := func(n int) time.Time { return r.start.AddDate(25*n, 0, 0) }
	switch {
	case s.where < 0:
		return span(r.start, quarter(1)).on(r.basis)
	case s.where == 0:
		return span(quarter(1), quarter(3)).on(r.basis)
	}
	return span(quarter(3), r.end).on(r.basis)
}

// edgeFirst reads early May, mid-June, late 2015, the end of the year, the
// beginning of next month, later this week.
func (p *parser) edgeFirst(i int) (spec, int) {
	j := p.skipThe(i)
	if p.word(j, "very") {
		j++
	}
	t := p.at(j)
	if !t.is(edge) {
		return nil, 0
	}
	k, point := j+1, false
	switch {
	case p.word(k, "of", "in"):
		if p.word(k, "of") == p.word(j, "early", "late", "earlier", "later") && j == i {
			return nil, 0
		}
		k, point = k+1, true
	case p.word(k, "-") && !p.at(k).gap:
		k++
	case p.word(j, "beginning", "end", "start", "close", "opening", "middle", "ending"):
		return nil, 0
	}
	if p.word(k, "on") {
		k++
	}
	of, n := p.edgeOf(k)
	if n == 0 {
		return nil, 0
	}
	if part := p.at(n); !point && p.word(j, "early", "late") && part.is(dayPart) && !part.is(plural|deictic) {
		if _, ok := of.(weekdaySpec); ok {
			return partSpec{day: of, part: int(part.num)}, n + 1 // late Sunday night
		}
	}
	if _, ok := of.(decadeSpec); !ok && p.word(j, "earlier", "later") {
		return laterSpec{of}, n
	}
	return edgeSpec{of: of, where: int(t.num), point: point}, n
}

func (p *parser) edgeOf(k int) (spec, int) {
	if s, n := p.point(k); n > 0 {
		if !calendar(s) {
			return nil, 0
		}
		return s, n
	}
	j := p.skipThe(k)
	if t := p.at(j); t.is(unitWord) && !t.is(plural) && t.unit >= day && t.unit <= year {
		return unitSpec{unit: t.unit}, j + 1
	}
	return nil, 0
}

// laterSpec is "later this year", "earlier today": the whole of it, for
// TIMEX3 has no value for the part.
type laterSpec struct{ of spec }

func (s laterSpec) resolve(f *frame) reading { return s.of.resolve(f) }

// yearEnd reads "year end", "year-end", "end of year".
func (p *parser) yearEnd(i int) (spec, int) {
	if p.word(i, "year", "month") && p.word(i+1, "-") && p.word(i+2, "end") {
		return lastDaySpec{p.at(i).unit}, i + 3
	}
	if p.word(i, "year", "month") && p.word(i+1, "end") {
		return lastDaySpec{p.at(i).unit}, i + 2
	}
	return nil, 0
}

// lastDaySpec is the last day of this year or month.
type lastDaySpec struct{ unit unit }

func (s lastDaySpec) resolve(f *frame) reading {
	if !f.known {
		return reading{typ: news.TypeDate, value: "FUTURE_REF"}
	}
	return period(advance(truncate(f.day, s.unit), s.unit, 1).AddDate(0, 0, -1), day).on(f.basis)
}

// nthSpec is a day or week counted inside another time: the first Monday of
// October, the last week of March, the third day of the month.
type nthSpec struct {
	n    int // from 1; negative counts from the end
	unit unit
	wd   int // a weekday instead of a unit
	of   spec
	// count is the number of units when there are several: the first three
	// months of 2015.
	count int
}

func (s nthSpec) run(r reading) reading {
	count := min(s.count, 1000)
	if s.n > 0 {
		start := r.start
		if s.unit == week && r.grain == year {
			start = weekStart(start.AddDate(0, 0, 3))
		}
		return span(start, advance(start, s.unit, count)).on(r.basis)
	}
	return span(advance(r.end, s.unit, -count), r.end).on(r.basis)
}

func (s nthSpec) resolve(f *frame) reading {
	if f.tense == unknownTense {
		f.tense = futureTense
	}
	r := s.of.resolve(f)
	if !r.dated() {
		return r
	}
	if s.count > 0 {
		return s.run(r)
	}
	var t time.Time
	u := s.unit
	switch {
	case s.wd != 0:
		u = day
		t = nthWeekday(r, s.wd, s.n)
	case u == week && s.n > 0:
		first := weekStart(r.start.AddDate(0, 0, 3))
		t = first.AddDate(0, 0, 7*(s.n-1))
	case u == week:
		t = weekStart(r.end.AddDate(0, 0, -1)).AddDate(0, 0, 7*(s.n+1))
		if s.n == -1 && r.end.Sub(t) < 3*24*time.Hour && r.grain != year {
			t = t.AddDate(0, 0, -7)
		}
	case s.n > 0:
		t = advance(r.start, u, s.n-1)
	default:
		t = advance(r.end, u, s.n)
	}
	return period(t, u).on(r.basis)
}

// nthFrom reads "the first Tuesday after 1 November".
func (p *parser) nthFrom(s nthSpec, k int) (spec, int) {
	from, next := p.point(k + 1)
	if next == 0 || !calendar(from) || isWeekday(from) {
		return nil, 0
	}
	if p.word(k, "before") {
		s.n = -s.n
	}
	return weekdayCountSpec{n: s.n, wd: s.wd, from: from}, next
}

func nthWeekday(r reading, wd, n int) time.Time {
	if n > 0 {
		return r.start.AddDate(0, 0, (wd-isoWeekday(r.start)+7)%7+7*(n-1))
	}
	last := r.end.AddDate(0, 0, -1)
	return last.AddDate(0, 0, -((isoWeekday(last)-wd+7)%7)+7*(n+1))
}

// nthFirst reads "the first Monday of October", "the last week of March".
func (p *parser) nthFirst(i int) (spec, int) {
	j := p.skipThe(i)
	n, k := 0, 0
	if t := p.at(j); p.word(j, "last", "final") {
		n, k = -1, j+1
	} else if t.is(ordinal) {
		n, k = p.ordinalDay(j)
		if k > 0 && p.word(k, "last") {
			n, k = -n, k+1
		}
	}
	if k == 0 {
		return nil, 0
	}
	t := p.at(k)
	s := nthSpec{n: n}
	switch {
	case t.is(weekday) && !t.is(plural):
		s.wd = int(t.num)
	case t.is(unitWord) && !t.is(plural) && (t.unit == week || t.unit == day || t.unit == monthUnit || t.unit == weekend):
		s.unit = t.unit
	case t.is(number|cardinal) && (n == 1 || n == -1):
		d, l := p.length(k)
		if l == 0 || d.n < 1 || d.unit <= hour {
			return nil, 0
		}
		s.unit, s.count, k = d.unit, int(d.n), l-1
	default:
		return nil, 0
	}
	k++
	if s.wd != 0 && n > 0 && p.word(k, "after", "before") {
		return p.nthFrom(s, k)
	}
	if !p.word(k, "of", "in") {
		return nil, 0
	}
	of, next := p.edgeOf(k + 1)
	if next == 0 {
		return nil, 0
	}
	s.of = of
	return s, next
}
