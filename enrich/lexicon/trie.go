package lexicon

// Trie holds phrases, each with the values added under it. The zero Trie is
// empty and ready to use; once filled it is safe for concurrent reading.
type Trie struct {
	vocabulary map[string]uint32
	edges      map[edge]uint32
	values     [][]int32 // by node; node 0 is the root
}

type edge struct{ node, word uint32 }

// Add puts value under phrase. A phrase without a word is ignored.
func (t *Trie) Add(phrase string, value int32) {
	if t.edges == nil {
		t.vocabulary, t.edges, t.values = map[string]uint32{}, map[edge]uint32{}, make([][]int32, 1)
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
	id, ok := t.vocabulary[word]
	if !ok {
		id = uint32(len(t.vocabulary) + 1)
		t.vocabulary[word] = id
	}
	e := edge{node, id}
	next, ok := t.edges[e]
	if !ok {
		next = uint32(len(t.values))
		t.edges[e] = next
		t.values = append(t.values, nil)
	}
	return next
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
	for form := range w.Forms() {
		if next, ok := t.follow(node, form); ok {
			return next, true
		}
	}
	return 0, false
}

func (t *Trie) follow(node uint32, word string) (uint32, bool) {
	id, ok := t.vocabulary[word]
	if !ok {
		return 0, false
	}
	next, ok := t.edges[edge{node, id}]
	return next, ok
}

// Find returns the values of phrase itself.
func (t *Trie) Find(phrase string) []int32 {
	words := Words(phrase)
	if n, values := t.Longest(words, 0); n == len(words) {
		return values
	}
	return nil
}
