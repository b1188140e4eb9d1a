package lexicon_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

func contents() lexicon.Contents {
	return lexicon.Contents{
		Words: map[lexicon.Hash]lexicon.WordClasses{
			lexicon.HashWord("bank"): {Fine: 2, Path: 1, Leanings: 0x12345678},
			lexicon.HashWord("baku"): {Fine: 1},
		},
		Grains:  []lexicon.Clusters{{}, {Middle: 7, Coarse: 3}, {Middle: 8, Coarse: 4}},
		Paths:   []uint32{0, 0xa0000000},
		Phrases: map[lexicon.Hash]lexicon.Mask{lexicon.Hash(0).Then(lexicon.HashWord("Baku")): lexicon.Place | lexicon.Surname},
	}
}

func TestLexiconKnowsWhatItWasWrittenFrom(t *testing.T) {
	lex, err := lexicon.Open(string(contents().Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]lexicon.Clusters{
		"BANK":  {Fine: 2, Middle: 8, Coarse: 4, Path: 0xa0000000, Leanings: 0x12345678},
		"Baku":  {Fine: 1, Middle: 7, Coarse: 3},
		"Ganja": {},
	} {
		var got lexicon.Clusters
		lex.Clusters([]lexicon.Hash{lexicon.HashWord(word)}, func(_ int, c lexicon.Clusters) { got = c })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", word, diff)
		}
	}
	var phrases []lexicon.Hash
	for range 40 {
		phrases = append(phrases, lexicon.HashWord("Ganja"), lexicon.Hash(0).Then(lexicon.HashWord("BAKU")))
	}
	found := 0
	lex.Lists(phrases, func(i int, lists lexicon.Mask) {
		if found++; i%2 == 0 || lists != lexicon.Place|lexicon.Surname {
			t.Errorf("phrase %d is on lists %b", i, lists)
		}
	})
	if found != 40 {
		t.Errorf("%d phrases are on lists, not 40", found)
	}
}

func TestLeaningsKeepTheOrderOfTheUses(t *testing.T) {
	l := lexicon.PackLeanings([lexicon.Uses]float32{lexicon.NoName: 0.2, lexicon.BodyUse: 0.6, lexicon.FamilyUse: 0.15, lexicon.PlaceUse: 0.05})
	if first, second := l.Top(); first != lexicon.BodyUse || second != lexicon.NoName {
		t.Errorf("likeliest uses are %d and %d of %x", first, second, uint32(l))
	}
	if l.Level(lexicon.FamilyUse) <= l.Level(lexicon.PlaceUse) || l.Level(lexicon.OtherUse) != 1 {
		t.Errorf("levels are out of order in %x", uint32(l))
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	whole := string(contents().Bytes())
	for n := range len(whole) {
		if _, err := lexicon.Open(whole[:n]); err == nil {
			t.Fatalf("the first %d bytes of %d opened", n, len(whole))
		}
	}
}

func TestHashWordIgnoresCaseDigitsAndApostrophes(t *testing.T) {
	for _, pair := range [][2]string{{"Baku", "BAKU"}, {"1999", "2015"}, {"O'Neill", "o’neill"}, {"ƏLIYEV", "əliyev"}, {"d`Or", "D'OR"}} {
		if lexicon.HashWord(pair[0]) != lexicon.HashWord(pair[1]) {
			t.Errorf("%q and %q differ", pair[0], pair[1])
		}
	}
	if lexicon.HashWord("Baku") == lexicon.HashWord("Bakı") {
		t.Error("Baku and Bakı are the same")
	}
}

func TestFold(t *testing.T) {
	for word, want := range map[string]string{"Əliyev": "Eliyev", "Çavuşoğlu": "Cavusoglu", "Ağdam": "Agdam", "plain": "plain"} {
		if got := lexicon.Fold(word); got != want {
			t.Errorf("Fold(%q) = %q, want %q", word, got, want)
		}
	}
}
