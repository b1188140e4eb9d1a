package embedded

import (
	"slices"

	"github.com/dateline-news/dateline/index"
)

// story is what is found of a story: the report that is shown first, and how
// many there are.
type story struct{ head, copies int }

// firstTaken is how many times as many reports as a page shows are looked at
// first for the page of collapsed stories.
const firstTaken = 4

// collapsed returns the page of the reports that are the first of their story,
// and the number of reports of each story on it. Only the stories that come
// into question are counted.
func (v *view) collapsed(found *set, req index.Request, from *cursor) (page []place, more bool, copies map[int]int) {
	for taken := firstTaken * (req.Limit + 1); ; taken *= firstTaken {
		candidates, rest := v.page(found, req, from, taken)
		stories := v.stories(found, req.Sort, candidates)
		page = nil
		for _, p := range candidates {
			if stories[v.story(p.key)].head == p.key {
				page = append(page, p)
			}
		}
		if len(page) <= req.Limit && rest {
			continue
		}
		if more = len(page) > req.Limit; more {
			page = page[:req.Limit]
		}
		copies = map[int]int{}
		for _, p := range page {
			copies[p.key] = stories[v.story(p.key)].copies
		}
		return page, more, copies
	}
}

// stories returns what is found of the stories of some reports.
func (v *view) stories(found *set, sort index.Sort, of []place) map[int]*story {
	stories := map[int]*story{}
	var likely [4096]bool // most reports are of other stories, which this tells
	for _, p := range of {
		at := v.story(p.key)
		stories[at] = &story{}
		likely[at%len(likely)] = true
	}
	for key := range found.keys() {
		at := v.story(key)
		if !likely[at%len(likely)] {
			continue
		}
		one, ok := stories[at]
		if !ok {
			continue
		}
		if one.head == 0 || v.before(key, one.head, found, sort) {
			one.head = key
		}
		one.copies++
	}
	return stories
}

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
