package query

import (
	"testing"
	"time"
)

func TestSpellShowsWhatIsSearchedFor(t *testing.T) {
	acronyms := []Acronym{{"WCO", "World Customs Organization"}}
	for _, test := range []struct{ asked, want string }{
		{"org:WCO baku", `(org:WCO OR org:"World Customs Organization") baku`},
		{"-WCO", `-(WCO OR "World Customs Organization")`},
		{"baku", "baku"},
	} {
		tree, err := Parse(test.asked, time.Time{}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := Spell(Expand(tree, acronyms)).String(); got != test.want {
			t.Errorf("%s spells %s, want %s", test.asked, got, test.want)
		}
	}
}
