package story

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// headRunes is how far into a text its dateline may reach.
const headRunes = 80

// withoutHead drops what stands before the first dash or slash of the text,
// where a dispatch names its place, day and agency: each agency that takes a
// report over puts its own there. A sentence that opens with a dash loses its
// first words in every copy alike.
func withoutHead(text string) string {
	last, previous := -1, ' '
	for i, r := range text {
		if i > headRunes*2 || r == '\n' {
			break
		}
		rest := text[i+utf8.RuneLen(max(r, 0)):]
		switch {
		case strings.ContainsRune("–—―", r), r == '-' && previous == ' ' && strings.HasPrefix(rest, " "):
			return rest
		case r == '/' && i > 0:
			last = i + 1
		}
		previous = r
	}
	if last > 0 {
		return text[last:]
	}
	return text
}

// words returns the folded words of a text. In a script that puts no space
// between words, every two neighbouring characters are one.
func words(text string) []string {
	var out []string
	for word := range strings.SplitSeq(news.Slug(withoutHead(text)), "-") {
		switch {
		case word == "":
		case strings.ContainsFunc(word, isUnspaced):
			out = appendPairs(out, word)
		default:
			out = append(out, word)
		}
	}
	return out
}

func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func appendPairs(out []string, word string) []string {
	_, first := utf8.DecodeRuneInString(word)
	if first == len(word) {
		return append(out, word)
	}
	for i := 0; i < len(word); {
		_, one := utf8.DecodeRuneInString(word[i:])
		_, two := utf8.DecodeRuneInString(word[i+one:])
		if two == 0 {
			break
		}
		out = append(out, word[i:i+one+two])
		i += one
	}
	return out
}

// isFigure reports whether the word is a number that tells one routine report
// from the next: not a year, which all of them share.
func isFigure(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return len(word) != 4 || word[:2] != "19" && word[:2] != "20"
}
