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
const magic = "DLX4"

// Mask says which lists a phrase is on.
type Mask uint8

// The lists of names.
const (
	GivenName Mask = 1 << iota // one word
	Surname                    // one word
	Person                     // a whole name
	Place
	Body   // a company, agency, party, club or other organization
	Work   // a book, film, song, ship, event or product
	Title  // an office or a trade: "general secretary"
	Origin // a nationality or religion: "Bangladeshis"
)

// Clusters are the classes of a word: at three grains, from the finest, by
// where its vector lies, and its path in a binary tree of words, the first
// branch in the highest bit. 0 is the class of unknown words.
type Clusters struct {
	Fine, Middle, Coarse uint16
	Path                 uint32
	Leanings             Leanings
}

// Lexicon looks words up in the bytes of a lexicon file. It is safe for
// concurrent use.
type Lexicon struct {
	words    table.Table
	clusters string // by row of words: the fine cluster and the number of the path, 2 bytes each, and the leanings
	grains   string // by fine cluster: middle and coarse, 2 bytes each
	paths    string // by number: the path, 4 bytes
	phrases  table.Table
	masks    string // by row of phrases
}

// wordSize is the bytes of a word's classes.
const wordSize = 8

var errCorrupt = errors.New("opening the lexicon: the file is damaged, build it again")

// Open returns the lexicon whose file has the bytes of data.
func Open(data string) (*Lexicon, error) {
	rest, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, errCorrupt
	}
	l := new(Lexicon)
	if l.grains, rest, ok = cutQuads(rest); !ok {
		return nil, errCorrupt
	}
	if l.paths, rest, ok = cutQuads(rest); !ok {
		return nil, errCorrupt
	}
	var err error
	if l.words, rest, err = table.Open(rest); err != nil || len(rest) < wordSize*l.words.Len() {
		return nil, errCorrupt
	}
	l.clusters = rest[:wordSize*l.words.Len()]
	if l.phrases, rest, err = table.Open(rest[len(l.clusters):]); err != nil || len(rest) != l.phrases.Len() {
		return nil, errCorrupt
	}
	l.masks = rest
	return l, nil
}

// cutQuads takes a number n and n entries of 4 bytes off data.
func cutQuads(data string) (entries, rest string, ok bool) {
	if len(data) < 4 {
		return "", "", false
	}
	n := 4 * int(table.Uint32(data, 0))
	if n > len(data)-4 {
		return "", "", false
	}
	return data[4 : 4+n], data[4+n:], true
}

// Clusters calls found with the classes of each of the words with the hashes
// that is known, by its index.
func (l *Lexicon) Clusters(words []Hash, found func(i int, c Clusters)) {
	each(&l.words, words, func(i, row int) { found(i, l.row(row)) })
}

// row is the classes of the word in a row of words.
func (l *Lexicon) row(row int) Clusters {
	pair := table.Uint32(l.clusters, wordSize*row)
	c := Clusters{Fine: uint16(pair), Leanings: Leanings(table.Uint32(l.clusters, wordSize*row+4))}
	if at := 4 * int(c.Fine); at+4 <= len(l.grains) {
		g := table.Uint32(l.grains, at)
		c.Middle, c.Coarse = uint16(g), uint16(g>>16)
	}
	if at := 4 * int(pair>>16); at+4 <= len(l.paths) {
		c.Path = table.Uint32(l.paths, at)
	}
	return c
}

// Lists calls found with the lists of each of the phrases with the hashes that
// is on any, by its index.
func (l *Lexicon) Lists(phrases []Hash, found func(i int, lists Mask)) {
	each(&l.phrases, phrases, func(i, row int) {
		if lists := Mask(l.masks[row]); lists != 0 {
			found(i, lists)
		}
	})
}

// each calls found with the row of each of the hashes that has one.
func each(t *table.Table, hashes []Hash, found func(i, row int)) {
	var keys [table.Batch]uint64
	var rows [table.Batch]int32
	for from := 0; from < len(hashes); from += table.Batch {
		some := hashes[from:min(len(hashes), from+table.Batch)]
		for i, h := range some {
			keys[i] = uint64(h)
		}
		t.Rows(keys[:len(some)], &rows)
		for i, row := range rows[:len(some)] {
			if row >= 0 {
				found(from+i, int(row))
			}
		}
	}
}

// Contents is what a lexicon file is written from.
type Contents struct {
	Words map[Hash]WordClasses
	// Grains gives the middle and coarse cluster by fine cluster, Paths the path
	// by its number.
	Grains []Clusters
	Paths  []uint32
	// Phrases gives the lists of each phrase.
	Phrases map[Hash]Mask
}

// WordClasses are the numbers of a word's fine cluster and of its path, 0 for
// none, and its leanings.
type WordClasses struct {
	Fine, Path uint16
	Leanings   Leanings
}

// Bytes returns the lexicon file, the same for the same contents.
func (c Contents) Bytes() []byte {
	out := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(c.Grains)))
	for _, g := range c.Grains {
		out = binary.LittleEndian.AppendUint16(out, g.Middle)
		out = binary.LittleEndian.AppendUint16(out, g.Coarse)
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(c.Paths)))
	for _, p := range c.Paths {
		out = binary.LittleEndian.AppendUint32(out, p)
	}
	words := sortedKeys(c.Words)
	out, rows := table.Append(out, words)
	for _, at := range rows {
		w := WordClasses{}
		if at >= 0 {
			w = c.Words[Hash(words[at])]
		}
		out = binary.LittleEndian.AppendUint16(out, w.Fine)
		out = binary.LittleEndian.AppendUint16(out, w.Path)
		out = binary.LittleEndian.AppendUint32(out, uint32(w.Leanings))
	}
	phrases := sortedKeys(c.Phrases)
	out, rows = table.Append(out, phrases)
	for _, at := range rows {
		mask := Mask(0)
		if at >= 0 {
			mask = c.Phrases[Hash(phrases[at])]
		}
		out = append(out, byte(mask))
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
