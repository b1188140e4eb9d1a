package lexicon_test

import (
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/lexicon"
)

func TestCountriesHaveCodesOnce(t *testing.T) {
	countries, err := lexicon.Countries(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range countries {
		if len(c.Code) != 2 || c.Name == "" || seen[c.Code] {
			t.Errorf("country %+v: want a name and a code of two letters, once", c)
		}
		seen[c.Code] = true
	}
}
