package dates

import (
	"time"
)

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
	case t.is(number) && t.digits == 4 && p.hundredHours(i):
		return p.clockTail(clockSpec{h: int(t.num / 100), m: int(t.num % 100), grain: minute}, i+2)
	case t.is(cardinal) && t.num <= 20:
		return p.wordClock(i)
	}
	return clockSpec{}, 0
}

// hundredHours reports whether four figures are a time of day: 0600h, at 1800
// hours.
func (p *parser) hundredHours(i int) bool {
	t := p.at(i)
	if t.num/100 > 23 || t.num%100 > 59 {
		return false
	}
	return !p.at(i+1).gap && p.literal(i+1, "h") || p.word(i+1, "hours") && p.word(i-1, "at", "by", "until", "from")
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
	case n.word == "." && p.tight(i, j+1) && p.at(j+1).is(number) && p.at(j+1).digits == 2 && p.at(j+1).num < 60 && (p.at(j+2).is(meridiem|zoneWord) || p.dottedHour(i, j+2)):
		c.m, c.grain, j = int(p.at(j+1).num), minute, j+2
		if p.at(j).is(meridiem) {
			c.half, j = int(p.at(j).num), j+1
		}
		return p.clockTail(c, j)
	case n.is(meridiem) && t.num >= 1 && t.num <= 12:
		c.half = int(n.num)
		return p.clockTail(c, j+1)
	}
	return p.hourClock(i, c)
}

// dottedHour reports whether figures with a dot at i that end at j are a time
// of day: at 18.30 on Saturday.
func (p *parser) dottedHour(i, j int) bool {
	if !p.word(i-1, "at") || p.at(i+2).digits != 2 {
		return false
	}
	n := p.at(j)
	return n.is(breakMark|deictic|weekday) || p.word(j, "on", "local", ",", ";", ")") || n.word == "." && (p.at(j+1).gap || p.at(j+1).is(breakMark))
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

// hourClock reads an hour without minutes: 9p, 8 o'clock, 15h30, 20 past 3, 11
// at night, 3 in the afternoon.
func (p *parser) hourClock(i int, c clockSpec) (clockSpec, int) {
	t, n, j := p.at(i), p.at(i+1), i+1
	switch {
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
