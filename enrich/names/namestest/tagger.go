// Package namestest gives tests the tagger.
package namestest

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/names"
)

// Tagger returns the tagger with its shipped model.
func Tagger(t testing.TB) *names.Tagger {
	t.Helper()
	tagger, err := names.New()
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}
