package dates

import (
	"strings"
	"time"
)

// unitSpec is a unit of the calendar told from another: last month, this
// year, the following day.
type unitSpec struct {
	unit  unit
	n     int
	story bool // told from the text's own time rather than publication
	same  bool // "that year": the unit itself, of the date leaned on
}

func (s unitSpec) resolve(f *frame) reading {
	t, basis := f.now, f.basis
	if s.story && !s.same && s.unit <= day && f.last.grain > day {
		if f.lastDay.dated() {
			t, basis = f.lastDay.start, f.dayText
		}
	} else if s.story && f.last.dated() && (s.same || f.narrative || f.last.shift || f.last.basis == basisExplicit || f.last.grain >= s.unit || f.last.grain == day) {
		t, basis = f.last.start, f.lastText
		if s.n > 0 && f.last.grain >= s.unit && f.last.end.After(f.last.start) {
			t = f.last.end.Add(-time.Second)
		}
	} else if !f.known {
		return ref(map[bool]string{true: "PAST_REF", false: "FUTURE_REF"}[s.n < 0])
	}
	if s.unit <= hour {
		r := instant(advance(t, s.unit, s.n), minute)
		return r.on(basis)
	}
	r := period(advance(truncate(t, s.unit), s.unit, s.n), s.unit)
	r.shift = s.story
	return r.on(basis)
}

func (p *parser) skipThe(i int) int {
	if p.at(i).is(article) && p.at(i).num == 0 {
		return i + 1
	}
	return i
}

// modified reads what a modifier opens: last month, the next three days, this
// September, the following year, the same day.
func (p *parser) modified(i int) (spec, int) {
	j := p.skipThe(i)
	m := p.at(j)
	if !m.is(modifier) {
		return nil, 0
	}
	if p.word(j, "this") && p.at(j+1).is(modifier) && p.at(j+1).num != 0 || p.word(j, "that", "this") && p.word(j+1, "same") {
		j++
		m = p.at(j)
	}
	k := j + 1
	if p.word(k, "very") {
		k++
	}
	t := p.at(k)
	if t.is(festive) {
		if s, n := p.modifiedHoliday(m, k); n > 0 {
			return s, n
		}
	}
	switch {
	case t.is(unitWord) && !t.is(plural) && t.word != "second" && !(t.unit <= minute && m.num == 0):
		return p.modifiedUnit(i, j, k)
	case t.is(unitWord) && t.is(plural) && p.word(j, "this") && t.unit >= day:
		return unitSpec{unit: t.unit}, k + 1
	case t.is(month) && (m.word != "that" || p.word(j-1, "in", "of", "by", "since", "until")):
		return p.modifiedMonth(m, k)
	case t.is(weekday) && !t.is(plural) && (!t.is(homograph) || t.upper || m.num != 0):
		return p.modifiedWeekday(m, k)
	case t.is(season) && !t.is(plural):
		return seasonSpec{season: int(t.num), n: sign(m.num), said: true, story: m.word == "that" || m.word == "same"}, k + 1
	case t.is(dayPart) && !t.is(plural):
		return p.modifiedPart(m, k)
	case t.is(unitWord) && t.is(plural) && m.num != 0 && t.unit >= hour:
		return durationSpec{[]length{{-1, t.unit}}}, k + 1
	case m.num != 0:
		return p.window(j, k)
	}
	return nil, 0
}

func sign(n int32) int { return int(max(min(n, 1), -1)) }

func (p *parser) modifiedUnit(i, j, k int) (spec, int) {
	m, t := p.at(j), p.at(k)
	if t.unit == night {
		return p.modifiedPart(m, k)
	}
	if p.literal(j+1, "time") {
		return nil, 0
	}
	the := j > i
	next := k + 1
	if t.unit == hour && m.num > 0 {
		return windowSpec{length: oneOf(hour), sign: 1}, next
	}
	switch m.word {
	case "last":
		if t.unit == decade || t.unit == century && the {
			return windowSpec{length: oneOf(t.unit), sign: -1}, next
		}
	case "past":
		if t.unit != quarter && t.unit != weekend && (the || t.unit > week) {
			return windowSpec{length: oneOf(t.unit), sign: -1}, next
		}
	case "that", "same":
		if n := p.yearBack(next); n > 0 && t.unit < year {
			return yearBackSpec{}, n
		}
		return unitSpec{unit: t.unit, story: true, same: true}, next
	case "this", "current":
		if t.unit == weekend {
			return weekendSpec{}, next
		}
		return p.weekdayIn(unitSpec{unit: t.unit}, next)
	case "these", "those":
		return nil, 0
	case "following", "subsequent", "preceding":
		return unitSpec{unit: t.unit, n: sign(m.num), story: true}, next
	case "next", "previous", "prior":
		return p.weekdayIn(unitSpec{unit: t.unit, n: sign(m.num), story: the && t.unit <= day || m.word != "next" && the}, next)
	}
	if t.unit <= minute && m.num < 0 {
		return windowSpec{length: oneOf(t.unit), sign: -1}, next
	}
	return p.weekdayIn(unitSpec{unit: t.unit, n: sign(m.num)}, next)
}

// weekdayIn reads the weekday after a week: next week on Tuesday.
func (p *parser) weekdayIn(u unitSpec, next int) (spec, int) {
	k := next
	if p.word(k, ",") && p.word(k+1, "on") {
		k++
	}
	if p.word(k, "on") {
		k++
	}
	if t := p.at(k); u.unit == week && t.is(weekday) && !t.is(plural) && (t.upper || !t.is(short)) && !p.at(k+1).is(month) && !(p.word(k+1, ",") && p.at(k+2).is(month)) {
		return weekdaySpec{wd: int(t.num), week: u}, k + 1
	}
	return u, next
}

// yearBack takes "of last year" and "a year earlier" after "the same quarter".
func (p *parser) yearBack(i int) int {
	j := i
	if p.word(j, "of", "in") {
		j++
	}
	if m, n := p.modified(j); n > 0 {
		if u, ok := m.(unitSpec); ok && u.unit == year && u.n == -1 {
			return n
		}
	}
	if p.at(i).is(article) && p.word(i+1, "year") && p.word(i+2, "earlier", "ago", "before") {
		return i + 3
	}
	return 0
}

// yearBackSpec is the last date of the text, a year before: the same quarter
// of last year.
type yearBackSpec struct{}

func (yearBackSpec) resolve(f *frame) reading {
	if !f.last.dated() || f.last.clock {
		return unitSpec{unit: year, n: -1}.resolve(f)
	}
	if f.last.grain >= week && strings.IndexByte(f.last.value, '/') < 0 {
		return period(addMonths(f.last.start, -12), f.last.grain).on(f.lastText)
	}
	return span(addMonths(f.last.start, -12), addMonths(f.last.end, -12)).on(f.lastText)
}

// samePeriod reads "the same period of last year".
func (p *parser) samePeriod(i int) (spec, int) {
	j := p.skipThe(i)
	if !p.word(j, "same") || !p.word(j+1, "period") {
		return nil, 0
	}
	if n := p.yearBack(j + 2); n > 0 {
		return yearBackSpec{}, n
	}
	return nil, 0
}

func (p *parser) modifiedMonth(m *token, k int) (spec, int) {
	s, next := p.monthFirst(k)
	if next == 0 {
		if mm, n := p.monthName(k); n > 0 && (p.at(k).upper || !p.at(k).is(homograph)) {
			s, next = &dateSpec{m: mm}, n
		} else {
			return nil, 0
		}
	}
	if d, ok := s.(*dateSpec); ok && d.y == 0 {
		d.modify = "this"
		switch {
		case m.word == "that" || m.word == "same":
			if !p.at(k).upper {
				return nil, 0
			}
			d.modify = "that"
		case m.num < 0:
			d.modify = "last"
		case m.num > 0:
			d.modify = "next"
		}
	}
	return s, next
}

// modifiedPart reads this morning, last night, that evening.
func (p *parser) modifiedPart(m *token, k int) (spec, int) {
	part := int(p.at(k).num)
	switch {
	case m.word == "that" || m.word == "same":
		return partSpec{day: unitSpec{unit: day, story: true, same: true}, part: part}, k + 1
	case m.word == "following" || m.word == "previous" || m.word == "next":
		return partSpec{day: unitSpec{unit: day, n: sign(m.num), story: true}, part: part}, k + 1
	case m.num == 0:
		return p.datePart(dayShiftSpec{0}, part), k + 1
	case m.word == "coming":
		return nil, 0
	}
	return p.datePart(dayShiftSpec{sign(m.num)}, part), k + 1
}
