package lexicon

// Trie holds phrases, each with the values added under it. The zero Trie is
// empty and ready to use; once filled it is safe for concurrent reading.
type Trie struct {
	words  vocabulary // numbered from 1
	edges  map[edge]uint32
	roots  []uint32  // the edges of the root, by the number of the word
	values [][]int32 // by node; node 0 is the root
}

type edge struct{ node, word uint32 }

// Add puts value under phrase. A phrase without a word is ignored.
func (t *Trie) Add(phrase string, value int32) {
	if t.edges == nil {
		t.edges, t.roots, t.values = map[edge]uint32{}, make([]uint32, 1), make([][]int32, 1)
	}
	node := uint32(0)
	for _, w := range Words(phrase) {
		node = t.child(node, w.Fold)
	}
	if node == 0 {
		return
	}
	for _, v := range t.values[node] {
		if v == value {
			return
		}
	}
	t.values[node] = append(t.values[node], value)
}

func (t *Trie) child(node uint32, word string) uint32 {
	number := t.words.put(word)
	if *number == 0 {
		*number = uint32(len(t.roots))
		t.roots = append(t.roots, 0)
	}
	e := edge{node, *number}
	next := t.along(e)
	if next == 0 {
		next = uint32(len(t.values))
		t.values = append(t.values, nil)
		if node == 0 {
			t.roots[e.word] = next
		} else {
			t.edges[e] = next
		}
	}
	return next
}

// along is the node at the end of the edge, 0 when there is none.
func (t *Trie) along(e edge) uint32 {
	if e.node == 0 {
		return t.roots[e.word]
	}
	return t.edges[e]
}

// Longest returns the values of the longest phrase that begins at words[i]
// and the number of words it takes, 0 when none does.
func (t *Trie) Longest(words []Word, i int) (n int, values []int32) {
	node := uint32(0)
	for j := i; j < len(words); j++ {
		var ok bool
		if node, ok = t.next(node, &words[j]); !ok {
			break
		}
		if v := t.values[node]; v != nil {
			n, values = j+1-i, v
		}
	}
	return n, values
}

// next follows the word, or else one of its base forms, from node.
func (t *Trie) next(node uint32, w *Word) (uint32, bool) {
	if next := t.follow(node, w.Fold, w.hash); next != 0 || w.stems == nil {
		return next, next != 0
	}
	for _, stem := range *w.stems {
		if next := t.follow(node, stem, Hash(stem)); next != 0 {
			return next, true
		}
	}
	return 0, false
}

// follow is the node that the word leads to, 0 when it leads to none.
func (t *Trie) follow(node uint32, word string, hash uint32) uint32 {
	number := t.words.number(word, hash)
	if number == 0 {
		return 0
	}
	return t.along(edge{node, number})
}

// Find returns the values of phrase itself.
func (t *Trie) Find(phrase string) []int32 {
	words := Words(phrase)
	if n, values := t.Longest(words, 0); n == len(words) {
		return values
	}
	return nil
}
