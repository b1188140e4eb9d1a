package story

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/cespare/xxhash/v2"
)

const (
	// shingleWords is the length of a shingle. Of a text with 30 % of its
	// words changed, a third of the shingles of three words are left, against
	// one or two in a hundred that unrelated reports share.
	shingleWords = 3
	// mostShingles and mostFigures bound a sketch: half as many to all of
	// them are kept of a longer text.
	mostShingles = 96
	mostFigures  = 24
	// maxLevel bounds the sampling: one value in 2^maxLevel is kept.
	maxLevel = 24
	// minShingles is the shortest text that can be told to be a copy.
	minShingles = 8
)

// quarters is the number of parts of a text that are looked at apart; the
// lowest bits of a shingle's hash say which part it came from.
const (
	quarters     = 4
	quarterBits  = 2
	quarterMask  = quarters - 1
	sketchFormat = 1
)

// sample is the distinct values of a set that lie below 2^(32-level), sorted.
// Two samples of different levels are compared at the higher level, where
// both are complete; see Broder, "On the resemblance and containment of
// documents" (1997), on sampling modulo m.
type sample struct {
	level  int
	values []uint32
}

func newSample(values []uint32, most int) sample {
	slices.Sort(values)
	values = slices.Compact(values)
	s := sample{values: values}
	for len(s.values) > most && s.level < maxLevel {
		s.level++
		s.values = s.values[:s.below(s.level)]
	}
	s.values = slices.Clip(s.values)
	return s
}

// below counts the values that a sample of the level would have kept.
func (s sample) below(level int) int {
	return sort.Search(len(s.values), func(i int) bool { return !kept(s.values[i], level) })
}

// kept reports whether a sample of the level keeps the value.
func kept(value uint32, level int) bool { return uint64(value) < uint64(1)<<(32-level) }

// size estimates the size of the set the sample was taken of.
func (s sample) size() int { return len(s.values) << s.level }

// shared counts the common values of two samples, and the values of the
// smaller one at the level where both are complete.
func (s sample) shared(o sample) (common, of int) {
	level := max(s.level, o.level)
	a, b := s.values[:s.below(level)], o.values[:o.below(level)]
	of = min(len(a), len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			common++
			a, b = a[1:], b[1:]
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return common, of
}

// sketch is what is remembered of a text: a sample of its shingles, each with
// the quarter of the text it stands in, and one of its figures. It takes at
// most 500 bytes.
type sketch struct {
	shingles, figures sample
}

// newSketch reads the text of a report. Upper and lower case, marks,
// punctuation and the dateline make no difference.
func newSketch(text string) sketch {
	list := words(text)
	hashes := make([]uint64, len(list))
	var figures []uint32
	for i, word := range list {
		hashes[i] = xxhash.Sum64String(word)
		if isFigure(word) {
			figures = append(figures, uint32(mix(hashes[i])>>32))
		}
	}
	return sketch{shingles: newSample(shingles(hashes), mostShingles), figures: newSample(figures, mostFigures)}
}

// shingles returns the hash of every run of words. A shingle that comes again
// counts where it came first.
func shingles(words []uint64) []uint32 {
	n := len(words) - shingleWords + 1
	if n <= 0 {
		return nil
	}
	out := make([]uint32, 0, n)
	seen := make(map[uint32]bool, n)
	for i := range n {
		var h uint64
		for _, w := range words[i : i+shingleWords] {
			h = mix(h ^ w)
		}
		value := uint32(h>>32) &^ quarterMask
		if !seen[value] {
			seen[value] = true
			out = append(out, value|uint32(i*quarters/n))
		}
	}
	return out
}

// mix is the finalizer of SplitMix64: every bit of h decides about every bit
// of the result.
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// empty reports whether the text is too short to be told from others.
func (s sketch) empty() bool { return s.shingles.size() < minShingles }

// errSketch: the bytes are no sketch of this version.
var errSketch = errors.New("not a sketch")

// bytes writes the sketch, in the same way on every machine.
func (s sketch) bytes() []byte {
	out := []byte{sketchFormat}
	for _, part := range []sample{s.shingles, s.figures} {
		out = append(out, byte(part.level), byte(len(part.values)))
		for _, v := range part.values {
			out = binary.BigEndian.AppendUint32(out, v)
		}
	}
	return out
}

// readSketch reads what bytes wrote and refuses anything else.
func readSketch(data []byte) (sketch, error) {
	if len(data) == 0 || data[0] != sketchFormat {
		return sketch{}, fmt.Errorf("%w: unknown format", errSketch)
	}
	shingles, data, err := readSample(data[1:], mostShingles)
	if err != nil {
		return sketch{}, err
	}
	figures, data, err := readSample(data, mostFigures)
	if err != nil {
		return sketch{}, err
	}
	if len(data) > 0 {
		return sketch{}, fmt.Errorf("%w: %d bytes too many", errSketch, len(data))
	}
	return sketch{shingles, figures}, nil
}

func readSample(data []byte, most int) (sample, []byte, error) {
	if len(data) < 2 || int(data[0]) > maxLevel || int(data[1]) > most || len(data) < 2+4*int(data[1]) {
		return sample{}, nil, fmt.Errorf("%w: cut short or out of range", errSketch)
	}
	s := sample{level: int(data[0])}
	n := int(data[1])
	for data = data[2:]; n > 0; n, data = n-1, data[4:] {
		v := binary.BigEndian.Uint32(data)
		if !kept(v, s.level) || len(s.values) > 0 && v <= s.values[len(s.values)-1] {
			return sample{}, nil, fmt.Errorf("%w: values out of order", errSketch)
		}
		s.values = append(s.values, v)
	}
	return s, data, nil
}
