package dates

// rangeSpec runs from one date to the end of another.
type rangeSpec struct{ from, to spec }

func (s rangeSpec) resolve(f *frame) reading {
	s.from, s.to = shareClock(s.from, s.to)
	a := s.from.resolve(f)
	if !a.dated() {
		return a
	}
	b := s.end(f, a)
	if !b.dated() {
		return a
	}
	a, b = s.running(f, a, b)
	for i := 0; i < 2 && !b.end.After(a.start); i++ {
		b = s.later(b)
	}
	if !b.end.After(a.start) {
		return a
	}
	r := a
	r.end = b.end
	if a.clock && b.clock && isClock(s.to) {
		r.end = b.start
	}
	r.value = a.value + "/" + b.value
	r.grain = max(a.grain, b.grain)
	if a.grain == day && b.grain == day && !a.clock {
		r.value = span(r.start, r.end).value
	}
	return r
}

// end is the end of the range that begins with a.
func (s rangeSpec) end(f *frame, a reading) reading {
	keep, text, chained := f.last, f.lastText, f.chained
	f.last, f.lastText, f.chained = a, a.basis, true
	b := s.to.resolve(f)
	f.last, f.lastText, f.chained = keep, text, chained
	return b
}

// running moves a range of days without a year that lies about a year ahead to
// the year of publication when it goes on on that day: "will be on a visit on
// 14-18 October", written on the 15th.
func (s rangeSpec) running(f *frame, a, b reading) (reading, reading) {
	from, ok := s.from.(*dateSpec)
	if !ok || from.y != 0 || from.of != nil || from.m == 0 || from.d == 0 || !f.known || a.basis != f.basis || b.end.Before(a.start) {
		return a, b
	}
	start, end := a.start.AddDate(-1, 0, 0), b.end.AddDate(-1, 0, 0)
	if start.After(f.day) || !end.After(f.day) {
		return a, b
	}
	return period(start, a.grain).on(a.basis), period(end.AddDate(0, 0, -1), b.grain).on(b.basis)
}

// later moves an end that fell before its start: Friday to Monday, November
// to March, 10 p.m. to 2 a.m.
func (s rangeSpec) later(b reading) reading {
	switch {
	case b.clock:
		b.start, b.end = b.start.AddDate(0, 0, 1), b.end.AddDate(0, 0, 1)
		b.value = instant(b.start, b.grain).value
	case isWeekday(s.to):
		b = period(b.start.AddDate(0, 0, 7), b.grain)
	default:
		b = period(addMonths(b.start, 12), b.grain)
	}
	return b
}

func isWeekday(s spec) bool {
	_, ok := s.(weekdaySpec)
	return ok
}

// lengthRangeSpec starts on a date and lasts a length: from Tuesday for three days.
type lengthRangeSpec struct {
	from   spec
	length durationSpec
}

func (s lengthRangeSpec) resolve(f *frame) reading {
	r := s.from.resolve(f)
	if !r.dated() || !s.length.told() {
		return r
	}
	end := r.start
	for _, p := range s.length.parts {
		end = addFraction(end, p, 1)
	}
	if r.clock {
		r.end = end
		r.value = instant(r.start, minute).value + "/" + instant(end, minute).value
		return r
	}
	out := span(r.start, end)
	return out.on(r.basis)
}

// connector reads the word or dash between the ends of a range.
func (p *parser) connector(j int) int {
	if !p.at(j).is(joiner) {
		return 0
	}
	return j + 1
}

// boundedRange reads "from May 3 to June 7", "between 8 and 10 September".
func (p *parser) boundedRange(i int) (s spec, from, next int) {
	between := p.word(i, "between")
	if !between && !p.word(i, "from") {
		return nil, 0, 0
	}
	start := i + 1
	if a, b, j := p.dayPair(start, between); j > 0 {
		return rangeSpec{a, b}, start, j
	}
	if a, b, j := p.clockPair(start, between); j > 0 {
		return rangeSpec{a, b}, start, j
	}
	if a, b, j := p.clocks(start, between); j > 0 {
		return rangeSpec{a, b}, start, j
	}
	a, j := p.point(start)
	if j == 0 || !calendar(a) {
		return nil, 0, 0
	}
	k := p.connector(j)
	if k == 0 && between && p.word(j, "and") {
		k = j + 1
	}
	if k == 0 {
		return nil, 0, 0
	}
	if p.word(k, "now", "date", "today") {
		return rangeSpec{a, dayShiftSpec{}}, start, k + 1
	}
	b, end := p.rangeEnd(a, k)
	if end == 0 || !joins(a, b) {
		return nil, 0, 0
	}
	return rangeSpec{a, b}, start, end
}

func isClock(s spec) bool {
	_, ok := s.(clockSpec)
	return ok
}

// extend joins what stands at j to the point of tokens i to j-1: the other end
// of a range, a time of day, a length.
func (p *parser) extend(s spec, i, j int) (spec, int) {
	if d, ok := s.(*dateSpec); ok {
		if d.y > 0 {
			j = p.yearTail(j)
		}
		if d.d > 0 {
			j = p.weekdayInBrackets(d, j)
		}
	}
	if dayLike(s) {
		if ps, k := p.withPart(s, j); k > j {
			s, j = ps, k
		}
		if cs, k := p.withClock(s, j); k > j {
			s, j = cs, k
		}
	}
	if c, k := p.dayThenClocks(s, j); k > 0 {
		return c, k
	}
	if t, k := p.rangeTail(s, i, j); k > 0 {
		return t, k
	}
	if (isClock(s) || calendar(s) && dayLike(s)) && p.word(j, "for") {
		if d, k := p.duration(j + 1); k > 0 && !p.word(k, "of", "old") {
			return lengthRangeSpec{s, d}, k
		}
	}
	return s, j
}

// dayLike reports whether a time of day can be joined to s.
func dayLike(s spec) bool {
	switch s := s.(type) {
	case *dateSpec:
		return s.d > 0
	case *numericSpec, weekdaySpec, dayShiftSpec, todaySpec, partSpec, nthSpec:
		return true
	case unitSpec:
		return s.unit == day
	case countSpec:
		return s.length.grain() == day
	}
	return false
}

// rangeTail reads the connector and second end after a first.
func (p *parser) rangeTail(a spec, i, j int) (spec, int) {
	if c, ok := a.(clockSpec); ok {
		return p.clockRangeTail(c, j)
	}
	k := p.connector(j)
	if k == 0 || !calendar(a) && !isClock(a) || p.word(j, "until", "till") && !dayLike(a) {
		return nil, 0
	}
	b, end := p.rangeEnd(a, k)
	if end == 0 || !joins(a, b) {
		return nil, 0
	}
	return rangeSpec{a, b}, end
}

// rangeEnd reads the second end of a range; it may be a bare day that takes
// its month from the first.
func (p *parser) rangeEnd(a spec, k int) (spec, int) {
	if d, ok := a.(*dateSpec); ok && d.d > 0 {
		if b, n := p.dayOfSameMonth(d, k); n > 0 {
			return b, n
		}
	}
	b, n := p.nested(func() (spec, int) { return p.point(k) })
	if n == 0 {
		return nil, 0
	}
	fill(a, b)
	return b, n
}

// dayOfSameMonth reads the 10 of "September 8-10, 2015".
func (p *parser) dayOfSameMonth(a *dateSpec, k int) (*dateSpec, int) {
	if a.m == 0 {
		return nil, 0
	}
	j := p.skipThe(k)
	d, n := p.dayNumber(j)
	if j > k && p.at(n).gap && p.at(n).upper {
		return nil, 0 // 1 December – The 21st Council
	}
	if n == 0 || p.at(n).is(month) || p.word(n, "of") && p.at(n+1).is(month) || p.word(n, "/", ":", ".") && p.at(n+1).is(number) && p.tight(n-1, n+1) {
		return nil, 0
	}
	if p.at(n).is(meridiem) || p.at(n-1).is(cardinal) && !p.at(n-1).is(ordinal) || p.at(n).is(unitWord) {
		return nil, 0
	}
	if d <= a.d && a.y == 0 && !p.at(n-1).is(ordinal) || !validDay(a.y, a.m, d) {
		return nil, 0
	}
	b := &dateSpec{y: a.y, m: a.m, d: d}
	if d <= a.d {
		next := addMonths(date(max(a.y, 1), a.m, 1), 1)
		b.m = int(next.Month())
	}
	if y, l := p.yearAfter(n); l > 0 && a.y == 0 {
		a.y, b.y, n = y, y, l
	}
	return b, n
}

// fill gives the first end the year or the month that only the second names,
// and the second the year that only the first names.
func fill(a, b spec) {
	if m, ok := a.(*numericSpec); ok {
		if n, ok := b.(*numericSpec); ok && m.y == 0 {
			m.y = n.y
		}
	}
	x, ok := a.(*dateSpec)
	y, ok2 := b.(*dateSpec)
	if !ok || !ok2 {
		return
	}
	switch {
	case x.y == 0 && y.y > 0 && x.m > 0:
		x.y = y.y
		if y.m > 0 && x.m > y.m {
			x.y--
		}
	case y.y == 0 && x.y > 0 && y.m > 0:
		y.y = x.y
		if y.m < x.m {
			y.y++
		}
	}
}

// joins reports whether two points make one interval rather than two dates:
// years, and dates that are whole in themselves years apart (the life of a
// person), stay two.
func joins(a, b spec) bool {
	switch x := a.(type) {
	case *dateSpec:
		y, ok := b.(*dateSpec)
		if !ok {
			return dayLike(b) && x.d > 0
		}
		if x.d == 0 && x.m == 0 || y.m == 0 {
			return false
		}
		if x.d == 0 {
			return y.d == 0 && (x.y != 0 || y.y != 0)
		}
		return y.d > 0 && (x.y == 0 || y.y == 0 || y.y-x.y <= 1 && y.y >= x.y)
	case weekdaySpec, dayShiftSpec, todaySpec, *numericSpec:
		return dayLike(b) || isWeekday(b)
	case edgeSpec:
		_, ok := b.(edgeSpec)
		return ok
	}
	return false
}
