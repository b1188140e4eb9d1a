package people

import (
	"slices"

	"github.com/dateline-news/dateline/news"
)

// pronouns are those that stand for one person, with the gender they tell.
var pronouns = map[string]gender{
	"he": male, "him": male, "his": male, "himself": male,
	"she": female, "her": female, "hers": female, "herself": female,
}

// farthest is how many sentences back a pronoun may look.
const farthest = 2

// findPronouns links the pronouns outside quotations to the one person that
// the sentences before speak of.
func (d *document) findPronouns() {
	at := d.mentionsByWord()
	for i, w := range d.words {
		g, ok := pronouns[w.Fold]
		if !ok || d.quoted[i] || w.Upper {
			continue
		}
		if p := d.antecedent(at, i, g); p != nil {
			m := &mention{from: i, end: i + 1, kind: news.MentionPronoun, person: p}
			p.mentions = append(p.mentions, m)
			if p.gender == unknown {
				p.gender = g
			}
			at[i] = m
		}
	}
	for _, p := range d.persons {
		slices.SortFunc(p.mentions, func(a, b *mention) int { return a.from - b.from })
	}
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
// before that speaks of someone of that gender.
func (d *document) antecedent(at []*mention, i int, g gender) *person {
	s := d.sentence[i]
	if p := d.subject(at, d.bounds[s], i, g); p != nil {
		return p
	}
	for back := 1; back <= farthest && s-back >= 0; back++ {
		if p := d.subject(at, d.bounds[s-back], d.bounds[s-back+1], g); p != nil {
			return p
		}
	}
	return nil
}

// subject returns the first person of gender g in the words [from,end).
func (d *document) subject(at []*mention, from, end int, g gender) *person {
	for i := from; i < end; i++ {
		if at[i] != nil && (at[i].person.gender == g || at[i].person.gender == unknown) {
			return at[i].person
		}
	}
	return nil
}
