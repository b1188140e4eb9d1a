package people

import "github.com/dateline-news/dateline/enrich/lexicon"

// finish puts the parts of the office together.
func (p *officeParser) finish() {
	p.end = p.at
	if p.bodyFrom >= 0 && p.beforeFrom >= 0 && p.beforeEnd == p.beforeFrom+1 && p.org[p.beforeFrom] < 0 && !p.words[p.beforeFrom].Capital && p.titleFrom == p.beforeEnd {
		p.titleFrom, p.beforeFrom = p.beforeFrom, -1 // "a department head at the tax service"
	}
	p.bodyWords, p.titleWords = map[string]bool{}, map[string]bool{}
	p.Span = p.span(p.from, p.end)
	p.Title = p.phrase(p.titleFrom, p.titleEnd)
	if p.plural {
		p.Title, _ = singular(p.Title)
	}
	if p.field > 0 {
		p.Title += " " + p.phrase(p.field, p.fieldEnd)
	}
	p.Organization = p.body()
	p.note(p.beforeFrom, p.beforeEnd)
	p.note(p.bodyFrom, p.bodyEnd)
	for i := p.titleFrom; i < p.titleEnd; i++ {
		if w := p.words[i]; w.Letters && len(w.Fold) > 3 && w.Fold != p.head && !generalWords[w.Fold] {
			p.titleWords[w.Fold] = true
		}
	}
}

// generalWords tell nothing of the office when it is named again.
var generalWords = lexicon.Set("general deputy vice first acting executive chief senior board director secretary")

// note keeps the organizations, the place and the words of [i,end).
func (p *officeParser) note(i, end int) {
	for ; i >= 0 && i < end; i++ {
		if p.org[i] >= 0 {
			p.orgs = append(p.orgs, p.org[i])
		} else if p.place[i] >= 0 {
			p.land = p.place[i]
		}
		if w := p.words[i]; w.Letters && len(w.Fold) > 3 {
			p.bodyWords[w.Fold] = true
		}
	}
}

// body names the organization of the office: the one after it, with the one
// before it where both stand, or the country.
func (p *officeParser) body() string {
	before, after := "", ""
	if p.beforeFrom >= 0 {
		before = p.nameOf(p.beforeFrom, p.beforeEnd)
	}
	if p.bodyFrom >= 0 {
		after = p.nameOf(p.bodyFrom, p.bodyEnd)
	}
	switch {
	case before == "":
		return after
	case after == "":
		return before
	case p.onlyPlace(p.beforeFrom, p.beforeEnd):
		return after
	case p.onlyPlace(p.bodyFrom, p.bodyEnd):
		return before
	}
	return p.phrase(p.beforeFrom, p.beforeEnd) + " " + p.phrase(p.bodyFrom, p.bodyEnd)
}

// onlyPlace reports whether the words [i,end) are the name of a place.
func (d *document) onlyPlace(i, end int) bool {
	return d.place[i] >= 0 && d.org[i] < 0 && d.placeEnd(i) == end
}

// nameOf is the name of the organization or place that the words [i,end) are,
// or the words themselves.
func (d *document) nameOf(i, end int) string {
	switch {
	case d.org[i] >= 0 && d.orgEnd[i] == end && (i == 0 || d.org[i-1] != d.org[i]):
		return d.r.Organizations[d.org[i]].Name
	case d.onlyPlace(i, end):
		return d.r.Places[d.place[i]].Name
	}
	return d.phrase(i, end)
}
