package dates

import (
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// length is a number of units; n below zero says that it is not told (several
// years).
type length struct {
	n    float64
	unit unit
}

// durationSpec is a length of time: two years and three months, a two-day
// event, decades.
type durationSpec struct{ parts []length }

func (s durationSpec) resolve(*frame) reading {
	return reading{typ: news.TypeDuration, value: s.value(), grain: s.grain(), basis: basisExplicit}
}

func (s durationSpec) grain() unit { return s.parts[len(s.parts)-1].unit }

// value is the ISO 8601 duration, with X for a number that is not told.
func (s durationSpec) value() string {
	var days, clock strings.Builder
	for _, p := range s.parts {
		letter, isClock := p.unit.letter()
		b := &days
		if isClock {
			b = &clock
		}
		n := p.n
		if p.unit == fortnight {
			n, letter = 2*n, "W"
		}
		if n < 0 {
			b.WriteByte('X')
		} else {
			if n == 0.5 && p.unit == year {
				n, letter = 6, "M"
			}
			b.WriteString(strconv.FormatFloat(n, 'f', -1, 64))
		}
		b.WriteString(letter)
	}
	if clock.Len() > 0 {
		return "P" + days.String() + "T" + clock.String()
	}
	return "P" + days.String()
}

func oneOf(u unit) durationSpec { return durationSpec{[]length{{1, u}}} }

// told reports whether the number of every part is told.
func (s durationSpec) told() bool {
	for _, p := range s.parts {
		if p.n < 0 {
			return false
		}
	}
	return true
}

// length reads one number of units at i: two years, a fortnight, 27-year,
// half an hour, one and a half years, 1h, a couple of weeks.
func (p *parser) length(i int) (length, int) {
	if p.word(i, "half") {
		j := i + 1
		if p.at(j).is(article) {
			j++
		} else if p.word(j, "-") {
			j++
		}
		if t := p.at(j); t.is(unitWord) && !t.is(plural) && t.unit != monthUnit {
			return length{0.5, t.unit}, j + 1
		}
		return length{}, 0
	}
	n, j := p.quantity(i)
	if j == 0 {
		return length{}, 0
	}
	bare := p.at(i).is(article)
	for p.word(j, "more", "full", "whole", "consecutive", "straight", "successive", "entire", "calendar", "business", "working", "long") {
		j++
	}
	if p.word(j, "-") && !p.at(j).gap {
		j++
	}
	t := p.at(j)
	if t.is(unitWord) && (t.unit != weekend || !bare) && !(t.word == "second" && (bare || p.at(i).is(ordinal))) {
		if p.at(i).is(number) && p.at(i).digits == 4 && !t.is(plural) && !p.at(i).grouped && plausibleYear(int(p.at(i).num)) && !p.word(j-1, "-") {
			return length{}, 0
		}
		j++
		if f, k := p.fraction(j); k > 0 {
			n, j = n+f, k
		}
		return length{n, t.unit}, j
	}
	if u := p.unitLetter(j); u != noUnit && p.at(j-1).is(number) && (!t.gap || u != hour && p.counts(j)) {
		return length{n, u}, j + 1
	}
	return length{}, 0
}

// fraction reads "and a half", "and a quarter".
func (p *parser) fraction(i int) (float64, int) {
	if !p.word(i, "and") || !p.at(i+1).is(article) {
		return 0, 0
	}
	switch {
	case p.word(i+2, "half"):
		return 0.5, i + 3
	case p.word(i+2, "quarter"):
		return 0.25, i + 3
	}
	return 0, 0
}

// unitLetter is the unit that a letter glued to a number stands for.
func (p *parser) unitLetter(i int) unit {
	t := p.at(i)
	if t.end-t.start > 2 || t.end == t.start {
		return noUnit
	}
	letters := p.text[t.start:t.end]
	if letters == "h" {
		return hour
	}
	u, ok := unitLetters[letters]
	if !ok || !p.counts(i) {
		return noUnit
	}
	return u
}

// unitLetters are the letters for units that count as such where a word for
// the direction stands beside them.
var unitLetters = map[string]unit{"d": day, "w": week, "y": year, "m": minute, "s": second, "mo": monthUnit, "D": day, "W": week, "Y": year}

// counts reports whether the run of figures and letters around token i, 1d 21h
// 25m, is counted from some time: in, for or within stands before it, or ago
// or later after it.
func (p *parser) counts(i int) bool {
	low, high := i-1, i+1
	for steps := 0; steps < 8 && p.countPart(low-1); steps++ {
		low--
	}
	if p.word(low-1, "for", "lasted", "lasts", "within", "in", "last", "next") {
		return true
	}
	for steps := 0; steps < 8 && p.countPart(high); steps++ {
		high++
	}
	return p.word(high, "ago", "later", "earlier", "hence", "from")
}

// countPart reports whether token i can be part of such a run.
func (p *parser) countPart(i int) bool {
	t := p.at(i)
	if t.is(breakMark) {
		return false
	}
	_, letter := unitLetters[p.text[t.start:t.end]]
	return letter || t.is(number|unitWord) || p.word(i, ",", "and") || p.literal(i, "h")
}

// quantity reads a number of things at i: 27, 2.5, twenty-five, a hundred, a,
// a couple of, several; -1 says that the number is not told.
func (p *parser) quantity(i int) (float64, int) {
	t := p.at(i)
	switch {
	case t.is(number):
		n, j := float64(t.num), i+1
		if p.word(j, ".") && !p.at(j).gap && p.at(j+1).is(number) && !p.at(j+1).gap {
			frac, err := strconv.ParseFloat(p.text[t.start:p.at(j+1).end], 64)
			if err == nil && !t.grouped {
				n, j = frac, j+2
			}
		}
		if f, k := p.fraction(j); k > 0 {
			return n + f, k
		}
		return n, j
	case t.is(cardinal):
		n, j := p.cardinal(i)
		if f, k := p.fraction(j); k > 0 {
			return float64(n) + f, k
		}
		if p.word(j, "of") && t.word == "dozen" {
			j++
		}
		return float64(n), j
	case t.is(article) && t.num == 1, t.is(article) && p.at(i+1).is(vague):
		return p.afterArticle(i + 1)
	case t.is(vague) && t.word != "some":
		return p.afterVague(i)
	}
	return 0, 0
}

func (p *parser) afterArticle(i int) (float64, int) {
	t := p.at(i)
	switch {
	case t.is(vague):
		return p.afterVague(i)
	case t.is(cardinal) && t.num >= 12:
		n, j := p.cardinal(i)
		return float64(n), j
	case t.is(unitWord) && !t.is(plural):
		return 1, i
	case p.word(i, "full", "whole", "further"):
		return 1, i
	}
	return 0, 0
}

func (p *parser) afterVague(i int) (float64, int) {
	n, j := -1.0, i+1
	if p.word(i, "couple", "pair") {
		n = 2
	}
	if p.word(j, "of") {
		j++
	}
	if p.at(j).is(unitWord) && !p.at(j).is(plural) && n < 0 {
		return 0, 0
	}
	return n, j
}

// cardinal reads number words: twenty-five, a hundred six, two thousand fifteen.
func (p *parser) cardinal(i int) (int, int) {
	total, group, j := 0, 0, i
	for step := 0; step < 8; step++ {
		t := p.at(j)
		switch {
		case !t.is(cardinal):
			if (p.word(j, "and") && group+total >= 100 || p.word(j, "-") && !t.gap && step > 0) && p.at(j+1).is(cardinal) && p.at(j+1).num < 100 {
				j++
				continue
			}
			return total + group, j
		case t.num == 1000:
			total, group = total+max(group, 1)*1000, 0
		case t.num == 100:
			group = max(group, 1) * 100
		case group%100 == 0 && group != 0, group == 0:
			group += int(t.num)
		case group%10 == 0 && group%100 >= 20 && t.num < 10:
			group += int(t.num)
		default:
			return total + group, j
		}
		j++
	}
	return total + group, j
}

// duration reads a whole length of time at i: two years and three months.
func (p *parser) duration(i int) (durationSpec, int) {
	first, j := p.length(i)
	if j == 0 {
		return durationSpec{}, 0
	}
	parts := []length{first}
	for len(parts) < 6 {
		k := j
		if p.word(k, ",") {
			k++
		}
		if p.word(k, "and", "+") {
			k++
		}
		if p.at(k).is(article) && !p.at(k+1).is(unitWord) {
			break
		}
		next, end := p.length(k)
		if end == 0 || next.unit >= parts[len(parts)-1].unit || next.n < 0 {
			break
		}
		if k > j && p.at(end).is(dirWord) && !p.at(j).is(punctuation) && p.word(j, "and") && p.startsOwnCount(i) {
			break
		}
		parts = append(parts, next)
		j = end
	}
	return durationSpec{parts}, j
}

// startsOwnCount reports whether the length at i is already closed by a
// modifier before it: "the last 3 months and 2 days ago" is two expressions.
func (p *parser) startsOwnCount(i int) bool { return i > 0 && p.at(i-1).is(modifier) }
