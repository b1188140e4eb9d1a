package embedded

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
)

// times says how often a word stands in the title and in the text of a
// report, as far as ranking tells the numbers apart.
type times uint8

// The greatest numbers that times can say.
const (
	maxInTitle = 3
	maxInText  = 63
)

func newTimes(title, text int) times {
	return times(min(title, maxInTitle)<<6 | min(text, maxInText))
}

func (t times) title() int { return int(t >> 6) }
func (t times) text() int  { return int(t & maxInText) }

func (t times) plus(u times) times { return newTimes(t.title()+u.title(), t.text()+u.text()) }

// use is a word in a report.
type use struct {
	word uint32
	times
}

// posting is a report that has a word.
type posting struct {
	key uint32
	times
}

// postingList holds the postings of a word in the order of their keys: of each the
// distance from the one before, as a varint, and the times. It is never
// changed; a longer one may begin with the same bytes.
type postingList struct {
	bytes []byte
	last  uint32
}

// appended returns the list with a posting after the last.
func (l *postingList) appended(p posting) *postingList {
	b := binary.AppendUvarint(l.bytes, uint64(p.key-l.last))
	return &postingList{append(b, byte(p.times)), p.key}
}

// each visits the postings.
func (l *postingList) each(visit func(posting)) {
	if l == nil {
		return
	}
	key := uint32(0)
	for b := l.bytes; len(b) > 1; {
		distance, n := uint64(b[0]), 1
		if distance >= 0x80 {
			distance, n = binary.Uvarint(b)
		}
		key += uint32(distance)
		visit(posting{key, times(b[n])})
		b = b[n+1:]
	}
}

// all returns the postings.
func (l *postingList) all() []posting {
	if l == nil {
		return nil
	}
	all := make([]posting, 0, len(l.bytes)/2)
	l.each(func(p posting) { all = append(all, p) })
	return all
}

func newPostingList(all []posting) *postingList {
	l := &postingList{}
	for _, p := range all {
		l = l.appended(p)
	}
	return l
}

// postings holds the lists of all words by key. Like columns it is never
// changed.
type postings []*postingList

func (p postings) of(word uint32) *postingList {
	if int(word) >= len(p) {
		return nil
	}
	return p[word]
}

// add appends the words of the next report while the postings are not yet
// shared.
func (p postings) add(key int, uses []use) {
	for _, u := range uses {
		next := posting{uint32(key), u.times}
		if p[u.word] == nil {
			p[u.word] = &postingList{}
		}
		l := p[u.word]
		l.bytes = append(binary.AppendUvarint(l.bytes, uint64(next.key-l.last)), byte(next.times))
		l.last = next.key
	}
}

// change is what a transaction changes of the words of one report.
type change struct{ before, after []use }

// words returns the words whose times differ, with those after the change.
func (c change) words() map[uint32]times {
	differ := map[uint32]times{}
	before := map[uint32]times{}
	for _, u := range c.before {
		before[u.word] = u.times
		differ[u.word] = 0
	}
	for _, u := range c.after {
		if before[u.word] == u.times {
			delete(differ, u.word)
		} else {
			differ[u.word] = u.times
		}
	}
	return differ
}

// with returns the postings of the given number of words after the changes,
// by report.
func (p postings) with(words int, changes map[int]change) postings {
	next := make(postings, words)
	copy(next, p)
	edits := map[uint32]map[uint32]times{}
	edit := func(word uint32, key int, t times) {
		if edits[word] == nil {
			edits[word] = map[uint32]times{}
		}
		edits[word][uint32(key)] = t
	}
	fresh := map[uint32]bool{} // the words whose list is not yet shared
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		c := changes[key]
		if c.before == nil {
			next.extend(key, c.after, fresh, edit)
			continue
		}
		for word, t := range c.words() {
			edit(word, key, t)
		}
	}
	for word, of := range edits {
		next[word] = next[word].edited(of)
	}
	return next
}

// extend appends the words of a report that is new.
func (p postings) extend(key int, uses []use, fresh map[uint32]bool, edit func(word uint32, key int, t times)) {
	for _, u := range uses {
		l := p[u.word]
		switch {
		case l != nil && int(l.last) >= key:
			edit(u.word, key, u.times)
		case l == nil:
			fresh[u.word] = true
			p[u.word] = (&postingList{}).appended(posting{uint32(key), u.times})
		case fresh[u.word]:
			l.bytes = append(binary.AppendUvarint(l.bytes, uint64(uint32(key)-l.last)), byte(u.times))
			l.last = uint32(key)
		default:
			fresh[u.word] = true
			p[u.word] = l.appended(posting{uint32(key), u.times})
		}
	}
}

// edited returns the list, which may be nil, with other times for some
// reports; 0 is to take one out.
func (l *postingList) edited(of map[uint32]times) *postingList {
	all := l.all()
	kept := make([]posting, 0, len(all)+len(of))
	for _, p := range all {
		if _, ok := of[p.key]; !ok {
			kept = append(kept, p)
		}
	}
	for key, t := range of {
		if t != 0 {
			kept = append(kept, posting{key, t})
		}
	}
	slices.SortFunc(kept, func(a, b posting) int { return cmp.Compare(a.key, b.key) })
	return newPostingList(kept)
}

// having returns a function that visits the postings that have any of the
// words.
func (p postings) having(words []uint32) func(visit func(posting)) {
	if len(words) == 1 {
		return p.of(words[0]).each
	}
	var all []posting
	for _, w := range words {
		all = merge(all, p.of(w).all())
	}
	return func(visit func(posting)) {
		for _, p := range all {
			visit(p)
		}
	}
}

func merge(a, b []posting) []posting {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	all := make([]posting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].key < b[0].key:
			all, a = append(all, a[0]), a[1:]
		case a[0].key > b[0].key:
			all, b = append(all, b[0]), b[1:]
		default:
			all = append(all, posting{a[0].key, a[0].plus(b[0].times)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}
