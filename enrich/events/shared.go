package events

import "strings"

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

// attendance gives an event without participants those of the sentence after
// it, which names no event of its own: "Delegates from 30 countries will take
// part."
func (d *document) attendance(records []*record, mentions []mention) {
	named := make(map[int32]bool, len(mentions))
	for i := range mentions {
		named[d.Sentence[mentions[i].head]] = true
	}
	for _, r := range records {
		next := d.Sentence[r.m.head] + 1
		if len(r.event.Participants) > 0 || r.m.verbal || int(next) >= len(d.Sentences) || named[next] {
			continue
		}
		s := d.Sentences[next]
		verb := d.attends(s)
		if verb < 0 {
			continue
		}
		d.addParties(r, phrase{From: s.From, To: verb})
		if len(r.event.Participants) > 0 {
			r.infer("participants", "the sentence after it says who takes part")
		}
	}
}

// attends is the verb of a sentence that says who takes part and in nothing
// else, -1 when there is none.
func (d *document) attends(s phrase) int {
	for i := s.From; i < s.To && i < s.From+20; i++ {
		v, ok := d.eventVerb(i)
		if !ok && !d.Is(i, "compete", "competing") {
			continue
		}
		for k := i + 1; k < s.To && k < i+4; k++ {
			if d.Is(k, "in") && !d.Is(k+1, "it", "the", "this") {
				return -1
			}
		}
		if ok && v.class != attends || d.passive(i) && !strings.HasSuffix(d.Fold(i), "ing") {
			return -1
		}
		for i > s.From && d.has(i-1, auxiliary) {
			i--
		}
		return i
	}
	return -1
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
