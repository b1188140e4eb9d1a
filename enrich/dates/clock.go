package dates

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// clockSpec is a time of day, and the day when one is named with it.
type clockSpec struct {
	h, m, s int
	grain   unit
	half    int // 1 am, 2 pm, 0 not told
	zone    *time.Location
	day     spec
	part    int // a part of the day that settles am or pm
}

func (s clockSpec) resolve(f *frame) reading {
	t, basis := f.day, f.basis
	h := s.hour24()
	switch {
	case s.day != nil:
		r := s.day.resolve(f)
		if !r.dated() || r.grain > day && r.grain != hour {
			return reading{typ: news.TypeTime, value: s.bare(h), grain: s.grain}
		}
		t, basis = midnight(r.start), r.basis
	case f.lastDay.dated() && f.lastDay.grain <= day:
		t, basis = midnight(f.lastDay.start), f.dayText
	case !f.known:
		return reading{typ: news.TypeTime, value: s.bare(h), grain: s.grain}
	}
	if h == 0 && (s.part == partNight || s.part == partTonight) {
		h = 24 // midnight tonight is at its end
	}
	at := t.Add(time.Duration(h)*time.Hour + time.Duration(s.m)*time.Minute + time.Duration(s.s)*time.Second)
	r := instant(at, s.grain)
	r.zone = s.zone
	return r.on(basis)
}

func (s clockSpec) hour24() int {
	h := s.h
	half := s.half
	if half == 0 && h <= 12 {
		switch s.part {
		case partAfternoon, partEvening, partNight, partTonight:
			half = 2
			if h == 0 || s.part == partNight && h < 5 {
				half = 1
			}
		case partMorning:
			half = 1
		}
	}
	switch {
	case half == 2 && h < 12:
		return h + 12
	case half == 1 && h == 12:
		return 0
	}
	return h
}

func (s clockSpec) bare(h int) string {
	b := appendPadded([]byte("T"), h, 2)
	if s.grain == hour {
		return string(b)
	}
	b = appendPadded(append(b, ':'), s.m, 2)
	return string(b)
}

// partSpec is a part of a day: Friday morning.
type partSpec struct {
	day  spec
	part int
}

func (s partSpec) resolve(f *frame) reading {
	if s.day == nil {
		if f.lastDay.dated() && f.lastDay.grain == day && !f.lastDay.clock {
			out := partOf(f.lastDay.start, s.part)
			return out.on(f.dayText)
		}
		return reading{typ: news.TypeTime, value: "T" + dayParts[s.part].tag, grain: hour}
	}
	r := s.day.resolve(f)
	if !r.dated() || r.grain > day {
		return r
	}
	out := partOf(r.start, s.part)
	return out.on(r.basis)
}

// datePart joins a day and a part of it.
func (p *parser) datePart(d spec, part int) spec { return partSpec{day: d, part: part} }

// clockAt reports whether a time of day stands at i.
func (p *parser) clockAt(i int) bool {
	if p.word(i, ",", "at") {
		i++
	}
	_, j := p.clock(i)
	return j > 0
}

// clockFirst reads an expression that starts with a time of day, and the day
// after it: 16:00 UTC today, 10 a.m. on Friday.
func (p *parser) clockFirst(i int) (spec, int) {
	c, j := p.clock(i)
	if j == 0 {
		return nil, 0
	}
	if p.depth > 1 {
		return c, j
	}
	return p.dayAfterClock(c, j)
}

// dayAfterClock joins the day that follows a time of day.
func (p *parser) dayAfterClock(c clockSpec, j int) (clockSpec, int) {
	k := j
	if p.word(k, "on", ",", "∙", "·") {
		k++
	}
	if t := p.at(k); t.is(weekday|deictic|month|modifier|article|number|ordinal) && (!p.at(k).is(homograph) || p.at(k).upper && p.word(k-1, "on")) {
		if d, n := p.point(k); n > 0 {
			switch d := d.(type) {
			case partSpec:
				c.day, c.part = d.day, d.part
				return c, n
			case *dateSpec:
				if d.grain() == day {
					c.day = d
					return c, n
				}
			case weekdaySpec, dayShiftSpec, todaySpec, *numericSpec, holidaySpec:
				c.day = d
				if t := p.at(n); t.is(dayPart) && !t.is(plural|deictic) {
					c.part, n = int(t.num), n+1
				}
				return c, n
			}
		}
	}
	return c, j
}

// withClock joins the day of tokens i to j-1 to the time of day after it:
// Friday at 10:30, tomorrow, 5 p.m.
func (p *parser) withClock(d spec, j int) (spec, int) {
	k, lead := j, false
	if p.word(k, "t") && p.tight(j-1, k+1) {
		return p.isoTime(d, k+1)
	}
	if p.word(k, ",", ";") {
		k++
	}
	if p.word(k, "-", "∙", "·", "(") && p.at(k+1).is(number) && p.clockColon(k+1) {
		k++
	}
	if p.word(k, "at", "@", "from", "by", "for", "around", "before", "after") {
		k, lead = k+1, true
		if p.word(k, "about", "around") {
			k++
		}
	}
	c, n := p.clock(k)
	if n == 0 && lead && p.word(k-1, "at", "@", "around") {
		if c, n = p.bareHour(k); n == 0 {
			c, n = p.dottedClock(k)
		}
	}
	if n == 0 && p.at(k).is(cardinal) {
		c, n = p.spokenClock(k)
	}
	if n == 0 {
		return d, j
	}
	if ps, ok := d.(partSpec); ok {
		c.part, d = ps.part, ps.day
	}
	c.day = d
	return c, n
}

// withPart joins a day to the part of the day after it: Friday morning,
// tomorrow night, Monday in the evening.
func (p *parser) withPart(d spec, j int) (spec, int) {
	k := j
	if p.word(k, "in", "at") {
		k = p.skipThe(k + 1)
	}
	if p.word(k, "early", "late") {
		k++
	}
	if t := p.at(k); t.is(dayPart) && !t.is(plural|deictic) {
		return partSpec{day: d, part: int(t.num)}, k + 1
	}
	return d, j
}

// smallHours reads "early hours of Monday", "small hours of 9 May".
func (p *parser) smallHours(j int) (spec, int) {
	if !p.word(j, "early", "small", "wee") || !p.word(j+1, "hours") || !p.word(j+2, "of", "on") {
		return nil, 0
	}
	d, n := p.point(j + 3)
	if n == 0 || !calendar(d) {
		return nil, 0
	}
	return partSpec{day: d, part: partSmallHours}, n
}

// partFirst reads a part of the day that opens an expression: the morning of
// 9 May, in the evening.
func (p *parser) partFirst(i int) (spec, int) {
	j := p.skipThe(i)
	if s, n := p.smallHours(j); n > 0 {
		return s, n
	}
	t := p.at(j)
	if !t.is(dayPart) || t.is(plural|deictic) {
		return nil, 0
	}
	k := j + 1
	if p.word(k, "of", "on") {
		if d, n := p.point(k + 1); n > 0 && calendar(d) {
			return partSpec{day: d, part: int(t.num)}, n
		}
	}
	if j > i && p.word(i-1, "in", "during", "throughout") || j == i && (p.word(i-1, "at", "in", "early", "late") || t.word == "overnight" || t.word == "midday" || t.word == "lunchtime") {
		return partSpec{part: int(t.num)}, k
	}
	return nil, 0
}
