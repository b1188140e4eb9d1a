package chain

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

// Features appends the keys of the features of word i of sentence s.
func (d *Document) Features(to []uint32, s *Sentence, i int) []uint32 {
	f := features{keys: to, d: d, s: s, i: i, w: &s.Words[i]}
	f.words()
	f.form()
	f.company()
	f.leanings()
	f.phrases()
	f.runs()
	f.document()
	return f.keys
}

// features collects the keys of one word's features. A key is a hash of the
// number of the template and its values.
type features struct {
	keys []uint32
	d    *Document
	s    *Sentence
	i    int
	w    *Word
}

// NamesWord reports whether the key is that of a feature that names the word
// itself, so that it tells nothing of words that training did not see.
func NamesWord(key uint32) bool { return key&1 == 1 }

func key(template uint32, v uint64) uint32 {
	x := (v + uint64(template)*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return uint32(x >> 32)
}

func (f *features) add(template uint32, v uint64) {
	f.keys = append(f.keys, key(template, v)&^1)
}

func (f *features) pair(template uint32, a, b uint64) {
	f.add(template, (a+0x632be59bd9b4e019)*0x9e3779b97f4a7c15^b)
}

// own and ownPair add features that name the word itself.
func (f *features) own(template uint32, v uint64) {
	f.keys = append(f.keys, key(template, v)|1)
}

func (f *features) ownPair(template uint32, a, b uint64) {
	f.own(template, (a+0x632be59bd9b4e019)*0x9e3779b97f4a7c15^b)
}

// boundary stands for the words before and after the sentence.
var boundary = Word{hash: 1, shape: 1}

func (f *features) at(offset int) *Word {
	if j := f.i + offset; j >= 0 && j < len(f.s.Words) {
		return &f.s.Words[j]
	}
	return &boundary
}

// words adds the word and its neighbours.
func (f *features) words() {
	w := f.w
	before, after := f.at(-1), f.at(1)
	style := uint64(f.s.style)
	f.add(0, style)
	f.own(1, uint64(w.hash))
	f.add(2, uint64(before.hash))
	f.add(3, uint64(after.hash))
	f.add(4, uint64(f.at(-2).hash))
	f.add(5, uint64(f.at(2).hash))
	f.ownPair(6, uint64(before.hash), uint64(w.hash))
	f.ownPair(7, uint64(w.hash), uint64(after.hash))
	f.pair(8, uint64(before.hash), uint64(w.shape))
	f.pair(9, uint64(w.shape), uint64(after.hash))
	f.pair(10, uint64(before.hash), uint64(f.at(-2).hash))
	f.pair(11, uint64(after.hash), uint64(f.at(2).hash))
	f.ownPair(12, uint64(w.hash), uint64(w.shape)<<3|style)
}

// form adds the look of the word and its neighbours.
func (f *features) form() {
	w := f.w
	before, after := f.at(-1), f.at(1)
	style := uint64(f.s.style)
	first := uint64(0)
	if f.i == 0 {
		first = 1
	}
	f.pair(20, uint64(w.shape), style)
	f.pair(21, uint64(before.shape), style)
	f.pair(22, uint64(after.shape), style)
	f.pair(23, uint64(w.shape), uint64(before.shape))
	f.pair(24, uint64(w.shape), uint64(after.shape))
	f.pair(25, uint64(w.shape), uint64(before.shape)<<32|uint64(after.shape))
	f.pair(26, uint64(w.class), first<<8|style)
	f.pair(27, uint64(before.class)<<8|uint64(w.class), uint64(after.class)<<16|uint64(f.at(-2).class)<<8|uint64(f.at(2).class))
	for k := range w.prefix {
		if w.prefix[k] != 0 {
			f.add(30+uint32(k), uint64(w.prefix[k]))
		}
		if w.suffix[k] != 0 {
			f.pair(34+uint32(k), uint64(w.suffix[k]), uint64(w.class))
		}
	}
	f.add(38, uint64(before.suffix[2]))
	f.add(39, uint64(after.suffix[2]))
}

// company adds the clusters of the word and its neighbours.
func (f *features) company() {
	c, class := f.w.clusters, uint64(f.w.class)
	before, after := f.at(-1).clusters, f.at(1).clusters
	f.pair(40, uint64(c.Fine), class)
	f.pair(41, uint64(c.Middle), class)
	f.pair(42, uint64(c.Coarse), class)
	f.add(43, uint64(before.Fine))
	f.add(44, uint64(before.Middle))
	f.add(45, uint64(before.Coarse))
	f.add(46, uint64(after.Fine))
	f.add(47, uint64(after.Middle))
	f.add(48, uint64(after.Coarse))
	f.add(49, uint64(f.at(-2).clusters.Fine))
	f.add(50, uint64(f.at(2).clusters.Fine))
	f.pair(51, uint64(c.Middle), uint64(before.Middle)<<8|class)
	f.pair(52, uint64(c.Middle), uint64(after.Middle)<<8|class)
	f.pair(53, uint64(c.Coarse), uint64(before.Coarse)<<24|uint64(after.Coarse)<<8|class)
	f.pair(54, uint64(c.Coarse), uint64(f.at(-1).hash))
	f.pair(55, uint64(c.Coarse), uint64(f.at(1).hash))
	f.paths()
}

// pathCuts are the shifts that leave the first 4, 6, 10 and all branches of a
// path.
var pathCuts = [...]uint32{28, 26, 22, 0}

// paths adds the branches of the tree of words that hold the word and its
// neighbours.
func (f *features) paths() {
	path, class := f.w.clusters.Path, uint64(f.w.class)
	before, after := f.at(-1).clusters.Path, f.at(1).clusters.Path
	for i, cut := range pathCuts {
		f.pair(110+uint32(i), uint64(path>>cut), class)
	}
	f.add(114, uint64(before>>22))
	f.add(115, uint64(before))
	f.add(116, uint64(after>>22))
	f.add(117, uint64(after))
	f.pair(118, uint64(path), uint64(before>>22))
	f.pair(119, uint64(path), uint64(after>>22))
	f.pair(120, uint64(path>>22), uint64(f.w.shape))
}

// leanings adds how the word and its neighbours lean to be used.
func (f *features) leanings() {
	w, class := f.w, uint64(f.w.class)
	before, after := f.at(-1), f.at(1)
	f.add(130, before.leaning())
	f.add(131, after.leaning())
	f.pair(132, uint64(w.top), uint64(before.top)<<8|class)
	f.pair(133, uint64(w.top), uint64(after.top)<<8|class)
	f.pair(134, uint64(w.top), uint64(before.top)<<16|uint64(after.top)<<8|class)
	l := w.clusters.Leanings
	if l == 0 {
		return
	}
	f.pair(135, w.leaning(), class)
	f.pair(136, uint64(w.top), uint64(w.second)<<8|class)
	for use := range lexicon.Uses {
		f.pair(137, uint64(use), uint64(l.Level(use))<<8|class)
	}
}

// leaning is the likeliest use of the word and how likely it is.
func (w *Word) leaning() uint64 {
	return uint64(w.top)<<8 | uint64(w.clusters.Leanings.Level(int(w.top)))
}

// phrases adds the lists of the lexicon.
func (f *features) phrases() {
	lists := uint64(f.w.lists)
	if lists != 0 {
		f.pair(60, lists, uint64(f.w.class))
		for bits := lists; bits != 0; bits &= bits - 1 {
			f.add(61, bits&-bits)
		}
	}
	if lists != 0 {
		f.pair(64, lists, uint64(f.at(-1).clusters.Coarse))
		f.pair(65, lists, uint64(f.at(1).clusters.Coarse))
		f.pair(66, lists, uint64(f.w.top)<<8|uint64(min(f.w.run.end-f.w.run.start, 5)))
	}
	if before := f.at(-1).lists; before != 0 {
		f.pair(62, uint64(before), uint64(f.w.class))
	}
	if after := f.at(1).lists; after != 0 {
		f.pair(63, uint64(after), uint64(f.w.class))
	}
}

// runs adds the stretch of capitalised words that the word is in.
func (f *features) runs() {
	r := f.w.run
	if r.end == 0 || r.end-r.start > longestRun {
		return
	}
	e := evidenceOf(f.s, r)
	place := uint64(placeIn(r, f.i))
	f.edges(70, 140, &e, place)
	f.pair(80, uint64(r.end-r.start), place)
	if e.length > 1 && e.length <= 4 {
		h := uint64(0)
		for i := r.start; i < r.end; i++ {
			h = h*0x9e3779b97f4a7c15 + uint64(f.s.Words[i].hash)
		}
		f.ownPair(81, h, place)
	}
}

// edges adds the words at both ends of a run and around it.
func (f *features) edges(template, second uint32, e *evidence, place uint64) {
	left, right := &boundary, &boundary
	if e.left != nil {
		left = e.left
	}
	if e.right != nil {
		right = e.right
	}
	f.pair(template, uint64(left.hash), place)
	f.pair(template+1, uint64(left.clusters.Middle), place)
	f.pair(template+2, uint64(right.hash), place)
	f.pair(template+3, uint64(right.clusters.Middle), place)
	if e.length == 1 {
		f.pair(template+9, uint64(left.clusters.Middle), uint64(right.clusters.Middle))
		return
	}
	f.pair(second, e.first.leaning(), place)
	f.pair(second+1, e.last.leaning(), place)
	f.pair(second+2, uint64(e.first.top)<<8|uint64(e.last.top), place)
	f.pair(template+4, uint64(e.first.hash), place)
	f.pair(template+5, uint64(e.first.clusters.Middle), place)
	f.pair(template+6, uint64(e.last.hash), place)
	f.pair(template+7, uint64(e.last.clusters.Middle), place)
	f.pair(template+8, uint64(e.first.clusters.Coarse), uint64(e.last.clusters.Coarse)<<8|place)
}

// document adds what the rest of the document tells of the word.
func (f *features) document() {
	if f.w.acronym >= 0 {
		e := &f.d.acronyms.list[f.w.acronym]
		f.add(90, 1)
		f.add(91, uint64(e.last.clusters.Middle))
		f.add(92, uint64(e.last.hash))
		f.add(93, uint64(e.first.clusters.Middle))
	}
	if f.w.evidence < 0 {
		return
	}
	e := &f.d.evidence.list[f.w.evidence]
	bits := uint64(0)
	if e.lower {
		bits |= 1
	}
	if e.inner {
		bits |= 2
	}
	f.pair(94, bits, uint64(f.w.class)<<8|uint64(f.s.style))
	if e.length > f.w.run.end-f.w.run.start {
		f.pair(95, uint64(e.place), uint64(min(e.length, 4)))
		f.edges(100, 150, e, uint64(e.place))
	}
}
