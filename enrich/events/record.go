package events

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// record is what one mention says of an event.
type record struct {
	m     *mention
	event news.Event
	pred  predicate
	has   bool // a verb was found
	// weak says that the mention alone does not make an event.
	weak bool
	// changed says that the clause tells of a change, whose slots replace
	// earlier ones.
	changed bool
	// habit says that the verb tells of what happens again and again.
	habit bool
	// supposed says that the event is only proposed or supposed.
	supposed bool
	dateAt   int               // first word of its date, -1 for none
	until    news.Moment       // "until Friday": the end that an open date range gives
	why      map[string]string // reasons of inferred slots, nil for none
}

// read reads the slots of a mention from its clause.
func (d *document) read(m *mention) *record {
	if m.verbal {
		return d.readVerbal(m)
	}
	r := &record{m: m}
	r.pred, r.has = d.predicateOf(m)
	r.event.Kind = m.kind
	r.event.Edition = m.edition
	r.event.Year = m.year
	if !m.anyKind {
		r.event.Name = d.string(m.name)
	}
	r.event.Span = d.SpanOf(m.clause)
	d.readDates(r)
	d.readPlace(r)
	d.readHosts(r)
	d.readParticipants(r)
	d.readStatus(r)
	r.weak = r.weak || d.isWeak(r)
	return r
}

// isWeak reports whether a record needs another mention of its event to be
// one: nothing is said to become of it, or its noun is too common.
func (d *document) isWeak(r *record) bool {
	e := r.event
	dated := !e.Start.IsZero() || !e.End.IsZero() || !r.until.IsZero()
	switch {
	case r.supposed:
		return true
	case r.m.kind == "deadline" && dated:
		return false
	case r.m.anyKind:
		return true
	case r.has && r.pred.tense.tentative && (!dated || r.pred.class == holds || r.pred.class == hosts || r.pred.class == happens || r.pred.class == starts):
		return true
	case r.m.series >= 0:
		return e.Status == "" && !dated && e.Year == 0
	case !r.has:
		return r.m.shy || r.m.generic && r.m.definite && e.Place == "" || !dated && (e.Year == 0 || e.Place == "") || e.Place == "" && r.m.generic
	case r.m.shy:
		return !dated && e.Place == "" && (e.Year == 0 || r.m.generic && !r.changed)
	case r.pred.class == attends || r.pred.class == announces || r.pred.class == invites || r.pred.class == confirms || r.pred.class == gathers:
		return r.m.generic && !dated && e.Place == ""
	}
	return r.m.generic && r.m.definite && !dated && e.Place == "" && (r.pred.class == starts || r.pred.class == ends || r.pred.class == lasts || r.pred.class == moves || r.pred.class == gathers)
}

// readStatus decides the status from the verb and the dates.
func (d *document) readStatus(r *record) {
	if !r.has {
		if s := d.statusByDate(r.event); s != "" && r.m.kind != "deadline" {
			r.event.Status = s
			r.infer("status", "read from its dates alone")
		}
		return
	}
	if r.pred.tense.tentative && d.scheduledAfter(r.m) {
		r.pred.tense.tentative = false // ready to host the summit, scheduled for May
	}
	if d.supposed(r.m, r.pred) || r.pred.class.changes() && d.onlyRaised(r.m, r.pred) && !d.denied(r.m, r.pred) {
		r.pred.tense.tentative = true
		// An event that may yet be postponed is one, a proposed event is none.
		r.supposed = !r.pred.class.changes() || r.event.Start.IsZero()
		r.weak = r.weak || r.supposed
	}
	if r.habit && (!r.pred.tense.future || r.event.Start.IsZero() || lengthOf(&r.event) > 27) {
		r.weak = true
		return
	}
	r.event.Status = d.statusOf(r)
	if r.event.Status == news.EventAnnounced && r.event.Start.IsZero() && d.saysPutOff(r.m) {
		r.event.Status = news.EventPostponed
	}
	switch r.event.Status {
	case news.EventCancelled, news.EventPostponed, news.EventMoved:
		r.changed = true
	}
	if r.event.Status == news.EventPostponed && d.keepsDate(r) {
		r.infer("start", news.PlannedDates)
	}
}

// saysPutOff reports whether the event is called "the postponed congress".
func (d *document) saysPutOff(m *mention) bool {
	for i := max(m.clause.From, m.outer-1); i < m.head; i++ {
		if d.Is(i, "postponed", "delayed", "rescheduled") {
			return true
		}
	}
	return false
}

func (d *document) statusOf(r *record) string {
	t := r.pred.tense
	if r.m.kind == "deadline" && r.pred.class != cancels {
		if r.pred.class == lasts || r.pred.class == postpones || r.pred.class == moves {
			return news.EventPostponed // extended
		}
		return news.EventAnnounced
	}
	switch r.pred.class {
	case cancels, postpones, moves:
		return d.changeStatus(r)
	case confirms:
		if t.negated || t.tentative {
			return ""
		}
		return news.EventConfirmed
	}
	if t.negated && r.pred.class != attends && r.pred.class != invites && r.pred.class != announces {
		if t.tentative {
			return ""
		}
		return news.EventCancelled
	}
	if t.tentative {
		return ""
	}
	status := d.plainStatus(r)
	if status == news.EventAnnounced {
		switch {
		case d.rescheduled(r):
			return news.EventPostponed
		case d.hadDate(r.m), d.hasWord(phrase{From: r.m.np.To, To: r.pred.verb}, "now") && !r.m.remark.Empty() && d.changeIn(r.m.remark):
			return news.EventPostponed
		case d.insteadOf(r.m.clause):
			return news.EventMoved
		case d.confirmed(r.m):
			return news.EventConfirmed
		}
	}
	return status
}

// changeStatus is the status that a verb of change gives.
func (d *document) changeStatus(r *record) string {
	t := r.pred.tense
	switch {
	case t.negated || d.denied(r.m, r.pred):
		return news.EventConfirmed
	case t.tentative:
		return news.EventAnnounced
	case r.pred.class == cancels:
		return news.EventCancelled
	case r.pred.class == moves:
		return news.EventMoved
	}
	return news.EventPostponed
}

// plainStatus is the status by tense and dates of a verb that tells of no
// change.
func (d *document) plainStatus(r *record) string {
	t, e := r.pred.tense, r.event
	byDate := d.statusByDate(e)
	switch {
	case t.future:
		return news.EventAnnounced
	case r.pred.class == attends && t.negated:
		return ""
	case r.pred.class == plans || r.pred.class == announces || r.pred.class == invites:
		if byDate == news.EventHeld && !t.perfect {
			return byDate
		}
		return news.EventAnnounced
	case r.pred.class == ends && t.past:
		return news.EventHeld
	case t.progressive || r.pred.class == lasts && !t.past:
		if byDate == news.EventAnnounced {
			return byDate
		}
		return news.EventUnderWay
	case t.past:
		return d.pastStatus(r, byDate)
	case byDate != "":
		return byDate
	}
	if r.pred.class == ends {
		return news.EventUnderWay
	}
	return news.EventUnderWay
}

// pastStatus tells an event that is over from one that has begun.
func (d *document) pastStatus(r *record, byDate string) string {
	opened := r.pred.class == starts || r.pred.class == lasts
	switch {
	case byDate == news.EventAnnounced && !r.pred.tense.passive && !r.pred.tense.perfect && r.pred.subject:
		return news.EventAnnounced // "the forum, held on 5 May"
	case opened && byDate != news.EventHeld, r.pred.class == pays && strings.HasPrefix(d.Fold(r.pred.verb), "arriv") && byDate != news.EventHeld:
		return news.EventUnderWay
	case opened && r.event.End.Time.Sub(d.anchor) > -usualLength(r.m.kind) && r.event.End.Time.Sub(r.event.Start.Time) <= 24*time.Hour && r.m.days == 0:
		return news.EventUnderWay
	case byDate == news.EventUnderWay && r.event.Start.IsZero():
		return news.EventUnderWay
	case byDate == news.EventUnderWay && r.event.End.Time.Sub(d.anchor) > 24*time.Hour && r.event.End.Time.Sub(r.event.Start.Time) < 28*24*time.Hour:
		return news.EventUnderWay
	}
	return news.EventHeld
}

// usualLength is how long an event of a kind that has opened goes on where the
// text does not say.
func usualLength(kind string) time.Duration {
	switch kind {
	case "session", "exhibition", "exercise", "training":
		return 30 * 24 * time.Hour
	}
	return 5 * 24 * time.Hour
}

// statusByDate is where the event's interval lies from the day of
// publication.
func (d *document) statusByDate(e news.Event) string {
	switch {
	case !d.anchor.IsZero() && e.Start.IsZero() && !e.End.IsZero():
		if e.End.Time.After(d.anchor) {
			return news.EventUnderWay
		}
		return news.EventHeld
	case d.anchor.IsZero() || e.Start.IsZero():
		if e.Year != 0 && !d.anchor.IsZero() && e.Year != d.anchor.Year() {
			if e.Year < d.anchor.Year() {
				return news.EventHeld
			}
			return news.EventAnnounced
		}
		return ""
	case e.Start.Time.After(d.anchor):
		return news.EventAnnounced
	case !e.End.IsZero() && !e.End.Time.After(d.anchor):
		return news.EventHeld
	case e.End.IsZero() && e.Start.Time.Before(d.anchor.AddDate(0, 0, -1)):
		return news.EventHeld
	}
	return news.EventUnderWay
}

// rescheduled reports whether the clause names a date that the event had
// before.
func (d *document) rescheduled(r *record) bool {
	for i := r.m.clause.From; i < r.m.clause.To; i++ {
		if !d.has(i, changeWord) {
			continue
		}
		if d.Is(i, "instead") && d.Is(i+1, "of") && i+2 < len(d.Words) && d.dateNear(i+2) {
			return true
		}
		if d.Is(i, "later", "new") && d.Is(i+1, "date", "dates") {
			return true
		}
	}
	return false
}

func (d *document) dateNear(i int) bool {
	for k := i; k < i+3 && k < len(d.Words); k++ {
		if d.date[k] != 0 {
			return true
		}
	}
	return false
}

// insteadOf reports whether the clause names a place that the event had
// before.
func (d *document) insteadOf(p phrase) bool {
	for i := p.From; i+2 < p.To; i++ {
		if !d.has(i, changeWord) {
			continue
		}
		if d.Is(i, "instead") && d.Is(i+1, "of") || d.Is(i, "rather") && d.Is(i+1, "than") {
			for k := i + 2; k < i+5 && k < p.To; k++ {
				if d.place[k] != 0 {
					return true
				}
			}
		}
	}
	return false
}

// infer notes why a slot holds what its own clause does not say.
func (r *record) infer(slot, why string) {
	if r.why == nil {
		r.why = map[string]string{}
	}
	r.why[slot] = why
}

// clean is a name with single spaces and without the mark at its end.
func clean(s string) string { return strings.Trim(s, " ,;:") }

// reasons are the inferred slots in a settled order.
func reasons(why map[string]string) []string {
	if len(why) == 0 {
		return nil
	}
	var out []string
	for _, field := range []string{"series", "edition", "year", "start", "end", "place", "venue", "host", "organizer", "participants", "status"} {
		if reason := why[field]; reason != "" {
			out = append(out, field+": "+strings.TrimSpace(reason))
		}
	}
	return out
}
