package chain

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
)

// TestRecentSaysWhatTheLexiconSays asks for words that share a place, known and
// unknown ones, together and one after another.
func TestRecentSaysWhatTheLexiconSays(t *testing.T) {
	const known, other, unknown = lexicon.Hash(5), lexicon.Hash(5 + recentWords), lexicon.Hash(5 + 2*recentWords)
	lex, err := lexicon.Open(string(lexicon.Contents{
		Grains: make([]lexicon.Clusters, 3), Paths: []uint32{0, 70, 80},
		Words: map[lexicon.Hash]lexicon.WordClasses{known: {Fine: 1, Path: 1}, other: {Fine: 2, Path: 2}},
	}.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var r recent
	for _, hashes := range [][]lexicon.Hash{{known, other, unknown, known}, {known}, {unknown, known}, {other}, {other, unknown}, {unknown}} {
		words := make([]*Word, len(hashes))
		for i := range words {
			words[i] = &Word{clusters: lexicon.Clusters{Fine: 9}}
		}
		r.classify(words, hashes, lex)
		for i, h := range hashes {
			want := map[lexicon.Hash]lexicon.Clusters{known: {Fine: 1, Path: 70}, other: {Fine: 2, Path: 80}}[h]
			if words[i].clusters != want {
				t.Errorf("of %v, word %d has the clusters %v, not %v", hashes, i, words[i].clusters, want)
			}
		}
	}
	r.classify(nil, nil, emptyLexicon(t))
	w := &Word{}
	r.classify([]*Word{w}, []lexicon.Hash{known}, emptyLexicon(t))
	if w.clusters != (lexicon.Clusters{}) {
		t.Errorf("a word of another lexicon has the clusters %v", w.clusters)
	}
}
