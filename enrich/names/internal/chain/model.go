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
const magic = "DCM2"

// Model scores labels. It reads the bytes of a model file where they lie and
// is safe for concurrent use.
type Model struct {
	features table.Table
	weights  string // by row of features: a weight for each label but Outside, whose is 0
	scale    float32
	steps    [Labels][Labels]float32
}

// rowSize is the bytes of a feature's weights. Each weight has bias added, so
// that it is above 0.
const (
	rowSize = Labels - 1
	bias    = 128
)

var errCorrupt = errors.New("opening the model: the file is damaged, train it again")

const headerSize = 4 + 4*Labels*Labels

// Open returns the model whose file has the bytes of data.
func Open(data string) (*Model, error) {
	data, ok := strings.CutPrefix(data, magic)
	if !ok || len(data) < headerSize {
		return nil, errCorrupt
	}
	m := &Model{scale: math.Float32frombits(table.Uint32(data, 0))}
	for i := range Labels {
		for j := range Labels {
			m.steps[i][j] = math.Float32frombits(table.Uint32(data, 4+4*(i*Labels+j)))
		}
	}
	var err error
	if m.features, m.weights, err = table.Open(data[headerSize:]); err != nil || len(m.weights) != m.features.Len()*rowSize {
		return nil, errCorrupt
	}
	return m, nil
}

// tableKey spreads the key of a feature over the bits that a table looks at.
func tableKey(key uint32) uint64 {
	x := uint64(key) * 0x9e3779b97f4a7c15
	return x ^ x>>29
}

// sums adds up the weights of a word's features, four labels to a lane of 16
// bits of each number: those of labels 1, 3, 5, 7; 2, 4, 6, 8; 9, 11, 13, 15;
// 10, 12, 14, 16.
type sums struct {
	lanes [4]uint64
	n     int32
}

// add adds the weights that begin at byte i.
func (s *sums) add(weights string, i int) {
	first, second := table.Uint64(weights, i), table.Uint64(weights, i+8)
	s.lanes[0] += first & lanes
	s.lanes[1] += first >> 8 & lanes
	s.lanes[2] += second & lanes
	s.lanes[3] += second >> 8 & lanes
	s.n++
}

const lanes = 0x00ff00ff00ff00ff

// mostSummed is how many weights a lane holds without running over.
const mostSummed = 65535 / 255

// add adds the weights of the features to s.
func (m *Model) add(keys []uint32, s *sums) {
	var spread [table.Batch]uint64
	var rows [table.Batch]int32
	for batch := range slices.Chunk(keys, table.Batch) {
		for i, key := range batch {
			spread[i] = tableKey(key)
		}
		m.features.Rows(spread[:len(batch)], &rows)
		for _, row := range rows[:len(batch)] {
			if row >= 0 && s.n < mostSummed {
				s.add(m.weights, int(row)*rowSize)
			}
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
	spread := make([]uint64, len(keys))
	for i, key := range keys {
		spread[i] = tableKey(key)
	}
	out, rows := table.Append(out, spread)
	for _, at := range rows {
		row := [rowSize]byte{}
		if at >= 0 {
			row = quantise(p.Rows[keys[at]], scale)
		}
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
