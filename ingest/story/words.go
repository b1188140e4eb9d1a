package story

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// headBytes is how far into a text its dateline may reach.
const headBytes = 120

var dash = regexp.MustCompile(`[–—―]|\s-\s`)

// withoutHead drops what stands before the first dash, or else the last
// slash, where the text opens: a dispatch names its place, day and agency
// there, and each agency that takes it over puts its own. A text that opens
// otherwise loses a few words, and so do its copies.
func withoutHead(text string) string {
	head, _, _ := strings.Cut(text[:min(len(text), headBytes)], "\n")
	if at := dash.FindStringIndex(head); at != nil {
		return text[at[1]:]
	}
	return text[strings.LastIndexByte(head, '/')+1:]
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

// firstUnspaced is the first character of the scripts below.
const firstUnspaced = '\u0e00'

func isUnspaced(r rune) bool {
	return r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
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
