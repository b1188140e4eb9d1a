package embedded

import (
	"bytes"
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

// once reports whether the word stands in the report a single time, as most do.
func (t times) once() bool { return t == newTimes(1, 0) || t == newTimes(0, 1) }

// uses says how often and where a word stands in a report: its times and its
// places, and before these, unless there is only one, their number of bytes
// as a varint.
type uses []byte

// appendUses appends uses to bytes.
func appendUses(b []byte, t times, p places) []byte {
	b = append(b, byte(t))
	if !t.once() {
		b = binary.AppendUvarint(b, uint64(len(p)))
	}
	return append(b, p...)
}

func (u uses) times() times { return times(u[0]) }

func (u uses) places() places {
	if u.times().once() {
		return places(u[1:])
	}
	_, n := shortUvarint(u[1:])
	return places(u[1+n:])
}

// firstUses returns the uses at the beginning of b, or nil when they are cut
// short.
func firstUses(b []byte) uses {
	if len(b) < 2 {
		return nil
	}
	size, n := shortUvarint(b[1:])
	if times(b[0]).once() {
		size = 0
	}
	if n <= 0 || size > uint64(len(b)-1-n) {
		return nil
	}
	return uses(b[:1+n+int(size)])
}

// shortUvarint reads a varint, which is most often one byte.
func shortUvarint(b []byte) (uint64, int) {
	if b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// use is a word in a report.
type use struct {
	word uint32
	uses
}

// posting is a report that has a word.
type posting struct {
	key uint32
	times
}

// postingList holds the uses of a word in the order of the keys of their
// reports. It is never changed; a longer one may begin with the same bytes. It
// is cut into parts, so that a change of one report writes one part anew.
type postingList struct {
	full []part
	open part
}

// part holds uses: of each the distance of the key from the one before, as a
// varint, and the uses.
type part struct {
	bytes []byte
	last  uint32 // no key is greater
}

// partSize is the number of bytes from which on a part is full.
const partSize = 16 << 10

func (p *part) append(key uint32, u uses) {
	p.bytes = append(binary.AppendUvarint(p.bytes, uint64(key-p.last)), u...)
	p.last = key
}

// append adds uses after the last, while the list is not yet shared.
func (l *postingList) append(key uint32, u uses) {
	if len(l.open.bytes) >= partSize {
		l.full = append(l.full, part{slices.Clip(l.open.bytes), l.open.last})
		l.open = part{}
	}
	l.open.append(key, u)
}

// edited returns the list with other uses for some reports; nil is to take
// one out.
func (l *postingList) edited(of map[uint32]uses) *postingList {
	keys := slices.Sorted(maps.Keys(of))
	next := &postingList{full: slices.Clone(l.full), open: l.open}
	for i := range next.full {
		n, _ := slices.BinarySearch(keys, next.full[i].last+1)
		next.full[i] = next.full[i].edited(keys[:n], of)
		keys = keys[n:]
	}
	n, _ := slices.BinarySearch(keys, next.open.last+1)
	next.open = next.open.edited(keys[:n], of)
	for _, key := range keys[n:] {
		if u := of[key]; u != nil {
			next.append(key, u)
		}
	}
	return next
}

// edited returns the part with other uses for the reports of the sorted keys.
func (p part) edited(keys []uint32, of map[uint32]uses) part {
	if len(keys) == 0 {
		return p
	}
	fresh := part{bytes: make([]byte, 0, len(p.bytes)+len(p.bytes)/8)}
	put := func(upTo uint32) {
		for ; len(keys) > 0 && keys[0] <= upTo; keys = keys[1:] {
			if u := of[keys[0]]; u != nil {
				fresh.append(keys[0], u)
			}
		}
	}
	r := reader{rest: []part{p}}
	for r.next() {
		put(r.key)
		if _, ok := of[r.key]; !ok {
			fresh.append(r.key, r.uses)
		}
	}
	put(p.last)
	return fresh
}

// reader reads the uses of a word in the order of the keys.
type reader struct {
	rest []part
	// left is what is left of the part being read, and last its last key.
	left []byte
	last uint32
	key  uint32
	uses
}

func (l *postingList) reader() *reader {
	if l == nil {
		return &reader{}
	}
	return &reader{rest: append(l.full[:len(l.full):len(l.full)], l.open)}
}

// next reads the uses in the next report, or returns false after the last.
func (r *reader) next() bool {
	for len(r.left) == 0 {
		if len(r.rest) == 0 {
			return false
		}
		r.left, r.last, r.key = r.rest[0].bytes, r.rest[0].last, 0
		r.rest = r.rest[1:]
	}
	distance, n := shortUvarint(r.left)
	r.key += uint32(distance)
	r.uses = firstUses(r.left[n:])
	r.left = r.left[n+len(r.uses):]
	return true
}

// seek reads on to the first report with the key or a later one. The reader
// must have read one before it.
func (r *reader) seek(key uint32) bool {
	if r.key >= key {
		return true
	}
	if r.last < key {
		r.left = nil
	}
	for len(r.left) == 0 && len(r.rest) > 0 && r.rest[0].last < key {
		r.rest = r.rest[1:]
	}
	for r.next() {
		if r.key >= key {
			return true
		}
	}
	return false
}

// postings holds the lists of all words by key. Like columns it is never
// changed.
type postings []*postingList

// reader returns what reads the uses of a word.
func (p postings) reader(word uint32) *reader {
	if int(word) >= len(p) {
		return &reader{}
	}
	return p[word].reader()
}

// add appends the words of the next report while the postings are not yet
// shared.
func (p postings) add(key int, all []use) {
	for _, u := range all {
		if p[u.word] == nil {
			p[u.word] = &postingList{}
		}
		p[u.word].append(uint32(key), u.uses)
	}
}

// change is what a transaction changes of the words of one report.
type change struct{ before, after []use }

// words returns the words whose uses differ, with those after the change.
func (c change) words() map[uint32]uses {
	before, differ := map[uint32]uses{}, map[uint32]uses{}
	for _, u := range c.before {
		before[u.word] = u.uses
		differ[u.word] = nil
	}
	for _, u := range c.after {
		if bytes.Equal(before[u.word], u.uses) {
			delete(differ, u.word)
		} else {
			differ[u.word] = u.uses
		}
	}
	return differ
}

// with returns the postings of the given number of words after the changes,
// by report.
func (p postings) with(words int, changes map[int]change) postings {
	next := make(postings, words)
	copy(next, p)
	edits := map[uint32]map[uint32]uses{}
	edit := func(word uint32, key int, u uses) {
		if edits[word] == nil {
			edits[word] = map[uint32]uses{}
		}
		edits[word][uint32(key)] = u
	}
	for _, key := range slices.Sorted(maps.Keys(changes)) {
		c := changes[key]
		if c.before == nil {
			next.extend(key, c.after, p, edit)
			continue
		}
		for word, u := range c.words() {
			edit(word, key, u)
		}
	}
	for word, of := range edits {
		if next[word] == nil {
			next[word] = &postingList{}
		}
		next[word] = next[word].edited(of)
	}
	return next
}

// extend appends the words of a report that is new. The lists of shared are
// not to be changed.
func (p postings) extend(key int, all []use, shared postings, edit func(word uint32, key int, u uses)) {
	for _, u := range all {
		l := p[u.word]
		switch {
		case l == nil:
			l = &postingList{}
			p[u.word] = l
		case int(l.open.last) >= key:
			edit(u.word, key, u.uses)
			continue
		case int(u.word) < len(shared) && l == shared[u.word]:
			l = &postingList{full: l.full, open: l.open}
			p[u.word] = l
		}
		l.append(uint32(key), u.uses)
	}
}

// stemReader reads the uses of several words as if they were one.
type stemReader struct {
	words []*reader // that are not yet at their end
	key   uint32
}

func (p postings) having(words []uint32) *stemReader {
	s := &stemReader{}
	for _, w := range words {
		if r := p.reader(w); r.next() {
			s.words = append(s.words, r)
		}
	}
	return s
}

// seek reads on to the first report with the key or a later one, or returns
// false after the last.
func (s *stemReader) seek(key uint32) bool {
	if len(s.words) == 1 && s.words[0].seek(key) {
		s.key = s.words[0].key
		return true
	}
	s.words = slices.DeleteFunc(s.words, func(r *reader) bool { return !r.seek(key) })
	if len(s.words) == 0 {
		return false
	}
	s.key = s.words[0].key
	for _, r := range s.words[1:] {
		s.key = min(s.key, r.key)
	}
	return true
}

// times says how often one of the words stands in the report.
func (s *stemReader) times() times {
	all := times(0)
	for _, r := range s.words {
		if r.key == s.key {
			all = all.plus(r.times())
		}
	}
	return all
}

// appendPlaces appends where one of the words stands in the report, in order.
func (s *stemReader) appendPlaces(at []uint32) []uint32 {
	words := 0
	for _, r := range s.words {
		if r.key == s.key {
			at = r.places().appendTo(at)
			words++
		}
	}
	if words > 1 {
		slices.Sort(at)
	}
	return at
}

// each visits the reports with one of the words that have the keys from first
// to last.
func (s *stemReader) each(first, last int, visit func(posting)) {
	if !s.seek(uint32(first)) {
		return
	}
	if len(s.words) == 1 {
		for r := s.words[0]; int(r.key) <= last; {
			visit(posting{r.key, r.times()})
			if !r.next() {
				return
			}
		}
		return
	}
	for int(s.key) <= last {
		visit(posting{s.key, s.times()})
		if !s.seek(s.key + 1) {
			return
		}
	}
}
