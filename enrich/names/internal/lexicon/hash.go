package lexicon

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Hash identifies a word or a phrase, whatever its case.
type Hash uint64

// HashWord returns the hash of a word in lower case, with 0 for every digit
// and one form for all apostrophes.
func HashWord(word string) Hash {
	h := uint64(14695981039346656037)
	for i := 0; i < len(word); i++ {
		b := word[i]
		if b >= utf8.RuneSelf {
			return hashRunes(word)
		}
		h = (h ^ uint64(lowerASCII(b))) * 1099511628211
	}
	return mix(h)
}

func lowerASCII(b byte) byte {
	switch {
	case 'A' <= b && b <= 'Z':
		return b + 'a' - 'A'
	case '0' <= b && b <= '9':
		return '0'
	case b == '`':
		return '\''
	}
	return b
}

func hashRunes(word string) Hash {
	h := uint64(14695981039346656037)
	var buf [utf8.UTFMax]byte
	for _, r := range word {
		switch {
		case r == '’' || r == 'ʼ' || r == '‘':
			r = '\''
		case r < utf8.RuneSelf:
			r = rune(lowerASCII(byte(r)))
		default:
			r = unicode.ToLower(r)
		}
		for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
			h = (h ^ uint64(b)) * 1099511628211
		}
	}
	return mix(h)
}

// Then returns the hash of the phrase h followed by word.
func (h Hash) Then(word Hash) Hash {
	return mix(uint64(h)*0x9e3779b97f4a7c15 + uint64(word))
}

func mix(h uint64) Hash {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return Hash(h ^ h>>32)
}

// Fold returns word without the diacritics of Latin letters: "Əliyev" is
// "Eliyev".
func Fold(word string) string {
	out := make([]rune, 0, len(word))
	for _, r := range norm.NFKD.String(word) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if plain, ok := plainLetters[r]; ok {
			r = plain
		}
		out = append(out, r)
	}
	return string(out)
}

// plainLetters are the letters that have no decomposition.
var plainLetters = map[rune]rune{
	'ə': 'e', 'Ə': 'E', 'ı': 'i', 'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ð': 'd', 'þ': 't', 'ß': 's', 'æ': 'a', 'œ': 'o',
}
