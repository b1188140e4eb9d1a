package events

// keepsDate reports whether the date of a postponed event is the one that it
// was planned for, as the clause names no other: "the forum planned for 9 May
// has been postponed", "put off the 9 May forum".
func (d *document) keepsDate(r *record) bool {
	m, i, verb := r.m, r.dateAt, r.pred.verb
	switch {
	case !r.has || r.pred.class != postpones || m.kind == "deadline" || i < 0 || i < min(m.outer, verb) || d.isChangeRange(r, i) || d.Is(i, "from"):
		return false
	case i < m.np.To || m.bracket.Holds(i) || m.remark.Holds(i):
		return true
	case verb >= m.np.To && i > verb, d.Is(i-1, "to", "until", "till") || d.Is(i, "until", "till"):
		return false
	case verb >= m.np.To || d.Is(i-1, "on"):
		return true
	}
	for k := i - 1; k >= m.np.To; k-- {
		if d.verbForm(k).class == plans {
			return true // put off the forum scheduled for 9 May
		}
	}
	return false
}

// hadBeen reports whether the record tells of a date that was planned: "it had
// been set for 9 May".
func (d *document) hadBeen(r *record) bool {
	if !r.has || r.dateAt < 0 {
		return false
	}
	return r.pred.class == plans && r.pred.tense.past || d.failed(r.m.clause.From, r.dateAt)
}
