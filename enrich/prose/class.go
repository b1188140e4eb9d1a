package prose

import (
	"unicode"
	"unicode/utf8"
)

// class is what a rune does in a token.
type class uint8

const (
	classInvalid class = iota
	classSpace
	classWord
	classMark
)

// decode is utf8.DecodeRuneInString at i, and gives U+FFFD of width 1 for an
// invalid byte.
func decode(text string, i int) (rune, int) {
	if i < len(text) && text[i] < utf8.RuneSelf {
		return rune(text[i]), 1
	}
	r, n := utf8.DecodeRuneInString(text[min(i, len(text)):])
	return r, max(n, 1)
}

func classAt(text string, i int) class {
	r, _ := decode(text, i)
	return classOf(r)
}

func classOf(r rune) class {
	if r < utf8.RuneSelf {
		return asciiClass(byte(r))
	}
	switch {
	case r == utf8.RuneError:
		return classInvalid
	case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
		if r == 'ʼ' {
			return classMark
		}
		return classWord
	case unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return classSpace
	default:
		return classMark
	}
}

func asciiClass(b byte) class {
	switch {
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
		return classWord
	case b <= ' ' || b == 0x7f:
		return classSpace
	default:
		return classMark
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func startsUpper(s string) bool { return unicode.IsUpper(firstRune(s)) }

// isInitial reports whether s is a single letter.
func isInitial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && n == len(s) && unicode.IsLetter(r)
}

func endsDigit(s string) bool {
	return s != "" && '0' <= s[len(s)-1] && s[len(s)-1] <= '9'
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isUpper reports whether s has no lower-case letter.
func isUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}
