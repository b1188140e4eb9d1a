package prose

import (
	"strings"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// Tokens returns the tokens of text in order. White space and invalid bytes
// belong to no token, except that a stray continuation byte after a token is
// part of it, so that every span is valid.
//
// A hyphen and a slash stand alone ("Jean", "-", "Pierre"), and so does the
// possessive ("Baku", "'s"); "U.S.", "Mr.", "8.12.2014", "1,000", "AT&T",
// "O'Neill" and "REPORT.AZ" are one token each; "Committee.In" is three.
func Tokens(text string) []Token {
	return AppendTokens(make([]Token, 0, len(text)/5+8), text)
}

// AppendTokens appends what Tokens returns to tokens.
func AppendTokens(tokens []Token, text string) []Token {
	for i := 0; i < len(text); {
		r, n := decode(text, i)
		if kind := classOf(r); kind == classSpace || kind == classInvalid {
			i += n
			continue
		}
		end := tokenEnd(text, i, r, n)
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		tokens = append(tokens, Token{news.Span{Start: i, End: end}})
		i = end
	}
	return tokens
}

// tokenEnd returns the end of the token that starts at i with rune r of n
// bytes.
func tokenEnd(text string, i int, r rune, n int) int {
	if isApostrophe(r) {
		if end := possessiveEnd(text, i+n); end > 0 {
			return end
		}
		return i + n
	}
	if classOf(r) != classWord {
		return runEnd(text, i+n, r)
	}
	end := wordEnd(text, i)
	if strings.HasPrefix(text[end:], "://") {
		return addressEnd(text, end)
	}
	return compoundEnd(text, i, end)
}

// possessiveEnd returns the end of an "s" at i that ends a word, or 0.
func possessiveEnd(text string, i int) int {
	if i >= len(text) || text[i] != 's' && text[i] != 'S' {
		return 0
	}
	if r, _ := decode(text, i+1); i+1 < len(text) && classOf(r) == classWord {
		return 0
	}
	return i + 1
}

// runEnd returns the end of a run of the mark r.
func runEnd(text string, i int, r rune) int {
	if !strings.ContainsRune(".-–—_*=~!?", r) {
		return i
	}
	for i < len(text) {
		next, n := decode(text, i)
		if next != r {
			break
		}
		i += n
	}
	return i
}

// wordEnd returns the end of the run of letters, digits and marks at i.
func wordEnd(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if asciiClasses[c] != classWord {
				return i
			}
			i++
			continue
		}
		r, n := decode(text, i)
		if classOf(r) != classWord {
			break
		}
		i += n
	}
	return i
}

// addressEnd returns the end of a web address whose scheme ends at i.
func addressEnd(text string, i int) int {
	for i < len(text) {
		r, n := decode(text, i)
		if k := classOf(r); k == classSpace || k == classInvalid || strings.ContainsRune("<>\"“”«»", r) {
			break
		}
		i += n
	}
	for i > 0 && strings.IndexByte(".,;:!?)]'", text[i-1]) >= 0 {
		i--
	}
	return i
}

// compoundEnd extends the word text[start:end] over the marks that belong to
// it: the stops of abbreviations, the separators of numbers, the apostrophe
// of a name.
func compoundEnd(text string, start, end int) int {
	part := start // start of the piece after the last mark
	stops := 0
	for end < len(text) {
		r, n := decode(text, end)
		if !isJoiner(r) {
			return end
		}
		next := end + n
		if next >= len(text) || classAt(text, next) != classWord {
			if r == '.' && ownsStop(text[start:end], text[part:end], stops) {
				return next
			}
			return end
		}
		after := wordEnd(text, next)
		if !joins(text, r, piece{part, end}, piece{next, after}, stops) {
			if r == '.' && text[start:end] != text[part:end] && isInitial(text[part:end]) {
				return next // "U.S.The"
			}
			return end
		}
		switch r {
		case '.':
			stops++
		case '@':
			stops = 0
		}
		part, end = next, after
	}
	return end
}

// ownsStop reports whether a full stop that no word follows is part of the
// word: an initial, an acronym with stops, a known abbreviation.
func ownsStop(word, last string, stops int) bool {
	if stops > 0 {
		return isInitial(last)
	}
	return isInitial(word) && startsUpper(word) || abbreviations[strings.ToLower(word)] != 0
}

type piece struct{ start, end int }

// joins reports whether the mark r between two pieces of text makes one token
// of them; stops is how many full stops the token has so far.
func joins(text string, r rune, a, b piece, stops int) bool {
	left, right := text[a.start:a.end], text[b.start:b.end]
	switch r {
	case '.':
		return stopJoins(left, right, stops)
	case ',':
		return endsDigit(left) && len(right) >= 3 && allDigits(right)
	case ':':
		return len(left) <= 2 && len(right) == 2 && allDigits(left) && allDigits(right)
	case '&':
		return len(left) <= 3 && startsUpper(left) && startsUpper(right)
	case '@', '_':
		return true
	default: // an apostrophe
		return !strings.EqualFold(right, "s") && !endsDigit(left)
	}
}

func stopJoins(left, right string, stops int) bool {
	switch {
	case allDigits(left):
		return allDigits(right)
	case isInitial(left):
		return isInitial(right) || stops == 0 && !startsUpper(right)
	case abbreviations[strings.ToLower(left)] != 0 && startsUpper(right):
		return strings.EqualFold(left, "ph") // Ph.D
	case !startsUpper(right):
		return !endsDigit(left) || allDigits(right) // report.az
	default:
		return isUpper(left) && isUpper(right) && len(left) > 1 && len(right) <= 4 // REPORT.AZ
	}
}

func isJoiner(r rune) bool {
	switch r {
	case '.', ',', ':', '&', '@', '_':
		return true
	}
	return isApostrophe(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }
