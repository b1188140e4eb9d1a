package lexicon

import "strings"

// Role is a set of the parts a word can play for a finder, one bit each.
type Role uint32

// Roles hold the roles of words by their folded form. A finder looks every
// word of a text up once and then asks for its roles. Roles are filled
// by Add and AddSet before they are asked; then they are safe for concurrent reading.
type Roles struct{ words vocabulary }

// Add gives the space-separated words a role.
func (r *Roles) Add(role Role, words string) {
	for w := range strings.FieldsSeq(words) {
		*r.words.put(w) |= uint32(role)
	}
}

// AddSet gives the folded words of a set a role.
func AddSet[V any](r *Roles, role Role, words map[string]V) {
	for w := range words {
		r.Add(role, w)
	}
}

// Word returns the roles of a folded word.
func (r *Roles) Word(folded string) Role { return Role(r.words.number(folded, Hash(folded))) }

// Of returns the roles of each word of t.
func (r *Roles) Of(t *Text) []Role { return r.AppendOf(make([]Role, 0, len(t.Words)), t) }

// AppendOf appends what Of returns to roles.
func (r *Roles) AppendOf(roles []Role, t *Text) []Role {
	for i := range t.Words {
		w := &t.Words[i]
		roles = append(roles, Role(r.words.number(w.Fold, w.hash)))
	}
	return roles
}
