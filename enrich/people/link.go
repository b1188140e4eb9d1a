package people

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

// link joins the mentions of each person: full names first, then surnames.
func (d *document) link() {
	for _, m := range d.mentions {
		if !m.name.single() {
			d.attach(m, d.byFullName(m))
		}
	}
	for _, m := range d.mentions {
		if !m.name.single() {
			continue
		}
		if p, ok := d.bySurname(m); ok {
			d.attach(m, p)
		}
	}
}

// mostRoles is how many times offices of a person are noted.
const mostRoles = 64

// index files the person under the parts of the name.
func (d *document) index(p *person) {
	for _, part := range p.name.parts {
		if list := d.byWord[part]; len(list) < mostSharing && !slices.Contains(list, p) {
			d.byWord[part] = append(list, p)
		}
	}
}

// mostSharing is how many people of a report that share a word of their names
// are told apart.
const mostSharing = 50

// sharing returns the people whose names have a part of n.
func (d *document) sharing(n fullName) []*person {
	var found []*person
	for _, part := range n.parts {
		for _, p := range d.byWord[part] {
			if !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	return found
}

// attach adds the mention to p, or to a new person when p is nil.
func (d *document) attach(m *mention, p *person) {
	if p == nil {
		p = &person{name: m.name}
		d.persons = append(d.persons, p)
	}
	m.person = p
	p.mentions = append(p.mentions, m)
	if m.name.single() {
		p.short = append(p.short, m.from)
	} else {
		p.full = append(p.full, m.from)
	}
	if room := mostRoles - len(p.roles); room > 0 {
		p.roles = append(p.roles, m.roles[:min(room, len(m.roles))]...)
	}
	if better(m.name, p.name) {
		p.name = m.name
	}
	d.index(p)
	if m.gender != lexicon.Unknown {
		p.gender = m.gender
	}
	if settled(p.gender) == lexicon.Unknown {
		p.gender |= d.genderOf(p.name)
	}
	for _, r := range m.roles {
		if strings.HasSuffix(r.head, "woman") || r.head == "queen" || r.head == "actress" {
			p.gender = lexicon.Female
		} else if strings.HasSuffix(r.head, "man") && settled(p.gender) == lexicon.Unknown && r.head != "chairman" {
			p.gender = lexicon.Male
		}
	}
}

// better reports whether a says more than b: it has more whole words.
func better(a, b fullName) bool { return whole(a) > whole(b) }

func whole(n fullName) int {
	count := 0
	for _, w := range n.words {
		if !isInitial(w) {
			count++
		}
	}
	return count
}

func (d *document) byFullName(m *mention) *person {
	found := d.sharing(m.name)
	for _, p := range found {
		if slices.Equal(p.name.words, m.name.words) {
			return p
		}
	}
	for _, p := range found {
		if compatible(p.name, m.name) || partOf(m.name, p.name) || partOf(p.name, m.name) {
			return p
		}
	}
	return nil
}

// bySurname returns the person that a single name stands for: the only one of
// that name, else the one that the form of address, the office or the nearness
// tells; nil when the text knows nobody of that name. It is not ok when two
// could be meant and nothing tells which.
func (d *document) bySurname(m *mention) (p *person, ok bool) {
	var found []*person
	for _, p := range d.sharing(m.name) {
		if p.name.single() && same(p.name.last(), m.name.last()) || partOf(m.name, p.name) {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		found = d.byGivenName(m)
	}
	if len(found) == 0 {
		return nil, true
	}
	found = narrow(found, func(p *person) bool { return settled(m.gender) == lexicon.Unknown || agree(p.gender, m.gender) })
	found = narrow(found, func(p *person) bool { return sharesOffice(p, m) })
	found = narrow(found, func(p *person) bool { return p.gender == m.gender })
	if len(found) == 1 {
		return found[0], true
	}
	p = nearest(found, m)
	return p, p != nil
}

// narrow keeps the people that fit, or all when none does.
func narrow(people []*person, fits func(*person) bool) []*person {
	kept := slices.DeleteFunc(slices.Clone(people), func(p *person) bool { return !fits(p) })
	if len(kept) == 0 {
		return people
	}
	return kept
}

// byGivenName returns the people whose given name the mention is.
func (d *document) byGivenName(m *mention) []*person {
	var found []*person
	for _, p := range d.sharing(m.name) {
		first, _, _ := strings.Cut(p.name.words[0], "-")
		if !p.name.single() && (same(p.name.words[0], m.name.words[0]) || same(first, m.name.words[0])) {
			found = append(found, p)
		}
	}
	return found
}

// sharesOffice reports whether an office of the mention is one of the person's.
func sharesOffice(p *person, m *mention) bool {
	return slices.ContainsFunc(m.roles, func(a role) bool {
		return slices.ContainsFunc(p.roles, func(b role) bool { return a.head == b.head && a.deputy == b.deputy })
	})
}

// nearest returns the person mentioned last before m, nil when none was.
func nearest(people []*person, m *mention) *person {
	var best *person
	last := -1
	for _, p := range people {
		if at := max(lastBefore(p.full, m.from), lastBefore(p.short, m.from)); at > last {
			best, last = p, at
		}
	}
	return best
}

// lastBefore returns the last of the ascending numbers that is less than n, or
// -1.
func lastBefore(numbers []int, n int) int {
	i, _ := slices.BinarySearch(numbers, n)
	if i == 0 {
		return -1
	}
	return numbers[i-1]
}
