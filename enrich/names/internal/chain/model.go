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
const magic = "DCM1"

// Model scores labels. It reads the bytes of a model file where they lie and
// is safe for concurrent use.
type Model struct {
	features table.Table
	weights  string // by feature: a weight for each label
	scale    float32
	steps    [Labels][Labels]float32
}

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
	if m.features, m.weights, err = table.Open(data[headerSize:]); err != nil || len(m.weights) != m.features.Len()*Labels {
		return nil, errCorrupt
	}
	return m, nil
}

// tableKey spreads the key of a feature over the bits that a table looks at.
func tableKey(key uint32) uint64 { return uint64(key)<<32 | uint64(key) }

// add adds the weights of the feature to the scores.
func (m *Model) add(scores *[Labels]int32, key uint32) {
	row := m.features.Row(tableKey(key))
	if row < 0 {
		return
	}
	weights := m.weights[row*Labels : row*Labels+Labels]
	for l := range scores {
		scores[l] += int32(int8(weights[l]))
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
	rows := make([]uint64, len(keys))
	for i, key := range keys {
		rows[i] = tableKey(key)
	}
	out = table.Append(out, rows)
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
			most = max(most, float32(math.Abs(float64(x))))
		}
	}
	return min(most, 4) / 127
}

func quantise(row *[Labels]float32, scale float32) [Labels]byte {
	var out [Labels]byte
	for l, x := range row {
		q := math.Round(float64(x / scale))
		out[l] = byte(int8(max(-127, min(127, q))))
	}
	return out
}
