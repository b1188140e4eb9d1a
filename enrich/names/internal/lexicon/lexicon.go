// Package lexicon knows words and phrases from outside the training text: the
// cluster of a word by its company in other text, and the lists of names that
// a phrase is on. A lexicon is one read-only file that is used where it lies,
// so opening it takes no time.
package lexicon

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/table"
)

// magic opens a lexicon file; it changes with the layout.
const magic = "DLX1"

// Mask says which lists a phrase is on.
type Mask uint8

// The lists of names.
const (
	GivenName Mask = 1 << iota // one word
	Surname                    // one word
	Person                     // a whole name
	Place
	Body  // a company, agency, party, club or other organization
	Work  // a book, film, song, ship, event or product
	Title // an office or a trade: "general secretary"
)

// Clusters are the classes of a word at three grains, from the finest; 0 is
// the class of unknown words.
type Clusters struct{ Fine, Middle, Coarse uint16 }

// Lexicon looks words up in the bytes of a lexicon file. It is safe for
// concurrent use.
type Lexicon struct {
	words    table.Table
	clusters string // by row of words: the fine cluster, 2 bytes
	grains   string // by fine cluster: middle and coarse, 2 bytes each
	phrases  table.Table
	masks    string // by row of phrases
}

var errCorrupt = errors.New("opening the lexicon: the file is damaged, build it again")

// Open returns the lexicon whose file has the bytes of data.
func Open(data string) (*Lexicon, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok || len(rest) < 4 {
		return nil, errCorrupt
	}
	n := 4 * int(table.Uint32(rest, 0))
	if n == 0 || n > len(rest)-4 {
		return nil, errCorrupt
	}
	l := &Lexicon{grains: rest[4 : 4+n]}
	var err error
	if l.words, rest, err = table.Open(rest[4+n:]); err != nil || len(rest) < 2*l.words.Len() {
		return nil, errCorrupt
	}
	l.clusters = rest[:2*l.words.Len()]
	if l.phrases, rest, err = table.Open(rest[len(l.clusters):]); err != nil || len(rest) != l.phrases.Len() {
		return nil, errCorrupt
	}
	l.masks = rest
	return l, nil
}

// Clusters returns the classes of the word with the hash.
func (l *Lexicon) Clusters(h Hash) Clusters {
	row := l.words.Row(uint64(h))
	if row < 0 {
		return Clusters{}
	}
	fine := uint16(l.clusters[2*row]) | uint16(l.clusters[2*row+1])<<8
	at := 4 * int(fine)
	if at+4 > len(l.grains) {
		return Clusters{}
	}
	g := table.Uint32(l.grains, at)
	return Clusters{Fine: fine, Middle: uint16(g), Coarse: uint16(g >> 16)}
}

// Lists returns the lists that the phrase with the hash is on.
func (l *Lexicon) Lists(h Hash) Mask {
	row := l.phrases.Row(uint64(h))
	if row < 0 {
		return 0
	}
	return Mask(l.masks[row])
}

// Contents is what a lexicon file is written from.
type Contents struct {
	// Words gives each word, by its hash, a fine cluster from 1.
	Words map[Hash]uint16
	// Grains gives the middle and coarse cluster by fine cluster.
	Grains []Clusters
	// Phrases gives the lists of each phrase.
	Phrases map[Hash]Mask
}

// Bytes returns the lexicon file, the same for the same contents.
func (c Contents) Bytes() []byte {
	out := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(c.Grains)))
	for _, g := range c.Grains {
		out = binary.LittleEndian.AppendUint16(out, g.Middle)
		out = binary.LittleEndian.AppendUint16(out, g.Coarse)
	}
	words := sortedKeys(c.Words)
	out = table.Append(out, words)
	for _, h := range words {
		out = binary.LittleEndian.AppendUint16(out, c.Words[Hash(h)])
	}
	phrases := sortedKeys(c.Phrases)
	out = table.Append(out, phrases)
	for _, h := range phrases {
		out = append(out, byte(c.Phrases[Hash(h)]))
	}
	return out
}

func sortedKeys[V any](m map[Hash]V) []uint64 {
	keys := make([]uint64, 0, len(m))
	for h := range m {
		keys = append(keys, uint64(h))
	}
	slices.Sort(keys)
	return keys
}
