package dates

// shareClock gives both ends of a range of clock times the day and the half
// of the day that only one of them names.
func shareClock(from, to spec) (spec, spec) {
	a, ok := from.(clockSpec)
	b, ok2 := to.(clockSpec)
	if !ok || !ok2 {
		return from, to
	}
	switch {
	case a.day == nil:
		a.day = b.day
	case b.day == nil:
		b.day = a.day
	}
	if a.part == 0 {
		a.part = b.part
	} else if b.part == 0 {
		b.part = a.part
	}
	switch {
	case a.half == 0 && b.half == 0 && a.part == 0 && a.h <= 12 && b.h < 12 && b.minutes() <= a.minutes() && b.minutes()+12*60 > a.minutes():
		b.half = 2 // from 10:30 to 3
	case a.half == 0 && b.half != 0 && a.h <= 12:
		a.half = b.half
		if a.minutes() > b.minutes() {
			a.half = 3 - b.half
		}
	case b.half == 0 && a.half != 0 && b.h <= 12:
		b.half = a.half
		if b.minutes() <= a.minutes() {
			b.half = 3 - a.half
		}
	}
	return a, b
}

func (s clockSpec) minutes() int { return s.hour24()*60 + s.m }

// clockPair reads "2 to 4:30pm", "9 - 11 am" where only the second is whole.
func (p *parser) clockPair(i int, and bool) (a, b clockSpec, next int) {
	t := p.at(i)
	if !t.is(number) || t.digits > 2 || t.num > 24 {
		return a, b, 0
	}
	j := p.connector(i + 1)
	if j == 0 && and && p.word(i+1, "and") {
		j = i + 2
	}
	if j == 0 {
		return a, b, 0
	}
	b, next = p.clock(j)
	if next == 0 || b.half == 0 && b.grain == hour && !and {
		return a, b, 0
	}
	b, next = p.dayAfterClock(b, next)
	return clockSpec{h: int(t.num), grain: hour}, b, next
}

// clockPairFirst reads a range of hours that nothing leads to: 8-11 pm.
func (p *parser) clockPairFirst(i int) (spec, int) {
	if !p.at(i).is(number) || !p.headOfFigures(i) {
		return nil, 0
	}
	a, b, j := p.clockPair(i, false)
	if j == 0 || b.half == 0 || p.at(i-1).is(month) {
		return nil, 0
	}
	return rangeSpec{a, b}, j
}

// dayThenClocks reads the hours after a day: Thursday from 9:30 until 11:00,
// 1/1/2015 between 10 and 11:30.
func (p *parser) dayThenClocks(s spec, j int) (spec, int) {
	if !dayLike(s) {
		return nil, 0
	}
	k := j
	if p.word(k, ",") {
		k++
	}
	if !p.word(k, "from", "between") {
		return nil, 0
	}
	a, b, n := p.clocks(k+1, p.word(k, "between"))
	if n == 0 {
		return nil, 0
	}
	if ps, ok := s.(partSpec); ok {
		s, a.part, b.part = ps.day, ps.part, ps.part
	}
	if a.day == nil {
		a.day = s
	}
	return rangeSpec{a, b}, n
}

// clocks reads two times of day and what joins them.
func (p *parser) clocks(i int, and bool) (a, b clockSpec, next int) {
	if a, b, next = p.clockPair(i, and); next > 0 {
		return a, b, next
	}
	a, j := p.clock(i)
	if j == 0 {
		return a, b, 0
	}
	k := p.connector(j)
	if k == 0 && and && p.word(j, "and") {
		k = j + 1
	}
	if k == 0 {
		return a, b, 0
	}
	if b, next = p.clock(k); next == 0 {
		b, next = p.bareHour(k)
		if next == 0 {
			b, next = p.hourBeforeDay(k)
		}
	}
	if next == 0 {
		return a, b, 0
	}
	b, next = p.dayAfterClock(b, next)
	return a, b, next
}

// hourBeforeDay reads the 3 of "from 10:30 to 3 on Friday".
func (p *parser) hourBeforeDay(i int) (clockSpec, int) {
	t := p.at(i)
	if !t.is(number) || t.num < 1 || t.num > 24 || t.digits > 2 || !p.word(i+1, "on") && !p.at(i+1).is(deictic|weekday) {
		return clockSpec{}, 0
	}
	return clockSpec{h: int(t.num), grain: hour}, i + 1
}

// clockRangeTail reads the second of two times of day.
func (p *parser) clockRangeTail(a clockSpec, j int) (spec, int) {
	k := p.connector(j)
	if k == 0 || p.word(j, "to") && p.at(k).is(deictic) {
		return nil, 0
	}
	b, n := p.clock(k)
	if n == 0 && a.half != 0 {
		b, n = p.bareHour(k)
	}
	if n == 0 {
		return nil, 0
	}
	b, n = p.dayAfterClock(b, n)
	return rangeSpec{a, b}, n
}
