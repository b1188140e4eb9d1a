package people

import (
	"github.com/dateline-news/dateline/enrich/lexicon"
	"slices"

	"github.com/dateline-news/dateline/news"
)

// findNouns links the offices that stand for a person: "the head of the
// committee said". Only a person named before is meant.
func (d *document) findNouns() {
	used := make([]bool, len(d.words))
	for _, m := range d.mentions {
		for i := m.from; i < m.end; i++ {
			used[i] = true
		}
		for _, r := range m.roles {
			for i := r.from; i < r.end; i++ {
				used[i] = true
			}
		}
	}
	for i := 1; i < len(d.words); i++ {
		if used[i] || !d.definite(i) {
			continue
		}
		r, ok := d.office(i)
		if !ok || r.Former || used[r.from] || d.goesOn(&r) {
			continue
		}
		if p := d.holder(&r); p != nil {
			p.mentions = append(p.mentions, &mention{from: r.from, end: r.end, kind: news.MentionNoun, person: p})
			i = r.end - 1
		}
	}
}

// goesOn reports whether a name or a further noun follows the phrase, which is
// then no mention of its own.
func (d *document) goesOn(r *role) bool {
	if r.end >= len(d.words) || d.sentence[r.end] != d.sentence[r.from] {
		return false
	}
	w := d.words[r.end]
	return d.mentionAt[r.end] >= 0 || w.Capital || w.Is("'s", "'") || d.hyphen(r.end)
}

// definite reports whether a noun phrase that begins at word i speaks of a
// certain person: it has the article and is no predicate.
func (d *document) definite(i int) bool {
	if !d.words[i-1].Is("the") || !d.words[i].Letters {
		return false
	}
	return i < 2 || !d.words[i-2].Is("as", "is", "was", "be", "been", "became", "become", "of", "appointed", "elected", "named", "for")
}

// general are the nouns that may stand for the head of any body.
var general = map[string]bool{"head": true, "chief": true, "leader": true, "boss": true}

// heads are the offices that such a noun may mean.
var heads = map[string]bool{
	"chairman": true, "chairwoman": true, "chairperson": true, "chair": true, "head": true, "chief": true, "director": true,
	"president": true, "leader": true, "rector": true, "minister": true, "commissioner": true, "governor": true, "ceo": true,
	"secretary": true, "commander": true, "manager": true, "premier": true,
}

// kinds are nouns that may stand for any office of a kind.
var kinds = map[string]map[string]bool{
	"lawmaker":   lexicon.Set("mp mep senator deputy congressman congresswoman parliamentarian legislator"),
	"diplomat":   lexicon.Set("ambassador envoy consul attache"),
	"envoy":      lexicon.Set("ambassador representative"),
	"banker":     lexicon.Set("governor"),
	"politician": lexicon.Set("mp mep senator lawmaker leader minister head"),
	"scientist":  lexicon.Set("researcher physicist chemist biologist ecologist geologist zoologist archaeologist professor"),
	"premier":    lexicon.Set("minister"),
	"official":   lexicon.Set("spokesman spokeswoman spokesperson chief director secretary commissioner head"),
}

// mostPersons is how many people of a report an office is looked for among.
const mostPersons = 200

// holder returns the person who holds the office that the noun phrase r names,
// nil when none was mentioned before it or more than one could be meant.
func (d *document) holder(r *role) *person {
	var found []*person
	for _, p := range d.persons[:min(len(d.persons), mostPersons)] {
		if p.mentions[0].from < r.from && slices.ContainsFunc(p.roles, func(held role) bool { return d.sameOffice(&held, r) }) {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// sameOffice reports whether the noun phrase can stand for the office held.
func (d *document) sameOffice(held, noun *role) bool {
	if held.deputy != noun.deputy || held.Former {
		return false
	}
	bodied := len(noun.bodyWords) > 0 || len(noun.orgs) > 0 || noun.land >= 0
	generic := bodied && (general[noun.head] && heads[held.head] || general[held.head] && heads[noun.head])
	if held.head != noun.head && !generic && !kinds[noun.head][held.head] {
		return false
	}
	for w := range noun.titleWords {
		if !held.titleWords[w] && !held.bodyWords[w] {
			return false
		}
	}
	return !bodied || d.sameBody(held, noun)
}

// sameBody reports whether the body in the noun phrase can be that of the
// office held.
func (d *document) sameBody(held, noun *role) bool {
	for _, o := range noun.orgs {
		if slices.Contains(held.orgs, o) {
			return true
		}
	}
	if noun.land >= 0 && held.land == noun.land {
		return true
	}
	for w := range noun.bodyWords {
		if !held.bodyWords[w] && !held.titleWords[w] {
			return false
		}
	}
	return len(noun.bodyWords) > 0
}
