package lexicon_test

import (
	"testing"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/lexicon"
)

func BenchmarkCountries(b *testing.B) {
	for range b.N {
		if _, err := lexicon.Countries(configs.Files); err != nil {
			b.Fatal(err)
		}
	}
}
