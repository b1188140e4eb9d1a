package events

import "github.com/dateline-news/dateline/news"

// datesEvent reports whether the date at word i belongs to the event of r: no
// other verb and no other noun claims it, and it is not a date the event had
// before.
func (d *document) datesEvent(r *record, i int) bool {
	m := r.m
	if m.bracket.Holds(i) {
		return true
	}
	if m.np.Holds(i) && (i > m.head || isSeason(d.dates[d.date[i]-1].Text)) {
		return false
	}
	switch {
	case m.remark.Holds(i):
		return false // unless nothing else dates the event
	case d.since(i) && r.has && r.pred.class == lasts && r.pred.tense.progressive:
		return true
	case m.kind == "deadline":
		return i > m.head
	case !r.has && !d.attached(m, i):
		return false
	case d.Is(i-1, "since", "before", "after", "by", "of") || d.Is(i, "since", "before", "after", "by"):
		return d.Is(i-1, "of") && d.Is(i-2, "morning", "evening", "week", "half")
	case d.Is(i-1, "from") && d.leadsTo(m.clause, i+1, "to"):
		return false
	case d.Is(i-1, "of") && d.Is(i-2, "instead", "ahead"), d.Is(i-1, "than"):
		return false
	case d.was(i), d.dayOfChange(r, i):
		return false
	}
	return !d.claimed(r, i)
}

// dayOfChange reports whether the date at word i is the day on which the event
// was called off or put off: "was called off on Monday", "was put off by the
// hosts last month".
func (d *document) dayOfChange(r *record, i int) bool {
	if !r.has || !r.pred.class.changes() || i < r.pred.verb || i > r.pred.verb+8 {
		return false
	}
	date := &d.dates[d.date[i]-1]
	if i > r.pred.verb+3 || !d.Is(i-1, "on") {
		return r.pred.subject && r.pred.verb >= r.m.np.To && !d.Is(i-1, "from", "of", "to", "until", "for") && !d.Is(i, "from", "until") && d.longOver(date)
	}
	return date.Start.Day && !date.Start.Time.After(d.anchor)
}

// longOver reports whether a date that names no day of a year, which may be
// one to come, was over on the day of publication.
func (d *document) longOver(date *news.Date) bool {
	return !d.anchor.IsZero() && !hasMonth(date.Text) && date.Start.Day && !date.End.IsZero() && !date.End.Time.After(d.anchor)
}

func (d *document) since(i int) bool { return d.Is(i-1, "since") || d.Is(i, "since") }

// changeIn reports whether a remark tells that the event was changed.
func (d *document) changeIn(p phrase) bool {
	for i := p.From; i < p.To; i++ {
		if v, ok := d.eventVerb(i); ok && (v.class == postpones || v.class == moves || v.class == plans) {
			return true
		}
	}
	return false
}

// hadDate reports whether the words before or after the mention tell of a date
// that it had before: "originally set for May, the fair will now be held".
func (d *document) hadDate(m *mention) bool {
	for i := max(m.clause.From, 1); i < m.clause.To; i++ {
		if d.isDay(i) && d.date[i-1] != d.date[i] && (d.was(i) || m.remark.Holds(i) && d.failed(m.remark.From, i)) {
			return true
		}
	}
	return false
}

// failed reports whether the words from from to to tell what was to be and was
// not: "which was supposed to start on", "to have been held on".
func (d *document) failed(from, to int) bool {
	for i := from; i < to; i++ {
		switch {
		case d.Is(i, "was", "were") && d.Is(i+1, "supposed", "due", "scheduled", "planned", "to", "expected", "set"),
			d.Is(i, "had") && d.Is(i+1, "been") && d.Is(i+2, "due", "scheduled", "planned", "expected", "set"),
			d.Is(i, "to", "should") && d.Is(i+1, "have") && d.Is(i+2, "been", "taken", "started", "opened", "begun"):
			return true
		}
	}
	return false
}

// attached reports whether the date at word i stands beside the mention, with
// nothing but place and circumstance between.
func (d *document) attached(m *mention, i int) bool {
	if i < m.np.To {
		return i >= m.outer || d.Is(m.outer-1, "'s") && m.outer-i < 5 || m.outer-i < 6 && d.Is(m.outer-1, ":", ",")
	}
	for k := m.np.To; k < i; k++ {
		if d.Words[k].Letters && !d.has(k, preposition) && !d.has(k, determiner) && d.place[k] == 0 && d.date[k] == 0 && !d.Words[k].Capital {
			return false
		}
	}
	return true
}

// leadsTo reports whether a date after form follows word i in p.
func (d *document) leadsTo(p phrase, i int, form string) bool {
	for k := i; k < p.To && k < i+6; k++ {
		if d.Is(k, form) && k+1 < p.To && d.date[k+1] != 0 && d.date[k+1] != d.date[i] {
			return true
		}
	}
	return false
}

// was reports whether the date at word i is one that the event had before a
// change: "originally scheduled for 5 May".
func (d *document) was(i int) bool {
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if d.Is(k, "originally", "initially", "previously", "earlier") && d.date[k] == 0 {
			return true
		}
		if d.Is(k, ",", ".", ";") {
			return false
		}
	}
	return false
}

// claimed reports whether a verb of something else stands between the event
// and the word at i and takes it for itself.
func (d *document) claimed(r *record, i int) bool {
	m := r.m
	if i >= m.np.To {
		for k := i - 1; k >= m.np.To; k-- {
			if _, ok := d.eventVerb(k); ok && !d.Is(k, "announced", "launched", "met", "expected") {
				return false
			}
			if d.Is(k, "announced") && d.Is(k+1, "for") {
				return false
			}
			if d.has(k, otherVerb) && !d.Is(k, "located", "expected") && i-k < 8 {
				return true
			}
		}
		// "the conference, the ministry said on Monday" is handled above;
		// "said on Monday" may also follow the date.
		return false
	}
	for k := i - 1; k >= m.clause.From && k > i-4; k-- {
		if d.has(k, otherVerb) && !d.eventVerbAt(k) {
			return true
		}
	}
	for k := i + 1; k < m.outer; k++ {
		if v, ok := d.eventVerb(k); ok && v.class != announces && v.class != confirms {
			return false
		}
		if d.has(k, otherVerb) && !d.Is(k, "launched", "met") {
			return true
		}
	}
	return false
}

func (d *document) eventVerbAt(i int) bool {
	v, ok := d.eventVerb(i)
	return ok && v.class != announces && v.class != confirms
}
