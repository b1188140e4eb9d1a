package lexicon

import "strings"

// Role is a set of the parts a word can play for a finder, one bit each.
type Role uint32

// Roles hold the roles of words by their folded form. A finder looks every
// word of a text up once and then asks for its roles. Roles are filled
// by Add before they are asked; then they are safe for concurrent reading.
type Roles struct {
	// slots is a hash table with room to spare; a collision goes to the next
	// slot. Its length is a power of two.
	slots []roleSlot
	words int
}

type roleSlot struct {
	word string
	hash uint32
	role Role
}

// Add gives the space-separated words a role.
func (r *Roles) Add(role Role, words string) {
	for w := range strings.FieldsSeq(words) {
		r.add(roleSlot{w, hash(w), role})
	}
}

func (r *Roles) add(s roleSlot) {
	if 4*(r.words+1) > len(r.slots) {
		r.grow()
	}
	at := r.slot(s.word, s.hash)
	if at.word == "" {
		at.word, at.hash = s.word, s.hash
		r.words++
	}
	at.role |= s.role
}

func (r *Roles) grow() {
	old := r.slots
	r.slots = make([]roleSlot, max(64, 2*len(old)))
	r.words = 0
	for _, s := range old {
		if s.word != "" {
			r.add(s)
		}
	}
}

// slot is where the word lies, or where it would; Roles must have been added
// to.
func (r *Roles) slot(word string, hash uint32) *roleSlot {
	for i := hash; ; i++ {
		s := &r.slots[int(i)&(len(r.slots)-1)]
		if s.word == "" || s.hash == hash && s.word == word {
			return s
		}
	}
}

// Word returns the roles of a folded word.
func (r *Roles) Word(folded string) Role { return r.slot(folded, hash(folded)).role }

// Of returns the roles of each word of t.
func (r *Roles) Of(t *Text) []Role { return r.AppendOf(make([]Role, 0, len(t.Words)), t) }

// AppendOf appends what Of returns to roles.
func (r *Roles) AppendOf(roles []Role, t *Text) []Role {
	for i := range t.Words {
		w := &t.Words[i]
		roles = append(roles, r.slot(w.Fold, w.hash).role)
	}
	return roles
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
