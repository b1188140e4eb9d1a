package events

import (
	"github.com/dateline-news/dateline/news"
)

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
	if r.event.Place == r.event.Venue {
		r.event.Place = "" // a building that was taken for a place
	}
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
	p := d.placeNamed[name]
	return p != nil && (p.Kind == "country" || p.Kind == "region")
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
	case d.is(p.from-1, "of") && d.is(p.from-2, "city", "town", "port", "village", "resort", "hippodrome", "stadium", "capital", "center", "centre", "outskirts", "heart", "suburbs", "island", "district", "suburb"):
		k := p.from - 3
		for k > m.np.to && d.words[k].Letters && !prepositions[d.fold(k)] {
			k--
		}
		return d.is(k, "in", "at", "near", "on") && !d.claimed(r, p.from)
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
