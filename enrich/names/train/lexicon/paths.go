package main

import (
	"bufio"
	"os"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

// addPaths reads lines of a word, a tab and beginnings of its path in a tree
// of words, of which the longest is taken, and gives the words that are known
// already their paths. It returns the paths by number.
func addPaths(path string, words map[lexicon.Hash]lexicon.WordClasses) ([]uint32, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	numbers := map[uint32]uint16{}
	paths := []uint32{0}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		word, list, _ := strings.Cut(lines.Text(), "\t")
		h := lexicon.HashWord(word)
		w, ok := words[h]
		if !ok {
			continue
		}
		bits := pathBits(list)
		n, ok := numbers[bits]
		if !ok {
			n = uint16(len(paths))
			numbers[bits] = n
			paths = append(paths, bits)
		}
		w.Path = n
		words[h] = w
	}
	return paths, lines.Err()
}

// pathBits packs the longest of the beginnings: the branches from the highest
// bit, then a 1 that marks the end.
func pathBits(list string) uint32 {
	longest := ""
	for _, p := range strings.Split(strings.Trim(list, "[]"), ", ") {
		if len(p) > len(longest) {
			longest = p
		}
	}
	bits := uint32(0)
	for i, c := range longest + "1" {
		if c == '1' && i < 32 {
			bits |= 1 << (31 - i)
		}
	}
	return bits
}
