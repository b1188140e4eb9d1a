package main

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
)

// listMasks are the lists of the gazetteer file by number.
var listMasks = map[string]lexicon.Mask{
	"0": lexicon.Body, "13": lexicon.Body, "14": lexicon.Person, "11": lexicon.Place, "6": lexicon.Place,
	"3": lexicon.Title, "8": lexicon.Work, "9": lexicon.Work, "10": lexicon.Work, "12": lexicon.Work, "15": lexicon.Work,
}

const (
	longestPhrase = 5
	// commonName is how many people of the list bear a given name or a surname
	// that is kept.
	commonName = 4
)

// readLists reads lines of a phrase, a tab and the numbers of its lists.
func readLists(r io.Reader, into map[lexicon.Hash]lexicon.Mask) error {
	given, family := map[lexicon.Hash]int{}, map[lexicon.Hash]int{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		phrase, numbers, _ := strings.Cut(lines.Text(), "\t")
		var mask lexicon.Mask
		for _, n := range strings.Split(strings.Trim(numbers, "[]"), ", ") {
			mask |= listMasks[n]
		}
		words := phraseWords(phrase)
		if mask == 0 || len(words) == 0 || len(words) > longestPhrase {
			continue
		}
		if mask&lexicon.Person != 0 && len(words) > 1 {
			given[words[0]]++
			family[words[len(words)-1]]++
		}
		h := lexicon.Hash(0)
		for _, w := range words {
			h = h.Then(w)
		}
		into[h] |= mask
	}
	addCommon(into, given, lexicon.GivenName)
	addCommon(into, family, lexicon.Surname)
	return lines.Err()
}

func addCommon(into map[lexicon.Hash]lexicon.Mask, counts map[lexicon.Hash]int, mask lexicon.Mask) {
	for w, n := range counts {
		if n >= commonName {
			into[lexicon.Hash(0).Then(w)] |= mask
		}
	}
}

// phraseWords returns the hashes of the words of a listed phrase, or none for
// one with a number or without a capital.
func phraseWords(phrase string) []lexicon.Hash {
	r, _ := utf8.DecodeRuneInString(phrase)
	if !unicode.IsUpper(r) || strings.ContainsFunc(phrase, unicode.IsDigit) {
		return nil
	}
	phrase = strings.TrimSuffix(strings.ReplaceAll(strings.ReplaceAll(phrase, " 's", "'s"), " ,", ","), ".")
	var words []lexicon.Hash
	for _, t := range prose.Tokens(phrase) {
		words = append(words, lexicon.HashWord(t.Of(phrase)))
	}
	return words
}
