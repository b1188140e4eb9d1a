package chain

import "github.com/dateline-news/dateline/enrich/names/internal/lexicon"

// longestPhrase is how many words a phrase of the lexicon has at most.
const longestPhrase = 5

// phrases are the places in a sentence where a phrase may be, and their hashes.
type phrases struct {
	at     []run
	hashes []lexicon.Hash
}

func (p *phrases) add(from, end int, h lexicon.Hash) {
	p.at, p.hashes = append(p.at, run{int32(from), int32(end)}), append(p.hashes, h)
}

// find marks the words that are part of a phrase of the lexicon's
// lists: for each list, whether the word begins, continues, ends or is a
// listed phrase.
func (p *phrases) find(s Sentence, lex *lexicon.Lexicon) {
	p.at, p.hashes = p.at[:0], p.hashes[:0]
	words := s.Words
	for i := range words {
		if !words[i].class.named() && s.style != styleLower {
			continue
		}
		h := lexicon.Hash(0)
		for j := i; j < len(words) && j < i+longestPhrase; j++ {
			h = h.Then(words[j].plain)
			p.add(i, j+1, h)
		}
	}
	lex.Lists(p.hashes, func(i int, lists lexicon.Mask) {
		markPhrase(words[p.at[i].start:p.at[i].end], lists)
	})
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
