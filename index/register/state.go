package register

import (
	"cmp"
	"slices"
	"time"

	"github.com/dateline-news/dateline/news"
)

// claim is what one report says of an event, from one revision of the report
// until another revision says otherwise.
type claim struct {
	Values
	// planned says that the dates are those of an event before it was postponed.
	planned  bool
	whole    bool
	at       time.Time
	story    string // of its copies; the report's own id where it has none
	evidence *Evidence
}

// newClaim joins the mentions that a reading has of one event: what a mention
// of a change says goes before the rest.
func newClaim(r Reading, mentions []Mention) *claim {
	first := mentions[0]
	for _, m := range mentions[1:] {
		if weight[m.Evidence.Status] > weight[first.Evidence.Status] {
			first = m
		}
	}
	evidence := first.Evidence
	c := &claim{Values: evidence.Values, whole: first.WholeCountry, at: r.At, evidence: &evidence}
	c.story = cmp.Or(evidence.Story, r.Report)
	c.planned = evidence.Status == news.EventPostponed && news.HasPlannedDates(evidence.Inferred)
	for _, m := range mentions {
		c.fill(m)
	}
	return c
}

// weight orders the statuses by how much they tell.
var weight = map[string]int{
	news.EventAnnounced: 1, news.EventConfirmed: 2, news.EventHeld: 3, news.EventUnderWay: 3,
	news.EventMoved: 4, news.EventPostponed: 5, news.EventCancelled: 6,
}

func (c *claim) fill(m Mention) {
	v := m.Evidence.Values
	if c.Start.IsZero() && c.End.IsZero() {
		c.Start, c.End = v.Start, v.End
	}
	if c.Place == "" {
		c.Place, c.Country, c.whole = v.Place, v.Country, m.WholeCountry
	}
	c.Status = cmp.Or(c.Status, v.Status)
	c.Venue, c.Host, c.Organizer = cmp.Or(c.Venue, v.Venue), cmp.Or(c.Host, v.Host), cmp.Or(c.Organizer, v.Organizer)
}

// says reports whether two claims say the same.
func (c *claim) says(d *claim) bool {
	return c.equal(d.Values) && c.whole == d.whole && c.planned == d.planned
}

// equal reports whether two sets of values are shown alike.
func (v Values) equal(w Values) bool {
	return v.Status == w.Status && ShowDates(v.Start, v.End) == ShowDates(w.Start, w.End) && v.Place == w.Place &&
		v.Country == w.Country && v.Venue == w.Venue && v.Host == w.Host && v.Organizer == w.Organizer
}

// state is what claims and overrides have led to.
type state struct {
	unnamed bool // the event is of no series
	claims  int
	dates   *firm
	place   *firm
	status  *firm
	soft    map[Field]*soft
	// putOff is the dates that the event had when it was last postponed; again
	// says that the last claim postponed an event that was postponed already.
	putOff string
	again  bool
}

func newState(unnamed bool) *state {
	return &state{
		unnamed: unnamed,
		dates:   newFirm(relateDates), place: newFirm(relatePlaces), status: newFirm(relateStatuses),
		soft: map[Field]*soft{FieldVenue: {}, FieldHost: {}, FieldOrganizer: {}},
	}
}

// furthest is how many days apart two dates can be that reports give for an
// event of no series without saying that it was moved: more, and they speak of
// two events with one name.
const furthest = 14

// hear takes a claim.
func (s *state) hear(c *claim) {
	s.claims++
	s.again = false
	change := (c.Status == news.EventPostponed || c.Status == news.EventMoved) && !c.planned
	dates, dated := datesOpinion(c.Values)
	dates.evidence = c.evidence
	had := s.dates.shown()
	if dated && s.unnamed && !change && s.dates.now != nil && days(dates).distance(days(*s.dates.now)) > furthest {
		s.dates.addRival(dates)
		return
	}
	if s.tooLate(c) {
		return
	}
	if c.planned && s.dates.now != nil && relateDates(*s.dates.now, dates) == other {
		if slices.Contains(s.dates.past, dates.shown) {
			return // a late word of a change that is known
		}
		s.dates.addRival(dates)
		dated = false
	}
	newDates, newPlace := false, false
	if dated && !s.ongoing(c, dates) {
		before := s.dates.now
		newDates = s.dates.hear(dates, c.story, change) && before != nil
	}
	if c.Place != "" {
		before := s.place.now
		o := opinion{shown: c.Place, country: c.Country, whole: c.whole, evidence: c.evidence}
		newPlace = s.place.hear(o, c.story, change) && before != nil
	}
	for f, name := range map[Field]string{FieldVenue: c.Venue, FieldHost: c.Host, FieldOrganizer: c.Organizer} {
		s.soft[f].hear(name, c.story, c.evidence, change)
	}
	s.again = c.planned && s.status.shown() == news.EventPostponed && s.putOff != had && !s.status.pinned
	was := s.status.now
	s.hearStatus(c, newDates, newPlace)
	if c.Status == news.EventPostponed && (newDates || s.again || s.status.now != was) {
		s.putOff = had
		if c.planned || !newDates {
			s.putOff = s.dates.shown()
		}
	}
}

// tooLate reports whether the claim speaks as if an event that was held were
// still to come.
func (s *state) tooLate(c *claim) bool {
	if s.status.shown() != news.EventHeld || s.status.pinned {
		return false
	}
	switch c.Status {
	case news.EventAnnounced, news.EventConfirmed, news.EventPostponed, news.EventMoved:
		return true
	}
	return false
}

// ongoing reports whether the dates are a day out of those of the event, of
// which a report from its midst or its end speaks.
func (s *state) ongoing(c *claim, dates opinion) bool {
	if c.Status != news.EventUnderWay && c.Status != news.EventHeld || s.dates.now == nil {
		return false
	}
	return days(dates).within(days(*s.dates.now))
}

// hearStatus takes the status of a claim; newDates and newPlace say that the
// claim replaced dates or place.
func (s *state) hearStatus(c *claim, newDates, newPlace bool) {
	if c.Status == "" || s.tooEarly(c) {
		return
	}
	o := opinion{shown: c.Status, evidence: c.evidence}
	switch s.judge(c, newDates, newPlace) {
	case takes:
		if s.status.now == nil || s.status.shown() == c.Status {
			s.status.hear(o, c.story, true)
		} else if !s.status.stated(c.Status, c.story) || newDates || newPlace {
			s.setStatus(o)
		}
	case opposes:
		if !s.status.stated(c.Status, c.story) {
			s.status.contradict(o)
		}
	}
}

func (s *state) setStatus(o opinion) {
	if s.status.pinned {
		s.status.addRival(o)
		return
	}
	s.status.become(o)
}

// tooEarly reports whether the claim calls an event held or under way before
// its first day.
func (s *state) tooEarly(c *claim) bool {
	if c.Status != news.EventHeld && c.Status != news.EventUnderWay || s.dates.now == nil || c.at.IsZero() {
		return false
	}
	return days(*s.dates.now).from > dayNumber(news.DayOf(c.at))+1
}

// verdict is what becomes of the status of a claim.
type verdict int

const (
	ignores verdict = iota
	takes
	opposes // contradicts the status of the record
)

func (s *state) judge(c *claim, newDates, newPlace bool) verdict {
	now := s.status.shown()
	if now == "" || now == c.Status {
		return takes
	}
	over := now == news.EventHeld || now == news.EventUnderWay
	cancelled := now == news.EventCancelled
	switch c.Status {
	case news.EventAnnounced:
		switch {
		case newDates && (cancelled || now == news.EventPostponed):
			return takes
		case cancelled:
			return opposes
		}
		return ignores
	case news.EventConfirmed:
		return either(over, ignores, takes)
	case news.EventPostponed, news.EventMoved:
		return s.judgeChange(c, newDates || newPlace, over, cancelled)
	case news.EventCancelled:
		return either(now == news.EventHeld || s.was(news.EventCancelled), opposes, takes)
	case news.EventUnderWay:
		return either(cancelled, opposes, either(now == news.EventHeld, ignores, takes))
	case news.EventHeld:
		return either(cancelled, opposes, takes)
	}
	return ignores
}

// judgeChange judges a claim that the event was postponed or moved: one that
// tells of no dates or place but those known already tells of no change, unless
// they are what was planned and have not been put off before.
func (s *state) judgeChange(c *claim, changes, over, cancelled bool) verdict {
	names := !c.planned && (!c.Start.IsZero() || !c.End.IsZero()) || c.Status == news.EventMoved && c.Place != ""
	switch {
	case over:
		return ignores
	case changes, c.planned && !cancelled && s.putOff != s.dates.shown():
		return takes
	case names || s.was(c.Status):
		return ignores
	case cancelled:
		return opposes
	}
	return takes
}

// was reports whether the event had the status before.
func (s *state) was(status string) bool {
	for _, p := range s.status.past {
		if p == status {
			return true
		}
	}
	return false
}

func either(condition bool, yes, no verdict) verdict {
	if condition {
		return yes
	}
	return no
}

// override pins a field. A value that cannot be read is checked before.
func (s *state) override(o Override) {
	s.claims++
	switch o.Field {
	case FieldDates:
		start, end, _ := ReadDates(o.Value)
		s.dates.pin(opinion{shown: ShowDates(start, end), start: start, end: end})
	case FieldPlace:
		pinned := opinion{shown: o.Value}
		if s.place.now != nil && relatePlaces(*s.place.now, pinned) == same {
			pinned.country, pinned.whole = s.place.now.country, s.place.now.whole
		}
		s.place.pin(pinned)
	case FieldStatus:
		s.status.pin(opinion{shown: o.Value})
	default:
		s.soft[o.Field].pin(o.Value)
	}
}

// values is what the record shows.
func (s *state) values() Values {
	if s.claims == 0 {
		return Values{Status: Unfounded}
	}
	v := Values{
		Status: s.status.shown(), Place: s.place.shown(),
		Venue: s.soft[FieldVenue].shown(), Host: s.soft[FieldHost].shown(), Organizer: s.soft[FieldOrganizer].shown(),
	}
	if now := s.dates.now; now != nil {
		v.Start, v.End = now.start, now.end
	}
	if now := s.place.now; now != nil {
		v.Country = now.country
	}
	if len(s.conflicts()) > 0 {
		v.Status = Conflicting
	}
	return v
}

// conflicts are the fields that reports contradict each other on.
func (s *state) conflicts() []Field {
	var fields []Field
	for _, f := range []Field{FieldStatus, FieldDates, FieldPlace} {
		if s.firm(f).conflicting() && !s.status.pinned {
			fields = append(fields, f)
		}
	}
	return fields
}

func (s *state) firm(f Field) *firm {
	switch f {
	case FieldDates:
		return s.dates
	case FieldPlace:
		return s.place
	}
	return s.status
}

// competing are the values that the record does not have.
func (s *state) competing() []Competing {
	var all []Competing
	add := func(f Field, shown string, evidence *Evidence) {
		if evidence != nil {
			all = append(all, Competing{Field: f, Value: shown, Evidence: []Evidence{*evidence}})
		}
	}
	for _, f := range []Field{FieldStatus, FieldDates, FieldPlace} {
		for _, o := range s.firm(f).rivals {
			add(f, o.shown, o.evidence)
		}
	}
	for _, f := range []Field{FieldVenue, FieldHost, FieldOrganizer} {
		for _, w := range s.soft[f].wordings {
			if w != s.soft[f].now {
				add(f, w.shown, w.evidence)
			}
		}
	}
	return all
}

// moment is what of a state the changes to the next one are told by.
type moment struct {
	status    string
	conflicts []Field
	rivals    string // of the first conflict
	place     *opinion
}

func (s *state) moment() moment {
	m := moment{status: s.status.shown(), conflicts: s.conflicts(), place: s.place.now}
	if len(m.conflicts) > 0 {
		m.rivals = rivals(s.firm(m.conflicts[0]))
	}
	return m
}
