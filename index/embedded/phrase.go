package embedded

import (
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
)

// places says where in a report a word stands: the distance of each place
// from the one before, as a varint. The words of the title have the places
// from 0; those of the text follow, after one place that stays empty.
type places []byte

// firstOfText is the place of the first word of the text, after so many of the
// title.
func firstOfText(title uint32) uint32 { return title + 1 }

// appendTo appends the places, in order.
func (p places) appendTo(at []uint32) []uint32 {
	last := uint32(0)
	for b := []byte(p); len(b) > 0; {
		distance, n := shortUvarint(b)
		last += uint32(distance)
		at = append(at, last)
		b = b[n:]
	}
	return at
}

// whole reports whether no place is cut short, as in a damaged file.
func (p places) whole() bool {
	for b := []byte(p); len(b) > 0; {
		_, n := shortUvarint(b)
		if n <= 0 {
			return false
		}
		b = b[n:]
	}
	return true
}

// appended returns the places with one after last, the last of them.
func (p places) appended(at, last uint32) places {
	return binary.AppendUvarint(p, uint64(at-last))
}

// phrase finds several words.
func (v *view) phrase(w wordsWanted) *matched {
	found := newSet(v.columns.len)
	distinct := slices.Compact(slices.Sorted(slices.Values(w.terms)))
	order, often := w.terms, inOrder
	if w.slop > 0 {
		order, often = distinct, func(at [][]uint32) int { return near(at, len(distinct)+w.slop) }
	}
	has := v.together(distinct, order, func(title, text [][]uint32) times {
		return w.where(newTimes(often(title), often(text)))
	})
	for _, p := range has {
		found.add(int(p.key))
	}
	return &matched{found, func(within *set, to *scores) {
		r := v.columns.newRank()
		for _, term := range distinct {
			r.count(v.spread(term))
		}
		for _, p := range has {
			if within.has(int(p.key)) {
				to.add(int(p.key), r.score(p))
			}
		}
	}}
}

// keysAtOnce is for how many keys it pays to set another processor to work, at
// phrases and at counting.
var keysAtOnce = 1 << 14

// together returns the reports of v.among that have all of the distinct terms,
// with the times that count finds, from where the terms stand in the title and
// in the text, in the order given. It counts on all processors at once, may
// change what it is given, and leaves out reports of which it finds nothing.
func (v *view) together(distinct, order []string, count func(title, text [][]uint32) times) []posting {
	first, last := v.among.bounds()
	keys := last + 1 - first
	n := min(runtime.GOMAXPROCS(0), 1+keys/keysAtOnce)
	parts := make([][]posting, n)
	var counting sync.WaitGroup
	for i := range parts {
		from, to := first+i*keys/n, first+(i+1)*keys/n
		counting.Go(func() { parts[i] = v.togetherIn(uint32(from), uint32(to), distinct, order, count) })
	}
	counting.Wait()
	return slices.Concat(parts...)
}

// togetherIn is together for the keys before to.
func (v *view) togetherIn(from, to uint32, distinct, order []string, count func(title, text [][]uint32) times) (all []posting) {
	readers, places := make([]*stemReader, len(distinct)), make([][]uint32, len(distinct))
	for i, term := range distinct {
		readers[i] = v.postings(term)
	}
	of := make([]int, len(order)) // the place of each in distinct
	for i, term := range order {
		of[i], _ = slices.BinarySearch(distinct, term)
	}
	title, text := make([][]uint32, len(order)), make([][]uint32, len(order))
	for key := v.firstWithAll(readers, from, to); key > 0; key = v.firstWithAll(readers, key+1, to) {
		for i, r := range readers {
			places[i] = r.appendPlaces(places[i][:0])
		}
		b, at := v.columns.of(int(key))
		for i, n := range of {
			title[i], text[i] = split(places[n], firstOfText(b.title[at]))
		}
		if t := count(title, text); t != 0 {
			all = append(all, posting{key, t})
		}
	}
	return all
}

// firstWithAll returns the first key from a given one on and before to in
// v.among that all readers have, or 0.
func (v *view) firstWithAll(readers []*stemReader, key, to uint32) uint32 {
	for i := 0; i < len(readers); i++ {
		if key >= to || !readers[i].seek(key) {
			return 0
		}
		if at := readers[i].key; at > key {
			key, i = at, -1
		} else if i == 0 && !v.among.has(int(key)) {
			key, i = key+1, -1
		}
	}
	return key
}

// inOrder counts how often the terms of at stand one after the other.
func inOrder(at [][]uint32) int {
	n := 0
	rest := at[1:]
starts:
	for _, start := range at[0] {
		for i, next := range rest {
			want := start + uint32(i) + 1
			for len(next) > 0 && next[0] < want {
				next = next[1:]
			}
			rest[i] = next
			if len(next) == 0 {
				return n
			}
			if next[0] != want {
				continue starts
			}
		}
		n++
	}
	return n
}

// near counts the least frequent of the terms of at when all stand in one
// stretch of so many places, and otherwise nothing.
func near(at [][]uint32, stretch int) int {
	least := len(slices.MinFunc(at, func(a, b []uint32) int { return len(a) - len(b) }))
	for {
		first, last := 0, uint32(0)
		for i, of := range at {
			if len(of) == 0 {
				return 0
			}
			if of[0] < at[first][0] {
				first = i
			}
			last = max(last, of[0])
		}
		if int(last-at[first][0]) < stretch {
			return least
		}
		at[first] = at[first][1:]
	}
}

// split cuts sorted places into those before limit, of which there are few,
// and the others.
func split(at []uint32, limit uint32) (before, from []uint32) {
	n := 0
	for n < len(at) && at[n] < limit {
		n++
	}
	return at[:n], at[n:]
}
