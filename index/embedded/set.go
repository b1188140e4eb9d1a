package embedded

import (
	"iter"
	"math/bits"
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
	for key := 1; key <= n; key++ {
		s.add(key)
	}
	return s
}

func (s *set) add(key int) { s.bits[key/64] |= 1 << (key % 64) }

func (s *set) remove(key int) { s.bits[key/64] &^= 1 << (key % 64) }

// upTo returns the part of the set with the keys 1 to n.
func (s *set) upTo(n int) *set {
	part := &set{bits: make([]uint64, len(s.bits)), scores: s.scores}
	copy(part.bits, s.bits[:min(len(s.bits), n/64+1)])
	if last := n / 64; last < len(part.bits) {
		part.bits[last] &= 1<<(n%64+1) - 1
	}
	return part
}

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

func (s *set) score(key int) float64 {
	if s.scores == nil {
		return 0
	}
	return s.scores.of(key)
}

func (s *set) addScore(key int, score float64) {
	if s.scores == nil {
		s.scores = &scores{few: map[int]float64{}, size: len(s.bits) * 64}
	}
	s.scores.add(key, score)
}

func (s *set) addScores(t *set) {
	if t.scores == nil {
		return
	}
	for key := range t.keys() {
		s.addScore(key, t.score(key))
	}
}

// intersect leaves what is in t as well; scores add up.
func (s *set) intersect(t *set) {
	for i := range s.bits {
		s.bits[i] &= t.bits[i]
	}
	s.addScores(t)
}

// unite adds what is in t; scores add up.
func (s *set) unite(t *set) {
	for i := range s.bits {
		s.bits[i] |= t.bits[i]
	}
	s.addScores(t)
}

// subtract removes what is in t.
func (s *set) subtract(t *set) {
	for i := range s.bits {
		s.bits[i] &^= t.bits[i]
	}
}
