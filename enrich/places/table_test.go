package places

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/lexicon"
)

// TestTableFindsTheLongestName looks for names that begin alike, and for what
// only looks like one.
func TestTableFindsTheLongestName(t *testing.T) {
	table := newTable("city\t1\n\nnew\t1\nnew york\t2\nnew york city\t3 4o\nnewark\t5\nsan juan\t6\nsan juan de la cruz\t7\nyork\t8\n")
	tests := map[string]string{
		"New":                   "1: [4]",
		"New York":              "2: [8]",
		"new york city hall":    "3: [12 17]",
		"New Jersey":            "1: [4]",
		"New Yorkers":           "1: [4]",
		"Newark":                "1: [20]",
		"Newa":                  "0: []",
		"San":                   "0: []",
		"San Juan":              "2: [24]",
		"San Juan de la Cruz":   "5: [28]",
		"San Juan de la Corona": "2: [24]",
		"York New":              "1: [32]",
		"Zagreb":                "0: []",
	}
	for text, want := range tests {
		n, values := table.longest(lexicon.Words(text), 0)
		if diff := cmp.Diff(want, fmt.Sprintf("%d: %v", n, values)); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
