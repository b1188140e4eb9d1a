package people

import (
	"slices"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// pronouns are those that stand for one person, with the gender they tell.
var pronouns = map[string]lexicon.Gender{
	"he": lexicon.Male, "him": lexicon.Male, "his": lexicon.Male, "himself": lexicon.Male,
	"she": lexicon.Female, "her": lexicon.Female, "hers": lexicon.Female, "herself": lexicon.Female,
}

// farthest is how many sentences back a pronoun may look, farWords how many
// words back in one.
const (
	farthest = 3
	farWords = 120
)

// findPronouns links the pronouns to the person that the sentence and those
// before it speak of.
func (d *document) findPronouns() {
	at := d.mentionsByWord()
	for i := range d.words {
		if !d.is(i, pronoun) || d.words[i].Upper {
			continue
		}
		g := pronouns[d.words[i].Fold]
		p := d.ahead(at, i, g)
		if p == nil {
			p = d.antecedent(at, i, g)
		}
		if p != nil {
			m := &mention{from: i, end: i + 1, kind: news.MentionPronoun, person: p}
			p.mentions = append(p.mentions, m)
			if settled(p.gender) == lexicon.Unknown {
				p.gender = g
			}
			at[i] = m
		}
	}
	for _, p := range d.persons {
		slices.SortFunc(p.mentions, func(a, b *mention) int { return a.from - b.from })
	}
}

// longestOpening is the number of words of a phrase that opens a sentence.
const longestOpening = 8

// ahead returns the person whose name follows the phrase that opens the sentence
// with the pronoun: "In his remarks, Mr. Osmani thanked".
func (d *document) ahead(at []*mention, i int, g lexicon.Gender) *person {
	first := d.bounds[d.sentence[i]]
	if i > first+2 || !d.words[i].Is("his", "her") || !d.words[first].Is("in", "during", "at", "opening", "concluding", "throughout", "for") {
		return nil
	}
	for j := i + 1; j+1 < min(d.bounds[d.sentence[i]+1], i+longestOpening); j++ {
		if !d.words[j].Is(",") {
			continue
		}
		for j++; j+1 < len(d.words) && d.isHonorific(j); {
			j++
		}
		if at[j] != nil && agree(at[j].person.gender, g) {
			return at[j].person
		}
		return nil
	}
	return nil
}

func (d *document) mentionsByWord() []*mention {
	at := make([]*mention, len(d.words))
	for _, p := range d.persons {
		for _, m := range p.mentions {
			at[m.from] = m
		}
	}
	return at
}

// antecedent returns the person that a pronoun of gender g at word i means:
// the one named first in the sentence so far, else in the nearest sentence
// before that speaks of someone who can be meant. A person known to be of the
// gender goes before one of whom it is not known, and an object is not the
// subject of its own clause.
func (d *document) antecedent(at []*mention, i int, g lexicon.Gender) *person {
	var not *person
	if d.object(i) {
		not = d.clauseSubject(at, i)
	}
	if d.quoted[i] {
		not = d.speaker(at, i)
	}
	if !d.quoted[i] {
		if p := d.nearest(at, i, g, not, true); p != nil {
			return p
		}
	}
	return d.nearest(at, i, g, not, false)
}

// nearest returns the subject of the nearest sentence up to word i that has
// one, of those named outside quotations alone when narrated is set.
func (d *document) nearest(at []*mention, i int, g lexicon.Gender, not *person, narrated bool) *person {
	s := int(d.sentence[i])
	for back := 0; back <= farthest && s-back >= 0; back++ {
		end := i
		if back > 0 {
			end = d.bounds[s-back+1]
		}
		if p := d.subject(at, d.bounds[s-back], end, g, not, narrated); p != nil {
			return p
		}
	}
	return nil
}

// object reports whether the pronoun at word i is the object of a verb or a
// preposition: "thanked him", "told her that".
func (d *document) object(i int) bool {
	w := d.words[i]
	switch {
	case w.Is("him"):
		return true
	case !w.Is("her"):
		return false
	case i+1 >= len(d.words) || !d.words[i+1].Letters:
		return true
	}
	next := d.words[i+1].Fold
	return d.is(i+1, small) || d.mentionAt[i+1] >= 0 || next == "up" || next == "success" || next == "luck"
}

// clauseSubject returns the last person mentioned before word i in its clause.
func (d *document) clauseSubject(at []*mention, i int) *person {
	var p, last *person
	for j := max(d.bounds[d.sentence[i]], i-farWords); j < i; j++ {
		if d.words[j].Is(",", ";", "that", "and", "but", "when", "while") && p != nil && at[min(j+1, i)] != nil && at[min(j+1, i)].person != p {
			p = nil
		}
		if at[j] != nil && p == nil && !d.words[j].Is("his", "her") {
			p = at[j].person
		}
		if d.words[j].Is("who") && last != nil {
			p = last
		}
		if at[j] != nil {
			last = at[j].person
		}
	}
	return p
}

// speaker returns the person who says the quotation around word i: the first
// mentioned after it in the sentence, else before it.
func (d *document) speaker(at []*mention, i int) *person {
	s := int(d.sentence[i])
	for j := i + 1; j < min(d.bounds[s+1], i+farWords); j++ {
		if at[j] != nil && !d.quoted[j] {
			return at[j].person
		}
	}
	for j := max(d.bounds[s], i-farWords); j < i; j++ {
		if at[j] != nil && !d.quoted[j] {
			return at[j].person
		}
	}
	return nil
}

// subject returns the first person in the words [from,end) who is known to be
// of gender g, else the first of whom it is not known; those named in
// quotations are passed over when narrated is set.
func (d *document) subject(at []*mention, from, end int, g lexicon.Gender, not *person, narrated bool) *person {
	var unsure *person
	for i := max(from, end-farWords); i < end; i++ {
		if at[i] == nil || at[i].person == not || narrated && d.quoted[i] {
			continue
		}
		switch p := at[i].person; {
		case p.gender == g:
			return p
		case settled(p.gender) == lexicon.Unknown && unsure == nil:
			unsure = p
		}
	}
	return unsure
}
