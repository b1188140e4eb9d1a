package embedded

import (
	"hash/maphash"
	"iter"
)

// chains finds the keys of texts by their hash. It holds no text itself, and
// nothing that the garbage collector would have to look through.
type chains struct {
	seed  maphash.Seed
	last  map[uint64]uint32 // by hash, the last key with it, counted from 1
	older []uint32          // by key, the key before it with the same hash, counted from 1
}

func newChains() chains {
	return chains{seed: maphash.MakeSeed(), last: map[uint64]uint32{}}
}

// add adds the text of the key that follows the last.
func (c *chains) add(text string) {
	hash := maphash.String(c.seed, text)
	c.older = append(c.older, c.last[hash])
	c.last[hash] = uint32(len(c.older))
}

// of visits the keys of the text, and of others with the same hash.
func (c *chains) of(text string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for at := c.last[maphash.String(c.seed, text)]; at > 0; at = c.older[at-1] {
			if !yield(at - 1) {
				return
			}
		}
	}
}
