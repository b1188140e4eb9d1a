package embedded

import (
	"slices"

	"github.com/dateline-news/dateline/index"
)

// collapse returns the set with one report of each story, the one that is
// shown first, and the number of reports of each story by its label.
func (v *view) collapse(found *set, sort index.Sort) (*set, map[uint32]int) {
	heads, copies := map[uint32]place{}, map[uint32]int{}
	for key := range found.keys() {
		story := v.story(key)
		p := v.place(key, found, sort)
		if head, ok := heads[story]; !ok || p.compare(head) < 0 {
			heads[story] = p
		}
		copies[story]++
	}
	collapsed := newSet(v.columns.len)
	collapsed.scores = found.scores
	for _, head := range heads {
		collapsed.add(head.key)
	}
	return collapsed, copies
}

var storyFacet = slices.Index(facets, index.TallyStory)

// story returns the label of a report's story.
func (v *view) story(key int) uint32 { return v.columns.at(key).values(storyFacet)[0] }
