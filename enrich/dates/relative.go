package dates

import (
	"strings"
	"time"

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

// unitSpec is a unit of the calendar told from another: last month, this
// year, the following day.
type unitSpec struct {
	unit  unit
	n     int
	story bool // told from the text's own time rather than publication
	same  bool // "that year": the unit itself, of the date leaned on
}

func (s unitSpec) resolve(f *frame) reading {
	t, basis := f.now, f.basis
	if s.story && !s.same && s.unit <= day && f.last.grain > day {
		if f.lastDay.dated() {
			t, basis = f.lastDay.start, f.dayText
		}
	} else if s.story && f.last.dated() && (s.same || f.narrative || f.last.shift || f.last.basis == basisExplicit || f.last.grain >= s.unit || f.last.grain == day) {
		t, basis = f.last.start, f.lastText
		if s.n > 0 && f.last.grain >= s.unit && f.last.end.After(f.last.start) {
			t = f.last.end.Add(-time.Second)
		}
	} else if !f.known {
		return ref(map[bool]string{true: "PAST_REF", false: "FUTURE_REF"}[s.n < 0])
	}
	if s.unit <= hour {
		r := instant(advance(t, s.unit, s.n), minute)
		return r.on(basis)
	}
	r := period(advance(truncate(t, s.unit), s.unit, s.n), s.unit)
	r.shift = s.story
	return r.on(basis)
}

// countSpec is a length of time before or after another date: two days ago,
// three weeks from tomorrow, five days before his death.
type countSpec struct {
	length durationSpec
	sign   int
	from   spec // nil: publication, or the text's own time when story is set
	story  bool
	loose  bool // "in two days": a mere duration when the clause is past
	exact  bool // counts to the day whatever the unit
}

func (s countSpec) resolve(f *frame) reading {
	if s.loose && f.tense == pastTense {
		return s.length.resolve(f)
	}
	t, basis, grain := f.now, f.basis, second
	switch {
	case s.from != nil:
		r := s.from.resolve(f)
		if !r.dated() {
			return s.length.resolve(f)
		}
		t, basis, grain = r.start, r.basis, r.grain
	case s.story && f.last.dated():
		t, basis = f.anchor()
		grain = f.last.grain
	case !f.known:
		return s.length.resolve(f)
	}
	if !s.length.told() {
		v := "PAST_REF"
		if s.sign > 0 {
			v = "FUTURE_REF"
		}
		return ref(v).on(basis)
	}
	for _, p := range s.length.parts {
		t = addFraction(t, p, s.sign)
	}
	u := s.length.grain()
	if s.exact && u > day && (s.from != nil || u <= monthUnit) {
		u = day
	}
	if grain > u && grain != second && s.from == nil {
		if u <= hour {
			return s.length.resolve(f)
		}
		u = grain
	}
	var r reading
	switch {
	case u <= hour:
		r = instant(t, minute)
	case u == week, u == fortnight, u == weekend:
		r = period(t, day)
	default:
		r = period(t, u)
	}
	r.shift = true
	return r.on(basis)
}

// addFraction moves t by a length that may be 2.5 days.
func addFraction(t time.Time, l length, sign int) time.Time {
	whole := int(l.n)
	t = advance(t, l.unit, sign*whole)
	rest := l.n - float64(whole)
	if rest <= 0 {
		return t
	}
	next := advance(t, l.unit, sign)
	return t.Add(time.Duration(rest * float64(next.Sub(t)))).Truncate(time.Minute)
}

// windowSpec is a run of units before or after publication: the last two
// days, the next six months.
type windowSpec struct {
	length   durationSpec
	sign     int
	within   bool
	business bool // days without Saturdays and Sundays
}

func (s windowSpec) resolve(f *frame) reading {
	r := s.length.resolve(f)
	if !f.known || !s.length.told() {
		return r
	}
	r.basis = f.basis
	u := s.length.grain()
	t := f.day
	switch {
	case u <= hour:
		t, r.clock = f.now, true
	case u == quarter:
		return s.quarters(r, truncate(t, quarter))
	case s.business:
		return s.workdays(f, r)
	}
	end := t
	for _, p := range s.length.parts {
		end = addFraction(end, p, s.sign)
	}
	switch {
	case s.sign < 0:
		r.start, r.end = end, t
	case s.within || u <= hour:
		r.start, r.end = t, end
	default:
		r.start, r.end = t.AddDate(0, 0, 1), end.AddDate(0, 0, 1)
	}
	return r
}

// quarters counts whole quarters of the calendar.
func (s windowSpec) quarters(r reading, now time.Time) reading {
	n := int(s.length.parts[0].n)
	r.start, r.end = advance(now, quarter, -n), now
	if s.sign > 0 {
		r.start = advance(now, quarter, 1)
		r.end = advance(r.start, quarter, n)
	}
	return r
}

// workdays counts days from Monday to Friday only.
func (s windowSpec) workdays(f *frame, r reading) reading {
	n := min(int(s.length.parts[0].n), 400)
	first, t := time.Time{}, f.day
	for n > 0 {
		t = t.AddDate(0, 0, s.sign)
		if isoWeekday(t) > 5 {
			continue
		}
		if first.IsZero() {
			first = t
		}
		n--
	}
	if first.After(t) {
		first, t = t, first
	}
	r.start, r.end = first, t.AddDate(0, 0, 1)
	return r
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
	if !p.at(j).is(unitWord) || p.at(j).unit != day || !p.word(j+1, "before", "after") || !p.at(j+2).is(deictic) || p.at(j+2).num == 0 {
		return nil, 0
	}
	if p.word(j+1, "before") == (p.at(j+2).num < 0) {
		return dayShiftSpec{2 * int(p.at(j+2).num)}, j + 3
	}
	return dayShiftSpec{0}, j + 3
}

func (p *parser) skipThe(i int) int {
	if p.at(i).is(article) && p.at(i).num == 0 {
		return i + 1
	}
	return i
}

// modified reads what a modifier opens: last month, the next three days, this
// September, the following year, the same day.
func (p *parser) modified(i int) (spec, int) {
	j := p.skipThe(i)
	m := p.at(j)
	if !m.is(modifier) {
		return nil, 0
	}
	if p.word(j, "this") && p.at(j+1).is(modifier) && p.at(j+1).num != 0 || p.word(j, "that", "this") && p.word(j+1, "same") {
		j++
		m = p.at(j)
	}
	k := j + 1
	if p.word(k, "very") {
		k++
	}
	t := p.at(k)
	if t.is(festive) {
		if s, n := p.modifiedHoliday(m, k); n > 0 {
			return s, n
		}
	}
	switch {
	case t.is(unitWord) && !t.is(plural) && t.word != "second" && !(t.unit <= minute && m.num == 0):
		return p.modifiedUnit(i, j, k)
	case t.is(unitWord) && t.is(plural) && p.word(j, "this") && t.unit >= day:
		return unitSpec{unit: t.unit}, k + 1
	case t.is(month) && (m.word != "that" || p.word(j-1, "in", "of", "by", "since", "until")):
		return p.modifiedMonth(m, k)
	case t.is(weekday) && !t.is(plural) && (!t.is(homograph) || t.upper || m.num != 0):
		return p.modifiedWeekday(m, k)
	case t.is(season) && !t.is(plural):
		return seasonSpec{season: int(t.num), n: sign(m.num), said: true, story: m.word == "that" || m.word == "same"}, k + 1
	case t.is(dayPart) && !t.is(plural):
		return p.modifiedPart(m, k)
	case t.is(unitWord) && t.is(plural) && m.num != 0 && t.unit >= hour:
		return durationSpec{[]length{{-1, t.unit}}}, k + 1
	case m.num != 0:
		return p.window(j, k)
	}
	return nil, 0
}

func sign(n int32) int { return int(max(min(n, 1), -1)) }

func (p *parser) modifiedUnit(i, j, k int) (spec, int) {
	m, t := p.at(j), p.at(k)
	if t.unit == night {
		return p.modifiedPart(m, k)
	}
	if p.literal(j+1, "time") {
		return nil, 0
	}
	the := j > i
	next := k + 1
	if t.unit == hour && m.num > 0 {
		return windowSpec{length: oneOf(hour), sign: 1}, next
	}
	switch m.word {
	case "last":
		if t.unit == decade || t.unit == century && the {
			return windowSpec{length: oneOf(t.unit), sign: -1}, next
		}
	case "past":
		if t.unit != quarter && t.unit != weekend && (the || t.unit > week) {
			return windowSpec{length: oneOf(t.unit), sign: -1}, next
		}
	case "that", "same":
		if n := p.yearBack(next); n > 0 && t.unit < year {
			return yearBackSpec{}, n
		}
		return unitSpec{unit: t.unit, story: true, same: true}, next
	case "this", "current":
		if t.unit == weekend {
			return weekendSpec{}, next
		}
		return p.weekdayIn(unitSpec{unit: t.unit}, next)
	case "these", "those":
		return nil, 0
	case "following", "subsequent", "preceding":
		return unitSpec{unit: t.unit, n: sign(m.num), story: true}, next
	case "next", "previous", "prior":
		return unitSpec{unit: t.unit, n: sign(m.num), story: the && t.unit <= day || m.word != "next" && the}, next
	}
	if t.unit <= minute && m.num < 0 {
		return windowSpec{length: oneOf(t.unit), sign: -1}, next
	}
	return p.weekdayIn(unitSpec{unit: t.unit, n: sign(m.num)}, next)
}

// weekdayIn reads the weekday after a week: next week on Tuesday.
func (p *parser) weekdayIn(u unitSpec, next int) (spec, int) {
	k := next
	if p.word(k, "on") {
		k++
	}
	if t := p.at(k); u.unit == week && t.is(weekday) && !t.is(plural) && (t.upper || !t.is(short)) && !p.at(k+1).is(month) && !(p.word(k+1, ",") && p.at(k+2).is(month)) {
		return weekdaySpec{wd: int(t.num), week: u}, k + 1
	}
	return u, next
}

// yearBack takes "of last year" and "a year earlier" after "the same quarter".
func (p *parser) yearBack(i int) int {
	j := i
	if p.word(j, "of", "in") {
		j++
	}
	if m, n := p.modified(j); n > 0 {
		if u, ok := m.(unitSpec); ok && u.unit == year && u.n == -1 {
			return n
		}
	}
	if p.at(i).is(article) && p.word(i+1, "year") && p.word(i+2, "earlier", "ago", "before") {
		return i + 3
	}
	return 0
}

// yearBackSpec is the last date of the text, a year before: the same quarter
// of last year.
type yearBackSpec struct{}

func (yearBackSpec) resolve(f *frame) reading {
	if !f.last.dated() || f.last.clock {
		return unitSpec{unit: year, n: -1}.resolve(f)
	}
	if f.last.grain >= week && strings.IndexByte(f.last.value, '/') < 0 {
		return period(addMonths(f.last.start, -12), f.last.grain).on(f.lastText)
	}
	return span(addMonths(f.last.start, -12), addMonths(f.last.end, -12)).on(f.lastText)
}

// samePeriod reads "the same period of last year".
func (p *parser) samePeriod(i int) (spec, int) {
	j := p.skipThe(i)
	if !p.word(j, "same") || !p.word(j+1, "period") {
		return nil, 0
	}
	if n := p.yearBack(j + 2); n > 0 {
		return yearBackSpec{}, n
	}
	return nil, 0
}

func (p *parser) modifiedMonth(m *token, k int) (spec, int) {
	s, next := p.monthFirst(k)
	if next == 0 {
		if mm, n := p.monthName(k); n > 0 && (p.at(k).upper || !p.at(k).is(homograph)) {
			s, next = &dateSpec{m: mm}, n
		} else {
			return nil, 0
		}
	}
	if d, ok := s.(*dateSpec); ok && d.y == 0 {
		d.modify = "this"
		switch {
		case m.word == "that" || m.word == "same":
			if !p.at(k).upper {
				return nil, 0
			}
			d.modify = "that"
		case m.num < 0:
			d.modify = "last"
		case m.num > 0:
			d.modify = "next"
		}
	}
	return s, next
}

// modifiedPart reads this morning, last night, that evening.
func (p *parser) modifiedPart(m *token, k int) (spec, int) {
	part := int(p.at(k).num)
	switch {
	case m.word == "that" || m.word == "same":
		return partSpec{day: unitSpec{unit: day, story: true, same: true}, part: part}, k + 1
	case m.word == "following" || m.word == "previous" || m.word == "next":
		return partSpec{day: unitSpec{unit: day, n: sign(m.num), story: true}, part: part}, k + 1
	case m.num == 0:
		return p.datePart(dayShiftSpec{0}, part), k + 1
	case m.word == "coming":
		return nil, 0
	}
	return p.datePart(dayShiftSpec{sign(m.num)}, part), k + 1
}

// window reads the number and unit after a modifier: last two days, next few
// years.
func (p *parser) window(j, k int) (spec, int) {
	m := p.at(j)
	d, next := p.duration(k)
	if next == 0 {
		return nil, 0
	}
	if p.word(j, "following", "coming", "upcoming", "next", "forthcoming", "last", "past", "previous", "preceding") {
		return windowSpec{length: d, sign: sign(m.num), business: p.word(next-2, "business", "working") && d.grain() == day}, next
	}
	return d, next
}

// counted reads a length of time and where it is counted from: two days ago,
// three weeks later, a month after, five days before the vote.
func (p *parser) counted(i int) (spec, int) {
	d, j := p.duration(i)
	if j == 0 {
		return nil, 0
	}
	if s, k := p.mixedWindow(i); k > 0 {
		return s, k
	}
	t := p.at(j)
	switch {
	case p.word(j, "'") && !p.at(j).gap && p.literal(j+1, "time"):
		return d, j
	case p.word(j, "ago", "back"):
		if t.word == "back" && !p.at(j+1).is(punctuation|breakMark) {
			return d, j
		}
		return countSpec{length: d, sign: -1}, j + 1
	case p.word(j, "hence"):
		return countSpec{length: d, sign: 1, exact: true}, j + 1
	case p.word(j, "earlier", "previously"):
		return countSpec{length: d, sign: -1, story: true}, j + 1
	case p.word(j, "later", "afterwards", "afterward", "thereafter"):
		return countSpec{length: d, sign: 1, story: true}, j + 1
	case p.word(j, "before", "prior", "after", "from", "following"), p.word(j, "on") && p.at(j+1).is(weekday):
		return p.countedFrom(d, i, j)
	}
	return d, j
}

func (p *parser) countedFrom(d durationSpec, i, j int) (spec, int) {
	s := 1
	if p.word(j, "on") && d.grain() != week && d.grain() != fortnight {
		return d, j
	}
	if p.word(j, "before", "prior") {
		s = -1
	}
	k := j + 1
	if p.word(j, "prior") && p.word(k, "to") {
		k++
	}
	if p.word(k, "now") || p.word(k, "right") && p.word(k+1, "now") {
		if p.word(k, "right") {
			k++
		}
		return countSpec{length: d, sign: s, exact: true}, k + 1
	}
	if from, next := p.point(k); next > 0 && calendar(from) {
		return countSpec{length: d, sign: s, from: from, exact: true}, next
	}
	if p.word(j, "before", "after") && p.at(j+1).is(punctuation|breakMark) && d.told() {
		return countSpec{length: d, sign: s, story: true}, j + 1
	}
	return d, j
}

// calendar reports whether a spec names a place on the calendar.
func calendar(s spec) bool {
	switch s.(type) {
	case durationSpec, setSpec, refSpec, windowSpec, clockSpec:
		return false
	}
	return true
}

// mixedWindow reads "3 next weeks", "the 10 previous weeks".
func (p *parser) mixedWindow(int) (spec, int) { return nil, 0 }

func (p *parser) numberedWindow(i int) (spec, int) {
	j := p.skipThe(i)
	n, k := p.quantity(j)
	if k == 0 || n < 1 || !p.at(k).is(modifier) || p.at(k).num == 0 || !p.at(k+1).is(unitWord) || !p.at(k+1).is(plural) {
		return nil, 0
	}
	return windowSpec{length: durationSpec{[]length{{n, p.at(k + 1).unit}}}, sign: sign(p.at(k).num)}, k + 2
}

// inLength reads "in two days", "within six months".
func (p *parser) inLength(i int) (spec, int) {
	j := i + 1
	within := p.word(i, "within")
	if p.word(j, "about", "around", "just", "only", "under") {
		j++
	}
	if within {
		j = p.skipThe(j)
		if p.at(j).is(modifier) && p.at(j).num > 0 {
			j++
		}
	}
	d, k := p.duration(j)
	if k == 0 || p.word(k, "of", "ago", "earlier", "later", "before", "after", "-", "old") {
		return nil, 0
	}
	if within {
		return windowSpec{length: d, sign: 1, within: true}, k
	}
	if p.word(k, "'") {
		k++
	}
	if p.literal(k, "time") || p.word(k, "from") && p.word(k+1, "now") {
		k++
	}
	if !d.told() {
		return nil, 0
	}
	return countSpec{length: d, sign: 1, loose: true, exact: true}, k
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

// weekdayCount reads "three Fridays from now", "3 Mondays after May 25".
func (p *parser) weekdayCount(i int) (spec, int) {
	n, j := p.quantity(i)
	t := p.at(j)
	if j == 0 || n < 1 || !t.is(weekday) || !t.is(plural) && n != 1 || !p.word(j+1, "from", "after", "ago", "before") {
		return nil, 0
	}
	s := weekdayCountSpec{n: int(n), wd: int(t.num)}
	switch {
	case p.word(j+1, "ago"):
		s.n = -s.n
		return s, j + 2
	case p.word(j+1, "from") && p.word(j+2, "now"):
		return s, j + 3
	}
	from, k := p.point(j + 2)
	if k == 0 || !calendar(from) {
		return nil, 0
	}
	if p.word(j+1, "before") {
		s.n = -s.n
	}
	s.from = from
	return s, k
}

// pastAge reads "the past" and "the future" where no noun follows.
func (p *parser) pastAge(i int) (spec, int) {
	if !p.word(i+1, "the") || !p.word(i+2, "past", "future") || !p.at(i+3).is(punctuation|breakMark|preposition) {
		return nil, 0
	}
	if p.word(i+2, "past") {
		return refSpec("PAST_REF"), i + 3
	}
	return refSpec("FUTURE_REF"), i + 3
}

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
	case week:
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
		if p.word(j+1, "after", "before") && p.word(j+2, "next", "last") {
			return unitSpec{unit: week, n: 2 * sign(p.at(j+2).num)}, j + 3
		}
	}
	if j > i && t.unit >= night && p.at(j+2).is(punctuation|breakMark) && (p.word(j+1, "before", "after") || t.unit == year && p.word(j+1, "previous")) {
		n := -1
		if p.word(j+1, "after") {
			n = 1
		}
		return unitSpec{unit: t.unit, n: n, story: true}, j + 2
	}
	if j > i && p.word(i-1, "of", "end", "for", "finish", "ended", "later", "earlier") && !p.at(j+1).is(preposition) && t.unit >= day && t.unit <= year && t.unit != night && !p.word(j-1, "fiscal", "financial", "school", "academic") {
		if p.at(j + 1).is(punctuation | breakMark) {
			return unitSpec{unit: t.unit}, j + 1
		}
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
