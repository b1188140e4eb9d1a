package events

import (
	"strings"
	"unicode"

	"github.com/dateline-news/dateline/news"
)

// readHosts reads who hosts and who organizes the event.
func (d *document) readHosts(r *record) {
	m := r.m
	for i := m.clause.From; i < m.clause.To; i++ {
		if !d.Is(i, "by", "initiative") || m.np.Holds(i) && i >= m.name.From {
			continue
		}
		switch {
		case d.Is(i, "by") && d.Is(i-1, "hosted"):
			r.setHost(d, d.partyAfter(i+1, m.clause.To))
		case d.Is(i, "by") && i > m.np.To && r.has && r.pred.class == holds && r.pred.tense.passive && i > r.pred.verb && !d.Is(i+1, "video"):
			r.setOrganizer(d.partyAfter(i+1, m.clause.To))
		case d.Is(i, "by") && d.Is(i-1, "organized", "organised", "convened", "initiated", "held", "arranged", "co-organized", "co-organised", "conducted", "staged"):
			r.setOrganizer(d.partyAfter(i+1, m.clause.To))
		case d.Is(i, "initiative") && d.Is(i+1, "of"):
			r.setOrganizer(d.partyAfter(i+2, m.clause.To))
		}
	}
	if m.outer-1 >= m.clause.From && r.has && r.pred.verb < m.outer {
		d.readSubject(r)
	}
	if r.has && r.pred.subject && r.pred.verb > m.np.To && !r.pred.tense.passive {
		d.readRelativeHost(r)
	}
}

// readRelativeHost reads "the games, which Konya will host".
func (d *document) readRelativeHost(r *record) {
	if r.pred.class != hosts && r.pred.class != holds {
		return
	}
	for i := r.m.np.To; i < r.pred.verb && i < r.m.np.To+3; i++ {
		if !d.Is(i, "which", "that") || d.has(i+1, auxiliary) {
			continue
		}
		outer := r.m.outer
		r.m.outer = r.m.clause.To
		d.readSubject(r)
		r.m.outer = outer
		return
	}
}

// readSubject reads the subject of "X holds the event".
func (d *document) readSubject(r *record) {
	if r.pred.tense.passive {
		return
	}
	low := max(r.m.clause.From, d.SentenceOf(r.pred.verb).From)
	verb := r.pred.verb
	if will := d.sharedWill(verb, d.verbForm(verb), low); will >= 0 {
		verb = will
	}
	switch r.pred.class {
	case hosts:
		if i := d.placeBefore(verb, low); i >= 0 {
			p := d.places[d.place[i]-1].place
			if r.event.Place == "" {
				r.event.Place = p.Name
			}
			if p.Kind == "country" {
				r.event.Host = p.Name
			}
			return
		}
		name := d.subjectBefore(verb, low)
		if (d.partyBefore(verb, low) == "" || d.couldBeTown(name)) && name != "" && !strings.Contains(name, " ") && unicode.IsUpper([]rune(name)[0]) && r.event.Place == "" {
			r.event.Place = name // a town that no gazetteer knows
			return
		}
		if d.building(name) {
			if r.event.Venue == "" {
				r.event.Venue = name
			}
			return
		}
		r.setHost(d, name)
	case starts:
		for k := verb - 1; k >= low && k > verb-4; k-- {
			if d.org[k] != 0 && !d.membersOf(k) {
				r.setOrganizer(d.partyBefore(verb, low))
				return
			}
		}
	case holds:
		if d.withOther(r.m) {
			return
		}
		if (r.m.kind == "meeting" || r.m.kind == "summit") && d.hasWord(phrase{From: low, To: verb}, "and") {
			d.addParties(r, phrase{From: low, To: verb})
			if len(r.event.Participants) > 1 {
				return
			}
			r.event.Participants = nil
		}
		if d.Is(r.m.head, "talks", "negotiations", "consultations") {
			return
		}
		r.setOrganizer(d.subjectBefore(verb, low))
	}
}

// membersOf reports whether the body at word k is only named by those who
// belong to it: leaders of the G7.
func (d *document) membersOf(k int) bool {
	from := d.orgs[d.org[k]-1].words.From
	if d.Is(from-1, "the") {
		from--
	}
	return d.Is(from-1, "of") && d.has(from-2, attendee)
}

// couldBeTown reports whether a one-word name that was taken for that of a body
// or a person may be that of a town: no gazetteer knows it as a body.
func (d *document) couldBeTown(name string) bool {
	o := d.named().org[name]
	return o != nil && o.Kind == "" && o.Acronym == "" && name != strings.ToUpper(name)
}

// building reports whether a name is that of a building, which hosts an event
// as its venue and not as its host.
func (d *document) building(name string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	switch strings.ToLower(last) {
	case "hotel", "hall", "palace", "arena", "stadium", "pavilion", "theatre", "theater", "complex", "park":
		return true
	}
	return false
}

// withOther reports whether the event is one that two sides hold together.
func (d *document) withOther(m *mention) bool {
	return (m.kind == "meeting" || m.kind == "summit") && d.Is(m.np.To, "with", "between")
}

func (r *record) setHost(d *document, name string) {
	if name == "" || r.event.Host != "" {
		return
	}
	r.event.Host = name
	p := d.named().place[name]
	if p == nil {
		return
	}
	if r.event.Place == "" {
		r.event.Place = p.Name
	}
	if p.Kind == "city" {
		r.event.Host = ""
	}
}

func (r *record) setOrganizer(name string) {
	if r.event.Organizer == "" {
		r.event.Organizer = name
	}
}

// partyAfter is the body, person or place that is named first in the words
// from i to to, before any verb.
func (d *document) partyAfter(i, to int) string {
	for k := i; k < to && k < i+14; k++ {
		if name := d.party(k); name != "" && d.date[k] == 0 {
			if d.org[k] == 0 && d.person[k] == 0 {
				if body := d.bodyOf(k, to); body != "" {
					return body
				}
				if longer := d.capitals(k, to); len(longer) > len(name)+2 && !d.Is(k+1, ",") {
					return longer
				}
			}
			return name
		}
		if d.Is(k, ",", ";", ".") || d.has(k, auxiliary) || d.has(k, preposition) {
			break
		}
	}
	return d.capitals(i, to)
}

// bodyOf is the body that the place at word k only qualifies: the Adjara
// tourism department.
func (d *document) bodyOf(k, to int) string {
	if !d.adjective(k) {
		return ""
	}
	end := k
	for i := k + 1; i < to && i < k+5 && d.Words[i].Letters && !d.has(i, preposition|conjunction|auxiliary|verbOfEvent|otherVerb); i++ {
		end = i + 1
	}
	if end == k || !d.has(end-1, bodyNoun) {
		return ""
	}
	return d.string(phrase{From: k, To: end})
}

// capitals is the run of capitalized words at word i, after an article.
func (d *document) capitals(i, to int) string {
	if d.Is(i, "the") {
		i++
	}
	e := i
	for e < to && e < i+12 && d.date[e] == 0 && (d.Words[e].Capital || e > i && d.Is(e, "of", "and", "for", "the", "'s", "-", "&") && e+1 < to) {
		e++
	}
	for e > i && !d.Words[e-1].Capital {
		e--
	}
	return d.string(phrase{From: i, To: e})
}

// partyBefore is the body, person or place named last before word verb, the
// subject of its clause.
func (d *document) partyBefore(verb, low int) string {
	for k := verb - 1; k >= low && k > verb-25; k-- {
		if name := d.party(k); name != "" && !d.afterPreposition(k) && !(d.place[k] != 0 && d.org[k] == 0 && (d.Is(k-1, "of") || d.Is(k+1, "'s") || d.places[d.place[k]-1].kind == news.MentionNoun || d.hyphened(k+1))) {
			if first := d.coordinated(k, low); first != "" {
				return first
			}
			if whole := d.wholeBody(k, low); whole >= 0 {
				return d.party(whole) // the Board of Governors of the agency
			}
			return name
		}
		if d.Is(k, ";") || d.has(k, conjunction) && !d.Is(k, "and") {
			break
		}
	}
	return ""
}

// wholeBody is a word of the body that the one at word k only completes after
// "of", -1 when there is none.
func (d *document) wholeBody(k, low int) int {
	if d.org[k] == 0 {
		return -1
	}
	i := d.orgs[d.org[k]-1].words.From - 1
	if d.Is(i, "the") {
		i--
	}
	if d.Is(i, "of") && i > low && d.org[i-1] != 0 {
		return i - 1
	}
	return -1
}

// subjectBefore is the party before the verb, or the words of the subject
// where no annotation knows it.
func (d *document) subjectBefore(verb, low int) string {
	if name := d.partyBefore(verb, low); name != "" {
		return name
	}
	k := verb - 1
	for k >= low && (d.has(k, auxiliary) || strings.HasSuffix(d.Fold(k), "ly") || d.date[k] != 0 || d.verbForm(k).class == plans || d.Is(k, "decided", "agreed", "intends")) {
		k--
	}
	end := k + 1
	for k >= low && end-k < 9 && (d.Words[k].Letters || d.hyphened(k) || d.hyphened(k+1)) && d.date[k] == 0 && !d.has(k, conjunction) && (!d.has(k, preposition) || d.Is(k, "of", "for")) && !d.has(k, auxiliary) {
		k--
		if d.Is(k+1, "the", "a", "an", "our") {
			if end-k == 3 && !d.Words[k+2].Capital && !d.has(k+2, bodyNoun) {
				return "" // the port
			}
			return d.string(phrase{From: k + 2, To: end})
		}
	}
	if k+1 < end && (d.Words[k+1].Capital || d.has(end-1, bodyNoun) && d.place[k+1] != 0) {
		return d.string(phrase{From: k + 1, To: end})
	}
	return ""
}

// coordinated is the first of the parties joined by "and" of which one stands
// at word k: "X and Y will hold".
func (d *document) coordinated(k, low int) string {
	for k > low && (d.party(k) != "" || d.Is(k, "the")) {
		k--
	}
	first := ""
	for k > low && d.Is(k, "and", ",") && d.party(k-1) != "" && !d.afterPreposition(k-1) {
		k--
		first = d.party(k)
		for k > low && (d.party(k) == first || d.Is(k, "the")) {
			k--
		}
	}
	return first
}

func (d *document) placeBefore(verb, low int) int {
	for k := verb - 1; k >= low && k > verb-12; k-- {
		if d.Is(k, "he", "she", "they", "it", "who") {
			return -1
		}
		if d.place[k] != 0 && d.org[k] == 0 && d.person[k] == 0 && d.places[d.place[k]-1].kind != news.MentionNoun {
			first := d.places[d.place[k]-1].words.From
			if !d.afterPreposition(first) {
				return first
			}
		}
		if d.org[k] != 0 || d.has(k, otherVerb) {
			return -1
		}
	}
	return -1
}

func (d *document) afterPreposition(k int) bool {
	for k > 0 && (d.Is(k-1, "the") || d.org[k] != 0 && d.org[k-1] == d.org[k] || d.place[k] != 0 && d.place[k-1] == d.place[k]) {
		k--
	}
	return k > 0 && d.has(k-1, preposition) && !d.Is(k-1, "of")
}

// party is the name of whoever the annotation at word k means: a person, a
// body or a place.
func (d *document) party(k int) string {
	switch {
	case d.person[k] != 0:
		return d.people[d.person[k]-1].person.Name
	case d.org[k] != 0:
		return d.orgs[d.org[k]-1].org.Name
	case d.place[k] != 0:
		return d.places[d.place[k]-1].place.Name
	}
	return ""
}

// agency reports whether a name is that of the report's own agency.
func (d *document) agency(name string) bool {
	return d.r.Dateline != nil && name == d.r.Dateline.Agency || name == d.r.Agency
}
