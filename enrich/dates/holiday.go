package dates

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// holidaySpec is a named day or run of days in a year.
type holidaySpec struct {
	holiday
	y       int
	of      spec // the year, when it is told: of last year
	n       int  // -1 last, +1 next, when said
	said    bool
	weekend bool // the weekend that goes with it
}

func (s holidaySpec) resolve(f *frame) reading {
	y, basis := s.y, basisExplicit
	if s.of != nil {
		r := s.of.resolve(f)
		y, basis = r.start.Year(), r.basis
	}
	if y == 0 {
		if !f.known {
			return reading{typ: news.TypeDate, value: "XXXX-XX-XX", grain: day}
		}
		y, basis = s.yearNear(f)
	}
	t, ok := s.on(y)
	switch {
	case !ok:
		return reading{typ: news.TypeDate, value: "XXXX-XX-XX", grain: day}
	case s.weekend:
		return weekendOf(t).on(basis)
	case s.end != nil:
		end, _ := s.end(y)
		return span(t, end).on(basis)
	case s.days > 1:
		return span(t, t.AddDate(0, 0, s.days)).on(basis)
	}
	return period(t, day).on(basis)
}

// weekendOf is the weekend of a holiday, with the holiday when it makes a
// long one.
func weekendOf(t time.Time) reading {
	start := truncate(t, weekend)
	switch isoWeekday(t) {
	case 1:
		return span(t.AddDate(0, 0, -2), t.AddDate(0, 0, 1))
	case 5:
		return span(t, t.AddDate(0, 0, 3))
	}
	return period(start, weekend)
}

func (s holidaySpec) yearNear(f *frame) (int, string) {
	if f.narrative && f.last.dated() && !s.said {
		return f.last.start.Year(), f.lastText
	}
	y := f.day.Year()
	t, _ := s.on(y)
	switch {
	case s.said && s.n < 0:
		if !t.Before(f.day) {
			y--
		}
	case s.said && s.n > 0, !s.said && (f.tense == futureTense || f.announces):
		if t.Before(f.day) {
			y++
		}
	case s.said:
		if t.Before(f.day) {
			y++
		}
	case f.tense == pastTense:
		if t.After(f.day) {
			y--
		}
	case t.Before(f.day) && f.day.Sub(t) > 14*24*time.Hour:
		y++
	}
	return y, f.basis
}

// festive marks the first word of every holiday's name.
func (b lexiconBuilder) festive() {
	b.add(festive, 0, "jumu", "hallowe")
	for name := range buildHolidays() {
		first, _, _ := strings.Cut(name, " ")
		b.add(festive, 0, first)
		if base, ok := strings.CutSuffix(first, "s"); ok && len(base) > 3 {
			b.add(festive, 0, base)
		}
	}
}

// holiday reads the name of a holiday, its year, and the weekend of it.
func (p *parser) holiday(i int) (spec, int) {
	found, j := p.holidayName(i)
	if j == 0 {
		return nil, 0
	}
	s := holidaySpec{holiday: found}
	named := j
	if p.at(j).is(unitWord) && p.at(j).unit == weekend {
		s.weekend, j = true, j+1
	}
	d := &dateSpec{}
	if y, k := p.yearAfter(j); k > 0 {
		s.y, j = y, k
	} else if k := p.relativeYear(d, j); k > j && d.of != nil {
		s.of, j = d.of, k
	}
	if p.at(j).is(unitWord) && p.at(j).unit == weekend {
		s.weekend, j = true, j+1
	}
	if j == named && !p.holidayAlone(i, j) {
		return nil, 0
	}
	return s, j
}

// holidayAlone reports whether a holiday without a year is meant as a day: a
// preposition or modifier leads to it, or its name ends with the word for one.
// Festivals lend their names to much else.
func (p *parser) holidayAlone(i, j int) bool {
	if len(p.toks) <= 12 || p.depth > 1 {
		return true
	}
	if j == i+1 && !p.at(i).upper {
		return false
	}
	k := i - 1
	if p.at(k).is(article) && p.at(k).num == 0 {
		k--
	}
	if p.word(k, "on", "by", "before", "after", "until", "till", "since", "during", "over", "at", "for", "from", "between", "of", "around", "in") || p.at(k).is(modifier|edge) {
		return true
	}
	last := p.at(j - 1)
	return last.upper && (last.is(weekday) || last.unit == day || p.literal(j-1, "eve"))
}

// holidayName looks up the longest run of words at i that names a holiday.
func (p *parser) holidayName(i int) (holiday, int) {
	var name [64]byte
	n, words := 0, 0
	var best holiday
	end := 0
	for j := i; words < longestHoliday && j < i+2*longestHoliday; j++ {
		t := p.at(j)
		w := p.text[t.start:t.end]
		switch {
		case t.is(breakMark), n+len(w)+1 > len(name):
			return best, end
		case t.word == "'" && !t.gap:
			continue
		case t.word == "." && !t.gap && words > 0, t.word == "-" && !t.gap:
			continue
		case t.is(punctuation | number):
			return best, end
		}
		glued := j > i && !t.gap && p.at(j-1).word == "'"
		if !glued && n > 0 {
			name[n] = ' '
			n++
		}
		if !glued {
			words++
		}
		for k := range len(w) {
			c := w[k]
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			name[n] = c
			n++
		}
		if h, ok := holidays[string(name[:n])]; ok && !(j+1 < len(p.toks) && p.at(j+1).word == "'" && p.literal(j+2, "s")) {
			best, end = h, j+1
		}
	}
	return best, end
}

// modifiedHoliday reads "next Easter", "last Ramadan".
func (p *parser) modifiedHoliday(m *token, k int) (spec, int) {
	s, j := p.holiday(k)
	h, ok := s.(holidaySpec)
	if !ok || m.word == "that" {
		return nil, 0
	}
	h.n, h.said = sign(m.num), true
	return h, j
}
