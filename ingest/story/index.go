package story

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// knownText is a report as the index remembers it.
type knownText struct {
	// Report is its id and Story the id of its story, that of the report the
	// story began with.
	Report, Story string
	// Published is the agency's time, or that of the first sight.
	Published time.Time
	// Sequence orders the reports by their arrival, upward from 1.
	Sequence uint64
	// Arrived is when the report came in.
	Arrived time.Time
	Sketch  sketch
}

// finding is a known report that has the same text.
type finding struct {
	Report, Story string
	// Covered estimates the part of the text looked up that stands in the
	// known one, 0 to 1.
	Covered float64
}

// index finds the reports that have the same text as another. It forgets
// reports that arrived longer ago than the window before the latest one, and
// the first ones when there are too many; what it answers is decided by what was
// added alone, in that order. It is not safe for concurrent use.
type index struct {
	window time.Duration
	most   int

	postings postings
	reports  []remembered // from number postings.oldest on
}

// remembered is the part of a knownText that is not in the postings.
type remembered struct {
	report, story      string
	published, arrived int64 // Unix seconds
	sequence           uint64
	level              uint8
	// counts are the shingles at the sketch's level and those above it.
	counts  [countLevels]uint8
	figures sample
}

// countLevels is how many levels apart two sketches can be compared: one text
// may be 2^countLevels times as long.
const countLevels = 6

// newIndex returns an index of at most so many reports over a window of time.
func newIndex(window time.Duration, most int) *index {
	return &index{window: window, most: most, postings: postings{oldest: 1}}
}

// add remembers a report. Sequences and times of arrival must not fall.
func (x *index) add(k knownText) {
	number := x.postings.oldest + uint32(len(x.reports))
	r := remembered{
		report: k.Report, story: k.Story, published: k.Published.Unix(), arrived: k.Arrived.Unix(),
		sequence: k.Sequence, level: uint8(k.Sketch.shingles.level), figures: k.Sketch.figures,
	}
	for _, key := range k.Sketch.shingles.values {
		if !x.postings.add(key, number) {
			continue
		}
		for i := range r.counts {
			if kept(key, int(r.level)+i) {
				r.counts[i]++
			}
		}
	}
	x.reports = append(x.reports, r)
	x.forget()
}

// forget drops what is beyond the window or too many.
func (x *index) forget() {
	limit := x.reports[len(x.reports)-1].arrived - int64(x.window/time.Second)
	n := max(0, len(x.reports)-x.most)
	for n < len(x.reports) && x.reports[n].arrived < limit {
		n++
	}
	clear(x.reports[:n]) // the strings can go before the array does
	x.reports = x.reports[n:]
	x.postings.oldest += uint32(n)
}

// at returns the report that was added under the sequence.
func (x *index) at(sequence uint64) (finding, bool) {
	i := sort.Search(len(x.reports), func(i int) bool { return x.reports[i].sequence >= sequence })
	if i == len(x.reports) || x.reports[i].sequence != sequence {
		return finding{}, false
	}
	return finding{Report: x.reports[i].report, Story: x.reports[i].story, Covered: 1}, true
}

// find returns the known report whose text the sketch shares the most of, if
// they are copies of one another that were published within the window.
func (x *index) find(s sketch, published time.Time) (finding, bool) {
	return x.findAfter(s, published, 0)
}

// findAfter is find among the reports that were added after the sequence.
func (x *index) findAfter(s sketch, published time.Time, sequence uint64) (finding, bool) {
	if s.empty() {
		return finding{}, false
	}
	l := x.lookUp(s)
	for _, c := range l.best() {
		r := &x.reports[c.report-x.postings.oldest]
		if r.sequence <= sequence || !x.inWindow(r.published, published.Unix()) {
			continue
		}
		v, covered := l.compare(c, r)
		if v.same() && sameFigures(v.contained(), s.figures, r.figures) {
			return finding{Report: r.report, Story: r.story, Covered: min(covered, 1)}, true
		}
	}
	return finding{}, false
}

func (x *index) inWindow(a, b int64) bool {
	return max(a-b, b-a) <= int64(x.window/time.Second)
}

// lookup is one search: which reports share shingles with a sketch.
type lookup struct {
	level int
	// keys are the shingles that are not common, in the sketch's order.
	keys       []uint32
	candidates map[uint32]*candidate
}

// candidate is a report that shares shingles: how many, by the quarters of
// the text looked up and by those of its own.
type candidate struct {
	report     uint32
	shared     int
	mine, ours [quarters]int
}

func (x *index) lookUp(s sketch) *lookup {
	l := &lookup{level: s.shingles.level, candidates: map[uint32]*candidate{}}
	var buffer [2 * mostPostings]posting
	for _, key := range s.shingles.values {
		found, common := x.postings.find(key, buffer[:])
		if common {
			continue
		}
		l.keys = append(l.keys, key)
		for _, p := range found {
			c := l.candidates[p.report]
			if c == nil {
				c = &candidate{report: p.report}
				l.candidates[p.report] = c
			}
			c.shared++
			c.mine[key&quarterMask]++
			c.ours[p.quarter]++
		}
	}
	return l
}

// best returns the candidates that share enough, those that share the most
// first, and of equals the earliest.
func (l *lookup) best() []*candidate {
	var out []*candidate
	for _, c := range l.candidates {
		if c.shared >= leastShared {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.report, b.report))
	})
	return out
}

// compare says what the sketch and the report have in common, and which part
// of the sketch's text the report covers.
func (l *lookup) compare(c *candidate, r *remembered) (comparison, float64) {
	level := max(l.level, int(r.level))
	if level-int(r.level) >= countLevels {
		return comparison{}, 0
	}
	ours := int(r.counts[level-int(r.level)])
	mine, byQuarter := 0, [quarters]int{}
	for _, key := range l.keys {
		if kept(key, level) {
			mine++
			byQuarter[key&quarterMask]++
		}
	}
	lengths := [2]float64{float64(len(l.keys)) * float64(int(1)<<l.level), float64(r.counts[0]) * float64(int(1)<<r.level)}
	v := comparison{shared: c.shared, of: max(min(mine, ours), 1), ratio: min(lengths[0], lengths[1]) / max(lengths[0], lengths[1], 1)}
	if lengths[0] <= lengths[1] {
		v.thin, v.thinOf = thinnest(c.mine, byQuarter)
	} else {
		share := float64(ours) / quarters
		v.thin, v.thinOf = thinnestOf(c.ours, [quarters]float64{share, share, share, share})
	}
	return v, float64(c.shared) / float64(max(mine, 1))
}

func thinnest(shared, of [quarters]int) (float64, float64) {
	var parts [quarters]float64
	for i, n := range of {
		parts[i] = float64(n)
	}
	return thinnestOf(shared, parts)
}

// thinnestOf adds up the two quarters with the smallest part shared.
func thinnestOf(shared [quarters]int, of [quarters]float64) (thin, thinOf float64) {
	order := [quarters]int{0, 1, 2, 3}
	part := func(i int) float64 { return float64(shared[i]) / max(of[i], 1) }
	slices.SortFunc(order[:], func(a, b int) int { return cmp.Compare(part(a), part(b)) })
	for _, i := range order[:quarters/2] {
		thin += float64(shared[i])
		thinOf += of[i]
	}
	return thin, thinOf
}
