package chain

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

// longestPhrase is how many words a phrase of the lexicon has at most.
const longestPhrase = 5

// findPhrases marks the words that are part of a phrase of the lexicon's
// lists: for each list, whether the word begins, continues, ends or is a
// listed phrase.
func findPhrases(s Sentence, lex *lexicon.Lexicon) {
	words := s.Words
	for i := range words {
		if !words[i].class.named() && s.style != styleLower {
			continue
		}
		h := lexicon.Hash(0)
		for j := i; j < len(words) && j < i+longestPhrase; j++ {
			h = h.Then(words[j].plain)
			if mask := lex.Lists(h); mask != 0 {
				markPhrase(words[i:j+1], mask)
			}
		}
	}
}

// markPhrase sets, in the words' lists, bits 0-7 for a phrase of one word and
// 8-15, 16-23 for the first and later words of a longer one.
func markPhrase(words []Word, mask lexicon.Mask) {
	if len(words) == 1 {
		words[0].lists |= uint32(mask)
		return
	}
	words[0].lists |= uint32(mask) << 8
	for i := range words[1:] {
		words[i+1].lists |= uint32(mask) << 16
	}
}
