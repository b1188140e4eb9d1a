package main

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

const (
	// deepest is how many branches a path has at most.
	deepest = 12
	// smallestBranch is how many words a branch must have to be parted again.
	smallestBranch = 16
	treeRounds     = 6
)

// tree parts words in two again and again by where their vectors lie; a leaf
// has no branches.
type tree struct {
	centres vectors
	left    *tree
	right   *tree
	number  uint16 // of the leaf
}

// grow makes the tree of the rows. Leaves are numbered from 1 in the order of
// their paths, which it appends to paths.
func grow(rows vectors, path uint32, depth int, paths *[]uint32) *tree {
	if depth == deepest || len(rows) < smallestBranch {
		*paths = append(*paths, path|1<<(31-depth))
		return &tree{number: uint16(len(*paths) - 1)}
	}
	t := &tree{centres: spherical(rows, even(len(rows)), 2, treeRounds, uint64(path)+uint64(depth))}
	var left, right vectors
	for _, row := range rows {
		if nearest(row, t.centres) == 0 {
			left = append(left, row)
		} else {
			right = append(right, row)
		}
	}
	t.left = grow(left, path, depth+1, paths)
	t.right = grow(right, path|1<<(31-depth), depth+1, paths)
	return t
}

// leaf returns the number of the leaf that a row falls to.
func (t *tree) leaf(row []float32) uint16 {
	for t.centres != nil {
		if nearest(row, t.centres) == 0 {
			t = t.left
		} else {
			t = t.right
		}
	}
	return t.number
}

// addPaths gives every word its path in a tree of the most frequent words and
// returns the paths by number.
func addPaths(words []string, rows vectors, into map[lexicon.Hash]lexicon.WordClasses) []uint32 {
	paths := []uint32{0}
	t := grow(rows[:min(trainedWords, len(rows))], 0, 0, &paths)
	for i, row := range rows {
		h := lexicon.HashWord(words[i])
		if w := into[h]; w.Path == 0 {
			w.Path = t.leaf(row)
			into[h] = w
		}
	}
	return paths
}
