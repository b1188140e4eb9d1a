package matcher

import "hash/maphash"

// words numbers strings, as a map from string to int32 does. A word of
// ordinary length lies in its slot beside its hash, so that to look one up is
// to touch one line of memory: with as many words as a language has, that is
// what the time goes into.
type words struct {
	slots []wordSlot // a power of two of them, half empty
	seed  maphash.Seed
	long  map[string]int32 // the words that fit no slot
}

// wordSlot is half a line of memory.
type wordSlot struct {
	hash   uint64
	number int32
	length uint8 // 0 in an empty slot
	bytes  [inlineBytes]byte
}

const inlineBytes = 19

// newWords copies a map, which is not changed any more.
func newWords(numbers map[string]int32) *words {
	size := 1
	for size < 2*len(numbers) {
		size *= 2
	}
	w := &words{slots: make([]wordSlot, size), seed: maphash.MakeSeed(), long: map[string]int32{}}
	for word, n := range numbers {
		if len(word) > inlineBytes || word == "" {
			w.long[word] = n
			continue
		}
		s := wordSlot{hash: maphash.String(w.seed, word), number: n, length: uint8(len(word))}
		copy(s.bytes[:], word)
		i := s.hash & uint64(size-1)
		for w.slots[i].length != 0 {
			i = (i + 1) & uint64(size-1)
		}
		w.slots[i] = s
	}
	return w
}

// number returns the number of the word, or none.
func (w *words) number(word string) int32 {
	if len(word) > inlineBytes || word == "" {
		if n, ok := w.long[word]; ok {
			return n
		}
		return none
	}
	hash := maphash.String(w.seed, word)
	for i := hash & uint64(len(w.slots)-1); ; i = (i + 1) & uint64(len(w.slots)-1) {
		s := &w.slots[i]
		switch {
		case s.length == 0:
			return none
		case s.hash == hash && string(s.bytes[:s.length]) == word:
			return s.number
		}
	}
}

// pairs numbers two numbers side by side.
type pairs struct {
	slots []pairSlot
	// begins and ends hold the numbers that are the first, or the second, of a
	// pair: most are neither.
	begins, ends []bool
}

type pairSlot struct {
	pair   [2]int32 // of none and none in an empty slot
	number int32
}

// newPairs copies a map of pairs of numbers below most.
func newPairs(numbers map[[2]int32]int32, most int) *pairs {
	size := 1
	for size < 2*len(numbers) {
		size *= 2
	}
	p := &pairs{slots: make([]pairSlot, size), begins: make([]bool, most), ends: make([]bool, most)}
	for i := range p.slots {
		p.slots[i].pair = [2]int32{none, none}
	}
	for pair, n := range numbers {
		i := p.slot(pair)
		for p.slots[i].pair[0] != none {
			i = (i + 1) & uint64(size-1)
		}
		p.slots[i] = pairSlot{pair, n}
		p.begins[pair[0]], p.ends[pair[1]] = true, true
	}
	return p
}

func (p *pairs) slot(pair [2]int32) uint64 {
	const golden = 0x9E3779B97F4A7C15 // spreads numbers that lie close
	return (uint64(uint32(pair[0]))<<32 | uint64(uint32(pair[1]))) * golden >> 20 & uint64(len(p.slots)-1)
}

// number returns the number of the pair, or none.
func (p *pairs) number(first, second int32) int32 {
	if first == none || second == none || !p.begins[first] || !p.ends[second] {
		return none
	}
	pair := [2]int32{first, second}
	for i := p.slot(pair); ; i = (i + 1) & uint64(len(p.slots)-1) {
		switch s := &p.slots[i]; {
		case s.pair == pair:
			return s.number
		case s.pair[0] == none:
			return none
		}
	}
}
