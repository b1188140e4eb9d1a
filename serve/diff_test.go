package serve

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompareShowsWhatARevisionChanged(t *testing.T) {
	for _, test := range []struct {
		before, after string
		want          []change
	}{
		{"", "", nil},
		{"same words", "same words", []change{{"same words", ""}}},
		{"", "new", []change{{"new", "ins"}}},
		{"old", "", []change{{"old", "del"}}},
		{
			"The meeting is on Monday in Baku.", "The meeting is on Friday in Baku.",
			[]change{{"The meeting is on ", ""}, {"Monday ", "del"}, {"Friday ", "ins"}, {"in Baku.", ""}},
		},
		{"one two", "one two three", []change{{"one ", ""}, {"two", "del"}, {"two three", "ins"}}},
	} {
		if diff := cmp.Diff(test.want, compare(test.before, test.after)); diff != "" {
			t.Errorf("%q to %q: %s", test.before, test.after, diff)
		}
	}
}

func TestCompareOfUnlikeTextsIsBounded(t *testing.T) {
	before, after := strings.Repeat("a b ", 3000), strings.Repeat("c d ", 3000)
	want := []change{{before, "del"}, {after, "ins"}}
	if diff := cmp.Diff(want, compare(before, after)); diff != "" {
		t.Error(diff)
	}
}

func FuzzCompareKeepsBothTexts(f *testing.F) {
	f.Add("a b c", "a c d")
	f.Add(" x\n\ny", "y  x")
	f.Fuzz(func(t *testing.T, before, after string) {
		var left, right strings.Builder
		for _, c := range compare(before, after) {
			if c.Kind != "ins" {
				left.WriteString(c.Text)
			}
			if c.Kind != "del" {
				right.WriteString(c.Text)
			}
		}
		if left.String() != before || right.String() != after {
			t.Errorf("%q to %q came out as %q to %q", before, after, left.String(), right.String())
		}
	})
}
