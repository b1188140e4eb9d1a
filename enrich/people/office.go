package people

import (
	"strings"

	"github.com/dateline-news/dateline/news"
)

// role is an office read from the text: a news.Role with what is needed to
// compare it with others.
type role struct {
	news.Role
	head   string // the folded noun of the office
	deputy bool
	// orgs are the organizations named in it, by index in the report;
	// bodyWords are the folded words of the organization's phrase.
	orgs      []int
	land      int // index of the place that stands for the organization, or -1
	bodyWords map[string]bool
	// from and end bound it in words, without the article.
	from, end int
}

// office reads the noun phrase of an office at word i, such as "deputy
// chairman of the State Customs Committee", "SOCAR vice president" or
// "Georgian Minister of Foreign Affairs". Names of people end it.
func (d *document) office(i int) (role, bool) {
	p := officeParser{document: d, role: role{from: i, land: -1, bodyWords: map[string]bool{}}, at: i, limit: d.bounds[d.sentence[i]+1]}
	if !p.front() {
		return role{}, false
	}
	p.complements()
	p.finish()
	return p.role, true
}

type officeParser struct {
	*document
	role
	at, limit int
	// titleFrom and titleEnd bound the title in words.
	titleFrom, titleEnd int
	// before is the organization named before the office, bodyFrom and bodyEnd
	// bound the one after it.
	before, beforeText string
	beforePlace        int
	bodyFrom, bodyEnd  int
}

// front reads what precedes the head noun and the head noun itself.
func (p *officeParser) front() bool {
	p.titleFrom, p.beforePlace, p.bodyFrom = -1, -1, -1
	for p.at < p.limit {
		switch {
		case p.mentionAt[p.at] >= 0:
			return false
		case p.isHead(p.at):
			return p.takeHead()
		case p.org[p.at] >= 0:
			p.takeOrgBefore()
		case p.place[p.at] >= 0:
			p.takePlaceBefore()
		case !p.takeModifier():
			return false
		}
	}
	return false
}

// isHead reports whether word i is the noun of an office and no further one
// follows: in "vice president" it is the second.
func (p *officeParser) isHead(i int) bool {
	if !p.titles[p.words[i].Fold] {
		return false
	}
	for j := i + 1; j < p.limit && j < i+4; j++ {
		if p.mentionAt[j] >= 0 {
			return true
		}
		if p.titles[p.words[j].Fold] {
			return false
		}
		if !p.modifiers[p.words[j].Fold] && !p.words[j].Is("-") {
			return true
		}
	}
	return true
}

func (p *officeParser) takeHead() bool {
	if p.titleFrom < 0 {
		p.titleFrom = p.at
	}
	p.head = p.words[p.at].Fold
	p.at++
	if p.at+1 < p.limit && p.words[p.at].Is("-") && p.words[p.at+1].Is("general", "in", "designate", "elect") {
		p.at += 2
		if p.words[p.at-1].Is("in") && p.at+1 < p.limit {
			p.at += 2
		}
	} else if p.at < p.limit && p.words[p.at].Is("general") {
		p.at++
	}
	p.titleEnd = p.at
	return true
}

func (p *officeParser) takeOrgBefore() {
	end := p.orgEnd[p.at]
	if p.titleFrom >= 0 {
		p.titleFrom = -1
	}
	p.orgs = append(p.orgs, p.org[p.at])
	p.before, p.beforeText = p.r.Organizations[p.org[p.at]].Name, p.phrase(p.at, end)
	p.at = end
	p.skipPossessive()
}

func (p *officeParser) takePlaceBefore() {
	p.beforePlace = p.place[p.at]
	p.titleFrom = -1
	for p.at < p.limit && p.place[p.at] == p.beforePlace {
		p.at++
	}
	p.skipPossessive()
}

func (p *officeParser) skipPossessive() {
	if p.at < p.limit && p.words[p.at].Is("'s", "'", "’") {
		p.at++
	}
}

// takeModifier takes a word that qualifies the office.
func (p *officeParser) takeModifier() bool {
	w := p.words[p.at]
	switch {
	case w.Is("former", "ex"):
		p.Former = true
	case w.Is("-") && p.at > p.from:
	case w.Is("and") && p.at > p.from && p.at+1 < p.limit && p.modifiers[p.words[p.at+1].Fold]:
	case p.modifiers[w.Fold] || p.departments[w.Fold] || p.titles[w.Fold]:
		if w.Is("deputy", "vice", "assistant") {
			p.deputy = true
		}
		if p.titleFrom < 0 {
			p.titleFrom = p.at
		}
	default:
		return false
	}
	p.at++
	return true
}

// complements reads "of the X", "for X and Y", "to X" after the head noun.
func (p *officeParser) complements() {
	for p.at+1 < p.limit {
		w := p.words[p.at]
		if !w.Is("of", "for", "at", "to", "in", "on", "with") {
			return
		}
		start := p.at + 1
		for start < p.limit && p.words[start].Is("the", "its", "his", "her", "their", "this") {
			start++
		}
		end := p.complementEnd(start)
		if end == start {
			return
		}
		p.take(w.Fold, start, end)
		p.at = end
	}
}

// complementEnd returns the end of the noun phrase at word i.
func (p *officeParser) complementEnd(i int) int {
	end := i
	for j := i; j < p.limit && p.mentionAt[j] < 0; {
		w := p.words[j]
		switch {
		case p.org[j] >= 0:
			j = p.orgEnd[j]
			end = j
		case w.Capital && !p.titles[w.Fold] || p.place[j] >= 0 || p.nounLike(j):
			j++
			end = j
		case w.Is("and", "-", "'s", "&", "’") && j > i:
			j++
		default:
			return end
		}
	}
	return end
}

// nounLike reports whether a word in lower case can be part of a body's or a
// field's name.
func (p *officeParser) nounLike(i int) bool {
	w := p.words[i]
	if p.departments[w.Fold] || p.modifiers[w.Fold] {
		return true
	}
	if !w.Letters || len(w.Fold) < 6 {
		return false
	}
	for _, ending := range []string{"tion", "ment", "ical", "onal", "ural", "ture", "ics", "ity"} {
		if strings.HasSuffix(w.Fold, ending) {
			return true
		}
	}
	return false
}

// fields are offices whose "of" names a field of work, not a body.
var fields = map[string]bool{"minister": true, "secretary": true, "commissioner": true, "undersecretary": true, "professor": true}

// take files the phrase [i,end) that follows the preposition.
func (p *officeParser) take(preposition string, i, end int) {
	named := p.org[i] >= 0 || p.place[i] >= 0
	switch {
	case preposition == "to":
		p.titleEnd = end
		return
	case preposition == "in" || preposition == "with":
		if p.bodyFrom >= 0 || p.before != "" || p.beforePlace >= 0 || p.place[i] < 0 {
			return
		}
		p.bodyFrom = i
	case p.bodyFrom < 0 && !named && (fields[p.head] || preposition != "of"):
		p.titleEnd = end
		return
	case p.bodyFrom < 0:
		p.bodyFrom = i
	}
	p.bodyEnd = end
}

// finish puts the parts together.
func (p *officeParser) finish() {
	p.end = p.at
	p.Span = p.span(p.from, p.end)
	p.Title = p.phrase(p.titleFrom, p.titleEnd)
	p.Organization = p.body()
	for _, part := range [][2]int{{p.from, p.titleFrom}, {p.bodyFrom, p.bodyEnd}} {
		for i := max(part[0], 0); i < part[1]; i++ {
			if p.org[i] >= 0 {
				p.orgs = append(p.orgs, p.org[i])
			}
			if w := p.words[i]; w.Letters && len(w.Fold) > 3 {
				p.bodyWords[w.Fold] = true
			}
		}
	}
}

// body names the organization of the office: the one after it, with the one
// before it where both stand, or the country.
func (p *officeParser) body() string {
	after := ""
	if p.bodyFrom >= 0 {
		after = p.nameOf(p.bodyFrom, p.bodyEnd)
		if p.place[p.bodyFrom] >= 0 && p.org[p.bodyFrom] < 0 {
			p.land = p.place[p.bodyFrom]
		}
	}
	switch {
	case p.before != "" && after != "":
		return p.beforeText + " " + after
	case p.before != "":
		return p.before
	case after != "":
		return after
	case p.beforePlace >= 0:
		p.land = p.beforePlace
		return p.r.Places[p.beforePlace].Name
	}
	return ""
}

// nameOf is the name of the organization or place that the words [i,end) are,
// or the words themselves.
func (d *document) nameOf(i, end int) string {
	switch {
	case d.org[i] >= 0 && d.orgEnd[i] == end && (i == 0 || d.org[i-1] != d.org[i]):
		return d.r.Organizations[d.org[i]].Name
	case d.place[i] >= 0 && d.place[end-1] == d.place[i]:
		return d.r.Places[d.place[i]].Name
	}
	return d.phrase(i, end)
}
