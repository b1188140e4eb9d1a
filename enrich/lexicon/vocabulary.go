package lexicon

// vocabulary holds a number for each of its words, by their folded form. It is
// a hash table with room to spare, in which a collision goes to the next slot;
// the words of a text bring their hashes with them. It is filled before it is
// asked; then it is safe for concurrent reading.
type vocabulary struct {
	// hashes are those of the words in the slots, 0 in a free one: they stand
	// apart from the words, so that the processor's cache holds them. The number
	// of slots is a power of two.
	hashes []uint32
	slots  []vocabularySlot
	words  int
}

type vocabularySlot struct {
	word   string
	number uint32
}

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
	h := Hash(word)
	at := v.slot(word, h)
	if v.hashes[at] == 0 {
		v.hashes[at], v.slots[at].word = h, word
		v.words++
	}
	return &v.slots[at].number
}

func (v *vocabulary) grow() {
	old := *v
	n := max(fewestSlots, 2*len(old.slots))
	v.hashes, v.slots = make([]uint32, n), make([]vocabularySlot, n)
	for i, s := range old.slots {
		if h := old.hashes[i]; h != 0 {
			at := v.slot(s.word, h)
			v.hashes[at], v.slots[at] = h, s
		}
	}
}

// slot is where the word lies, or the free one where it would.
func (v *vocabulary) slot(word string, hash uint32) int {
	for i := int(hash); ; i++ {
		i &= len(v.hashes) - 1
		if h := v.hashes[i]; h == 0 || h == hash && v.slots[i].word == word {
			return i
		}
	}
}

// number is that of the word, 0 for one that is not in the vocabulary.
func (v *vocabulary) number(word string, hash uint32) uint32 {
	if len(v.hashes) == 0 {
		return 0
	}
	if at := v.slot(word, hash); v.hashes[at] != 0 {
		return v.slots[at].number
	}
	return 0
}

// Hash is FNV-1a of a word, but for words of which it is 0.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return max(h, 1)
}
