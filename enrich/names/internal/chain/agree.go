package chain

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

// votes are how often a phrase of a document has each kind.
type votes [Kinds]int

// agreement is what the names of a document say of their kinds. Its memory is used again for the next document.
type agreement struct{ cast, explained map[lexicon.Hash]votes }

// settle settles the kinds of names that a document uses more than once. Names
// that read the same get the kind that most of them have. A single word that
// a longer name of the document explains gets its kind: the surname of a
// person, or a company without the rest of its name.
func (a *agreement) settle(found []Mention) {
	if a.cast == nil {
		a.cast, a.explained = map[lexicon.Hash]votes{}, map[lexicon.Hash]votes{}
	}
	clear(a.cast)
	clear(a.explained)
	for i := range found {
		m := &found[i]
		vote(a.cast, m.phrase, m.Kind)
		switch {
		case m.words == 1:
		case m.Kind == kindPerson:
			vote(a.explained, m.last, m.Kind)
		case m.Kind == kindOrganization:
			vote(a.explained, m.first, m.Kind)
		}
	}
	for i := range found {
		m := &found[i]
		v := a.cast[m.phrase]
		m.Kind = v.most(m.Kind)
		if m.words == 1 {
			m.Kind = explain(m.Kind, a.explained[m.first])
		}
	}
}

func vote(cast map[lexicon.Hash]votes, h lexicon.Hash, kind int) {
	v := cast[h]
	v[kind]++
	cast[h] = v
}

// explain returns the kind of a single word after what the longer names with
// it say. The name of a place is left alone: too many bodies begin with one.
func explain(kind int, longer votes) int {
	people, bodies := longer[kindPerson], longer[kindOrganization]
	switch {
	case kind == kindPerson && bodies > 0 && people == 0:
		return kindOrganization
	case kind != kindPerson && kind != kindLocation && people > 0 && bodies == 0:
		return kindPerson
	}
	return kind
}

// most is the kind with the most votes, or kind itself when none has more.
func (v *votes) most(kind int) int {
	for k, n := range v {
		if n > v[kind] {
			kind = k
		}
	}
	return kind
}
