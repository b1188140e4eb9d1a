package news

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// PersonID is the id of a person known by a full name: the name folded to
// plain letters, spelled as English agencies transliterate it, so that "Aydın
// Əliyev", "Aydin Aliyev" and "Aydin Aliev" are one person in every report.
// Middle initials do not count. It returns "" when name holds no letter.
func PersonID(name string) string {
	if azerbaijani(name) {
		name = Romanize(name)
	}
	words := strings.FieldsFunc(Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	kept := words[:0]
	for i, w := range words {
		w = strings.ReplaceAll(w, "'", "")
		if w == "" || i > 0 && i < len(words)-1 && utf8.RuneCountInString(w) == 1 {
			continue
		}
		kept = append(kept, slavicEnding(w))
	}
	return strings.Join(kept, "-")
}

// Fold returns s in lower case without accents, special Latin letters written
// as the plain ones English agencies use (ə as a, ı as i, ø as o) and
// typographic apostrophes as '. Letters of other scripts stay.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case unicode.Is(unicode.Mn, r):
		case r == '’' || r == 'ʼ' || r == 'ʻ' || r == '‘':
			b.WriteByte('\'')
		default:
			if a, ok := foldedLetters[r]; ok {
				b.WriteString(a)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// foldedLetters are the Latin letters that have no Unicode decomposition.
var foldedLetters = map[rune]string{
	'ə': "a", 'ǝ': "a", 'ı': "i", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe",
}

// plain reports whether Fold leaves s as it is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// azerbaijani reports whether a name is in Azerbaijani spelling: it has the
// letter schwa, or letters it shares with Turkish in a name with the endings
// that Turkish surnames do not have.
func azerbaijani(name string) bool {
	lower := strings.ToLower(name)
	if strings.ContainsAny(lower, "əǝ") {
		return true
	}
	if !strings.ContainsAny(lower, "şçğıöü") {
		return false
	}
	for _, ending := range []string{"ov", "ev", "ova", "eva"} {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}

// Romanize spells an Azerbaijani name as the English services of the country's
// agencies do: Şahin as Shahin, Cavid as Javid.
func Romanize(name string) string { return azerbaijaniLetters.Replace(name) }

var azerbaijaniLetters = strings.NewReplacer(
	"Ş", "Sh", "ş", "sh", "Ç", "Ch", "ç", "ch", "X", "Kh", "x", "kh", "C", "J", "c", "j", "Q", "G", "q", "g",
)

// sounds maps the spellings of one sound to one.
var sounds = strings.NewReplacer(
	"iyev", "ev", "ayev", "aev", "yev", "ev", "iev", "ev", "kh", "h", "gh", "g", "zh", "j", "dj", "j", "dzh", "j", "sch", "sh", "tch", "ch",
	"mm", "m", "ss", "s", "ll", "l", "nn", "n", "rr", "r", "tt", "t", "ff", "f", "ee", "i", "oo", "u", "ou", "u", "ey", "ei", "ay", "ai",
	"iy", "i", "yy", "y", "ya", "ia", "yu", "iu", "q", "g", "w", "v", "-", "",
)

// Sound is a folded word of a name with the spellings of one sound made one:
// two words that sound alike are one under the usual transliterations (Aidyn,
// Aydin; Khusein, Husein).
func Sound(w string) string {
	s := sounds.Replace(w)
	return strings.ReplaceAll(s, "y", "i")
}

// slavicEnding gives the endings of a surname of the former Soviet Union one
// spelling: Aliev and Aliyev, Nazarbaev and Nazarbayev.
func slavicEnding(w string) string {
	for _, ending := range []string{"ev", "eva"} {
		stem, ok := strings.CutSuffix(w, ending)
		if ok && len(stem) > 1 && strings.IndexByte("aeiou", stem[len(stem)-1]) >= 0 {
			return stem + "y" + ending
		}
	}
	return w
}
