package embedded

import (
	"slices"

	"github.com/dateline-news/dateline/index"
)

// stories says of each story of a set which of its reports is shown first, and
// how many it has.
type stories struct {
	view *view
	// few holds them by story, unless there are many: then heads and copies do.
	few           map[int]story
	heads, copies []uint32
}

type story struct{ head, copies int }

// fewStories is how many are kept in a map: making room for all there could be
// would cost a selective search more than the search itself.
const fewStories = 4096

// collapse returns the set with one report of each story, the one that is
// shown first, and the stories.
func (v *view) collapse(found *set, sort index.Sort) (*set, *stories) {
	s := v.newStories(found.len())
	for key := range found.keys() {
		at := v.story(key)
		one := s.get(at)
		if one.head == 0 || v.before(key, one.head, found, sort) {
			one.head = key
		}
		one.copies++
		s.set(at, one)
	}
	collapsed := newSet(v.columns.len)
	collapsed.scores = found.scores
	for key := range found.keys() {
		if s.get(v.story(key)).head == key {
			collapsed.add(key)
		}
	}
	return collapsed, s
}

func (v *view) newStories(reports int) *stories {
	if reports <= fewStories {
		return &stories{view: v, few: make(map[int]story, reports)}
	}
	n := v.columns.len + 1 + len(v.labels.all())
	return &stories{view: v, heads: make([]uint32, n), copies: make([]uint32, n)}
}

func (s *stories) get(at int) story {
	if s.few != nil {
		return s.few[at]
	}
	return story{int(s.heads[at]), int(s.copies[at])}
}

func (s *stories) set(at int, one story) {
	if s.few != nil {
		s.few[at] = one
		return
	}
	s.heads[at], s.copies[at] = uint32(one.head), uint32(one.copies)
}

// copiesOf returns how many reports the story of a report has in the set.
func (s *stories) copiesOf(key int) int { return s.get(s.view.story(key)).copies }

var storyFacet = slices.Index(facets, index.FacetStory)

// story identifies the story of a report by a number: that of the report
// itself, when no other is known to be of its story.
func (v *view) story(key int) int {
	b, i := v.columns.of(key)
	if b.stories[i] == noStory {
		return key
	}
	return v.columns.len + 1 + int(b.stories[i])
}

// storyOf returns the label of the story of a row. A report without a story is
// known to its copies by its own id.
func storyOf(r *row, label func(value string) (uint32, bool)) uint32 {
	if own := r.labels[storyFacet]; len(own) > 0 {
		return own[0]
	}
	if own, ok := label(r.id); ok {
		return own
	}
	return noStory
}

// labelSet is a set of labels.
type labelSet []uint64

func (s labelSet) has(label uint32) bool {
	at := int(label / 64)
	return at < len(s) && s[at]&(1<<(label%64)) != 0
}

func (s *labelSet) add(label uint32) {
	for len(*s) <= int(label/64) {
		*s = append(*s, 0)
	}
	(*s)[label/64] |= 1 << (label % 64)
}

// named returns the stories that reports name.
func (c *columns) named() labelSet {
	var named labelSet
	for _, b := range c.blocks {
		for _, label := range b.labels[storyFacet].all {
			named.add(label)
		}
	}
	return named
}
