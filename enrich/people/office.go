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
	for j := i + 1; j < p.limit && j < i+4; j++ {
		switch {
		case p.mentionAt[j] >= 0:
			return true
		case p.titles[p.words[j].Fold] && !p.givenNotOffice(j):
			return p.words[j].Capital && !p.words[i].Capital // "commander Captain Polencs"
		case !p.modifiers[p.words[j].Fold] && !p.hyphen(j):
			return true
		}
	}
	return true
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
	case p.words[j].Is("general") && generals[p.words[i].Fold], p.words[j].Is("elect", "designate"):
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
	w := d.words[i]
	if d.titles[w.Fold] {
		return !d.givenNotOffice(i)
	}
	if w.Is("lady") {
		return i > 0 && d.words[i-1].Is("first")
	}
	if one, ok := singular(w.Fold); ok && d.titles[one] {
		return i+1 < len(d.words) && d.mentionAt[i+1] >= 0
	}
	return !w.Capital && occupation(w.Fold)
}

// givenNotOffice reports whether word i is a given name that is also the noun
// of an office, after an office and before a surname: "director Emir Kusta".
func (d *document) givenNotOffice(i int) bool {
	return i > 0 && d.titles[d.words[i-1].Fold] && d.words[i].Capital && d.knownGiven(i) && !d.words[i-1].Capital &&
		i+1 < len(d.words) && d.words[i+1].Capital && !d.knownGiven(i+1)
}

// singular is the singular of an office's noun in the plural.
func singular(w string) (string, bool) {
	if stem, ok := strings.CutSuffix(w, "men"); ok {
		return stem + "man", true
	}
	return strings.CutSuffix(w, "s")
}

// occupation reports whether a folded word has the ending of an occupation.
func occupation(w string) bool {
	for _, ending := range []string{"ologist", "ographer", "ician", "iatrist", "player", "maker", "keeper", "worker"} {
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
	p.at, p.beforeEnd = end, end
	if p.at < p.limit && p.words[p.at].Is("'s", "'", "’") {
		p.at++
	}
}

// bodyBeforeHead reports whether the current word is the noun of a body that
// an office of it follows: "ministry spokesman".
func (p *officeParser) bodyBeforeHead() bool {
	if !p.bodies[p.words[p.at].Fold] {
		return false
	}
	j := p.at + 1
	if j < p.limit && p.words[j].Is("'s", "'") {
		j++
	}
	for j < p.limit && p.modifiers[p.words[j].Fold] && !p.titles[p.words[j].Fold] {
		j++
	}
	return j < p.limit && p.titles[p.words[j].Fold] && !p.words[p.at].Is("board")
}

// passing are modifiers that are no part of the title.
var passing = lexicon.Set("well known well-known famous popular celebrated noted legendary prominent renowned veteran acclaimed new newly newly-elected newly-appointed appointed elected current incumbent outgoing late then former ex long-time longtime country's republic's the")

// takeModifier takes a word that qualifies the office.
func (p *officeParser) takeModifier() bool {
	w := p.words[p.at]
	switch {
	case w.Is("former", "ex"):
		p.Former = true
		p.open()
	case passing[w.Fold] && (p.at == p.start || !w.Is("the")):
		if p.titleFrom >= 0 {
			return false
		}
	case p.hyphen(p.at):
	case w.Is("and") && p.titleFrom >= 0 && p.at+1 < p.limit && p.modifiers[p.words[p.at+1].Fold]:
	case p.modifiers[w.Fold] || p.departments[w.Fold] || p.titles[w.Fold] || strings.HasPrefix(w.Fold, "vice-"):
		p.deputy = p.deputy || w.Is("deputy", "vice", "assistant")
		p.openTitle()
	default:
		return false
	}
	p.at++
	return true
}

// takeUnknown takes words that are not known where the head noun follows: a
// qualifier ("jazz pianist") or a body ("Tata Foods chairman").
func (p *officeParser) takeUnknown() bool {
	w := p.words[p.at]
	if !w.Letters || verbLike(w.Fold) || smallWords[w.Fold] || honorific(w.Fold) {
		return false
	}
	if w.Capital {
		return p.takeUnknownBody()
	}
	first := p.bounds[p.sentence[p.at]]
	if p.at == p.start && (p.at == first || p.words[p.at-1].Letters && !p.words[p.at-1].Is("the", "a", "an")) || !p.headAfter(p.at+1) {
		return false
	}
	p.openTitle()
	p.at++
	return true
}

// headAfter reports whether an office follows at word i, at most after
// qualifiers.
func (p *officeParser) headAfter(i int) bool {
	for i < p.limit && p.modifiers[p.words[i].Fold] && !p.titles[p.words[i].Fold] {
		i++
	}
	return i < p.limit && p.titles[p.words[i].Fold]
}

// takeUnknownBody takes capitalised words before the office as the body it
// belongs to.
func (p *officeParser) takeUnknownBody() bool {
	end := p.at
	for end < p.limit && end < p.at+6 && p.mentionAt[end] < 0 && !p.titles[p.words[end].Fold] && !p.knownGiven(end) &&
		(p.words[end].Capital || p.hyphen(end)) {
		end++
	}
	if end == p.at || !p.headAfter(end) {
		return false
	}
	if end == p.at+1 && p.at == p.bounds[p.sentence[p.at]] && adjectival(p.words[p.at].Fold) {
		p.at++ // "Kurdish lawmaker" at the start of a sentence
		return true
	}
	p.takeBefore(end)
	return true
}

// adjectival reports whether a capitalised word looks like an adjective.
func adjectival(w string) bool {
	for _, ending := range []string{"ish", "ese", "ian", "ic", "al", "ing"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// verbLike reports whether a folded word is probably a verb.
func verbLike(w string) bool {
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || verbs[w]
}

var verbs = lexicon.Set(`said says say told tells tell met meets meet is was were are be been has had have will would can could may might
	became become becomes made make makes saw see left leave won win took take gave give gives held hold holds led lead leads
	sent send spoke speak speaks wrote writes chose knew thinks thought quit hit put let set ran run asks`)

// complements reads "of the X", "for X and Y", "to X" after the head noun.
func (p *officeParser) complements() {
	for p.at+1 < p.limit {
		w := p.words[p.at]
		if !w.Is("of", "for", "at", "to", "in", "on", "with", "under") {
			return
		}
		start := p.at + 1
		for start < p.limit && p.words[start].Is("the", "its", "his", "her", "their", "this") {
			start++
		}
		if end := p.titleComplement(w.Fold, start); end > 0 {
			p.titleEnd, p.at = end, end
			continue
		}
		end := p.complementEnd(start)
		if end == start || !p.take(w.Fold, start, end) {
			return
		}
		p.at = p.skipAcronym(end)
	}
}

// titleComplement returns the end of "the management board" and its like at
// word i, which is part of the title of the office before it, or 0.
func (p *officeParser) titleComplement(preposition string, i int) int {
	if preposition != "of" || p.titleEnd != p.at || p.head == "head" && i > p.at+1 {
		return 0
	}
	for i < p.limit && p.words[i].Is("management", "supervisory", "executive") {
		i++
	}
	if i >= p.limit || !titleNouns[p.words[i].Fold] {
		return 0
	}
	if i+2 < p.limit && p.words[i].Is("board") && p.words[i+1].Is("of") && p.words[i+2].Is("directors", "trustees", "governors") {
		return i + 3
	}
	if i+1 < p.limit && p.words[i].Capital && p.words[i+1].Capital && p.mentionAt[i+1] < 0 {
		return 0 // "Head of State Agency"
	}
	return i + 1
}

// skipAcronym returns the word after "(WCO)" at word i.
func (p *officeParser) skipAcronym(i int) int {
	if i+2 < p.limit && p.words[i].Is("(") && p.words[i+2].Is(")") && p.words[i+1].Upper {
		return i + 3
	}
	return i
}

// complementEnd returns the end of the noun phrase at word i.
func (p *officeParser) complementEnd(i int) int {
	end, named := i, false
	for j := i; j < p.limit && p.mentionAt[j] < 0; {
		w := p.words[j]
		switch {
		case p.org[j] >= 0:
			j, named = p.orgEnd[j], true
			end = j
		case p.place[j] >= 0:
			j, named = p.placeEnd(j), true
			end = j
		case w.Capital && p.announcesName(j, named):
			return end
		case j == i && helpers[p.head] && p.titles[w.Fold]:
			j++
			end = j
		case j == i && helpers[p.head] && w.Is("prime", "vice", "deputy"):
			j++
		case w.Capital && (!p.titles[w.Fold] || p.titleInBody(j)) || p.nounLike(j):
			j++
			end = j
		case (w.Is("and", "&", "'s", "'", "’") || p.hyphen(j)) && j > i:
			j++
		default:
			return end
		}
	}
	return end
}

// helpers are the offices that serve the holder of another: "Assistant to the
// President".
var helpers = lexicon.Set("assistant adviser advisor aide secretary counsel envoy spokesman spokeswoman spokesperson representative")

// titleInBody reports whether the noun of an office at word j is part of a
// body's name: "General Staff", "Justice Department".
func (p *officeParser) titleInBody(j int) bool {
	return j+1 < p.limit && p.words[j+1].Capital && p.mentionAt[j+1] < 0 && (p.departments[p.words[j+1].Fold] || p.bodies[p.words[j+1].Fold])
}

// announcesName reports whether a name of a person may begin at the
// capitalised word j: after a named body any word that leads to no noun of a
// body, elsewhere a known given name.
func (p *officeParser) announcesName(j int, named bool) bool {
	if p.departments[p.words[j].Fold] {
		return false
	}
	if before := p.words[j-1]; !named && before.Letters && !before.Capital && before.Fold != "and" && p.departments[before.Fold] {
		return j+1 < p.limit && p.words[j+1].Capital // "head of customs Nanda Terpstra"
	}
	if !named {
		return p.knownGiven(j) && j+1 < p.limit && p.words[j+1].Capital && !p.departments[p.words[j+1].Fold]
	}
	k := j
	for k < p.limit && p.words[k].Capital && p.mentionAt[k] < 0 {
		if p.departments[p.words[k].Fold] {
			return false
		}
		k++
	}
	return k > j+1
}

// nounLike reports whether a word in lower case can be part of a body's or a
// field's name.
func (p *officeParser) nounLike(i int) bool {
	w := p.words[i]
	if p.departments[w.Fold] || p.modifiers[w.Fold] || p.bodies[w.Fold] {
		return true
	}
	if !w.Letters || len(w.Fold) < 6 || verbLike(w.Fold) {
		return false
	}
	for _, ending := range []string{"tion", "ment", "ical", "onal", "ural", "ture", "ics", "ity", "ware"} {
		if strings.HasSuffix(w.Fold, ending) {
			return true
		}
	}
	return p.words[i-1].Is("the", "'s") && i+1 < p.limit && p.bodies[p.words[i+1].Fold]
}

// fields are offices whose "of" names a field of work, not a body.
var fields = lexicon.Set("minister secretary commissioner undersecretary professor vice-minister doctor lecturer lord")

// titleNouns close a phrase that is part of the title: Chairman of the Board,
// Chief of Staff, Secretary of State.
var titleNouns = lexicon.Set("board staff state exchequer mission station section cabinet government")

// take files the phrase [i,end) that follows the preposition.
func (p *officeParser) take(preposition string, i, end int) bool {
	named := p.org[i] >= 0 || p.place[i] >= 0
	contiguous := p.titleEnd == p.at
	switch {
	case preposition == "to" && p.bodyFrom >= 0 && sentTo[p.head]:
		p.field, p.fieldEnd = p.at, end
	case preposition == "to" && contiguous && (p.org[i] < 0 || sentTo[p.head]):
		p.titleEnd = end
	case preposition == "for" || preposition == "on" || preposition == "under":
		if contiguous && p.org[i] < 0 && !p.bodies[p.words[end-1].Fold] {
			p.titleEnd = end
		} else if contiguous {
			p.setBody(i, end)
		}
	case preposition == "in" || preposition == "with":
	case preposition == "of" && contiguous && !named && fields[p.head]:
		p.titleEnd = end
	default:
		p.setBody(i, end)
	}
	return true
}

// sentTo are the offices that represent a country at what follows "to".
var sentTo = lexicon.Set("ambassador representative envoy observer delegate")

func (p *officeParser) setBody(i, end int) {
	if p.bodyFrom < 0 {
		p.bodyFrom = i
	}
	p.bodyEnd = end
}
