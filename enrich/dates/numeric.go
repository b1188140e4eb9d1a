package dates

import "time"

// numericSpec is a date in figures whose order is not certain: 03/04/2015.
type numericSpec struct {
	a, b, y int
	wd      int
	dayLead bool // the day is the likelier first number
}

func (s *numericSpec) resolve(f *frame) reading {
	first, second := dateSpec{y: s.y, m: s.a, d: s.b, wd: s.wd}, dateSpec{y: s.y, m: s.b, d: s.a, wd: s.wd}
	if s.dayLead || f.dayFirst {
		first, second = second, first
	}
	switch {
	case !validDay(s.y, first.m, first.d):
		return second.resolve(f)
	case !validDay(s.y, second.m, second.d):
		return first.resolve(f)
	}
	r, alt := first.resolve(f), second.resolve(f)
	if f.known && r.start != alt.start {
		if s.wd != 0 && isoWeekday(r.start) != s.wd && isoWeekday(alt.start) == s.wd {
			return alt
		}
		near, far := alt.start.Sub(f.day).Abs(), r.start.Sub(f.day).Abs()
		if near <= 2*24*time.Hour && far > 14*24*time.Hour {
			return alt
		}
	}
	return r
}

// figures reads a date in figures: 2014-12-08, 8.12.2014, 12/08/14, 20141208,
// 2014-12, 12/2014.
func (p *parser) figures(i int) (spec, int) {
	a := p.at(i)
	if a.grouped || !p.headOfFigures(i) {
		return nil, 0
	}
	if a.digits == 8 {
		y, m, d := int(a.num)/10000, int(a.num)/100%100, int(a.num)%100
		if plausibleYear(y) && y >= 1900 && y < 2100 && validDay(y, m, d) && !p.continues(i+1) {
			return &dateSpec{y: y, m: m, d: d}, i + 1
		}
		return nil, 0
	}
	if a.digits > 4 || a.digits == 3 {
		return nil, 0
	}
	sep := p.at(i + 1).word
	if sep != "-" && sep != "/" && sep != "." || p.at(i+1).gap {
		return p.spaced(i)
	}
	if a.digits == 4 && p.at(i+2).is(month) && p.tight(i, i+2) {
		return p.yearMonthName(i)
	}
	b := p.at(i + 2)
	if !b.is(number) || b.gap || b.grouped || b.digits > 4 {
		return nil, 0
	}
	c := p.at(i + 4)
	if p.at(i+3).word == sep && p.tight(i+2, i+4) && c.is(number) && !c.grouped && c.digits <= 4 && c.digits != 3 {
		if r, n := p.isoInterval(i); n > 0 {
			return r, n
		}
		if p.continues(i + 5) {
			return nil, 0
		}
		s, ok := p.threeFigures(a, b, c, sep)
		if !ok {
			return nil, 0
		}
		return s, p.yearTail(i + 5)
	}
	if p.continues(i + 3) {
		return nil, 0
	}
	return p.twoFigures(i, a, b, sep)
}

// isoInterval reads 2015-09-08/2015-09-10.
func (p *parser) isoInterval(i int) (spec, int) {
	if !p.word(i+5, "/") || !p.word(i+1, "-") || !p.word(i+7, "-") || !p.word(i+9, "-") || !p.tight(i, i+10) {
		return nil, 0
	}
	a, ok := p.threeFigures(p.at(i), p.at(i+2), p.at(i+4), "-")
	b, ok2 := p.threeFigures(p.at(i+6), p.at(i+8), p.at(i+10), "-")
	if !ok || !ok2 || p.at(i).digits != 4 {
		return nil, 0
	}
	return rangeSpec{a, b}, i + 11
}

// spaced reads 2016 10 16.
func (p *parser) spaced(i int) (spec, int) {
	a, b, c := p.at(i), p.at(i+1), p.at(i+2)
	if a.digits == 4 && b.is(number) && b.digits == 2 && c.is(number) && c.digits == 2 && plausibleYear(int(a.num)) && validDay(int(a.num), int(b.num), int(c.num)) && !p.continues(i+3) {
		return &dateSpec{y: int(a.num), m: int(b.num), d: int(c.num)}, i + 3
	}
	return nil, 0
}

// headOfFigures reports whether no figure or letter is glued before i.
func (p *parser) headOfFigures(i int) bool {
	if p.at(i).gap || i == 0 {
		return !(p.word(i-1, "$", "€", "£"))
	}
	prev := p.at(i - 1)
	switch prev.word {
	case "-", "/", ".", ":", ",":
		return !p.at(i-2).is(number|ordinal) || p.at(i-1).gap || prev.word == "-" && p.closedFigures(i-2)
	case "$", "€", "£", "#", "+", "№":
		return false
	}
	return prev.is(punctuation) || prev.is(month)
}

// closedFigures reports whether the figures that end at i are a whole date,
// so that a dash after them opens the other end of a range.
func (p *parser) closedFigures(i int) bool {
	n := len(p.found)
	return n > 0 && p.found[n-1].end == p.at(i).end || p.depth > 1
}

// continues reports whether figures go on at i.
func (p *parser) continues(i int) bool {
	t := p.at(i)
	if t.gap || t.is(breakMark) {
		return false
	}
	switch t.word {
	case "/", ".", ":", ",":
		return p.at(i+1).is(number) && !p.at(i+1).gap && t.word != ":" && !(t.word == "," && p.at(i+1).gap)
	case "%", "°":
		return true
	case "t", "z", "-":
		return false
	}
	return !t.is(punctuation)
}

func (p *parser) threeFigures(a, b, c *token, sep string) (spec, bool) {
	x, y, z := int(a.num), int(b.num), int(c.num)
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		s := &dateSpec{y: x, m: y, d: z}
		return s, plausibleYear(x) && validDay(x, y, z)
	case a.digits <= 2 && b.digits <= 2 && (c.digits == 4 || c.digits == 2):
		full := z
		if c.digits == 2 {
			full = fullYear(z)
		}
		s := &numericSpec{a: x, b: y, y: full, dayLead: sep == "."}
		ok := validDay(full, x, y) || validDay(full, y, x)
		return s, ok && plausibleYear(full) && (c.digits == 4 || sep == "/" || a.digits == 2 && b.digits == 2)
	}
	return nil, false
}

// yearMonthName reads 2019-aug-01, 2006-Jun-16, 2024/August.
func (p *parser) yearMonthName(i int) (spec, int) {
	y, m := int(p.at(i).num), int(p.at(i+2).num)
	if !plausibleYear(y) {
		return nil, 0
	}
	if d := p.at(i + 4); p.word(i+3, "-", "/") && p.tight(i+2, i+4) && d.is(number) && d.digits <= 2 && validDay(y, m, int(d.num)) {
		return &dateSpec{y: y, m: m, d: int(d.num)}, i + 5
	}
	return &dateSpec{y: y, m: m}, i + 3
}

// twoFigures reads 2014-12, 12/2014 and, where the context asks for a date, 12/8.
func (p *parser) twoFigures(i int, a, b *token, sep string) (spec, int) {
	x, y := int(a.num), int(b.num)
	switch {
	case a.digits == 4 && b.digits == 2 && sep == "-" && y >= 1 && y <= 12 && plausibleYear(x) && (y != x%100+1 && y > 0):
		return &dateSpec{y: x, m: y}, i + 3
	case b.digits == 4 && a.digits <= 2 && sep == "/" && x >= 1 && x <= 12 && plausibleYear(y):
		return &dateSpec{y: y, m: x}, i + 3
	case a.digits <= 2 && b.digits <= 2 && sep == "/" && p.expectsDate(i, i+3) && (validDay(0, x, y) || validDay(0, y, x)):
		return &numericSpec{a: x, b: y}, i + 3
	case a.digits <= 2 && b.digits <= 2 && sep != "/" && p.at(i-1).is(weekday) && (validDay(0, x, y) || validDay(0, y, x)):
		return &numericSpec{a: x, b: y}, i + 3
	}
	return nil, 0
}

// expectsDate reports whether the words around two figures ask for a date, so
// that they are no fraction.
func (p *parser) expectsDate(i, j int) bool {
	if i == 0 && j == len(p.toks) {
		return true
	}
	if p.word(i-1, "on", "from", "until", "till", "since", "by", "between", "next", "this", "to", "for", "-", "and") || p.at(i-1).is(weekday) {
		return !p.at(j).is(unitWord) && !p.word(j, "of")
	}
	return p.at(j).is(meridiem) || p.word(j, "at", "before", "after") && p.depth == 1
}
