package main

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

func TestQuotedReadsTheStringsOfPython(t *testing.T) {
	var got []literal
	for text := range quoted(`'ka': ['ka_1', "ka'b", 'a\'b'], "x": 'y'}`) {
		got = append(got, text)
	}
	want := []literal{{"ka", true}, {"ka_1", false}, {"ka'b", false}, {"a'b", false}, {"x", true}, {"y", false}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(literal{})); diff != "" {
		t.Error(diff)
	}
}

// TestTitlesGoOnLists puts titles on lists by their words, by what is known of
// names, and by what redirects to them.
func TestTitlesGoOnLists(t *testing.T) {
	titles := &titles{all: map[string]bool{}, article: map[string]string{"acmo_motor_company": "acmo", "the_acmo_corporation": "acmo"}}
	for _, title := range []string{
		"acmo", "acmo_motor_company", "the_acmo_corporation", "lake_van", "elmar,_nakhivan", "elmar,_inc", "battle_of_van", "open_range",
		"rana_gul", "rana_melu", "rana_orlu", "rana_tur", "omar_gul", "aziz_gul", "farid_gul", "nika_gul",
	} {
		titles.all[title] = true
	}
	book := learnNames(titles, slices.Values([]string{"rana", "omar", "aziz", "farid"}))
	if !book.family["gul"] || book.family["range"] || book.family["melu"] {
		t.Errorf("surnames are %v", book.family)
	}
	lists := map[lexicon.Hash]lexicon.Mask{}
	listTitles(titles, book, map[string]bool{"nakhivan": true}, lists)
	for name, want := range map[string]lexicon.Mask{
		"acmo": lexicon.Body, "acmo motor company": lexicon.Body, "Lake Van": lexicon.Place, "Elmar": lexicon.Place, "Battle of Van": lexicon.Work,
		"Omar Gul": lexicon.Person, "open range": 0, "gul": lexicon.Surname, "Omar": lexicon.GivenName, "unknown": 0,
	} {
		h := lexicon.Hash(0)
		for _, w := range phraseWords(name) {
			h = h.Then(w)
		}
		if lists[h] != want {
			t.Errorf("%s is on lists %b, want %b", name, lists[h], want)
		}
	}
}

func TestTreeGivesNearWordsNearPaths(t *testing.T) {
	var rows vectors
	for i := range 200 {
		row := []float32{1, 0, float32(i%7) / 100}
		if i%2 == 1 {
			row = []float32{0, 1, float32(i%5) / 100}
		}
		rows = append(rows, row)
	}
	rows.normalise()
	paths := []uint32{0}
	tree := grow(rows, 0, 0, &paths)
	first, second := paths[tree.leaf(rows[0])]>>31, paths[tree.leaf(rows[1])]>>31
	for i, row := range rows {
		want := first
		if i%2 == 1 {
			want = second
		}
		if got := paths[tree.leaf(row)] >> 31; got != want {
			t.Fatalf("row %d is in the other half", i)
		}
	}
	if first == second {
		t.Error("the halves are one")
	}
}
