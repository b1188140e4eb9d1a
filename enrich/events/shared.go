package events

// shareVerbs gives events that are named together the verb that one of them
// has: "the forum and the fair will be held", "called off the fair in May and
// the marathon in June".
func (d *document) shareVerbs(records []*record) {
	for i := 1; i < len(records); i++ {
		a, b := records[i-1], records[i]
		if a.m.verbal || b.m.verbal || d.Sentence[a.m.head] != d.Sentence[b.m.head] {
			continue
		}
		switch {
		case !b.has && a.has && !a.pred.subject && d.Is(b.m.clause.From, "and", ","):
			b.take(d, a.pred)
			if a.pred.class == hosts && b.event.Place == "" {
				b.event.Place, b.event.Host = a.event.Place, a.event.Host
			}
		case !a.has && b.has && b.pred.subject && d.Is(a.m.np.To, "and"):
			a.take(d, b.pred)
			if a.event.Start.IsZero() {
				a.event.Start, a.event.End, a.event.Year = b.event.Start, b.event.End, b.event.Year
			}
			if a.event.Place == "" {
				a.event.Place = b.event.Place
			}
			d.readStatus(a)
			a.weak = d.isWeak(a)
		}
	}
}

// take reads the record again with the verb of another event.
func (r *record) take(d *document, p predicate) {
	r.pred, r.has = p, true
	r.event.Year = r.m.year
	delete(r.why, "status")
	d.readDates(r)
	d.readStatus(r)
	r.weak = d.isWeak(r)
}
