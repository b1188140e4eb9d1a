package dates

import (
	"strconv"
	"time"

	"github.com/dateline-news/dateline/news"
)

// weekdaySpec is a weekday: Monday, last Friday, Tuesday of next week.
type weekdaySpec struct {
	wd    int
	n     int  // -1 last, +1 next, 2 after next
	said  bool // a modifier stands before it
	soon  bool // coming, upcoming: the very next one; past: the very last
	story bool // told from the text's own time
	week  spec // the week it is in, when named
}

func (s weekdaySpec) resolve(f *frame) reading {
	if s.week != nil {
		if r := s.week.resolve(f); r.dated() {
			return period(weekStart(r.start).AddDate(0, 0, s.wd-1), day).on(r.basis)
		}
	}
	if !f.known {
		return reading{typ: news.TypeDate, value: "XXXX-WXX-" + strconv.Itoa(s.wd), grain: day}
	}
	return period(s.day(f), day).on(f.basis)
}

func (s weekdaySpec) day(f *frame) time.Time {
	own := weekStart(f.day).AddDate(0, 0, s.wd-1)
	ahead := (s.wd - isoWeekday(f.day) + 7) % 7
	switch {
	case s.story && f.lastDay.dated() && f.lastDay.start.Before(f.day):
		return nthAfter(f.lastDay.start, s.wd, 1)
	case s.said && s.soon && s.n < 0:
		return nthAfter(f.day, s.wd, -1)
	case s.said && s.soon:
		return nthAfter(f.day, s.wd, max(s.n, 1))
	case s.said && s.n != 0:
		return own.AddDate(0, 0, 7*s.n)
	case s.said:
		return own
	case f.tense == futureTense, f.present, f.announces:
		return f.day.AddDate(0, 0, ahead)
	}
	return f.day.AddDate(0, 0, (ahead-7)%7)
}

// nthAfter is the nth such weekday after t, or before it when n is negative.
func nthAfter(t time.Time, wd, n int) time.Time {
	ahead := (wd-isoWeekday(t)+6)%7 + 1
	if n > 0 {
		return midnight(t).AddDate(0, 0, ahead+7*(n-1))
	}
	back := (isoWeekday(t)-wd+6)%7 + 1
	return midnight(t).AddDate(0, 0, -back+7*(n+1))
}

// weekdayCountSpec is three Fridays from now.
type weekdayCountSpec struct {
	n, wd int
	from  spec
}

func (s weekdayCountSpec) resolve(f *frame) reading {
	t, basis := f.day, f.basis
	if s.from != nil {
		r := s.from.resolve(f)
		t, basis = r.start, r.basis
	}
	if t.IsZero() {
		return reading{typ: news.TypeDate, value: "XXXX-WXX-" + strconv.Itoa(s.wd), grain: day}
	}
	return period(nthAfter(t, s.wd, max(min(s.n, 500), -500)), day).on(basis)
}

// weekdayFirst reads a date that starts with its weekday: Monday, May 18,
// 2015; Friday the 13th; Tuesday of next week; Friday.
func (p *parser) weekdayFirst(i int) (spec, int) {
	t := p.at(i)
	j := i + 1
	if t.is(short) && p.word(j, ".") && !p.at(j).gap {
		j++
	}
	k := j
	if p.word(k, ",") {
		k++
	}
	if d, n := p.dateAfterWeekday(k); n > 0 {
		switch d := d.(type) {
		case *dateSpec:
			d.wd = int(t.num)
		case *numericSpec:
			d.wd = int(t.num)
		}
		return d, n
	}
	if s, n := p.weekAfterWeekday(int(t.num), j); n > 0 {
		return s, n
	}
	if s, n := p.weekdayAround(int(t.num), j); n > 0 {
		return s, n
	}
	if p.closedBy(j, "next", "last") {
		return weekdaySpec{wd: int(t.num), n: map[string]int{"next": 1, "last": -1}[p.at(j).word], said: true, soon: true}, j + 1
	}
	if !p.weekdayAlone(i) {
		return nil, 0
	}
	return weekdaySpec{wd: int(t.num)}, j
}

// closedBy reports whether token j is one of words and closes its phrase:
// Monday next, Friday last.
func (p *parser) closedBy(j int, words ...string) bool {
	return p.word(j, words...) && p.at(j+1).is(punctuation|breakMark|preposition) && !p.word(j+1, "-")
}

// weekdayAlone reports whether the weekday at i is one without a date beside it.
func (p *parser) weekdayAlone(i int) bool {
	t := p.at(i)
	if t.is(plural) {
		return false
	}
	if !t.is(short) {
		return true
	}
	if t.is(homograph) && !t.upper && len(p.toks) > 4 {
		return false
	}
	lead := p.word(i-1, "on", "by", "until", "next", "last", "this", "from", "or", "since", "every", "each")
	return lead || p.at(i+1).is(dayPart) || len(p.toks) <= 3 && !p.word(i, "sun", "sat")
}

// weekdayAround reads "the Friday before Labor Day".
func (p *parser) weekdayAround(wd, j int) (spec, int) {
	if !p.word(j, "before", "after") {
		return nil, 0
	}
	from, next := p.point(j + 1)
	if _, day := from.(weekdaySpec); next == 0 || day || !calendar(from) {
		return nil, 0
	}
	if p.word(j, "before") {
		return weekdayCountSpec{n: -1, wd: wd, from: from}, next
	}
	return weekdayCountSpec{n: 1, wd: wd, from: from}, next
}

func (p *parser) dateAfterWeekday(k int) (spec, int) {
	t := p.at(k)
	if t.is(month) {
		s, n := p.monthFirst(k)
		if d, ok := s.(*dateSpec); ok && d.d > 0 {
			return s, n
		}
		return nil, 0
	}
	if s, n := p.dayFirst(k); n > 0 {
		return s, n
	}
	if t.is(number) {
		if s, n := p.figures(k); n > 0 {
			return s, n
		}
	}
	if t.is(article) {
		d, n := p.ordinalDay(k + 1)
		if n > 0 && (p.at(k+1).digits > 0 || p.at(n).is(punctuation|breakMark|preposition)) {
			return &dateSpec{d: d}, n
		}
		return nil, 0
	}
	if d, n := p.dayNumber(k); n > 0 && !p.word(k-1, ",") && t.is(number|ordinal) {
		if p.at(n).is(breakMark) || p.at(n).word == "." && p.at(n+1).is(breakMark) || p.at(n).word == "!" || t.is(ordinal) && t.digits > 0 || p.word(n, "between", "at", "from") {
			return &dateSpec{d: d}, n
		}
	}
	return nil, 0
}

// weekAfterWeekday reads "of last week", "next week", "after next".
func (p *parser) weekAfterWeekday(wd, j int) (spec, int) {
	if p.word(j, "after") && p.word(j+1, "next") && !p.at(j+2).is(unitWord) {
		return weekdaySpec{wd: wd, n: 2, said: true, soon: true}, j + 2
	}
	k := j
	if p.word(k, "of", "in") {
		k++
	}
	if s, n := p.modified(k); n > 0 {
		if u, ok := s.(unitSpec); ok && u.unit == week {
			return weekdaySpec{wd: wd, week: u}, n
		}
	}
	return nil, 0
}

func (p *parser) modifiedWeekday(m *token, k int) (spec, int) {
	wd := p.at(k)
	s, next := p.weekdayFirst(k)
	if next == 0 {
		s, next = weekdaySpec{wd: int(wd.num)}, k+1
	}
	w, ok := s.(weekdaySpec)
	if !ok {
		return s, next
	}
	if m.word == "that" || m.word == "same" {
		return w, next
	}
	w.n, w.said = sign(m.num), true
	w.soon = p.word(k-1, "coming", "upcoming", "past", "following")
	w.story = p.word(k-1, "following") || p.word(k-1, "next") && p.word(k-2, "the")
	return w, next
}
