package lexicon

import (
	"fmt"
	"testing"
)

// TestVocabularyKeepsItsWordsApart fills a vocabulary past its room, with the
// empty word among the others.
func TestVocabularyKeepsItsWordsApart(t *testing.T) {
	var v vocabulary
	if got := v.number("word", Hash("word")); got != 0 {
		t.Errorf("an empty vocabulary numbers a word %d", got)
	}
	word := func(i int) string {
		if i == 7 {
			return ""
		}
		return fmt.Sprint("word", i)
	}
	const words = 1000
	for range 2 {
		for i := range words {
			*v.put(word(i)) = uint32(i + 1)
		}
	}
	for i := range words {
		if got := v.number(word(i), Hash(word(i))); got != uint32(i+1) {
			t.Errorf("%q has the number %d, not %d", word(i), got, i+1)
		}
	}
	if got := v.number("other", Hash("other")); got != 0 || v.words != words {
		t.Errorf("another word has the number %d among %d words", got, v.words)
	}
}
