package events

import (
	"github.com/dateline-news/dateline/news"
)

// readPlace reads where the event takes place.
func (d *document) readPlace(r *record) {
	m := r.m
	d.readPlaceOf(r, false)
	if r.event.Place == "" && !m.remark.Empty() {
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
	named := false // the place is but a part of the name: the Baku summit
	for i := m.clause.From; i < m.clause.To; i++ {
		if m.remark.Holds(i) != remark {
			continue
		}
		n := d.place[i]
		if n == 0 || d.date[i] != 0 || i > 0 && d.place[i-1] == n || m.name.Holds(i) && i > m.head {
			continue
		}
		p := d.places[n-1]
		if p.place.Kind == "site" && !d.isTown(p.words.From) || !d.placesEvent(r, p.words) || p.kind == news.MentionNoun && !m.np.Holds(i) {
			continue
		}
		if r.event.Place == "" || named || d.isMove(r) && d.Is(p.words.From-1, "to", "in") || p.place.Kind == "city" && d.isCountry(r.event.Place) {
			r.event.Place = p.place.Name
			named = m.np.Holds(i) && !m.bracket.Holds(i)
		}
	}
	if named && m.series >= 0 {
		r.infer("place", "it is part of the event's name")
	}
}

// readUnknownPlace reads a place that no gazetteer knows: the capitalized name
// after "in", when nothing else claims it.
func (d *document) readUnknownPlace(r *record) {
	m := r.m
	if r.event.Place != "" || !r.has {
		return
	}
	for i := m.np.To; i+1 < m.clause.To; i++ {
		at := d.unknownTown(i)
		if at < 0 || d.was(i+1) || d.claimed(r, i+1) {
			continue
		}
		e := at
		for e < m.clause.To && e < i+4 && d.Words[e].Capital && d.date[e] == 0 && d.org[e] == 0 && d.person[e] == 0 && !d.has(e, venueNoun) {
			e++
		}
		if e > at && (e == len(d.Words) || !d.Words[e].Letters || d.has(e, preposition|determiner) || d.Is(e, "and") || d.date[e] != 0) {
			r.event.Place = d.string(phrase{From: at, To: e})
			return
		}
	}
}

// unknownTown is where the name of a town may begin after the preposition at
// word i, -1 when that is none: in X, at the border village of X.
func (d *document) unknownTown(i int) int {
	if !d.Is(i, "in", "at", "near") {
		return -1
	}
	for k := i + 1; k+2 < len(d.Words) && k < i+5; k++ {
		if d.Is(k, "village", "town", "city", "resort", "island", "port") && d.Is(k+1, "of") && d.place[k+2] == 0 {
			return k + 2
		}
	}
	if d.Is(i, "in") {
		return i + 1
	}
	return -1
}

// readNamePlace reads the city that begins or follows the event's name: the
// Frankfurt Book Fair, Expo 2020 Dubai.
func (d *document) readNamePlace(r *record) {
	m := r.m
	if r.event.Place != "" || m.verbal || m.elided || m.name.Empty() {
		return
	}
	for _, i := range []int{m.name.From, m.np.To} {
		if i >= len(d.Words) || i >= m.clause.To {
			continue
		}
		if d.place[i] == 0 {
			if p := d.namedPlace(m, i); p != nil {
				r.event.Place = p.Name
				r.infer("place", "it is part of the event's name")
				return
			}
			continue
		}
		p := d.places[d.place[i]-1]
		if p.place.Kind != "city" || i == m.name.From && (p.words.To >= m.head+1 || m.series < 0 && d.org[i] != 0 && d.orgs[d.org[i]-1].words.To < m.head) || d.Is(p.words.To, "-") {
			continue
		}
		r.event.Place = p.place.Name
		r.infer("place", "it is part of the event's name")
		return
	}
}

// isTown reports whether "village of" or the like stands before word i.
func (d *document) isTown(i int) bool {
	return d.Is(i-1, "of") && d.Is(i-2, "village", "town", "city", "resort", "island")
}

// namedPlace is the city that the first word of the name of a series is, nil
// when the report speaks of none: the Munich Security Conference.
func (d *document) namedPlace(m *mention, i int) *news.Place {
	if m.series < 0 || i != m.name.From || !d.Words[i].Capital {
		return nil
	}
	p := d.named().place[d.Words[i].Text]
	if p == nil || p.Kind != "city" {
		return nil
	}
	return p
}

// readHere reads "here" as the place of the dateline.
func (d *document) readHere(r *record) {
	if r.event.Place != "" || d.r.Dateline == nil || d.r.Dateline.Place == "" {
		return
	}
	for i := r.m.np.To; i < r.m.clause.To; i++ {
		if d.Is(i, "here") && d.quote[i] == 0 {
			r.event.Place = d.r.Dateline.Place
			r.infer("place", "\"here\" is the place of the dateline")
			return
		}
	}
}

func (d *document) isMove(r *record) bool { return r.has && r.pred.class == moves }

func (d *document) isCountry(name string) bool {
	p := d.named().place[name]
	return p != nil && (p.Kind == "country" || p.Kind == "region")
}

// placesEvent reports whether the place at p is where the event of r takes
// place.
func (d *document) placesEvent(r *record, p phrase) bool {
	m := r.m
	before := p.From - 1
	for before > m.clause.From && (d.Is(before, "the", "city", "of", "capital", "town", "village", "sunny", "resort", "-", "its") || d.Is(before, "azerbaijani") || d.Is(before, "'s")) && d.place[before] == 0 || before > m.clause.From && d.place[before] != 0 && d.places[d.place[before]-1].kind == news.MentionNoun {
		before--
	}
	switch {
	case m.bracket.Holds(p.From):
		return true
	case d.was(p.From):
		return false
	case m.np.Holds(p.From):
		return p.From < m.head && p.To == m.head && !d.Is(p.From-1, "-") && d.places[d.place[p.From]-1].place.Kind == "city" // the Baku summit
	case d.org[p.From] != 0 && !d.Is(before, "in", "at"), d.person[p.From] != 0:
		return false
	case d.Is(p.From-1, "instead", "than") || d.Is(before, "of") && d.Is(before-1, "instead"):
		return false
	case d.Is(before, "from"):
		return false
	case !r.has && d.Is(p.From-1, ",") && d.attached(m, p.From) && p.From > m.np.To:
		return true // Forum, 14-15 June, Klaipeda
	case d.Is(before, "at") && d.Is(p.To, "'s") && d.Is(p.To+1, "request", "invitation", "initiative", "insistence", "expense"):
		return false
	case d.Is(before, "in", "at", "near", "outside"):
		return !d.claimed(r, p.From)
	case d.Is(before, "to") && r.has && (r.pred.class == pays && p.To <= m.outer || before == r.pred.verb+1 && d.Is(r.pred.verb, "returns", "return")):
		return true
	case d.Is(p.From-1, ",") && p.From > m.np.To && d.endsVenue(p.From-1):
		return true // in the House of Artists, Yerevan
	case m.kind == "visit" && d.Is(before, "for") && d.Is(before-1, "left", "leaves", "leave", "departed", "departs", "heads", "headed", "bound", "off"):
		return true
	case d.Is(before, "to"):
		return m.kind == "visit" && before >= m.np.To || d.isMove(r) && before > r.pred.verb
	case d.Is(before, "by") && r.has && r.pred.class == hosts:
		return true
	case d.Is(p.From-1, "of") && d.Is(p.From-2, "city", "town", "port", "village", "resort", "hippodrome", "stadium", "capital", "center", "centre", "outskirts", "heart", "suburbs", "island", "district", "suburb"):
		k := p.From - 3
		for k > m.np.To && d.Words[k].Letters && !d.has(k, preposition) {
			k--
		}
		return d.Is(k, "in", "at", "near", "on") && !d.claimed(r, p.From)
	case p.To < len(d.Words) && d.Words[p.To].Capital && d.has(p.To, venueNoun):
		return false // Buckingham Palace
	case p.To < m.outer && d.hostVerbAfter(p.To, m.outer):
		return true
	}
	return false
}

// endsVenue reports whether the words before word i are the name of a venue.
func (d *document) endsVenue(i int) bool {
	for k := i - 1; k > i-5 && k >= 0 && (d.Words[k].Capital || d.Is(k, "of", "the")); k-- {
		if d.has(k, venueNoun) {
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
		if !d.has(k, auxiliary) && d.verbForm(k).class != plans && d.date[k] == 0 && !d.has(k, preposition) && d.place[k] == 0 && !d.Is(k, ",", "chosen", "selected", "agreed") {
			return false
		}
	}
	return false
}

// readVenue reads the building or site after "at the" or "in the".
func (d *document) readVenue(r *record) {
	m := r.m
	for i := m.clause.From; i < m.clause.To; i++ {
		if !d.Is(i, "at", "in", "to") || m.np.Holds(i) || d.Is(i, "to") && !d.isMove(r) || d.claimed(r, i+1) {
			continue
		}
		if v := d.venueAt(i+1, m.clause.To); !v.Empty() {
			r.event.Venue = d.string(v)
			return
		}
	}
}

// appositeVenue is the name after the words at i that describe a venue: in an
// old villa, Villa La Grange.
func (d *document) appositeVenue(i, to int) phrase {
	for k := i; k+1 < to && k < i+6; k++ {
		if d.Is(k, ",") && d.has(k-1, venueNoun) {
			return d.venueAt(k+1, to)
		}
		if d.has(k, preposition) {
			break
		}
	}
	return phrase{}
}

// siteAfter is the name at word i of a site that no noun tells, after "at":
// Pragati Maidan, the Hofburg.
func (d *document) siteAfter(i, to int) phrase {
	if !d.Is(i-1, "at") && !(d.Is(i-1, "the") && d.Is(i-2, "at")) {
		return phrase{}
	}
	e := i
	for e < to && e < i+4 && (d.Words[e].Capital || e > i && (d.hyphened(e) || d.Is(e, "-") && d.hyphened(e+1))) && d.date[e] == 0 && d.person[e] == 0 && d.org[e] == 0 && !d.has(e, headNoun) && (d.place[e] == 0 || e > i || d.places[d.place[e]-1].place.Kind == "site") {
		e++
	}
	if e == i || d.Is(e, "'s") || e < to && d.has(e, headNoun) {
		return phrase{}
	}
	if e < to && d.Words[e].Letters && !d.Words[e].Capital && d.date[e] == 0 && !d.has(e, preposition|conjunction|auxiliary|verbOfEvent|otherVerb|timeWord|determiner) {
		e++ // the Vaziani range
	}
	return phrase{From: i, To: e}
}

// venueAt is the name of a venue that begins at word i, after an article.
func (d *document) venueAt(i, to int) phrase {
	if d.Is(i, "the", "a", "an") {
		i++
	}
	if i >= to {
		return phrase{} // the text ends in "at the"
	}
	if i+1 < to && d.has(i, venueNoun) && !d.Words[i].Capital && d.Words[i+1].Capital {
		i++ // the hotel Adlon
		e := i
		for e < to && e < i+5 && d.Words[e].Capital && d.date[e] == 0 && d.place[e] == 0 {
			e++
		}
		return phrase{From: i, To: e}
	}
	if d.Is(i-1, "a", "an") && !d.Words[i].Capital {
		return d.appositeVenue(i, to)
	}
	end := 0
	named := false
	for k := i; k < to && k < i+10; k++ {
		w := &d.Words[k]
		joins := d.Is(k, "of", "and", "-", "'s", "&", "the", "for") && k > i
		if !joins && !w.Capital && !d.has(k, venueNoun) {
			break
		}
		if d.date[k] != 0 {
			break
		}
		switch {
		case d.has(k, venueNoun) && (w.Capital || k > i+1 || k > i && d.place[k-1] == 0):
			end, named = k+1, k == i
		case named && w.Capital:
			end = k + 1 // Hotel Adlon
		}
	}
	if end == 0 {
		return d.siteAfter(i, to)
	}
	if !d.Words[i].Capital {
		return phrase{}
	}
	if end+1 < to && d.Is(end, "of") && d.Words[end-1].Capital && d.Words[end+1].Capital && d.place[end+1] == 0 && d.date[end+1] == 0 {
		end += 2 // the Palace of Culture
	}
	return phrase{From: i, To: end}
}
