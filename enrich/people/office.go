package people

import (
	"github.com/dateline-news/dateline/enrich/lexicon"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// role is an office read from the text: a news.Role with what is needed to
// compare it with others.
type role struct {
	news.Role
	head   string // the folded noun of the office
	deputy bool
	// orgs are the organizations named in it, by index in the report, and land
	// is the place that stands for one, or -1.
	orgs []int
	land int
	// bodyWords are the folded words that name the organization, titleWords
	// those of the title besides the head noun.
	bodyWords, titleWords map[string]bool
	// from and end bound it in words, without article and "new"; start is where
	// the phrase begins.
	start, from, end int
}

// office reads the noun phrase of an office at word i, such as "deputy
// chairman of the State Customs Committee", "SOCAR vice president" or
// "Georgian Minister of Foreign Affairs". Names of people end it.
func (d *document) office(i int) (role, bool) { return d.officeTo(i, 0) }

// officeTo is office for a phrase that must end at word end, at any word when
// end is 0.
func (d *document) officeTo(i, end int) (role, bool) {
	p := officeParser{
		document: d,
		role:     role{start: i, from: -1, land: -1},
		at:       i, limit: min(d.bounds[d.sentence[i]+1], i+2*longestOffice),
		titleFrom: -1, bodyFrom: -1, beforeFrom: -1,
	}
	if !p.front() {
		return role{}, false
	}
	p.complements()
	if end > 0 && p.at != end {
		return role{}, false
	}
	p.finish()
	return p.role, true
}

type officeParser struct {
	*document
	role
	at, limit int
	// titleFrom and titleEnd bound the title in words, beforeFrom and beforeEnd
	// the organization before it, bodyFrom and bodyEnd the one after it; field
	// and fieldEnd bound a further part of the title that stands after that.
	titleFrom, titleEnd   int
	beforeFrom, beforeEnd int
	bodyFrom, bodyEnd     int
	field, fieldEnd       int
	plural                bool // the head noun is in the plural
}

// front reads what precedes the head noun and the head noun itself.
func (p *officeParser) front() bool {
	for p.at < p.limit && p.at < p.start+longestOffice {
		switch {
		case p.mentionAt[p.at] >= 0:
			return false
		case p.org[p.at] >= 0:
			p.takeBefore(p.orgEnd[p.at])
		case p.place[p.at] >= 0:
			p.takeBefore(p.placeEnd(p.at))
		case p.isHead(p.at):
			p.takeHead()
			return true
		case p.bodyBeforeHead():
			p.takeBefore(p.at + 1)
		case !p.takeModifier() && !p.takeUnknown():
			return false
		}
	}
	return false
}

func (d *document) placeEnd(i int) int {
	end := i
	for end < len(d.words) && d.place[end] == d.place[i] {
		end++
	}
	return end
}

// isHead reports whether word i is the noun of an office and no further one
// follows: in "vice president" it is the second.
func (p *officeParser) isHead(i int) bool {
	if !p.isOffice(i) {
		return false
	}
	if p.compound(i) > i+1 {
		return true
	}
	if p.qualifiesCabinet(i) || p.verb(i) {
		return false
	}
	for j := i + 1; j < p.limit && j < i+4; j++ {
		switch {
		case p.mentionAt[j] >= 0:
			return true
		case p.is(j, title) && !p.givenNotOffice(j):
			return p.words[j].Capital && !p.words[i].Capital // "commander Captain Polencs"
		case !p.is(j, modifier) && !p.hyphen(j):
			return true
		}
	}
	return true
}

// qualifiesCabinet reports whether word i is the "chief" of "Chief Cabinet
// Secretary".
func (p *officeParser) qualifiesCabinet(i int) bool {
	return i+2 < p.limit && p.words[i].Is("chief") && p.words[i+1].Is("cabinet") && p.is(i+2, title)
}

// verbal are nouns of offices that are verbs as well.
var verbal = lexicon.Set("witness head chair coach captain partner author champion judge pilot engineer nurse lead")

// verb reports whether word i is a verb where it stands: "came to witness",
// "will head".
func (p *officeParser) verb(i int) bool {
	return i > 0 && verbal[p.words[i].Fold] && !p.words[i].Capital && !p.is(min(i+1, p.limit-1), title) &&
		p.words[i-1].Is("to", "will", "would", "can", "could", "may", "might", "must", "should", "not")
}

// compound returns the end of a head noun at i that has a tail: "director
// general", "editor-in-chief", "president-elect".
func (p *officeParser) compound(i int) int {
	j := i + 1
	if j < p.limit && p.hyphen(j) {
		j++
	}
	if j >= p.limit {
		return i + 1
	}
	switch {
	case p.words[j].Is("general") && generals[p.words[i].Fold], p.words[j].Is("elect", "designate"), p.words[i].Is("chief") && p.words[j].Is("justice"):
		return j + 1
	case p.words[i].Is("ambassador") && p.words[j].Is("extraordinary"):
		if j+2 < p.limit && p.words[j+2].Is("plenipotentiary") {
			return j + 3
		}
		return j + 1
	case p.words[i].Is("charge") && strings.HasPrefix(p.words[j].Fold, "d'aff"):
		return j + 1
	case p.words[j].Is("in") && j > i+1 && j+2 < p.limit && p.hyphen(j+1):
		return j + 3
	}
	return i + 1
}

// generals are the nouns that "general" follows.
var generals = lexicon.Set("director secretary attorney inspector comptroller governor commissioner consul solicitor prosecutor auditor manager")

// hyphen reports whether word i is a hyphen that joins its neighbours.
func (d *document) hyphen(i int) bool {
	return i > 0 && i+1 < len(d.words) && d.words[i].Is("-", "‐", "‑") &&
		d.words[i-1].Span.End == d.words[i].Span.Start && d.words[i+1].Span.Start == d.words[i].Span.End
}

// isOffice reports whether word i is the noun of an office, or one in the
// plural with names to follow: "Presidents".
func (d *document) isOffice(i int) bool {
	w := &d.words[i]
	if d.is(i, title) {
		return !d.givenNotOffice(i)
	}
	switch {
	case w.Is("lady"):
		return i > 0 && d.words[i-1].Is("first")
	case w.Is("justice"):
		return i > 0 && d.words[i-1].Is("chief")
	}
	if one, ok := singular(w.Fold); ok && d.titles[one] {
		return i+1 < len(d.words) && d.mentionAt[i+1] >= 0
	}
	opens := i == d.bounds[d.sentence[i]] // a capital tells nothing there
	return (!w.Capital || opens) && occupation(w.Fold)
}

// givenNotOffice reports whether word i is a given name that is also the noun
// of an office, after an office and before a surname: "director Emir Kusta".
func (d *document) givenNotOffice(i int) bool {
	return i > 0 && d.is(i-1, title) && d.words[i].Capital && d.knownGiven(i) && !d.words[i-1].Capital &&
		i+1 < len(d.words) && d.words[i+1].Capital && !d.knownGiven(i+1)
}

// singular is the singular of an office's noun in the plural.
func singular(w string) (string, bool) {
	if stem, ok := strings.CutSuffix(w, "men"); ok {
		return stem + "man", true
	}
	if stem, ok := strings.CutSuffix(w, "ies"); ok {
		return stem + "y", true
	}
	return strings.CutSuffix(w, "s")
}

// occupation reports whether a folded word has the ending of an occupation.
func occupation(w string) bool {
	for _, ending := range []string{"ologist", "ographer", "ician", "iatrist", "mentalist", "player", "maker", "keeper", "worker"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

func (p *officeParser) takeHead() {
	p.openTitle()
	p.head = p.words[p.at].Fold
	if one, ok := singular(p.head); ok && !p.titles[p.head] && p.titles[one] {
		p.head, p.plural = one, true
	}
	if at := strings.LastIndexByte(p.head, '-'); at >= 0 {
		p.deputy, p.head = p.deputy || p.head[:at] == "vice", p.head[at+1:]
	}
	p.at = p.compound(p.at)
	p.titleEnd = p.at
}

// openTitle begins the title, and the phrase, at the current word.
func (p *officeParser) openTitle() {
	if p.titleFrom < 0 {
		p.titleFrom = p.at
	}
	p.open()
}

func (p *officeParser) open() {
	if p.from < 0 {
		p.from = p.at
	}
}

// takeBefore takes the words up to end as the organization before the office.
func (p *officeParser) takeBefore(end int) {
	p.open()
	if p.beforeFrom < 0 || p.org[p.at] >= 0 {
		p.beforeFrom = p.at
	}
	if p.titleFrom >= 0 && p.org[p.at] < 0 && p.place[p.at] < 0 {
		p.beforeFrom = p.titleFrom // "central bank governor"
	}
	p.titleFrom = -1
	p.at, p.beforeEnd = p.skipAcronym(end), end
	if p.at < p.limit && p.words[p.at].Is("'s", "'", "’") {
		p.at++
	}
}

// bodyBeforeHead reports whether the current word is the noun of a body that
// an office of it follows: "ministry spokesman".
func (p *officeParser) bodyBeforeHead() bool {
	if owns := p.at+1 < p.limit && p.words[p.at+1].Is("'s") && p.is(p.at, department); !owns && !p.is(p.at, body) {
		return false
	}
	j := p.at + 1
	if j < p.limit && p.words[j].Is("'s", "'") {
		j++
	}
	for j < p.limit && p.is(j, modifier) && !p.is(j, title) {
		j++
	}
	ofCabinet := p.words[p.at].Is("cabinet") && j < p.limit && p.words[j].Is("secretary", "minister")
	return j < p.limit && p.is(j, title) && !p.words[p.at].Is("board") && !p.words[j].Is("minister") && !ofCabinet
}
