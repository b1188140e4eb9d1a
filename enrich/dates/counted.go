package dates

import (
	"time"
)

// countSpec is a length of time before or after another date: two days ago,
// three weeks from tomorrow, five days before his death.
type countSpec struct {
	length durationSpec
	sign   int
	from   spec // nil: publication, or the text's own time when story is set
	story  bool
	loose  bool // "in two days": a mere duration when the clause is past
	exact  bool // counts to the day whatever the unit
	whole  bool // the whole unit of the calendar: the week after Easter
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
	case !s.whole && (u == week || u == fortnight || u == weekend):
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
	case p.word(j, "starting", "beginning", "commencing"), p.word(j, ",") && p.word(j+1, "starting", "beginning", "commencing", "from"):
		return p.startingOn(d, j)
	case p.word(j, "before", "prior", "after", "from", "following"), p.word(j, "on") && p.at(j+1).is(weekday):
		return p.countedFrom(d, i, j)
	}
	return d, j
}

// startingOn reads the first day of a length: a week starting tomorrow, ten
// days beginning on 20 January.
func (p *parser) startingOn(d durationSpec, j int) (spec, int) {
	k := j + 1
	if p.word(j, ",") {
		k++
	}
	if p.word(k, "on", "from") {
		k++
	}
	if from, next := p.point(k); next > 0 && d.told() && d.grain() >= day && dayLike(from) {
		return lengthRangeSpec{from, d}, next
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

// numberedWindow reads "the 3 next weeks", "10 previous weeks".
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
	if p.word(i-1, "time", "times") {
		return d, k // for the first time in four years
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
