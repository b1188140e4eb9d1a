package people

import (
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

// complements reads "of the X", "for X and Y", "to X" after the head noun.
func (p *officeParser) complements() {
	if after := p.skipAcronym(p.at); after > p.at && after < p.limit && p.words[after].Is("of", "at") {
		p.at = after // "chief executive officer (CEO) of Alat Port"
	}
	for p.at+1 < p.limit {
		w := p.words[p.at]
		if !w.Is("of", "for", "at", "to", "in", "on", "with", "under") {
			return
		}
		start := p.at + 1
		for start < p.limit && p.words[start].Is("the", "its", "his", "her", "their", "this") {
			start++
		}
		if start < p.limit && p.is(start, small) {
			return // "on Saturday"
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
	if i >= p.limit || !p.is(i, titleNoun) {
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
		case j == i && helpers[p.head] && p.is(j, title):
			j++
			end = j
		case j == i && helpers[p.head] && p.is(j, modifier) && p.headAfter(j):
			for j++; !p.is(j, title); {
				j++
			}
			j++
			end = j
		case w.Capital && (!p.is(j, title) || p.titleInBody(j)) || p.nounLike(j):
			j++
			end = j
		case w.Is("and") && p.headAfter(j+1):
			return end // "Minister of Finance and Deputy Prime Minister"
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
	return j+1 < p.limit && p.words[j+1].Capital && p.mentionAt[j+1] < 0 && (p.is(j+1, department) || p.is(j+1, body))
}

// announcesName reports whether a name of a person may begin at the
// capitalised word j: after a named body any word that leads to no noun of a
// body, elsewhere a known given name.
func (p *officeParser) announcesName(j int, named bool) bool {
	if p.is(j, department) {
		return false
	}
	if before := p.words[j-1]; !named && before.Letters && !before.Capital && before.Fold != "and" && p.is(j-1, department) && !(nameFollows[before.Fold] && !p.knownGiven(j)) {
		return j+1 < p.limit && p.words[j+1].Capital // "head of customs Nanda Terpstra"
	}
	if !named {
		return p.knownGiven(j) && j+1 < p.limit && p.words[j+1].Capital && !p.is(j+1, department)
	}
	k := j
	for k < p.limit && p.words[k].Capital && p.mentionAt[k] < 0 {
		if p.is(k, department) {
			return false
		}
		k++
	}
	return k > j+1
}

// nameFollows are the nouns of bodies whose name may follow them: "the power
// company Barqi Pamir".
var nameFollows = lexicon.Set("company bank group airline newspaper party movement foundation club institute association union post checkpoint port plant factory")

// nounLike reports whether a word in lower case can be part of a body's or a
// field's name.
func (p *officeParser) nounLike(i int) bool {
	w := p.words[i]
	if p.is(i, department) || p.is(i, modifier) || p.is(i, body) {
		return true
	}
	if !w.Letters || len(w.Fold) < 6 || p.verbLike(i) || p.is(i, small) {
		return false
	}
	for _, ending := range []string{"tion", "ment", "ical", "onal", "ural", "ture", "ics", "ity", "ware"} {
		if strings.HasSuffix(w.Fold, ending) {
			return true
		}
	}
	return p.bodyFollows(i)
}

// bodyFollows reports whether word i qualifies the noun of a body after it:
// "the refugee agency", "the UN refugee agency", "the dockers' union".
func (p *officeParser) bodyFollows(i int) bool {
	opens := p.words[i-1].Is("the", "'s") || p.org[i-1] >= 0 || p.place[i-1] >= 0
	next := i + 1
	if next < p.limit && p.words[next].Is("'", "’") {
		next++
	}
	return opens && next < p.limit && (p.is(next, body) || p.is(next, department))
}

// fields are offices whose "of" names a field of work, not a body.
var fields = lexicon.Set("minister secretary commissioner undersecretary professor vice-minister doctor lecturer lord")

// titleNouns close a phrase that is part of the title: Chairman of the Board,
// Chief of Staff, Secretary of State.
const titleNouns = "board staff state exchequer mission station section cabinet government"

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
		speaks := strings.HasPrefix(p.head, "spokes")
		if contiguous && p.org[i] < 0 && (!speaks || p.isFieldOfWork(i) && p.is(end-1, department)) && !p.is(end-1, body) {
			p.titleEnd = end
		} else if contiguous {
			p.setBody(i, end)
		}
	case preposition == "at" && p.bodyFrom >= 0 && p.bodyEnd == p.at && p.isFieldOfWork(p.bodyFrom):
		p.titleEnd, p.bodyFrom = p.bodyEnd, -1
		p.setBody(i, end)
	case preposition == "in" && p.org[i] >= 0 && p.bodyFrom < 0 && p.beforeFrom < 0:
		p.setBody(i, end)
	case preposition == "in" || preposition == "with":
	case preposition == "of" && contiguous && !named && (fields[p.head] && !p.is(end-1, body) || runs[p.head] && p.fieldsOfWork(i, end)):
		p.titleEnd = end
	default:
		p.setBody(i, end)
	}
	return true
}

// isFieldOfWork reports whether the words at i name no body but what somebody
// works on: "head of trade policy at the Confederation".
func (p *officeParser) isFieldOfWork(i int) bool {
	return p.org[i] < 0 && p.place[i] < 0 && !p.words[i].Capital
}

// runs are the offices of those who run a part of a body.
var runs = lexicon.Set("director head chief manager coordinator officer")

// fieldsOfWork reports whether the words [i,end) name fields of work and no
// body: "Compliance and Facilitation".
func (p *officeParser) fieldsOfWork(i, end int) bool {
	if p.words[i-1].Is("the") {
		return false
	}
	for ; i < end; i++ {
		if w := p.words[i]; p.is(i, body) || !w.Is("and", ",", "&") && !p.is(i, department) && !p.is(i, modifier) {
			return false
		}
	}
	return !p.words[end-1].Is("customs", "police", "headquarters", "section", "division", "unit", "branch", "directorate", "agency")
}

// sentTo are the offices that represent a country at what follows "to".
var sentTo = lexicon.Set("ambassador representative envoy observer delegate")

func (p *officeParser) setBody(i, end int) {
	if p.bodyFrom < 0 {
		p.bodyFrom = i
	}
	p.bodyEnd = end
}
