package dates

// theUnit reads "the day", "the year", "year 2008", "week 10".
func (p *parser) theUnit(i int) (spec, int) {
	j := p.skipThe(i)
	t := p.at(j)
	for p.word(j, "fiscal", "financial", "calendar", "school", "academic") {
		j++
		t = p.at(j)
	}
	if !t.is(unitWord) || t.is(plural) {
		return nil, 0
	}
	switch t.unit {
	case year:
		k := j + 1
		if p.word(k, "of") {
			k++
		}
		if y, n := p.yearNumber(k); n > 0 && !p.notYear(k, n) {
			return &dateSpec{y: y}, n
		}
	case weekend:
		if p.word(j+1, "of") {
			if from, n := p.point(j + 2); n > 0 && calendar(from) {
				return weekendOfSpec{from}, n
			}
		}
	case week:
		if s, n := p.weekFirst(j); n > 0 {
			return s, n
		}
	}
	if j != i+1 {
		return nil, 0
	}
	return p.unitOfNow(i, j)
}

// unitOfNow reads "the day before", "the year previous", and the day, week or
// year of the report in "to end the day at" and "Man of the Year".
func (p *parser) unitOfNow(i, j int) (spec, int) {
	t := p.at(j)
	if t.unit < night || t.unit > year {
		return nil, 0
	}
	if p.at(j + 2).is(punctuation | breakMark) {
		switch {
		case p.word(j+1, "before"), t.unit == year && p.word(j+1, "previous"):
			return unitSpec{unit: t.unit, n: -1, story: true}, j + 2
		case p.word(j+1, "after"):
			return unitSpec{unit: t.unit, n: 1, story: true}, j + 2
		}
	}
	closed := p.at(j + 1).is(punctuation | breakMark)
	if t.unit != night && (closed && p.word(i-1, "of", "for", "later", "earlier") || p.word(i-1, "end", "finish", "ended") && (closed || p.word(j+1, "at", "with", "on"))) {
		return unitSpec{unit: t.unit}, j + 1
	}
	return nil, 0
}

// weekSpec is a week by its ISO number.
type weekSpec struct{ n, y int }

func (s weekSpec) resolve(f *frame) reading {
	y, basis := s.y, basisExplicit
	if y == 0 {
		if !f.known {
			return ref("XXXX-W" + string(appendPadded(nil, s.n, 2)))
		}
		y, basis = f.day.Year(), f.basis
	}
	return period(weekStart(date(y, 1, 4)).AddDate(0, 0, 7*(s.n-1)), week).on(basis)
}

// weekOfSpec is "the week of September 8".
type weekOfSpec struct{ day spec }

func (s weekOfSpec) resolve(f *frame) reading {
	r := s.day.resolve(f)
	if !r.dated() || r.grain > day {
		return r
	}
	return period(r.start, week).on(r.basis)
}

// weekEndingSpec is "the week ending 5 December": seven days.
type weekEndingSpec struct{ last spec }

func (s weekEndingSpec) resolve(f *frame) reading {
	r := s.last.resolve(f)
	if !r.dated() || r.grain > day {
		return r
	}
	return span(r.end.AddDate(0, 0, -7), r.end).on(r.basis)
}

// weekendOfSpec is "the weekend of September 8".
type weekendOfSpec struct{ day spec }

func (s weekendOfSpec) resolve(f *frame) reading {
	r := s.day.resolve(f)
	if !r.dated() || r.grain > day {
		return r
	}
	return period(r.start, weekend).on(r.basis)
}

// weekFirst reads what may follow the word week at j: week 10, the week of
// September 8, the week after next.
func (p *parser) weekFirst(j int) (spec, int) {
	if w := p.at(j + 1); w.is(number) && w.num >= 1 && w.num <= 53 {
		s := weekSpec{n: int(w.num)}
		if y, n := p.yearAfter(j + 2); n > 0 {
			s.y = y
			return s, n
		}
		return s, j + 2
	}
	if p.word(j+1, "of", "beginning", "starting", "commencing") {
		k := j + 2
		if p.word(k, "on") {
			k++
		}
		if from, n := p.point(k); n > 0 && calendar(from) {
			if p.word(j+1, "of") {
				return weekOfSpec{from}, n
			}
			return lengthRangeSpec{from, oneOf(week)}, n
		}
	}
	if p.literal(j+1, "ending") || p.literal(j+1, "ended") {
		k := j + 2
		if p.word(k, "on") {
			k++
		}
		if last, n := p.point(k); n > 0 && dayLike(last) {
			return weekEndingSpec{last}, n
		}
	}
	if p.word(j+1, "after", "before") && p.word(j+2, "next", "last") {
		return unitSpec{unit: week, n: 2 * sign(p.at(j+2).num)}, j + 3
	}
	return nil, 0
}
