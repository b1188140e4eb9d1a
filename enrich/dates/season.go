package dates

import (
	"strconv"

	"github.com/dateline-news/dateline/news"
)

// seasonSpec is a season of a year: last summer, the winter of 1776, Autumn.
type seasonSpec struct {
	season int
	y      int
	n      int
	said   bool
	story  bool // that summer: of the date the text established
	of     spec // the year, when it is told: of next year
}

func (s seasonSpec) resolve(f *frame) reading {
	start := seasons[s.season].month
	if s.y > 0 {
		return period(date(s.y, start, 1), seasonUnit).on(basisExplicit)
	}
	if s.of != nil {
		if r := s.of.resolve(f); r.dated() {
			return period(date(r.start.Year(), start, 1), seasonUnit).on(r.basis)
		}
	}
	if !f.known {
		return reading{typ: news.TypeDate, value: "XXXX-" + seasons[s.season].tag, grain: seasonUnit}
	}
	if f.last.dated() && (s.story || f.narrative && !s.said) {
		return period(date(f.last.start.Year(), start, 1), seasonUnit).on(f.lastText)
	}
	now := truncate(f.day, seasonUnit)
	t := date(f.day.Year(), start, 1)
	if now.Year() < t.Year() && start == 12 {
		t = now
	}
	switch {
	case s.said && s.n < 0:
		if !t.Before(now) {
			t = addMonths(t, -12)
		}
	case s.said && s.n > 0:
		if !t.After(now) {
			t = addMonths(t, 12)
		}
	case f.tense == pastTense && t.After(f.day):
		t = addMonths(t, -12)
	case f.tense == futureTense && t.Before(now):
		t = addMonths(t, 12)
	}
	return period(t, seasonUnit).on(f.basis)
}

// seasonFirst reads "the summer of 2012", "winter 2014", "this summer" without
// its modifier.
func (p *parser) seasonFirst(i int) (spec, int) {
	j := p.skipThe(i)
	t := p.at(j)
	if !t.is(season) || t.is(plural) {
		return nil, 0
	}
	k := j + 1
	if p.word(k, "season", "months") {
		k++
	}
	if y, n := p.yearAfter(k); n > 0 && !p.word(k, "in") {
		if p.word(n, "-") && p.tight(n-1, n+1) && p.at(n+1).is(number) && p.at(n+1).digits == 2 {
			n += 2
		}
		return seasonSpec{season: int(t.num), y: y}, n
	}
	if p.word(k, "and", "or") && p.at(k+1).is(season) {
		if y, n := p.yearAfter(k + 2); n > 0 {
			return seasonSpec{season: int(t.num), y: y}, k // the spring and autumn of 2013
		}
	}
	d := &dateSpec{}
	if n := p.relativeYear(d, k); n > k && d.of != nil {
		return seasonSpec{season: int(t.num), of: d.of}, n
	}
	lead := p.word(i-1, "in", "during", "by", "since", "until", "throughout", "through", "for", "of")
	if t.is(homograph) && !lead {
		return nil, 0
	}
	if t.word == "fall" && (p.word(i-1, "of", "since", "for", "by") || p.word(k, "of", "in", "from", "to")) {
		return nil, 0
	}
	if t.word == "spring" && p.word(k, "of", "to") {
		return nil, 0
	}
	return seasonSpec{season: int(t.num)}, k
}

// partYearSpec is a quarter or half of a year: the third quarter, Q3 2015, H1.
type partYearSpec struct {
	unit unit
	n    int // from 1; -1 is the last
	y    int
	year spec // the year it is of, when told: of this year
}

func (s partYearSpec) resolve(f *frame) reading {
	n, y, basis := s.n, s.y, basisExplicit
	count, months := 4, 3
	if s.unit == half {
		count, months = 2, 6
	}
	if n < 0 {
		n = count
	}
	if y == 0 {
		if s.year != nil {
			r := s.year.resolve(f)
			if r.dated() {
				y, basis = r.start.Year(), r.basis
			}
		} else if f.known {
			y, basis = f.day.Year(), f.basis
			if f.narrative && f.last.dated() {
				y, basis = f.last.start.Year(), f.lastText
			} else if f.tense == pastTense && date(y, (n-1)*months+1, 1).After(f.day) {
				y--
			}
		}
	}
	if y == 0 {
		tag := "XXXX-Q"
		if s.unit == half {
			tag = "XXXX-H"
		}
		return reading{typ: news.TypeDate, value: tag + string(appendPadded(nil, n, 1)), grain: s.unit}
	}
	return period(date(y, (n-1)*months+1, 1), s.unit).on(basis)
}

// partOfYear reads the third quarter of 2015, the second half of the year,
// third-quarter, Q3 2015, 2015 Q3, H1 2016.
func (p *parser) partOfYear(i int) (spec, int) {
	j := p.skipThe(i)
	if t := p.at(j); t.is(ordinal) && t.num != 0 && t.num <= 4 && p.at(j).unit != minute {
		k := j + 1
		if p.word(k, "-") {
			k++
		}
		n := int(t.num)
		if s, ok := p.sharedPart(n, j+1); ok {
			return s, j + 1
		}
		switch {
		case p.word(k, "quarters") && p.word(j-1, "and", "or"):
			return p.ofYear(partYearSpec{unit: quarter, n: n}, k+1)
		case p.word(k, "quarter", "qtr") && !p.word(j, "last"):
			return p.ofYear(partYearSpec{unit: quarter, n: n}, k+1)
		case p.word(k, "half") && n <= 2 && p.word(k+1, "of"):
			s, next := p.ofYear(partYearSpec{unit: half, n: n}, k+1)
			if next > k+1 {
				return s, next
			}
			if r, l := p.point(k + 2); l > 0 && calendar(r) {
				return edgeSpec{of: r, where: 2*n - 3, half: true}, l
			}
		}
	}
	return nil, 0
}

// sharedPart reads the first of "the first and second quarters of 2014", whose
// noun and year follow the second; j is the token after its ordinal.
func (p *parser) sharedPart(n, j int) (partYearSpec, bool) {
	if !p.word(j, "and", "or") || !p.at(p.skipThe(j+1)).is(ordinal) {
		return partYearSpec{}, false
	}
	k := p.skipThe(j+1) + 1
	if !p.word(k, "quarter", "quarters") {
		return partYearSpec{}, false
	}
	s, _ := p.ofYear(partYearSpec{unit: quarter, n: n}, k+1)
	part, ok := s.(partYearSpec)
	return part, ok
}

func (p *parser) ofYear(s partYearSpec, k int) (spec, int) {
	if y, n := p.yearAfter(k); n > 0 {
		s.y = y
		return s, n
	}
	j := k
	if p.word(j, "of", "in") {
		j++
	}
	if m, n := p.modified(j); n > 0 {
		if u, ok := m.(unitSpec); ok && u.unit == year {
			s.year = u
			return s, n
		}
	}
	if p.word(k, "of") && p.word(k+1, "the") && p.word(k+2, "year") {
		return s, k + 3
	}
	return s, k
}

// codedPart reads Q3 2015, Q3, 2015Q3, 2015-Q3, FY2014, H1 2016.
func (p *parser) codedPart(i int) (spec, int) {
	t := p.at(i)
	if y := p.codedYear(i); y > 0 {
		return &dateSpec{y: y}, i + 1
	}
	u, n, j := p.partCode(i)
	if j > 0 && t.upper {
		s := partYearSpec{unit: u, n: n}
		k := j
		if p.word(k, "-", "/") {
			k++
		}
		if y, l := p.yearAfter(k); l > 0 {
			s.y = y
			return s, l
		}
		return p.ofYear(s, j)
	}
	if j > 0 {
		if y, l := p.yearAfter(j); l > 0 {
			return partYearSpec{unit: u, n: n, y: y}, l
		}
	}
	return nil, 0
}

// partCode reads Q3 or H1, which the lexer leaves as one name.
func (p *parser) partCode(i int) (u unit, n, next int) {
	t := p.at(i)
	if t.end-t.start != 2 {
		return noUnit, 0, 0
	}
	a, b := p.text[t.start]|0x20, int(p.text[t.start+1])-'0'
	switch {
	case a == 'q' && b >= 1 && b <= 4:
		return quarter, b, i + 1
	case a == 'h' && b >= 1 && b <= 2:
		return half, b, i + 1
	}
	return noUnit, 0, 0
}

// codedYear reads FY2015 and CY18.
func (p *parser) codedYear(i int) int {
	t := p.at(i)
	w := p.text[t.start:t.end]
	if len(w) != 4 && len(w) != 6 || w[1]|0x20 != 'y' || w[0]|0x20 != 'f' && w[0]|0x20 != 'c' {
		return 0
	}
	y, err := strconv.Atoi(w[2:])
	switch {
	case err != nil:
		return 0
	case len(w) == 4:
		return fullYear(y)
	case plausibleYear(y):
		return y
	}
	return 0
}

// yearThenPart reads 2015 Q3, 2019-H2.
func (p *parser) yearThenPart(i int) (spec, int) {
	y, j := p.yearNumber(i)
	if j == 0 {
		return nil, 0
	}
	if p.word(j, "-") {
		j++
	}
	if u, n, k := p.partCode(j); k > 0 {
		return partYearSpec{unit: u, n: n, y: y}, k
	}
	return nil, 0
}

// decadeSpec is a decade or a century; y is its first year.
type decadeSpec struct {
	y    int
	unit unit
}

func (s decadeSpec) resolve(*frame) reading {
	return period(date(s.y, 1, 1), s.unit).on(basisExplicit)
}

// decadeFirst reads the 1980s, the '90s, the sixties, the 1800s.
func (p *parser) decadeFirst(i int) (spec, int) {
	j := p.skipThe(i)
	if p.word(j, "'") && p.at(j+1).is(decadeWord) && !p.at(j+1).gap {
		j++
	}
	t := p.at(j)
	if !t.is(decadeWord) {
		return nil, 0
	}
	n := int(t.num)
	switch {
	case t.digits == 4 && n%100 == 0 && n < 2000:
		return decadeSpec{n, century}, j + 1
	case t.digits == 4 && plausibleYear(n):
		return decadeSpec{n, decade}, j + 1
	case t.digits == 2 && (j > i || p.depth > 1 || p.word(i-1, "and", "to", "-")):
		return decadeSpec{p.sameCentury(n), decade}, j + 1
	case t.digits == 0 && j > i && !p.word(i-1, "in", "into") || t.digits == 0 && p.word(i-1, "in") && j > i && !p.word(j+1, "-"):
		return decadeSpec{1900 + 10*n, decade}, j + 1
	}
	return nil, 0
}

func (p *parser) sameCentury(n int) int {
	return 1900 + n
}

// centuryFirst reads the 19th century, the twentieth century.
func (p *parser) centuryFirst(i int) (spec, int) {
	j := p.skipThe(i)
	d, k := p.ordinalDay(j)
	if k == 0 || d > 21 {
		return nil, 0
	}
	if p.word(k, "-") {
		k++
	}
	if p.word(k, "century", "centuries") {
		return decadeSpec{(d - 1) * 100, century}, k + 1
	}
	if p.word(k, "to", "-", "and") {
		l := p.skipThe(k + 1)
		if e, m := p.ordinalDay(l); m > 0 && e <= 21 && e > d && p.word(m, "century", "centuries") {
			return decadeSpec{(d - 1) * 100, century}, k
		}
	}
	return nil, 0
}

// weekendSpec is the weekend: this weekend, last weekend, the weekend.
func (p *parser) theWeekend(i int) (spec, int) {
	j := p.skipThe(i)
	if t := p.at(j); t.is(unitWord) && t.unit == weekend && !t.is(plural) && (j > i || p.word(i-1, "by", "on", "over")) {
		return weekendSpec{}, j + 1
	}
	return nil, 0
}

type weekendSpec struct{}

func (weekendSpec) resolve(f *frame) reading {
	if !f.known {
		return reading{typ: news.TypeDate, value: "XXXX-WXX-WE", grain: weekend}
	}
	t := truncate(f.day, weekend)
	if f.tense != futureTense && f.tense != presentTense && t.After(f.day) {
		t = t.AddDate(0, 0, -7)
	}
	return period(t, weekend).on(f.basis)
}
