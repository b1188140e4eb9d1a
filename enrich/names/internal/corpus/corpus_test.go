package corpus_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names/internal/corpus"
)

func TestParseCountsRunes(t *testing.T) {
	d, err := corpus.Parse([]byte(`{"text":"Əli in Bakı","ents":[[0,3,"PER"],[7,11,"LOC"],[4,6,"DATE"]]}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range d.Names {
		got = append(got, n.Span.Of(d.Text))
	}
	if diff := cmp.Diff([]string{"Əli", "Bakı"}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := corpus.Parse([]byte(`{"text":"ab","ents":[[0,3,"PER"]]}`)); err == nil {
		t.Error("a span outside the text was read")
	}
}
