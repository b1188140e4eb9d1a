package lexicon

// vocabulary holds a number for each of its words, by their folded form. It is
// a hash table with room to spare, in which a collision goes to the next slot;
// the words of a text bring their hashes with them. It is filled before it is
// asked; then it is safe for concurrent reading.
type vocabulary struct {
	slots []vocabularySlot // their number is a power of two
	words int
}

type vocabularySlot struct {
	word         string
	hash, number uint32
}

// free reports whether no word lies in the slot: that of the empty word, a lone
// accent folded, has a hash.
func (s *vocabularySlot) free() bool { return s.hash == 0 && s.word == "" }

// fewestSlots is how many slots a vocabulary begins with, sparse how many it
// has at least for each word.
const (
	fewestSlots = 64
	sparse      = 3
)

// put returns the number of the word, to be set; it is 0 for a new one. It is
// good until the next call.
func (v *vocabulary) put(word string) *uint32 {
	if sparse*(v.words+1) > len(v.slots) {
		v.grow()
	}
	h := hash(word)
	at := v.slot(word, h)
	if at.free() {
		at.word, at.hash = word, h
		v.words++
	}
	return &at.number
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]vocabularySlot, max(fewestSlots, 2*len(old)))
	for _, s := range old {
		if !s.free() {
			*v.slot(s.word, s.hash) = s
		}
	}
}

// slot is where the word lies, or where it would.
func (v *vocabulary) slot(word string, hash uint32) *vocabularySlot {
	for i := hash; ; i++ {
		s := &v.slots[int(i)&(len(v.slots)-1)]
		if s.hash == hash && s.word == word || s.free() {
			return s
		}
	}
}

// number is that of the word, 0 for one that is not in the vocabulary.
func (v *vocabulary) number(word string, hash uint32) uint32 {
	if len(v.slots) == 0 {
		return 0
	}
	return v.slot(word, hash).number
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
