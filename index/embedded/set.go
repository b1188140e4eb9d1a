package embedded

import (
	"iter"
	"math/bits"
	"slices"
)

// set is a set of report keys, with the score of each where scores are wanted.
type set struct {
	bits []uint64
	// scores holds the score of each key, or is nil when all are 0.
	scores *scores
}

// newSet returns an empty set for the keys 1 to n.
func newSet(n int) *set { return &set{bits: make([]uint64, n/64+1)} }

// fullSet returns the set of the keys 1 to n.
func fullSet(n int) *set {
	s := newSet(n)
	for i := range s.bits {
		s.bits[i] = ^uint64(0)
	}
	s.bits[0] &^= 1 // keys begin at 1
	s.bits[n/64] &= ^uint64(0) >> (63 - n%64)
	return s
}

// grow makes room for the keys up to n.
func (s *set) grow(n int) {
	for len(s.bits) <= n/64 {
		s.bits = append(s.bits, 0)
	}
}

func (s *set) add(key int) { s.bits[key/64] |= 1 << (key % 64) }

func (s *set) remove(key int) { s.bits[key/64] &^= 1 << (key % 64) }

func (s *set) has(key int) bool { return s.bits[key/64]&(1<<(key%64)) != 0 }

func (s *set) clone() *set { return &set{bits: slices.Clone(s.bits), scores: s.scores} }

func (s *set) empty() bool {
	return !slices.ContainsFunc(s.bits, isSet)
}

// bounds returns the first and the last key, or 0.
func (s *set) bounds() (first, last int) {
	for first = range s.keys() {
		break
	}
	for last = range s.backward() {
		break
	}
	return first, last
}

// upTo returns the part of the set with the keys 1 to n.
func (s *set) upTo(n int) *set {
	part := &set{bits: make([]uint64, len(s.bits)), scores: s.scores}
	copy(part.bits, s.bits[:min(len(s.bits), n/64+1)])
	if last := n / 64; last < len(part.bits) {
		part.bits[last] &= 1<<(n%64+1) - 1
	}
	return part
}

// len counts the keys.
func (s *set) len() int {
	n := 0
	for _, word := range s.bits {
		n += bits.OnesCount64(word)
	}
	return n
}

// keys visits the keys in order. The set may lose the key being visited.
func (s *set) keys() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s.bits {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// backward visits the keys, the last first.
func (s *set) backward() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := len(s.bits) - 1; i >= 0; i-- {
			for word := s.bits[i]; word != 0; {
				top := 63 - bits.LeadingZeros64(word)
				if !yield(i*64 + top) {
					return
				}
				word &^= 1 << top
			}
		}
	}
}

// blockWords is how many words of bits the keys of a block take.
const blockWords = blockSize / 64

// block returns the bits of the keys of a block.
func (s *set) block(at int) []uint64 {
	return s.bits[min(at*blockWords, len(s.bits)):min((at+1)*blockWords, len(s.bits))]
}

// inBlock visits the places in a block of the keys in it, in order.
func (s *set) inBlock(at int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s.block(at) {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// holdsNone reports whether the set holds no key of a block.
func (s *set) holdsNone(at int) bool { return !slices.ContainsFunc(s.block(at), isSet) }

func isSet(word uint64) bool { return word != 0 }

// holdsAll reports whether the set holds all n keys of a block.
func (s *set) holdsAll(at, n int) bool {
	first, last := at*blockSize, at*blockSize+n-1
	if at == 0 {
		first = 1 // keys begin at 1
	}
	if last/64 >= len(s.bits) {
		return false
	}
	for key := first; key <= last; {
		width := min(64-key%64, last-key+1)
		mask := ^uint64(0) >> (64 - width) << (key % 64)
		if s.bits[key/64]&mask != mask {
			return false
		}
		key += width
	}
	return true
}

func (s *set) score(key int) float64 {
	if s.scores == nil {
		return 0
	}
	return s.scores.of(key)
}

// intersect leaves what is in t as well.
func (s *set) intersect(t *set) {
	for i := range s.bits {
		s.bits[i] &= t.bits[i]
	}
}

// unite adds what is in t.
func (s *set) unite(t *set) {
	for i := range s.bits {
		s.bits[i] |= t.bits[i]
	}
}

// subtract removes what is in t.
func (s *set) subtract(t *set) {
	for i := range s.bits {
		s.bits[i] &^= t.bits[i]
	}
}
