package events

import (
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// readDates reads the interval of the event from the dates of its clause.
func (d *document) readDates(r *record) {
	r.event.Start, r.event.End, r.until = news.Moment{}, news.Moment{}, news.Moment{}
	best := d.bestDate(r)
	if best < 0 && r.until.IsZero() && r.event.Start.IsZero() && !r.m.remark.empty() {
		remark := r.m.remark
		r.m.remark = phrase{} // a change without a new date keeps the old one
		best = d.bestDate(r)
		r.m.remark = remark
	}
	if best >= 0 {
		d.takeDate(r, best)
	}
	d.applyUntil(r)
	d.applyDays(r, r.m.days)
}

// bestDate is the first word of the date of the clause that says most of when
// the event is, -1 when none does. Lengths and open ends are noted in r.
func (d *document) bestDate(r *record) int {
	m := r.m
	best := -1
	for i := m.clause.from; i < m.clause.to; i++ {
		n := d.date[i]
		if n == 0 || i > 0 && d.date[i-1] == n {
			continue
		}
		if d.body < len(d.words) && d.r.Dates[n-1].Span.Start < d.words[d.body].Span.Start {
			continue // of the dateline
		}
		date := &d.r.Dates[n-1]
		if date.Type == news.TypeDuration {
			d.readDuration(r, date, i)
			continue
		}
		if date.Type == news.TypeSet {
			r.habit = r.habit || i > m.np.to && d.is(i, "every", "each", "annually", "daily", "weekly", "monthly")
			continue
		}
		if date.Start.IsZero() || isClock(date) || !d.datesEvent(r, i) {
			continue
		}
		date = d.settled(r, date, d.untilBefore(i) || d.endVerbBefore(r, i))
		if m.kind != "deadline" && (d.untilBefore(i) || d.endVerbBefore(r, i)) {
			d.readUntil(r, date)
			continue
		}
		if d.year(r, date) {
			continue
		}
		if best < 0 || d.better(r, i, best) {
			best = i
		}
	}
	return best
}

// applyUntil ends the event where an open range ends.
func (d *document) applyUntil(r *record) {
	e := &r.event
	if r.until.IsZero() || !e.Start.IsZero() && !e.Start.Before(r.until) {
		return
	}
	e.End = r.until
	if e.Year == 0 {
		e.Year = r.until.AddDays(-1).Time.Year()
	}
}

// settled is the date moved to the side of the publication that the verb of
// the event asks for, when the text leaves the week or the year open: an event
// that is announced or changed lies ahead.
func (d *document) settled(r *record, date *news.Date, until bool) *news.Date {
	if r.has && r.pred.class == lasts && date.Start.Day && date.Start.Time.After(d.anchor) && hasMonth(date.Text) && !d.ahead(r) {
		moved := *date // under way since a day that cannot lie ahead
		moved.Start.Time, moved.End.Time = date.Start.Time.AddDate(-1, 0, 0), date.End.Time.AddDate(-1, 0, 0)
		return &moved
	}
	if !r.has && r.m.kind != "deadline" && !until || d.anchor.IsZero() || date.Basis == "explicit" || !date.Start.Day || !date.Start.Time.Before(d.anchor) || !d.ahead(r) && !(until && r.pred.class != ends) && !d.soonAgain(r, date) {
		return date
	}
	if date.End.Time.After(d.anchor) {
		return date
	}
	moved := *date
	switch length := date.End.Time.Sub(date.Start.Time); {
	case isWeekday(date.Text):
		moved.Start, moved.End = date.Start.AddDays(7), date.End.AddDays(7)
	case length > 40*24*time.Hour || !hasMonth(date.Text) || !moved.End.Time.AddDate(1, 0, 0).After(d.anchor):
		return date
	default:
		moved.Start.Time, moved.End.Time = date.Start.Time.AddDate(1, 0, 0), date.End.Time.AddDate(1, 0, 0)
	}
	if moved.Start.Time.Before(d.anchor) {
		return date
	}
	return &moved
}

// soonAgain reports whether the date comes round again in the next weeks and
// no finite verb in the past holds it back.
func (d *document) soonAgain(r *record, date *news.Date) bool {
	t := r.pred.tense
	if t.past && (t.passive || t.perfect) || r.has && t.past && r.pred.class != holds && r.pred.class != plans {
		return false
	}
	next := date.Start.Time.AddDate(1, 0, 0)
	return hasMonth(date.Text) && !next.Before(d.anchor) && next.Before(d.anchor.AddDate(0, 0, 60))
}

// ahead reports whether the verb of the event says that it is still to come.
func (d *document) ahead(r *record) bool {
	if r.m.kind == "deadline" {
		return true
	}
	switch r.pred.class {
	case postpones, moves, cancels:
		return true
	case lasts:
		return !r.pred.tense.past && !r.pred.tense.progressive
	}
	t := r.pred.tense
	return t.future && !t.perfect || r.has && r.pred.subject && t == tense{} && (r.pred.class == happens || r.pred.class == starts)
}

// isClock reports whether a date is a time of day alone.
func isClock(date *news.Date) bool {
	if date.Type != news.TypeTime {
		return false
	}
	for w := range strings.FieldsSeq(date.Text) {
		if len(w) > 4 && w[0] > '9' {
			return false // a month, a weekday, tomorrow
		}
	}
	return !strings.ContainsAny(date.Text, "/") && strings.Count(date.Text, ".") < 2
}

// isWeekday reports whether the text of a date is a weekday or a range of
// them.
func isWeekday(text string) bool {
	n := 0
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		switch w {
		case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
			n++
		case "from", "to", "and", "on", "through", "till", "until":
		default:
			return false
		}
	}
	return n > 0
}

// isSeason reports whether the text of a date is a season, which inside a name
// says nothing of when the event is (the Summer Olympics).
func isSeason(text string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		switch w {
		case "summer", "winter", "spring", "autumn", "fall":
			return true
		}
	}
	return false
}

// hasMonth reports whether the text of a date names a month and no year.
func hasMonth(text string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		if len(w) >= 3 && strings.Contains(" january february march april may june july august september october november december sept. ", " "+strings.TrimSuffix(w, ",")) {
			return true
		}
	}
	return false
}

// better reports whether the date at word i says more than the one at best: a
// day says more than a month, and in a change the later named one counts.
func (d *document) better(r *record, i, best int) bool {
	a, b := d.r.Dates[d.date[i]-1], d.r.Dates[d.date[best]-1]
	if a.Type == news.TypeTime && b.Type == news.TypeDate {
		return false
	}
	la, lb := a.End.Time.Sub(a.Start.Time), b.End.Time.Sub(b.Start.Time)
	if r.has && (r.pred.class == postpones || r.pred.class == moves) {
		return d.is(i-1, "to", "until", "till", "for") || i > r.pred.verb && !d.is(i-1, "from")
	}
	return la < lb && lb > 27*24*time.Hour
}

// year reads a date that is a whole year or more, which gives the event its
// year and no interval.
func (d *document) year(r *record, date *news.Date) bool {
	length := date.End.Time.Sub(date.Start.Time)
	if date.End.IsZero() || length < 360*24*time.Hour {
		return false
	}
	if r.event.Year == 0 && length < 370*24*time.Hour {
		r.event.Year = date.Start.Time.Year()
	}
	return true
}

func (d *document) takeDate(r *record, i int) {
	date := d.settled(r, &d.r.Dates[d.date[i]-1], false)
	start, end := dayOf(date.Start), date.End
	if !date.Start.Day || end.IsZero() {
		end = start.AddDays(1)
	}
	if !end.Day && !end.IsZero() {
		end = dayOf(end).AddDays(1)
	}
	if r.has && (r.pred.class == postpones || r.pred.class == moves || r.pred.class == plans && d.is(r.pred.verb, "rescheduled")) && d.is(i, "from") || d.isChangeRange(r, i) {
		start = end.AddDays(-1) // "postponed from 5 May to 7 June"
	}
	r.event.Start, r.event.End = start, d.nextDay(r, i, end)
	if r.event.Year == 0 {
		r.event.Year = start.Time.Year()
	}
}

// nextDay is the end of the dates that begin at word i and end at end, when
// the day after is named too: "on Wednesday and Thursday".
func (d *document) nextDay(r *record, i int, end news.Moment) news.Moment {
	k := i
	for k < len(d.words) && d.date[k] == d.date[i] {
		k++
	}
	if !d.is(k, "and") {
		return end
	}
	k++
	if d.words[min(k, len(d.words)-1)].Text == strconv.Itoa(end.Time.Day()) && !attendees[d.fold(k+1)] {
		return end.AddDays(1) // June 29 and 30
	}
	if d.is(k, "on") {
		k++
	}
	if k >= r.m.clause.to || d.date[k] == 0 {
		return end
	}
	next := d.r.Dates[d.date[k]-1]
	day := dayOf(next.Start)
	if isWeekday(next.Text) && end.Time.Weekday() == day.Time.Weekday() {
		day = end // the same weekday of another week
	}
	if day != end {
		return end
	}
	return end.AddDays(1)
}

// endVerbBefore reports whether the date at i is that of the event's end: "and
// closes in Windsor on Friday".
func (d *document) endVerbBefore(r *record, i int) bool {
	if r.has && r.pred.class == ends {
		return false
	}
	for k := i - 1; k > r.m.np.to && k > i-8; k-- {
		if v, ok := d.eventVerb(k); ok {
			return v.class == ends && !d.is(k, "finished")
		}
	}
	return false
}

// isChangeRange reports whether the range at word i is the old and the new
// date of a change.
func (d *document) isChangeRange(r *record, i int) bool {
	if !r.has || r.pred.class != postpones && r.pred.class != moves || !d.is(i-1, "from") {
		return false
	}
	for k := i; k < len(d.words) && d.date[k] == d.date[i]; k++ {
		if d.is(k, "to", "until") {
			return true
		}
	}
	return false
}

func dayOf(m news.Moment) news.Moment {
	if m.Day || m.IsZero() {
		return m
	}
	return news.DayOf(m.Time)
}

// untilBefore reports whether the date at i is the end of a run.
func (d *document) untilBefore(i int) bool {
	return d.is(i-1, "until", "till", "through") || d.is(i, "until", "till", "through")
}

func (d *document) readUntil(r *record, date *news.Date) {
	if r.has && (r.pred.class == postpones || r.pred.class == moves) {
		r.event.Start, r.event.End = dayOf(date.Start), date.End
		return
	}
	r.until = date.End
	if !date.End.Day {
		r.until = dayOf(date.Start).AddDays(1)
	}
}

// readDuration reads "for three days" beside the event's verb.
func (d *document) readDuration(r *record, date *news.Date, i int) {
	days := daysOf(date.Value)
	if days == 0 || r.m.days != 0 {
		return
	}
	if d.is(i, "last") && !d.is(i-1, "will", "to", "and", "would") {
		return
	}
	if i >= r.m.np.from && i < r.m.np.to || d.is(i, "last") || d.is(i-1, "for", "last", "lasts", "run", "a", "the", "lasted", "runs", "over") || d.is(i, "for", "over") {
		r.m.days = days
	}
}

// daysOf is the days of a TIMEX3 duration of whole days or weeks.
func daysOf(value string) int {
	n := 0
	for i := 1; i < len(value); i++ {
		c := value[i]
		switch {
		case c >= '0' && c <= '9' && n < 1000:
			n = 10*n + int(c-'0')
		case c == 'D' && i == len(value)-1:
			return n
		case c == 'W' && i == len(value)-1:
			return 7 * n
		default:
			return 0
		}
	}
	return 0
}

// applyDays ends an event that has a first day and a length.
func (d *document) applyDays(r *record, days int) {
	e := &r.event
	if days > 1 && e.Start.Day && (e.End.IsZero() || e.End.Time.Sub(e.Start.Time) == 24*time.Hour) && !d.endsOn(r) {
		e.End = e.Start.AddDays(days)
	}
	if d.endsOn(r) && !e.Start.IsZero() && e.End.Time.Sub(e.Start.Time) == 24*time.Hour {
		if days > 1 {
			e.Start = e.End.AddDays(-days)
		} else if r.pred.class == ends && !r.pred.tense.past {
			e.Start, r.until = news.Moment{}, e.End
		}
	}
}

// endsOn reports whether the date of the record is the event's last day.
func (d *document) endsOn(r *record) bool { return r.has && r.pred.class == ends }

// datesEvent reports whether the date at word i belongs to the event of r: no
// other verb and no other noun claims it, and it is not a date the event had
// before.
func (d *document) datesEvent(r *record, i int) bool {
	m := r.m
	if m.bracket.holds(i) {
		return true
	}
	if m.np.holds(i) && (i > m.head || isSeason(d.r.Dates[d.date[i]-1].Text)) {
		return false
	}
	switch {
	case m.remark.holds(i):
		return false // unless nothing else dates the event
	case d.since(i) && r.has && r.pred.class == lasts && r.pred.tense.progressive:
		return true
	case m.kind == "deadline":
		return i > m.head
	case !r.has && !d.attached(m, i):
		return false
	case d.is(i-1, "since", "before", "after", "by", "of") || d.is(i, "since", "before", "after", "by"):
		return d.is(i-1, "of") && d.is(i-2, "morning", "evening", "week", "half")
	case d.is(i-1, "from") && d.leadsTo(m.clause, i+1, "to"):
		return false
	case d.is(i-1, "of") && d.is(i-2, "instead", "ahead"), d.is(i-1, "than"):
		return false
	case d.was(i):
		return false
	}
	return !d.claimed(r, i)
}

func (d *document) since(i int) bool { return d.is(i-1, "since") || d.is(i, "since") }

// changeIn reports whether a remark tells that the event was changed.
func (d *document) changeIn(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if v, ok := d.eventVerb(i); ok && (v.class == postpones || v.class == moves || v.class == plans) {
			return true
		}
	}
	return false
}

// attached reports whether the date at word i stands beside the mention, with
// nothing but place and circumstance between.
func (d *document) attached(m *mention, i int) bool {
	if i < m.np.to {
		return i >= m.outer || d.is(m.outer-1, "'s") && m.outer-i < 5 || m.outer-i < 6 && d.is(m.outer-1, ":", ",")
	}
	for k := m.np.to; k < i; k++ {
		if d.words[k].Letters && !prepositions[d.fold(k)] && !determiners[d.fold(k)] && d.place[k] == 0 && d.date[k] == 0 && !d.words[k].Capital {
			return false
		}
	}
	return true
}

// leadsTo reports whether a date after form follows word i in p.
func (d *document) leadsTo(p phrase, i int, form string) bool {
	for k := i; k < p.to && k < i+6; k++ {
		if d.is(k, form) && k+1 < p.to && d.date[k+1] != 0 && d.date[k+1] != d.date[i] {
			return true
		}
	}
	return false
}

// was reports whether the date at word i is one that the event had before a
// change: "originally scheduled for 5 May".
func (d *document) was(i int) bool {
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if d.is(k, "originally", "initially", "previously", "earlier") && d.date[k] == 0 {
			return true
		}
		if d.is(k, ",", ".", ";") {
			return false
		}
	}
	return false
}

// claimed reports whether a verb of something else stands between the event
// and the word at i and takes it for itself.
func (d *document) claimed(r *record, i int) bool {
	m := r.m
	if i >= m.np.to {
		for k := i - 1; k >= m.np.to; k-- {
			if _, ok := d.eventVerb(k); ok && !d.is(k, "announced", "launched", "met", "expected") {
				return false
			}
			if otherVerbs[d.fold(k)] && !d.is(k, "located", "expected") && i-k < 8 {
				return true
			}
		}
		// "the conference, the ministry said on Monday" is handled above;
		// "said on Monday" may also follow the date.
		return false
	}
	for k := i - 1; k >= m.clause.from && k > i-4; k-- {
		if otherVerbs[d.fold(k)] && !d.eventVerbAt(k) {
			return true
		}
	}
	for k := i + 1; k < m.outer; k++ {
		if v, ok := d.eventVerb(k); ok && v.class != announces && v.class != confirms {
			return false
		}
		if otherVerbs[d.fold(k)] && !d.is(k, "launched", "met") {
			return true
		}
	}
	return false
}

func (d *document) eventVerbAt(i int) bool {
	v, ok := d.eventVerb(i)
	return ok && v.class != announces && v.class != confirms
}

// readPlace reads where the event takes place.
func (d *document) readPlace(r *record) {
	m := r.m
	d.readPlaceOf(r, false)
	if r.event.Place == "" && !m.remark.empty() {
		d.readPlaceOf(r, true)
	}
	d.readUnknownPlace(r)
	d.readNamePlace(r)
	d.readHere(r)
	d.readVenue(r)
}

// readPlaceOf reads the place from the places of the clause, those of a remark
// or the others.
func (d *document) readPlaceOf(r *record, remark bool) {
	m := r.m
	for i := m.clause.from; i < m.clause.to; i++ {
		if m.remark.holds(i) != remark {
			continue
		}
		n := d.place[i]
		if n == 0 || d.date[i] != 0 || i > 0 && d.place[i-1] == n || m.name.holds(i) && i > m.head {
			continue
		}
		p := d.places[n-1]
		if !d.placesEvent(r, p.words) || p.kind == news.MentionNoun && !m.np.holds(i) {
			continue
		}
		if r.event.Place == "" || d.isMove(r) && d.is(p.words.from-1, "to", "in") || p.place.Kind == "city" && d.isCountry(r.event.Place) {
			r.event.Place = p.place.Name
		}
	}
}

// readUnknownPlace reads a place that no gazetteer knows: the capitalized name
// after "in", when nothing else claims it.
func (d *document) readUnknownPlace(r *record) {
	m := r.m
	if r.event.Place != "" || !r.has {
		return
	}
	for i := m.np.to; i+1 < m.clause.to; i++ {
		if !d.is(i, "in") || d.claimed(r, i+1) {
			continue
		}
		e := i + 1
		for e < m.clause.to && e < i+4 && d.words[e].Capital && d.date[e] == 0 && d.org[e] == 0 && d.person[e] == 0 && !venueNouns[d.fold(e)] {
			e++
		}
		if e > i+1 && (e == len(d.words) || d.is(e, ",", ".", ";", "on", "from", "next", "and", "this", "between", "with", "at") || d.date[e] != 0) {
			r.event.Place = d.string(phrase{i + 1, e})
			return
		}
	}
}

// readNamePlace reads the city that begins or follows the event's name: the
// Frankfurt Book Fair, Expo 2020 Dubai.
func (d *document) readNamePlace(r *record) {
	m := r.m
	if r.event.Place != "" || m.verbal || m.elided {
		return
	}
	for _, i := range []int{m.name.from, m.np.to} {
		if i >= len(d.words) || d.place[i] == 0 || i >= m.clause.to {
			continue
		}
		p := d.places[d.place[i]-1]
		if p.place.Kind != "city" || i == m.name.from && (p.words.to >= m.head+1 || d.org[i] != 0 && d.orgs[d.org[i]-1].words.to < m.head) || d.is(p.words.to, "-") {
			continue
		}
		r.event.Place = p.place.Name
		r.why["place"] = "it is part of the event's name"
		return
	}
}

// readHere reads "here" as the place of the dateline.
func (d *document) readHere(r *record) {
	if r.event.Place != "" || d.r.Dateline == nil || d.r.Dateline.Place == "" {
		return
	}
	for i := r.m.np.to; i < r.m.clause.to; i++ {
		if d.is(i, "here") && d.quote[i] == 0 {
			r.event.Place = d.r.Dateline.Place
			r.why["place"] = "\"here\" is the place of the dateline"
			return
		}
	}
}

func (d *document) isMove(r *record) bool { return r.has && r.pred.class == moves }

func (d *document) isCountry(name string) bool {
	for i := range d.r.Places {
		if d.r.Places[i].Name == name {
			return d.r.Places[i].Kind == "country" || d.r.Places[i].Kind == "region"
		}
	}
	return false
}

// placesEvent reports whether the place at p is where the event of r takes
// place.
func (d *document) placesEvent(r *record, p phrase) bool {
	m := r.m
	before := p.from - 1
	for before > m.clause.from && (d.is(before, "the", "city", "of", "capital", "town", "village", "sunny", "resort", "-", "its") || d.is(before, "azerbaijani") || d.is(before, "'s")) && d.place[before] == 0 || before > m.clause.from && d.place[before] != 0 && d.places[d.place[before]-1].kind == news.MentionNoun {
		before--
	}
	switch {
	case m.bracket.holds(p.from):
		return true
	case m.np.holds(p.from):
		return p.from < m.head && p.to == m.head && !d.is(p.from-1, "-") && d.places[d.place[p.from]-1].place.Kind == "city" // the Baku summit
	case d.org[p.from] != 0 && !d.is(before, "in", "at"), d.person[p.from] != 0:
		return false
	case d.is(p.from-1, "instead", "than") || d.is(before, "of") && d.is(before-1, "instead"):
		return false
	case d.is(before, "from"):
		return false
	case !r.has && d.is(p.from-1, ",") && d.attached(m, p.from) && p.from > m.np.to:
		return true // Forum, 14-15 June, Klaipeda
	case d.is(before, "in", "at", "near", "outside"):
		return !d.claimed(r, p.from)
	case d.is(before, "to") && r.has && (r.pred.class == pays && p.to <= m.outer || before == r.pred.verb+1 && d.is(r.pred.verb, "returns", "return")):
		return true
	case d.is(p.from-1, ",") && p.from > m.np.to && d.endsVenue(p.from-1):
		return true // in the House of Artists, Yerevan
	case d.is(before, "to"):
		return m.kind == "visit" && before >= m.np.to || d.isMove(r) && before > r.pred.verb
	case d.is(before, "by") && r.has && r.pred.class == hosts:
		return true
	case d.is(p.from-1, "of") && d.is(p.from-2, "city", "town", "port", "village", "resort", "hippodrome", "stadium", "capital", "center", "centre", "outskirts", "heart", "suburbs", "district", "suburb"):
		k := p.from - 3
		for k > m.np.to && d.words[k].Letters && !prepositions[d.fold(k)] {
			k--
		}
		return d.is(k, "in", "at", "near") && !d.claimed(r, p.from)
	case p.to < len(d.words) && d.words[p.to].Capital && venueNouns[d.fold(p.to)]:
		return false // Buckingham Palace
	case p.to < m.outer && d.hostVerbAfter(p.to, m.outer):
		return true
	}
	return false
}

// endsVenue reports whether the words before word i are the name of a venue.
func (d *document) endsVenue(i int) bool {
	for k := i - 1; k > i-5 && k >= 0 && (d.words[k].Capital || d.is(k, "of", "the")); k-- {
		if venueNouns[d.fold(k)] {
			return true
		}
	}
	return false
}

// hostVerbAfter reports whether the verb of a host follows at word i: "Baku
// will host".
func (d *document) hostVerbAfter(i, limit int) bool {
	for k := i; k < limit && k < i+8; k++ {
		if v, ok := d.eventVerb(k); ok {
			return v.class == hosts
		}
		if !auxiliaries[d.fold(k)] && eventVerbs[d.fold(k)].class != plans && d.date[k] == 0 && !prepositions[d.fold(k)] && d.place[k] == 0 && !d.is(k, ",", "chosen", "selected", "agreed") {
			return false
		}
	}
	return false
}

// readVenue reads the building or site after "at the" or "in the".
func (d *document) readVenue(r *record) {
	m := r.m
	for i := m.clause.from; i < m.clause.to; i++ {
		if !d.is(i, "at", "in", "to") || m.np.holds(i) || d.is(i, "to") && !d.isMove(r) || d.claimed(r, i+1) {
			continue
		}
		if v := d.venueAt(i+1, m.clause.to); !v.empty() {
			r.event.Venue = d.string(v)
			return
		}
	}
}

// venueAt is the name of a venue that begins at word i, after an article.
func (d *document) venueAt(i, to int) phrase {
	if d.is(i, "the") {
		i++
	}
	if i+1 < to && venueNouns[d.fold(i)] && !d.words[i].Capital && d.words[i+1].Capital {
		i++ // the hotel Adlon
		e := i
		for e < to && e < i+5 && d.words[e].Capital && d.date[e] == 0 && d.place[e] == 0 {
			e++
		}
		return phrase{i, e}
	}
	end := 0
	named := false
	for k := i; k < to && k < i+10; k++ {
		w := &d.words[k]
		joins := d.is(k, "of", "and", "-", "'s", "&", "the", "for") && k > i
		if !joins && !w.Capital && !venueNouns[w.Fold] {
			break
		}
		if d.date[k] != 0 {
			break
		}
		switch {
		case venueNouns[w.Fold] && (w.Capital || k > i && d.place[k-1] == 0):
			end, named = k+1, k == i
		case named && w.Capital:
			end = k + 1 // Hotel Adlon
		}
	}
	if end == 0 || !d.words[i].Capital {
		return phrase{}
	}
	return phrase{i, end}
}

// reasons are the inferred slots in a settled order.
func reasons(why map[string]string) []string {
	var out []string
	for _, field := range []string{"series", "edition", "year", "start", "end", "place", "venue", "host", "organizer", "participants", "status"} {
		if reason := why[field]; reason != "" {
			out = append(out, field+": "+strings.TrimSpace(reason))
		}
	}
	return out
}
