package dates

// dayPair reads "8 to 10 September 2015" and "8 and 10 September".
func (p *parser) dayPair(i int, and bool) (a, b *dateSpec, next int) {
	j := p.skipThe(i)
	d, k := p.dayNumber(j)
	if k == 0 || p.at(k-1).is(cardinal) && !p.at(k-1).is(ordinal) {
		return nil, nil, 0
	}
	l := p.connector(k)
	if l == 0 && and && p.word(k, "and") {
		l = k + 1
	}
	if l == 0 {
		return nil, nil, 0
	}
	s, next := p.nested(func() (spec, int) { return p.dayFirst(l) })
	b, ok := s.(*dateSpec)
	if !ok || b.d == 0 || !validDay(b.y, b.m, d) || d >= b.d {
		return nil, nil, 0
	}
	return &dateSpec{y: b.y, m: b.m, d: d}, b, next
}

// yearPair reads 1890–91 and 2014/15: two years, the second cut short.
func (p *parser) yearPair(i int) int {
	y, j := p.yearNumber(i)
	if j != i+1 || y < 1000 || !p.word(j, "-", "/") || !p.yearAlone(i, j, y) {
		return 0
	}
	t := p.at(j + 1)
	if !t.is(number) || t.digits != 2 || int(t.num) <= y%100 || p.at(j).gap != t.gap || p.continues(j+2) || p.word(j+2, "-", "/") && !p.at(j+2).gap {
		return 0
	}
	if t.gap && p.at(j+2).is(month|unitWord) || p.word(j, "-") && !t.gap && t.num <= 12 && t.num != int32(y%100+1) {
		return 0
	}
	p.emit(&dateSpec{y: y}, i, j)
	return p.emit(&dateSpec{y: y/100*100 + int(t.num)}, j+1, j+2)
}

// dayItem is a day or a run of days in a list that shares its month.
type dayItem struct{ from, to, first, next int }

// dayList reads days that share a month written once: 7–9 and 14 May, 8 and
// 10 September 2015. Each becomes an expression of its own.
func (p *parser) dayList(i int) int {
	j := p.skipThe(i)
	if !p.at(j).is(number | ordinal) {
		return 0
	}
	var room [6]dayItem
	items := p.dayItems(room[:0], j)
	if len(items) == 0 || len(items) == 1 && items[0].from == items[0].to {
		return 0
	}
	s, end := p.nested(func() (spec, int) { return p.dayFirst(items[len(items)-1].next - 1) })
	full, ok := s.(*dateSpec)
	if !ok || end == 0 {
		return 0
	}
	for _, it := range items {
		if !validDay(full.y, full.m, it.to) {
			return 0
		}
	}
	items[len(items)-1].next = end
	for _, it := range items {
		from := &dateSpec{y: full.y, m: full.m, d: it.from}
		if it.from == it.to {
			p.emit(from, it.first, it.next)
			continue
		}
		p.emit(rangeSpec{from, &dateSpec{y: full.y, m: full.m, d: it.to}}, it.first, it.next)
	}
	return end
}

// daysAfterMonth reads days that follow the month they share: May 5 and 6,
// 2015; May 5, 6 and 7.
func (p *parser) daysAfterMonth(i int) int {
	m, k := p.monthName(i)
	if k == 0 {
		return 0
	}
	var room [6]dayItem
	items := p.itemsAfterMonth(room[:0], k)
	if len(items) < 2 {
		return 0
	}
	last := &items[len(items)-1]
	full := &dateSpec{m: m, d: last.to}
	last.next = p.yearOfDay(full, last.next)
	for _, it := range items {
		if !validDay(full.y, m, it.to) || full.of != nil {
			return 0
		}
	}
	items[0].first = i
	for _, it := range items {
		from := &dateSpec{y: full.y, m: m, d: it.from}
		if it.from == it.to {
			p.emit(from, it.first, it.next)
			continue
		}
		p.emit(rangeSpec{from, &dateSpec{y: full.y, m: m, d: it.to}}, it.first, it.next)
	}
	return last.next
}

// itemsAfterMonth reads the days from k up to the one after "and"; none when
// what follows could be counted by the last.
func (p *parser) itemsAfterMonth(items []dayItem, k int) []dayItem {
	for len(items) < cap(items) {
		t := p.at(k)
		d, next := p.dayNumber(k)
		if next == 0 || t.is(cardinal) || len(items) > 0 && d <= items[len(items)-1].to {
			return nil
		}
		it := dayItem{from: d, to: d, first: k, next: next}
		if c := p.connector(next); c > 0 {
			e, after := p.dayNumber(c)
			if after == 0 || e <= d || p.at(c).is(cardinal) {
				return nil
			}
			it.to, it.next = e, after
		}
		ended := p.word(k-1, "and", "&")
		items = append(items, it)
		k = it.next
		switch {
		case ended:
			n := p.at(k)
			if n.is(breakMark|preposition|joiner) || n.is(punctuation) && !p.word(k, ":", "%", "/", ".") || n.tense != unknownTense || n.word == "." && (p.at(k+1).gap || p.at(k+1).is(breakMark)) {
				return items
			}
			return nil
		case p.word(k, ",") && p.word(k+1, "and", "&"):
			k += 2
		case p.word(k, ",", "and", "&"):
			k++
		default:
			return nil
		}
	}
	return nil
}

// dayItems reads the days from k up to a month, or none when there is no month.
func (p *parser) dayItems(items []dayItem, k int) []dayItem {
	for len(items) < cap(items) {
		k = p.skipThe(k)
		d, next := p.dayNumber(k)
		if next == 0 || p.at(k).is(cardinal) {
			return nil
		}
		it := dayItem{from: d, to: d, first: k, next: next}
		if m := p.connector(next); m > 0 {
			m = p.skipThe(m)
			if e, after := p.dayNumber(m); after > 0 && e > d && !p.at(m).is(cardinal) {
				it.to, it.next = e, after
			}
		}
		items = append(items, it)
		l := it.next
		if p.word(l, "of") {
			l++
		}
		if p.at(l).is(month) && (p.at(l).upper || !p.at(l).is(homograph)) {
			return items
		}
		switch {
		case p.word(it.next, ",") && p.word(it.next+1, "and"):
			k = it.next + 2
		case p.word(it.next, ",", "and", "&"):
			k = it.next + 1
		default:
			return nil
		}
	}
	return nil
}
