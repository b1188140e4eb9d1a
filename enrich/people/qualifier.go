package people

import (
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

// passingWords are modifiers that are no part of the title.
const passingWords = "well known well-known famous popular celebrated noted legendary prominent renowned veteran acclaimed new newly newly-elected newly-appointed appointed elected current incumbent outgoing late then former ex long-time longtime country's republic's the republican democratic green liberal conservative socialist"

// takeModifier takes a word that qualifies the office.
func (p *officeParser) takeModifier() bool {
	w := p.words[p.at]
	switch {
	case w.Is("former", "ex"):
		p.Former = true
		p.open()
	case p.is(p.at, passing) && (p.at == p.start || !w.Is("the")):
		if p.titleFrom >= 0 && !strings.HasSuffix(p.words[p.at-1].Fold, "ly") {
			return false
		}
	case p.verb(p.at):
		return false
	case p.hyphen(p.at):
	case w.Is("and") && p.titleFrom >= 0 && p.at+1 < p.limit && (p.is(p.at+1, modifier) || p.is(p.at+1, department) || p.minister(p.at+2)):
	case strings.HasSuffix(w.Fold, "ly") && p.at+1 < p.limit && p.words[p.at+1].Is("elected", "appointed") && p.at > p.start:
	case w.Is("under") && w.Capital && p.at+1 < p.limit && (p.words[p.at+1].Is("secretary") || p.hyphen(p.at+1)):
		p.openTitle()
	case w.Is("cabinet") && p.at+1 < p.limit && p.words[p.at+1].Is("secretary", "minister"):
		p.openTitle()
	case p.is(p.at, modifier|department|title) || strings.HasPrefix(w.Fold, "vice-"):
		p.deputy = p.deputy || w.Is("deputy", "vice", "assistant")
		p.Acting = p.Acting || w.Is("acting", "interim")
		p.openTitle()
	default:
		return false
	}
	p.at++
	return true
}

// minister reports whether word i is the noun that fields of government lead
// to: "interior and overseas minister".
func (p *officeParser) minister(i int) bool {
	return i < p.limit && p.words[i].Is("minister", "secretary", "commissioner")
}

// takeUnknown takes words that are not known where the head noun follows: a
// qualifier ("jazz pianist") or a body ("Tata Foods chairman").
func (p *officeParser) takeUnknown() bool {
	w := p.words[p.at]
	if !w.Letters || p.verbLike(p.at) || p.is(p.at, small|address) {
		return false
	}
	if w.Capital {
		return p.takeUnknownBody()
	}
	first := p.bounds[p.sentence[p.at]]
	if p.at == p.start && (p.at == first || p.words[p.at-1].Letters && !p.words[p.at-1].Is("the", "a", "an", "as")) || !p.headAfter(p.at+1) || p.words[p.at+1].Capital {
		return false // "even Administrator Bolden"
	}
	p.openTitle()
	p.at++
	return true
}

// headAfter reports whether an office follows at word i, at most after
// qualifiers.
func (p *officeParser) headAfter(i int) bool {
	for i < p.limit && p.is(i, modifier) && !p.is(i, title) {
		i++
	}
	return i < p.limit && p.is(i, title)
}

// takeUnknownBody takes capitalised words before the office as the body it
// belongs to.
func (p *officeParser) takeUnknownBody() bool {
	end := p.at
	for end < p.limit && end < p.at+6 && p.mentionAt[end] < 0 && !p.is(end, title) && !p.knownGiven(end) &&
		(p.words[end].Capital || p.hyphen(end)) {
		end++
	}
	if end == p.at || !p.headAfter(end) {
		return false
	}
	opens := p.at == p.bounds[p.sentence[p.at]]
	if end == p.at+1 && (adjectival(p.words[p.at].Fold) || peoples[p.words[p.at].Fold] || opens && adjectivalEnding(p.words[p.at].Fold, "ian", "al", "ing")) {
		p.at++ // "Kurdish lawmaker"
		return true
	}
	if p.words[end].Is("minister") {
		p.openTitle() // of an unknown field: "Water Resources Minister"
		p.at = end
		return true
	}
	p.takeBefore(end)
	return true
}

// peoples are nations without a country of the gazetteer: "Tatar wrestler".
var peoples = lexicon.Set("tatar chechen bashkir uyghur uighur tamil basque kurd circassian abkhaz ossetian maya zulu")

// adjectival reports whether a capitalised word looks like an adjective
// wherever it stands: "Olympic champion".
func adjectival(w string) bool { return adjectivalEnding(w, "ish", "ese", "ic", "ist", "crat") }

func adjectivalEnding(w string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// verbLike reports whether word i is probably a verb.
func (d *document) verbLike(i int) bool {
	w := d.words[i].Fold
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || d.is(i, verb)
}

const verbs = `said says say told tells tell met meets meet is was were are be been has had have will would can could may might
	became become becomes made make makes saw see left leave won win took take gave give gives held hold holds led lead leads
	sent send spoke speak speaks wrote writes chose knew thinks thought quit hit put let set ran run asks`
