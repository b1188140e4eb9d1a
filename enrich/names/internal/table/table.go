// Package table is a read-only map from hashes to row numbers that is used in
// the bytes of a file where they lie.
package table

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// ErrCorrupt says that bytes are no table.
var ErrCorrupt = errors.New("the table is damaged")

// Table gives a key the number of its row. Every key has two buckets of four
// rows and lies in one of them (cuckoo hashing, Pagh and Rodler 2004), so that
// looking up reads 16 bytes. The rows of a bucket are told apart by 16 bits of
// the key; a row with none is empty.
type Table struct {
	buckets string
	n       uint64
}

const (
	bucketRows = 4
	bucketSize = 2 * bucketRows
	// loadPercent is how full a new table is.
	loadPercent = 92
)

// Open reads the table at the beginning of data and returns it with the bytes
// after it.
func Open(data string) (Table, string, error) {
	if len(data) < 4 {
		return Table{}, "", ErrCorrupt
	}
	n := uint64(Uint32(data, 0))
	data = data[4:]
	if n == 0 || n > uint64(len(data)/bucketSize) {
		return Table{}, "", ErrCorrupt
	}
	return Table{buckets: data[:n*bucketSize], n: n}, data[n*bucketSize:], nil
}

// Len is the number of rows, the empty ones included.
func (t *Table) Len() int { return int(t.n) * bucketRows }

// Row returns the row of the key, or -1.
func (t *Table) Row(key uint64) int {
	marks := uint64(markOf(key)) * 0x0001000100010001
	first, second := places(key, t.n)
	if slot := matching(Uint64(t.buckets, first*bucketSize) ^ marks); slot < bucketRows {
		return first*bucketRows + slot
	}
	if slot := matching(Uint64(t.buckets, second*bucketSize) ^ marks); slot < bucketRows {
		return second*bucketRows + slot
	}
	return -1
}

// Batch is how many keys Rows takes at most.
const Batch = 32

// Rows writes what Row returns for each of the keys into rows. The memory of
// all of them is asked for before any is looked at, so that they wait together
// and not one after another.
func (t *Table) Rows(keys []uint64, rows *[Batch]int32) {
	var at [Batch][2]int32
	var seen [Batch][2]uint64
	for i, key := range keys {
		first, second := places(key, t.n)
		at[i] = [2]int32{int32(first), int32(second)}
		seen[i] = [2]uint64{Uint64(t.buckets, first*bucketSize), Uint64(t.buckets, second*bucketSize)}
	}
	for i, key := range keys {
		marks := uint64(markOf(key)) * 0x0001000100010001
		rows[i] = -1
		if slot := matching(seen[i][0] ^ marks); slot < bucketRows {
			rows[i] = at[i][0]*bucketRows + int32(slot)
		} else if slot := matching(seen[i][1] ^ marks); slot < bucketRows {
			rows[i] = at[i][1]*bucketRows + int32(slot)
		}
	}
}

// matching returns the first of the four 16-bit lanes of x that is 0, or 4.
func matching(x uint64) int {
	return bits.TrailingZeros64((x-0x0001000100010001)&^x&0x8000800080008000) / 16
}

// markOf is what tells a key from others in its bucket; 0 marks an empty row.
func markOf(key uint64) uint16 { return max(uint16(key), 1) }

// places returns the two buckets of a key among n.
func places(key, n uint64) (first, second int) {
	return int(key >> 32 * n >> 32), int(key >> 16 & 0xffffffff * n >> 32)
}

// Append appends the table of the keys, which differ, and returns with it the
// index of the key in each row, -1 for an empty row. The same keys in the same
// order give the same table.
func Append(to []byte, keys []uint64) ([]byte, []int32) {
	n := uint64(len(keys))*100/(bucketRows*loadPercent) + 1
	rows, ok := place(keys, n)
	for !ok {
		n += n/16 + 1
		rows, ok = place(keys, n)
	}
	to = binary.LittleEndian.AppendUint32(to, uint32(n))
	for _, at := range rows {
		mark := uint16(0)
		if at >= 0 {
			mark = markOf(keys[at])
		}
		to = binary.LittleEndian.AppendUint16(to, mark)
	}
	return to, rows
}

// place gives every key a row in one of its buckets, or reports false when n
// buckets do not suffice.
func place(keys []uint64, n uint64) ([]int32, bool) {
	rows := make([]int32, n*bucketRows)
	for i := range rows {
		rows[i] = -1
	}
	for i := range keys {
		if !insert(rows, keys, n, int32(i)) {
			return nil, false
		}
	}
	return rows, true
}

// mostMoves is how many keys may give way to a new one.
const mostMoves = 500

// insert puts the key with the index at into a row; keys that are in its way
// move to their other bucket.
func insert(rows []int32, keys []uint64, n uint64, at int32) bool {
	bucket, other := places(keys[at], n)
	for move := range mostMoves {
		if free := freeRow(rows, bucket); free >= 0 {
			rows[free] = at
			return true
		}
		if free := freeRow(rows, other); free >= 0 {
			rows[free] = at
			return true
		}
		way := other*bucketRows + move%bucketRows
		at, rows[way] = rows[way], at
		left := other
		if bucket, other = places(keys[at], n); other == left {
			bucket, other = other, bucket
		}
	}
	return false
}

// freeRow returns the first empty row of a bucket, or -1.
func freeRow(rows []int32, bucket int) int {
	for row := bucket * bucketRows; row < (bucket+1)*bucketRows; row++ {
		if rows[row] < 0 {
			return row
		}
	}
	return -1
}

// Uint32 is the little-endian number at byte i.
func Uint32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Uint64 is the little-endian number at byte i.
func Uint64(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
