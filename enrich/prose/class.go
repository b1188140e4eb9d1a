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
		return asciiClasses[r]
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

// asciiClasses are the classes of the ASCII characters.
var asciiClasses = func() (classes [utf8.RuneSelf]class) {
	for b := range byte(utf8.RuneSelf) {
		switch {
		case isASCIILetter(b), isDigit(b):
			classes[b] = classWord
		case b <= ' ' || b == 0x7f:
			classes[b] = classSpace
		default:
			classes[b] = classMark
		}
	}
	return classes
}()

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

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
	return s != "" && isDigit(s[len(s)-1])
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
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
