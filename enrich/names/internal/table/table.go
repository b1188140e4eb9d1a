// Package table is a read-only map from hashes to row numbers that is used in
// the bytes of a file where they lie. The high bits of a key choose a bucket
// and its low 16 bits tell the keys of a bucket apart.
package table

import (
	"encoding/binary"
	"errors"
)

// ErrCorrupt says that bytes are no table.
var ErrCorrupt = errors.New("the table is damaged")

// Table gives a key the number of its row.
type Table struct {
	shift   uint   // of a key to its bucket
	buckets string // the first row of each bucket, then the end; 4 bytes each
	marks   string // by row: the low bits of the key, 2 bytes
}

const (
	minBits = 4
	maxBits = 24
)

// Open reads the table at the beginning of data and returns it with the bytes
// after it.
func Open(data string) (Table, string, error) {
	if len(data) < 8 {
		return Table{}, "", ErrCorrupt
	}
	bits, rows := Uint32(data, 0), int(Uint32(data, 4))
	if bits < minBits || bits > maxBits {
		return Table{}, "", ErrCorrupt
	}
	data = data[8:]
	n := 4 * (1<<bits + 1)
	if rows > len(data) || len(data) < n+2*rows {
		return Table{}, "", ErrCorrupt
	}
	return Table{shift: uint(64 - bits), buckets: data[:n], marks: data[n : n+2*rows]}, data[n+2*rows:], nil
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.marks) / 2 }

// Row returns the row of the key, or -1.
func (t *Table) Row(key uint64) int {
	at := 4 * int(key>>t.shift)
	row, end := int(Uint32(t.buckets, at)), int(Uint32(t.buckets, at+4))
	if end > t.Len() {
		return -1
	}
	low, high := byte(key), byte(key>>8)
	for ; row < end; row++ {
		if t.marks[2*row] == low && t.marks[2*row+1] == high {
			return row
		}
	}
	return -1
}

// Append appends the table of the keys, which are in ascending order; the row
// of a key is its index.
func Append(to []byte, keys []uint64) []byte {
	bits := minBits
	for 3<<bits < len(keys) {
		bits++
	}
	to = binary.LittleEndian.AppendUint32(to, uint32(bits))
	to = binary.LittleEndian.AppendUint32(to, uint32(len(keys)))
	n := 0
	for bucket := range 1<<bits + 1 {
		for n < len(keys) && int(keys[n]>>(64-bits)) < bucket {
			n++
		}
		to = binary.LittleEndian.AppendUint32(to, uint32(n))
	}
	for _, key := range keys {
		to = binary.LittleEndian.AppendUint16(to, uint16(key))
	}
	return to
}

// Uint32 is the little-endian number at byte i.
func Uint32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
