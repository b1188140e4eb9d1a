package events

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
