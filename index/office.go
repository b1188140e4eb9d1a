package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// smallWords stay small within the title of an office.
var smallWords = map[string]bool{"of": true, "the": true, "for": true, "and": true, "in": true, "on": true, "at": true, "to": true, "a": true, "an": true, "with": true}

// longestAcronym is how many letters a word in capitals has that may be an
// acronym: CEO, OSCE.
const longestAcronym = 4

// OfficeTitle writes the title of an office alike however a report has it:
// "chairman" and "CHAIRMAN" are Chairman, "head of the mission" is Head of the
// Mission. A word with a capital within, such as CEO, stays as it is.
func OfficeTitle(title string) string {
	shouted := strings.ContainsAny(title, " -") && !strings.ContainsFunc(title, unicode.IsLower)
	words := strings.Split(title, " ")
	for i, word := range words {
		parts := strings.Split(word, "-")
		for j, part := range parts {
			parts[j] = titleWord(part, i+j == 0, shouted)
		}
		words[i] = strings.Join(parts, "-")
	}
	return strings.Join(words, " ")
}

func titleWord(word string, first, shouted bool) string {
	if shouted || utf8.RuneCountInString(word) > longestAcronym && !strings.ContainsFunc(word, unicode.IsLower) {
		word = strings.ToLower(word)
	}
	initial, size := utf8.DecodeRuneInString(word)
	switch {
	case size == 0 || strings.ContainsFunc(word[size:], unicode.IsUpper):
		return word
	case !first && smallWords[strings.ToLower(word)]:
		return strings.ToLower(word)
	}
	return string(unicode.ToTitle(initial)) + word[size:]
}
