package lexicon

import (
	"slices"

	"github.com/dateline-news/dateline/news"
)

// Cover answers which spans of a set overlap a given one, in logarithmic time
// where the spans do not overlap each other.
type Cover struct {
	spans []news.Span
	reach []int // the furthest end of the spans up to and with this one
}

// NewCover returns the cover of spans, which it sorts.
func NewCover(spans []news.Span) *Cover {
	slices.SortFunc(spans, func(a, b news.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	c := &Cover{spans: spans, reach: make([]int, len(spans))}
	furthest := 0
	for i, s := range spans {
		furthest = max(furthest, s.End)
		c.reach[i] = furthest
	}
	return c
}

// Overlapping returns the first span of the set that overlaps s, the longest
// of those that begin together.
func (c *Cover) Overlapping(s news.Span) (news.Span, bool) {
	i, _ := slices.BinarySearchFunc(c.reach, s.Start+1, func(reach, start int) int { return reach - start })
	for ; i < len(c.spans) && c.spans[i].Start < s.End; i++ {
		if c.spans[i].Overlaps(s) {
			return c.spans[i], true
		}
	}
	return news.Span{}, false
}

// Overlaps reports whether any span of the set overlaps s.
func (c *Cover) Overlaps(s news.Span) bool {
	_, ok := c.Overlapping(s)
	return ok
}
