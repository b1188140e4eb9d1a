package lexicon

import "math"

// The ways a word is used: in no name, or as a part of one.
const (
	NoName       = iota
	GivenUse     // a word of a person's name before the last
	FamilyUse    // the last or only word of a person's name
	BodyUse      // the first or only word of an organization's name
	BodyRestUse  // a later word of one
	PlaceUse     // the first or only word of a place's name
	PlaceRestUse // a later word of one
	OtherUse
	// Uses is their number.
	Uses
)

// Leanings say how a word with a vector like this one's tends to be used: 4
// bits for each use, 1 to 15 by its probability, all 0 for an unknown word.
type Leanings uint32

// PackLeanings packs the probabilities of the uses.
func PackLeanings(p [Uses]float32) Leanings {
	var l Leanings
	for use, x := range p {
		odds := math.Log(float64(max(x, 1e-6)) / float64(max(1-x, 1e-6)))
		level := math.Round(8 + 1.5*odds)
		l |= Leanings(max(1, min(15, level))) << (4 * use)
	}
	return l
}

// Level returns how likely the use is, from 1 to 15, or 0 for an unknown word.
func (l Leanings) Level(use int) int { return int(l>>(4*use)) & 15 }

// Top returns the likeliest and the second likeliest use; ties go to the
// later one.
func (l Leanings) Top() (first, second int) {
	best, next := -1, -1
	for use := range Uses {
		switch level := l.Level(use); {
		case level >= best:
			first, second = use, first
			best, next = level, best
		case level >= next:
			second, next = use, level
		}
	}
	return first, second
}
