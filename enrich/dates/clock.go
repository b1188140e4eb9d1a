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
			if s.part == partNight && h < 5 {
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

// clock reads a time of day: 14:48 UTC, 10 a.m., 8 o'clock, noon, half past
// seven, 15h30.
func (p *parser) clock(i int) (clockSpec, int) {
	t := p.at(i)
	switch {
	case p.word(i, "noon"):
		return p.clockTail(clockSpec{h: 12, grain: hour}, i+1)
	case p.word(i, "midnight"):
		return p.clockTail(clockSpec{h: 0, grain: hour}, i+1)
	case p.word(i, "half") && p.word(i+1, "past"):
		return p.relativeClock(i+2, 30)
	case p.word(i, "a") && p.word(i+1, "quarter"):
		return p.quarterClock(i + 1)
	case p.word(i, "quarter"):
		return p.quarterClock(i)
	case t.is(number) && t.digits <= 2 && t.num <= 24:
		return p.figureClock(i)
	case t.is(number) && (t.digits == 3 || t.digits == 4) && p.at(i+1).is(meridiem) && t.num/100 <= 12 && t.num%100 < 60:
		c := clockSpec{h: int(t.num / 100), m: int(t.num % 100), grain: minute, half: int(p.at(i + 1).num)}
		return p.clockTail(c, i+2)
	case t.is(cardinal) && t.num <= 20:
		return p.wordClock(i)
	}
	return clockSpec{}, 0
}

func (p *parser) figureClock(i int) (clockSpec, int) {
	t, c, j := p.at(i), clockSpec{h: int(p.at(i).num), grain: hour}, i+1
	if !t.gap && i > 0 && p.word(i-1, ":", ".", "/", "$", "€", "£", "+") {
		return c, 0
	}
	n := p.at(j)
	switch {
	case n.word == ":" && p.tight(i, j+1) && p.at(j+1).is(number) && p.at(j+1).digits == 2 && p.at(j+1).num < 60:
		c.m, c.grain, j = int(p.at(j+1).num), minute, j+2
		if p.word(j, ":") && p.tight(j-1, j+1) && p.at(j+1).is(number) && p.at(j+1).digits == 2 && p.at(j+1).num < 60 {
			c.s, c.grain, j = int(p.at(j+1).num), second, j+2
		}
		if p.at(j).is(meridiem) {
			c.half, j = int(p.at(j).num), j+1
		} else if !p.at(j).gap && p.literal(j, "p") {
			c.half, j = 2, j+1
		}
		return p.clockTail(c, j)
	case n.word == "." && p.tight(i, j+1) && p.at(j+1).is(number) && p.at(j+1).digits == 2 && p.at(j+1).num < 60 && p.at(j+2).is(meridiem):
		c.m, c.grain, c.half = int(p.at(j+1).num), minute, int(p.at(j+2).num)
		return p.clockTail(c, j+3)
	case n.is(meridiem) && t.num >= 1 && t.num <= 12:
		c.half = int(n.num)
		return p.clockTail(c, j+1)
	case !n.gap && p.literal(j, "p") && t.num >= 1 && t.num <= 12:
		c.half = 2
		return p.clockTail(c, j+1)
	case !n.gap && p.literal(j, "h") && !p.at(j+1).is(number|dirWord|cardinal) && (t.num >= 13 || p.word(i-1, "at", "-", "from")):
		return p.clockTail(c, j+1)
	case t.num >= 1 && t.num <= 12 && p.hourOfPart(j):
		return p.clockTail(c, j)
	case p.word(j, "o'clock", "oclock"):
		j++
		if p.at(j).is(meridiem) {
			c.half, j = int(p.at(j).num), j+1
		}
		return p.clockTail(c, j)
	case !n.gap && p.literal(j, "h") && p.at(j+1).is(number) && !p.at(j+1).gap && p.at(j+1).digits == 2 && p.at(j+1).num < 60:
		c.m, c.grain = int(p.at(j+1).num), minute
		return p.clockTail(c, j+2)
	case p.at(j).is(unitWord) && p.at(j).unit == minute && p.word(j+1, "past", "to", "after", "before"), p.word(j, "past"):
		k := j
		if p.at(j).is(unitWord) {
			k++
		}
		m := int(t.num)
		if p.word(k, "to", "before") {
			m = -m
		}
		return p.relativeClock(k+1, m)
	case !n.is(dayPart|punctuation) && p.word(j, "in") && p.word(j+1, "the") && p.at(j+2).is(dayPart) && !p.at(j+2).is(plural) && t.num <= 12:
		return p.clockTail(c, j)
	}
	return c, 0
}

// hourOfPart reports whether a part of a day that settles the hour stands at
// j: 8 tonight, 8 this evening, 11 at night.
func (p *parser) hourOfPart(j int) bool {
	switch {
	case p.at(j).all(deictic | dayPart):
		return true
	case p.word(j, "this", "tomorrow", "yesterday", "last"):
		return p.at(j + 1).is(dayPart)
	case p.word(j, "at"):
		return p.word(j+1, "night")
	}
	return false
}

// wordClock reads "eight o'clock", "nine thirty a.m.", "twenty past three".
func (p *parser) wordClock(i int) (clockSpec, int) {
	t := p.at(i)
	c, j := clockSpec{h: int(t.num), grain: hour}, i+1
	switch {
	case p.at(j).is(meridiem) && t.num <= 12:
		c.half = int(p.at(j).num)
		return p.clockTail(c, j+1)
	case p.word(j, "o'clock", "oclock") && t.num <= 12:
		return p.clockTail(c, j+1)
	case p.word(j, "past"), p.word(j, "after", "to") && p.at(j+1).is(number) && p.at(j+2).is(meridiem):
		m := int(t.num)
		if p.word(j, "to") {
			m = -m
		}
		return p.relativeClock(j+1, m)
	case t.num <= 12 && p.at(j).gap && p.at(j).all(deictic|dayPart):
		return p.clockTail(c, j)
	case p.at(j).is(cardinal) && t.num <= 12 && p.at(j).num >= 10 && p.at(j).num < 60:
		m, k := p.cardinal(j)
		if m < 60 && p.at(k).is(meridiem) {
			c.m, c.grain, c.half = m, minute, int(p.at(k).num)
			return p.clockTail(c, k+1)
		}
	}
	return c, 0
}

func (p *parser) quarterClock(i int) (clockSpec, int) {
	switch {
	case p.word(i+1, "past", "after"):
		return p.relativeClock(i+2, 15)
	case p.word(i+1, "to", "of"):
		return p.relativeClock(i+2, -15)
	}
	return clockSpec{}, 0
}

// relativeClock reads the hour of "half past seven" at i and adds minutes.
func (p *parser) relativeClock(i, minutes int) (clockSpec, int) {
	c, j := p.clock(i)
	if j == 0 {
		t := p.at(i)
		if !t.is(number|cardinal) || t.num < 1 || t.num > 12 || t.is(ordinal) || minutes > 59 {
			return clockSpec{}, 0
		}
		c, j = clockSpec{h: int(t.num)}, i+1
	}
	if c.grain != hour && c.grain != noUnit || c.m != 0 {
		return clockSpec{}, 0
	}
	h := c.hour24()
	total := h*60 + minutes
	if total < 0 {
		total += 24 * 60
	}
	c.h, c.m, c.grain = total/60, total%60, minute
	if c.half != 0 {
		c.half = 0
	}
	return p.clockTail(c, j)
}

// clockTail reads what may follow a time of day: a zone, "in the morning".
func (p *parser) clockTail(c clockSpec, j int) (clockSpec, int) {
	k := j
	open := p.word(k, "(") && p.at(k+1).is(zoneWord)
	if open {
		k++
	}
	if z := p.at(k); z.is(zoneWord) && z.upper {
		c.zone = time.FixedZone(p.text[z.start:z.end], int(z.num)*60)
		k++
		if p.word(k, "-", "+") && p.tight(k-1, k+1) && p.at(k+1).is(number) && p.at(k+1).num <= 14 {
			hours := int(p.at(k + 1).num)
			if p.text[p.at(k).start] != '+' {
				hours = -hours
			}
			c.zone = time.FixedZone(p.text[z.start:p.at(k+1).end], hours*3600)
			k += 2
		}
		if open && p.word(k, ")") {
			k++
		}
		j = k
	} else if p.word(j, "local") && p.word(j+1, "time") {
		j += 2
	} else if p.at(j).upper && p.word(j+1, "time") && p.at(j).gap {
		j += 2
	}
	if p.word(j, "in", "at") {
		k = p.skipThe(j + 1)
		if t := p.at(k); t.is(dayPart) && !t.is(plural|deictic) && (k > j+1 || p.word(j, "at") || p.word(k, "afternoon")) {
			c.part = int(t.num)
			return c, k + 1
		}
	}
	return c, j
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
	if t := p.at(k); t.is(weekday|deictic|month|modifier|article|number|ordinal) && !p.at(k).is(homograph) {
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
	if n == 0 && lead && p.word(k-1, "at", "@") {
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

// clockColon reports whether figures with a colon stand at i.
func (p *parser) clockColon(i int) bool {
	return p.at(i).digits <= 2 && p.word(i+1, ":") && p.tight(i, i+2)
}

// isoTime reads what follows the T of 2014-12-08T10:30:00Z.
func (p *parser) isoTime(d spec, i int) (spec, int) {
	c, j := p.clock(i)
	if j == 0 {
		return d, i - 1
	}
	if p.word(j, ".") && p.at(j+1).is(number) && p.tight(j-1, j+1) {
		j += 2
	}
	switch {
	case p.literal(j, "z") && !p.at(j).gap:
		c.zone, j = time.UTC, j+1
	case p.word(j, "+", "-") && p.tight(j-1, j+1) && p.at(j+1).digits == 2 && p.at(j+1).num <= 14:
		seconds := int(p.at(j+1).num) * 3600
		k := j + 2
		if p.word(k, ":") && p.at(k+1).is(number) && p.at(k+1).digits == 2 {
			seconds, k = seconds+int(p.at(k+1).num)*60, k+2
		}
		if p.word(j, "-") {
			seconds = -seconds
		}
		c.zone, j = time.FixedZone("", seconds), k
	}
	c.day = d
	return c, j
}

// dottedClock reads 2.30 after "at".
func (p *parser) dottedClock(i int) (clockSpec, int) {
	t, m := p.at(i), p.at(i+2)
	if t.is(number) && t.num <= 24 && t.digits <= 2 && p.word(i+1, ".") && p.tight(i, i+2) && m.is(number) && m.digits == 2 && m.num < 60 {
		return clockSpec{h: int(t.num), m: int(m.num), grain: minute}, i + 3
	}
	return clockSpec{}, 0
}

// spokenClock reads "seven twenty-seven" beside a day.
func (p *parser) spokenClock(i int) (clockSpec, int) {
	t := p.at(i)
	if t.num < 1 || t.num > 12 || !p.at(i+1).is(cardinal) || p.at(i+1).num < 10 || p.at(i+1).num > 59 {
		return clockSpec{}, 0
	}
	m, j := p.cardinal(i + 1)
	if m > 59 || !p.at(j).is(punctuation|breakMark) {
		return clockSpec{}, 0
	}
	return clockSpec{h: int(t.num), m: m, grain: minute}, j
}

// bareHour reads the 8 of "tonight at 8": only where nothing it could count follows.
func (p *parser) bareHour(i int) (clockSpec, int) {
	t := p.at(i)
	if !t.is(number|cardinal) || t.is(ordinal) || t.num < 1 || t.num > 24 || t.digits > 2 {
		return clockSpec{}, 0
	}
	if n := p.at(i + 1); n.is(breakMark) || n.is(punctuation) && !p.word(i+1, "%", "-", "$", ".") || n.word == "." && (p.at(i+2).gap || p.at(i+2).is(breakMark)) {
		return clockSpec{h: int(t.num), grain: hour}, i + 1
	}
	return clockSpec{}, 0
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

// partFirst reads a part of the day that opens an expression: the morning of
// 9 May, in the evening.
func (p *parser) partFirst(i int) (spec, int) {
	j := p.skipThe(i)
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
