package dates

import (
	"strconv"

	"github.com/dateline-news/dateline/news"
)

// setSpec is a time that comes again: weekly, every Friday, twice a year.
type setSpec struct{ value string }

func (s setSpec) resolve(*frame) reading {
	return reading{typ: news.TypeSet, value: s.value, basis: basisExplicit}
}

// recurring reads weekly, annual, every Friday, each month, every two weeks.
func (p *parser) recurring(i int) (spec, int) {
	t := p.at(i)
	if !p.word(i, "every", "each") {
		return setSpec{period1(unit(t.num))}, i + 1
	}
	j, n := i+1, 1.0
	if p.word(j, "other") {
		n, j = 2, j+1
	}
	u := p.at(j)
	switch {
	case u.word == "weekday":
		return setSpec{"P1WD"}, j + 1
	case u.is(weekday):
		return p.setClock(setSpec{"XXXX-WXX-" + strconv.Itoa(int(u.num))}, j+1)
	case u.is(month) && u.upper:
		return setSpec{"XXXX-" + string(appendPadded(nil, int(u.num), 2))}, j + 1
	case u.is(season):
		return setSpec{"XXXX-" + seasons[u.num].tag}, j + 1
	case u.is(dayPart):
		return p.setClock(setSpec{"T" + dayParts[u.num].tag}, j+1)
	case u.is(unitWord) && !u.is(plural) && u.word != "second":
		return p.setClock(setSpec{durationSpec{[]length{{n, u.unit}}}.value()}, j+1)
	case u.is(number | cardinal):
		if d, k := p.duration(j); k > 0 {
			return setSpec{d.value()}, k
		}
		if l := p.at(j + 1); l.is(unitWord) {
			return setSpec{durationSpec{[]length{{float64(u.num), l.unit}}}.value()}, j + 2
		}
	}
	return nil, 0
}

func (p *parser) setClock(s setSpec, j int) (spec, int) {
	k := j
	if p.word(k, "at") {
		k++
	}
	if _, n := p.clock(k); n > 0 {
		return s, n
	}
	return s, j
}

func period1(u unit) string { return durationSpec{[]length{{1, u}}}.value() }

// timesA reads "once a week", "twice a year".
func (p *parser) timesA(i int) (spec, int) {
	if u := p.at(i + 2); p.at(i+1).is(article) && u.is(unitWord) && !u.is(plural) {
		return setSpec{period1(u.unit)}, i + 3
	}
	return nil, 0
}

// pluralDays reads "Mondays", "on weekends", "mornings".
func (p *parser) pluralDays(i int) (spec, int) {
	t := p.at(i)
	switch {
	case t.all(weekday | plural):
		return setSpec{"XXXX-WXX-" + strconv.Itoa(int(t.num))}, i + 1
	case t.all(dayPart|plural) && !t.is(deictic):
		return setSpec{"T" + dayParts[t.num].tag}, i + 1
	case t.all(unitWord|plural) && t.unit == weekend:
		return setSpec{"P1WE"}, i + 1
	}
	return nil, 0
}
