package query

import (
	"slices"
	"strings"
)

// names holds the names of each field, the canonical one first.
var names = [][]Field{
	{Person}, {Org, "organization", "organisation"}, {Place}, {Role}, {Speaker}, {Title},
	{Source}, {Agency}, {Lang, "language"},
	{Published}, {Seen}, {Mentioned}, {EventTime},
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

// suggestField says which field may have been meant by name.
func suggestField(name string) string {
	nearest, least := Field(""), 3
	for _, same := range names {
		for _, n := range same {
			if d := distance(strings.ToLower(name), string(n)); d < least {
				nearest, least = n, d
			}
		}
	}
	if nearest != "" {
		return "did you mean " + string(nearest) + ":?"
	}
	all := make([]string, len(names))
	for i, same := range names {
		all[i] = string(same[0]) + ":"
	}
	return "the fields are " + strings.Join(all, " ") + "; put text with a colon in quotes"
}

// distance is the number of letters to insert, delete, replace or swap with
// the next to make b of a (optimal string alignment).
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
