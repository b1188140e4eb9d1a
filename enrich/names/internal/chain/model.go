package chain

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/table"
)

// magic opens a model file; it changes with the layout or the features.
const magic = "DCM3"

// Model scores labels. It is safe for concurrent use.
type Model struct {
	// lines hold the features in ascending order of their keys, each as near
	// after its home as there is room.
	lines []line
	homes uint64 // the number of homes, which are the first of the lines
	scale float32
	steps [Labels][Labels]float32
}

// line is a line of the processor's cache, 64 bytes, so that a feature costs one
// access to memory: some features with their weights.
type line struct {
	keys [lineRows]uint32
	// more says that features at home in this line or before lie behind it.
	more    bool
	weights [lineRows][rowSize / 8]uint64
}

const (
	lineRows = 3
	// lineLoad is how many features of ten lines' thirty places are taken.
	lineLoad = 12
)

// rowSize is the bytes of a feature's weights, one for each label but Outside,
// whose is 0. Each weight has bias added, so that it is above 0.
const (
	rowSize = Labels - 1
	bias    = 128
	// noWeight is eight weights of 0. The places that no feature takes have them
	// and the key 0: finding them adds nothing.
	noWeight = 0x8080808080808080
)

var errCorrupt = errors.New("opening the model: the file is damaged, train it again")

const headerSize = 4 + 4*Labels*Labels

// Open returns the model whose file has the bytes of data.
func Open(data string) (*Model, error) {
	data, ok := strings.CutPrefix(data, magic)
	if !ok || len(data) < headerSize+4 {
		return nil, errCorrupt
	}
	m := &Model{scale: math.Float32frombits(table.Uint32(data, 0))}
	for i := range Labels {
		for j := range Labels {
			m.steps[i][j] = math.Float32frombits(table.Uint32(data, 4+4*(i*Labels+j)))
		}
	}
	data = data[headerSize:]
	n := int(table.Uint32(data, 0))
	if data = data[4:]; len(data) != n*(4+rowSize) {
		return nil, errCorrupt
	}
	return m, m.fill(n, data[:4*n], data[4*n:])
}

// fill puts the n features, whose keys ascend, into lines.
func (m *Model) fill(n int, keys, weights string) error {
	m.homes = uint64(n*10/lineLoad + 1)
	m.lines = make([]line, int(m.homes)+n/lineRows+1)
	for i := range m.lines {
		for row := range lineRows {
			m.lines[i].weights[row] = [...]uint64{noWeight, noWeight}
		}
	}
	at, row, before := 0, 0, uint32(0)
	for i := range n {
		key := table.Uint32(keys, 4*i)
		if i > 0 && key <= before {
			return errCorrupt
		}
		before = key
		home := m.home(key)
		if home > at {
			at, row = home, 0
		} else if row == lineRows {
			at, row = at+1, 0
		}
		for passed := home; passed < at; passed++ {
			m.lines[passed].more = true
		}
		m.lines[at].keys[row] = key
		m.lines[at].weights[row] = [...]uint64{table.Uint64(weights, rowSize*i), table.Uint64(weights, rowSize*i+8)}
		row++
	}
	m.lines = m.lines[:max(at+1, int(m.homes))]
	return nil
}

// home is the line where a feature is looked for first.
func (m *Model) home(key uint32) int { return int(uint64(key) * m.homes >> 32) }

// sums are the weights of a word's features added up, four labels to a lane of
// 16 bits of each number: those of labels 1, 3, 5, 7; 2, 4, 6, 8; 9, 11, 13,
// 15; 10, 12, 14, 16. They are of n features.
type sums struct {
	lanes [4]uint64
	n     int32
}

const lanes = 0x00ff00ff00ff00ff

// mostSummed is how many weights a lane holds without running over.
const mostSummed = 65535 / 255

// sum adds up the weights of the features that the model has. It asks for the
// memory of all of them before it looks at any, so that they wait together and
// not one after another; which row of a line a feature has is found without a
// branch, as the processor would guess it wrong.
func (m *Model) sum(keys []uint32) sums {
	keys = keys[:min(len(keys), mostSummed)]
	prefetch(m.lines, m.homes, keys)
	var a, b, c, d, n uint64
	for _, key := range keys {
		l := &m.lines[m.home(key)]
		first, second, third := equal(l.keys[0], key), equal(l.keys[1], key), equal(l.keys[2], key)
		w, found := &l.weights[second&^first+third&^(first|second)<<1], first|second|third
		if found == 0 && l.more {
			w, found = m.behind(key)
		}
		mask := -found & lanes
		a += w[0] & mask
		b += w[0] >> 8 & mask
		c += w[1] & mask
		d += w[1] >> 8 & mask
		n += found
	}
	return sums{[4]uint64{a, b, c, d}, int32(n)}
}

// equal is 1 when the keys are the same, else 0.
func equal(a, b uint32) uint64 { return (uint64(a^b) - 1) >> 63 }

// behind finds a feature that is not in the line of its home but may lie
// behind: its weights, and 1 when it is there, else 0.
func (m *Model) behind(key uint32) (weights *[rowSize / 8]uint64, found uint64) {
	for at := m.home(key) + 1; ; at++ {
		l := &m.lines[at]
		if row := slices.Index(l.keys[:], key); row >= 0 {
			return &l.weights[row], 1
		}
		if !l.more {
			return &l.weights[0], 0
		}
	}
}

// scores writes the scores of the labels of a word whose weights add up to s.
func (m *Model) scores(s *sums, into *[Labels]float32) {
	into[Outside] = 0
	for l := range rowSize {
		lane := s.lanes[l/8*2+l%2] >> (l % 8 / 2 * 16)
		into[l+1] = float32(int32(lane&0xffff)-bias*s.n) * m.scale
	}
}

// Parameters are the weights of a model as training leaves them.
type Parameters struct {
	Rows  map[uint32]*[Labels]float32
	Steps [Labels][Labels]float32
}

// Bytes returns the model file of the features with the keys: each weight is
// rounded to one of 255 steps.
func (p *Parameters) Bytes(keys []uint32) []byte {
	keys = slices.Sorted(slices.Values(keys))
	scale := p.scale()
	out := binary.LittleEndian.AppendUint32([]byte(magic), math.Float32bits(scale))
	for i := range p.Steps {
		for j := range p.Steps[i] {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(p.Steps[i][j]))
		}
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(keys)))
	for _, key := range keys {
		out = binary.LittleEndian.AppendUint32(out, key)
	}
	for _, key := range keys {
		row := quantise(p.Rows[key], scale)
		out = append(out, row[:]...)
	}
	return out
}

// scale is the weight of one step, such that few weights are cut off.
func (p *Parameters) scale() float32 {
	var most float32
	for _, row := range p.Rows {
		for _, x := range row {
			most = max(most, float32(math.Abs(float64(x-row[Outside]))))
		}
	}
	return min(most, 4) / 127
}

// quantise rounds the weights of a feature, less that of Outside.
func quantise(row *[Labels]float32, scale float32) (out [rowSize]byte) {
	for l := range out {
		q := math.Round(float64((row[l+1] - row[Outside]) / scale))
		out[l] = byte(bias + max(-127, min(127, q)))
	}
	return out
}
