package query

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/internal/nearest"
)

// names holds the names of each field, the canonical one first.
var names = [][]Field{
	{Person}, {Org, "organization", "organisation"}, {Place}, {Role}, {Speaker}, {Title},
	{Source}, {Agency}, {Lang, "language"}, {Country}, {Entity}, {Quoted}, {Story},
	{Quote}, {About}, {nearField},
	{Published}, {Seen}, {Mentioned}, {EventTime}, {asOfField},
}

// fieldNamed returns the field with the name or alias, in any case.
func fieldNamed(name string) (Field, bool) {
	wanted := Field(strings.ToLower(name))
	for _, same := range names {
		if slices.Contains(same, wanted) {
			return same[0], true
		}
	}
	return "", false
}

// IsTime reports whether the field is looked at with a Range, and not with a
// Term.
func (f Field) IsTime() bool {
	return f == Published || f == Seen || f == Mentioned || f == EventTime
}

// IsName reports whether the field holds names: see Term.
func (f Field) IsName() bool {
	return f == Person || f == Org || f == Place || f == Role || f == Speaker
}

// IsWhole reports whether the field is compared whole: see Term.
func (f Field) IsWhole() bool {
	return f == Source || f == Agency || f == Lang || f == Country || f == Entity || f == Quoted || f == Story
}

// WholeFields are the fields for which IsWhole holds.
func WholeFields() []Field { return []Field{Source, Agency, Lang, Country, Entity, Quoted, Story} }

// suggestField says which field may have been meant by name.
func suggestField(name string) string {
	var all []string
	for _, same := range names {
		for _, n := range same {
			all = append(all, string(n))
		}
	}
	if near := nearest.Word(strings.ToLower(name), all, min(2, (len(name)+1)/3)); near != "" {
		f, _ := fieldNamed(near)
		return "did you mean " + string(f) + ":?"
	}
	list := make([]string, len(names))
	for i, same := range names {
		list[i] = string(same[0]) + ":"
	}
	return "the fields are " + strings.Join(list, " ") + "; put text with a colon in quotes"
}
