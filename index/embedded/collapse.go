package embedded

import (
	"slices"

	"github.com/dateline-news/dateline/index"
)

// collapse returns the set with one report of each story, the one that is
// shown first, and the number of reports of each story.
func (v *view) collapse(found *set, sort index.Sort) (*set, map[int]int) {
	heads, copies := map[int]place{}, map[int]int{}
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

var storyFacet = slices.Index(facets, index.FacetStory)

// story identifies the story of a report by its label. A report without a
// story is known to others by its own id; when they do not know it, its key
// below zero stands for it.
func (v *view) story(key int) int {
	r := v.columns.at(key)
	if labels := r.values(storyFacet); len(labels) > 0 {
		return int(labels[0])
	}
	if label, ok := v.labels.key(r.id); ok {
		return int(label)
	}
	return -key
}
