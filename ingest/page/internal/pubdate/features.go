package pubdate

import (
	"math"
	"slices"
)

// finish works out what the days of the page are compared by.
func (p *Page) finish(w *walker, title int) {
	p.blocks, p.titled, p.alike = len(w.blocks), title >= 0, map[string]int{}
	if p.opts.URL != nil {
		p.inAddress = dayInAddress(p.opts.URL.Path)
	}
	p.inImage = dayInAddress(p.opts.Image)
	for _, c := range p.days {
		p.strengths = append(p.strengths, c.strength())
		p.latest = max(p.latest, c.number())
		for kind, n := range c.said {
			p.given[kind] = p.given[kind] || n > 0
		}
		for _, s := range c.seen {
			p.alike[s.path]++
		}
		for _, m := range c.stamps {
			if m.kind.published() && (p.firstStamp == 0 || c.number() < p.firstStamp) {
				p.firstStamp = c.number()
			}
		}
	}
}

// unknown stands for what does not apply.
const unknown = -1

// row appends the features of the ith day.
func (p *Page) row(x []float32, i int) []float32 {
	c := p.days[i]
	votes := 0
	for kind := LinkedPublished; kind <= Address; kind++ {
		x = append(x, p.says(kind, c))
		if c.said[kind] > 0 && kind != LinkedModified && kind != MetaModified && kind != ItemModified && kind != TimeModified {
			votes++
		}
	}
	rivals := float32(0)
	for j, strength := range p.strengths {
		if j != i {
			rivals = max(rivals, strength)
		}
	}
	x = append(x, p.strengths[i], p.strengths[i]-rivals, agrees(p.inAddress, c), agrees(p.inImage, c), float32(votes), p.fromStamp(c), magnitude(p.latest-c.number()), float32(len(p.days)))
	return p.seenAs(x, c)
}

// says: 0 where the page has no such thing, 1 where it names another day, 2
// where it names a day that may be this one in another zone, 3 for this day.
func (p *Page) says(kind Kind, c *candidate) float32 {
	switch {
	case c.said[kind] > 0:
		return 3
	case !p.given[kind]:
		return 0
	case p.opts.Location == nil && p.mayBe(kind, c):
		return 2
	}
	return 1
}

func (p *Page) mayBe(kind Kind, c *candidate) bool {
	for _, other := range p.days {
		if other.said[kind] == 0 {
			continue
		}
		for _, m := range other.stamps {
			if m.kind != kind || m.dayOnly || !m.universal {
				continue
			}
			if _, ok := offsetTo(m.time, c); ok {
				return true
			}
		}
	}
	return false
}

// strengths are the kinds by how much they are to be believed.
var strengths = [kinds]float32{
	LinkedPublished: 9, MetaPublished: 8, ItemPublished: 7, TimePublished: 6, Address: 6, ScriptPublished: 5, MetaDate: 4,
	LinkedCreated: 4, LinkedOther: 4, TimeElement: 3, HeadText: 2, LinkedModified: 1, MetaModified: 1, ItemModified: 1, TimeModified: 1,
}

// strength is how much the day is to be believed at first sight.
func (c *candidate) strength() float32 {
	best := float32(0)
	for kind, n := range c.said {
		if n > 0 {
			best = max(best, strengths[kind])
		}
	}
	for i := range c.seen {
		if s := &c.seen[i]; s.sound() {
			best = max(best, 1+2*flag(s.dated)+flag(s.length < 3*(s.end-s.at)))
		}
	}
	return best
}

// agrees: -1 where an address names no day, else how much of it is this one:
// 0 nothing, 1 the year, 2 the month.
func agrees(a day, c *candidate) float32 {
	switch {
	case a.year == 0:
		return unknown
	case a.year != c.year:
		return 0
	case a.month != c.month:
		return 1
	}
	return 2
}

// fromStamp is how long before or after the earliest time of publication in
// the mark-up the day is.
func (p *Page) fromStamp(c *candidate) float32 {
	if p.firstStamp == 0 {
		return 100
	}
	if n := c.number() - p.firstStamp; n < 0 {
		return -magnitude(-n)
	}
	return magnitude(c.number() - p.firstStamp)
}

func magnitude(days int) float32 { return float32(math.Log2(1 + float64(max(days, 0)))) }

// sound says that the date stands in no part of the page that speaks of other
// things.
func (s *sight) sound() bool { return !s.aside && !s.comment && !s.footer && !s.nav }

// seenAs describes how readers see the day, by the sight of it that is the
// nearest to the headline in a sound place.
func (p *Page) seenAs(x []float32, c *candidate) []float32 {
	if len(c.seen) == 0 {
		return append(x, slices.Repeat([]float32{unknown}, sightFeatures)...)
	}
	best := &c.seen[0]
	for i := range c.seen {
		s := &c.seen[i]
		if s.sound() != best.sound() {
			if s.sound() {
				best = s
			}
			continue
		}
		if abs(s.block) < abs(best.block) {
			best = s
		}
	}
	published, modified, dated := false, false, false
	for i := range c.seen {
		s := &c.seen[i]
		published, modified, dated = published || s.published && s.sound(), modified || s.modified && s.sound(), dated || s.dated && s.sound()
	}
	distance, after := float32(unknown), float32(unknown)
	if p.titled {
		distance, after = float32(min(abs(best.block), 60)), flag(best.block >= 0)
	}
	position := float32(best.block) / float32(max(p.blocks, 1))
	return append(x,
		distance, after, position, flag(best.sound()), flag(best.aside), flag(best.comment), flag(best.footer), flag(best.article), flag(best.header),
		flag(best.link), flag(best.listed), flag(dated), flag(published), flag(modified), float32(best.at), float32(best.length-(best.end-best.at)),
		flag(best.hour >= 0), flag(best.ambiguous)+flag(best.swapped), float32(min(p.alike[best.path], 20)), float32(min(len(c.seen), 10)), float32(p.order(best)), float32(p.soundDays()))
}

// sightFeatures is how many features seenAs appends.
const sightFeatures = 22

// order is how many other days stand in sound places nearer to the headline.
func (p *Page) order(best *sight) int {
	nearer := 0
	for _, c := range p.days {
		for i := range c.seen {
			s := &c.seen[i]
			if s.day != best.day && s.sound() && abs(s.block) <= abs(best.block) {
				nearer++
				break
			}
		}
	}
	return nearer
}

func (p *Page) soundDays() int {
	n := 0
	for _, c := range p.days {
		if slices.ContainsFunc(c.seen, func(s sight) bool { return s.sound() }) {
			n++
		}
	}
	return n
}

func abs(n int) int { return max(n, -n) }

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
