package dates

import (
	"github.com/dateline-news/dateline/news"
)

// dayShiftSpec is today, tomorrow, yesterday and the days around them.
type dayShiftSpec struct{ n int }

func (s dayShiftSpec) resolve(f *frame) reading {
	if !f.known {
		return reading{typ: news.TypeDate, value: "XXXX-XX-XX", grain: day}
	}
	return period(f.day.AddDate(0, 0, s.n), day).on(f.basis)
}

// refSpec is a word that points at the present, past or future without a date.
type refSpec string

func (s refSpec) resolve(f *frame) reading { return ref(string(s)).on(f.basis) }

// today reads today, tomorrow, yesterday, the day before yesterday.
func (p *parser) today(i int) (spec, int) {
	t := p.at(i)
	if t.is(dayPart) {
		return p.datePart(dayShiftSpec{0}, int(t.num)), i + 1
	}
	j := i + 1
	if t.word == "today" && p.nowadays(i) {
		return refSpec("PRESENT_REF"), j
	}
	if t.num == 0 {
		return todaySpec{}, j
	}
	return dayShiftSpec{int(t.num)}, j
}

// todaySpec is today: the present age in a text that tells of other times,
// the day of the report in all others.
type todaySpec struct{}

func (todaySpec) resolve(f *frame) reading {
	if f.narrative && f.tense != pastTense && f.tense != futureTense {
		return ref("PRESENT_REF").on(f.basis)
	}
	return dayShiftSpec{0}.resolve(f)
}

// nowadays reports whether "today" at i means the present age: "Today, an
// increase in trade sets tasks", "today's world", "as we know it today".
func (p *parser) nowadays(i int) bool {
	if p.word(i+1, "as") && p.word(i-1, "known") || p.word(i+1, "than") && p.word(i+2, "ever") || p.word(i-1, "use", "of") {
		return true
	}
	for k := i - 1; k >= max(0, i-5); k-- {
		if p.word(k, "still") {
			return true
		}
	}
	initial := p.at(i-1).is(breakMark) || p.sentenceEnd(i-1)
	if !initial || !p.word(i+1, ",") {
		return false
	}
	for k := i + 2; k < min(len(p.toks), i+reach); k++ {
		if p.sentenceEnd(k) {
			break
		}
		switch t := p.toks[k].tense; {
		case t == pastTense && p.participle(k):
			continue
		case t == pastTense, t == futureTense:
			return false
		case p.word(k, "has", "have") && p.at(k+1).tense == pastTense:
			return false
		case t == presentTense:
			return !p.word(k+1, "to")
		}
	}
	return true
}

// participle reports whether the past form at k only qualifies a noun: after
// an article or before one of "by", "in", "from".
func (p *parser) participle(k int) bool {
	return p.at(k-1).is(article) || p.word(k+1, "by", "from") && !p.word(k-1, "was", "were")
}

// dayAround reads "day before yesterday", "the day after tomorrow", "the night
// before".
func (p *parser) dayAround(i int) (spec, int) {
	j := p.skipThe(i)
	t := p.at(j)
	if !t.is(unitWord) || t.is(plural) || t.unit < night || !p.word(j+1, "before", "after") {
		return nil, 0
	}
	if !p.at(j+2).is(deictic) || p.at(j+2).num == 0 || t.unit != day {
		return p.unitAround(t.unit, j+1)
	}
	if p.word(j+1, "before") == (p.at(j+2).num < 0) {
		return dayShiftSpec{2 * int(p.at(j+2).num)}, j + 3
	}
	return dayShiftSpec{0}, j + 3
}

// eve reads "the eve of 9 May", "the eve of Christmas": the day before.
func (p *parser) eve(i int) (spec, int) {
	j := p.skipThe(i)
	if !p.literal(j, "eve") || !p.word(j+1, "of") {
		return nil, 0
	}
	from, next := p.point(j + 2)
	if _, holy := from.(holidaySpec); next == 0 || !holy && !dayLike(from) {
		return nil, 0
	}
	return countSpec{length: oneOf(day), sign: -1, from: from}, next
}

// unitAround reads the date that "the day after" counts from.
func (p *parser) unitAround(u unit, i int) (spec, int) {
	from, next := p.point(i + 1)
	if next == 0 || !calendar(from) {
		return nil, 0
	}
	s := countSpec{length: oneOf(u), sign: 1, from: from, whole: true}
	if p.word(i, "before") {
		s.sign = -1
	}
	return s, next
}

// presentWord reads now, currently, recently, at present, at the moment.
func (p *parser) presentWord(i int) (spec, int) {
	t := p.at(i)
	if t.num < 0 {
		return refSpec("PAST_REF"), i + 1
	}
	return refSpec("PRESENT_REF"), i + 1
}

// atPresent reads "at the moment", "at present", "for the time being".
func (p *parser) atPresent(i int) (spec, int) {
	j := p.skipThe(i + 1)
	switch {
	case p.word(i, "at") && (p.word(j, "present", "moment")):
		if p.word(j, "present") && p.literal(j+1, "time") {
			j++
		}
		return refSpec("PRESENT_REF"), j + 1
	case p.word(i, "for") && j > i+1 && p.word(j, "time") && p.word(j+1, "being"):
		return refSpec("PRESENT_REF"), j + 2
	}
	return nil, 0
}

// pastAge reads "the past", "the future" where no noun follows, and "the near
// future".
func (p *parser) pastAge(i int) (spec, int) {
	if p.word(i+1, "the") && p.word(i+2, "near") && (p.word(i+3, "future") || p.literal(i+3, "term")) {
		return refSpec("FUTURE_REF"), i + 4
	}
	if !p.word(i+1, "the") || !p.word(i+2, "past", "future") || !p.at(i+3).is(punctuation|breakMark|preposition) {
		return nil, 0
	}
	if p.word(i+2, "past") {
		return refSpec("PAST_REF"), i + 3
	}
	return refSpec("FUTURE_REF"), i + 3
}
