package lexicon

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// English is the base language the finders read in full; in others they look
// up gazetteers alone.
const English = "en"

// Undetermined is the language of a text that tells none (ISO 639-2).
const Undetermined = "und"

// Language returns the base language of r: that of r.Language where it is set,
// else what the letters and the small words of the text tell, "und" when they
// tell nothing. A text of a few words is taken for English.
func Language(r *news.Report) string {
	if r.Language != "" {
		base, _, _ := strings.Cut(strings.ToLower(r.Language), "-")
		return base
	}
	return languageOf(r.Text)
}

// looked is how many bytes of a text its language is told from, and fewWords
// how many words are too few to tell.
const (
	looked   = 1000
	fewWords = 20
)

func languageOf(text string) string {
	text = text[:min(len(text), looked)]
	letters := lettersOf(text)
	if language := letters.script(text); language != "" {
		return language
	}
	if !strings.ContainsFunc(text, unicode.IsLower) {
		text = strings.ToLower(text) // it is all in capitals, its small words too
	}
	words := countWords(text)
	if words.english*plainEnglish >= words.all && words.english > 0 {
		return English
	}
	words.countOthers(text)
	other, most := words.mostOf()
	switch {
	case most > 1 && most > words.english:
		return other
	case words.english > 0 && words.english*20 >= words.all:
		return English
	case letters.schwa*50 > letters.all:
		return "az"
	case letters.turkish*25 > letters.all || letters.turkish*50 > letters.all && words.all >= fewWords, letters.turkish > 0 && words.turkish > 1:
		return "tr"
	case words.all < fewWords:
		return English
	}
	return Undetermined
}

// wordCount is how many words a text has, and how many of those tell its
// language.
type wordCount struct {
	all, english, turkish int
	others                [len(westernLanguages)]int
}

func countWords(text string) wordCount {
	var n wordCount
	for w := range strings.FieldsSeq(text) {
		n.all++
		if isSmallWord(w) {
			n.english++
		}
	}
	return n
}

// plainEnglish is the part of a text, as one in so many, that small English
// words are in no other language.
const plainEnglish = 6

func (n *wordCount) countOthers(text string) {
	for w := range strings.FieldsSeq(text) {
		if isTurkishWord(strings.TrimRight(w, ".,;:!?\"”")) {
			n.turkish++
		}
		for of := western[strings.ToLower(w)]; of != 0; of &= of - 1 {
			n.others[bits.TrailingZeros8(of)]++
		}
	}
}

// mostOf is the western language besides English whose small words are the most.
func (n *wordCount) mostOf() (language string, most int) {
	for i, count := range n.others {
		if count > most {
			language, most = westernLanguages[i], count
		}
	}
	return language, most
}

// westernLanguages are the languages of Latin letters that their small words
// tell from English, and western those words, with a bit for each language that
// has the word.
var (
	westernLanguages = [...]string{"de", "fr", "es", "it", "pt", "nl"}
	western          = smallWords(
		"der die das und ist den dem des ein eine einen mit von zu sich auf nicht für im am hat bei nach wird auch",
		"le la les des du et est une un au aux dans pour qui sur par ce cette il elle son sa ses avec ont été",
		"el la los las del y en que con por una un se su al para fue ha este esta",
		"il lo la gli che di del della dei è con per una un ha nel alla sono si presso",
		"o os as do da dos das em que com uma um não para foi pelo pela no na",
		"de het een van en op met voor dat zijn naar niet ook bij heeft",
	)
)

func smallWords(lists ...string) map[string]uint8 {
	words := map[string]uint8{}
	for i, list := range lists {
		for w := range strings.FieldsSeq(list) {
			words[w] |= 1 << i
		}
	}
	return words
}

// letterCount is how many letters a text has, and how many of those tell its
// language.
type letterCount struct {
	all, schwa, turkish int
	scripts             [len(scripts)]int
}

// scripts are the scripts besides Latin, with the language that each is taken
// for unless some of its letters tell another.
var scripts = [...]struct {
	table    *unicode.RangeTable
	language string
}{
	{unicode.Cyrillic, "ru"}, {unicode.Arabic, "ar"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Greek, "el"},
	{unicode.Hebrew, "he"}, {unicode.Han, "zh"}, {unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"},
	{unicode.Devanagari, "hi"}, {unicode.Thai, "th"},
}

func lettersOf(text string) letterCount {
	var n letterCount
	for _, c := range text {
		switch {
		case c < utf8.RuneSelf:
			if 'a' <= c|0x20 && c|0x20 <= 'z' {
				n.all++
			}
			continue
		case !unicode.IsLetter(c):
			continue
		case c == 'ə' || c == 'Ə':
			n.schwa++
		case strings.ContainsRune("ığşİĞŞ", c):
			n.turkish++
		case c > lastLatin:
			for i, s := range scripts {
				if unicode.Is(s.table, c) {
					n.scripts[i]++
					break
				}
			}
		}
		n.all++
	}
	return n
}

// lastLatin is the last letter of the blocks that hold the Latin letters of
// most languages.
const lastLatin = '\u024F'

// script is the language of a text that is mostly written in another script
// than the Latin, or "".
func (n *letterCount) script(text string) string {
	most := 0
	for i, count := range n.scripts {
		if count > n.scripts[most] {
			most = i
		}
	}
	if n.scripts[most]*2 <= n.all {
		return ""
	}
	language := scripts[most].language
	if language == "zh" && n.scripts[7]+n.scripts[8] > 0 {
		return "ja" // Han among kana
	}
	for _, told := range tellingLetters {
		if told.of == language && strings.ContainsAny(text, told.letters) {
			return told.language
		}
	}
	return language
}

// tellingLetters are the letters that the main language of a script lacks, the
// rarer ones first.
var tellingLetters = []struct{ of, letters, language string }{
	{"ru", "ҷӣӯ", "tg"}, {"ru", "әӘұҰһҺ", "kk"}, {"ru", "їЇєЄґҐ", "uk"}, {"ru", "ӨөҮүң", "ky"}, {"ru", "ўі", "be"}, {"ru", "јљњђћ", "sr"},
	{"ar", "پچژگ", "fa"},
}

// isSmallWord reports whether w is one of the small words that every English
// text has.
func isSmallWord(w string) bool {
	switch w {
	case "the", "of", "and", "in", "to", "a", "an", "for", "on", "that", "is", "was", "with", "by", "at", "from", "said",
		"he", "she", "it", "as", "has", "will", "be", "are", "were", "which":
		return true
	}
	return false
}

// isTurkishWord reports whether w is a small word of Turkish or has an ending
// that words of other languages hardly have.
func isTurkishWord(w string) bool {
	switch w {
	case "ve", "bir", "bu", "ile", "olarak", "göre", "için", "kadar", "yeni", "gibi", "daha":
		return true
	}
	for _, ending := range []string{"ecek", "acak", "'de", "'da", "'ye", "'ya", "'nin", "'nın", "’de", "’da", "’ye", "’ya", "lere", "lara", "uştu", "ildi", "ıldı", "üştü", "acağını"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// inflect gives each word that takes endings in Azerbaijani, Turkish or Russian
// its possible stems.
func (t *Text) inflect() {
	endings, ok := endings[t.Language]
	if !ok {
		return
	}
	for i := range t.Words {
		if w := &t.Words[i]; w.Letters {
			found := stems(w.Fold, endings)
			w.stems = &found
		}
	}
}

// ending is an ending and what it may stand for in the base form.
type ending struct {
	cut string
	put []string
}

// shortestStem is the length in bytes that a stem must have.
const shortestStem = 3

// stems returns the base forms that a folded word may be of, the longest ending
// first; what follows an apostrophe is an ending.
func stems(fold string, endings []ending) []string {
	var found []string
	if i := strings.IndexByte(fold, '\''); i >= len("ab") {
		fold = fold[:i]
		found = append(found, fold)
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(fold, e.cut)
		if !ok || len(stem) < shortestStem {
			continue
		}
		for _, put := range e.put {
			found = append(found, stem+put)
		}
	}
	return found
}

// endings are the case endings by language, folded, longest first.
var endings = map[string][]ending{
	"az": turkic("ninda nunda larinin larina lardan larin larda lari dan nin nun din dir dur yla yle den sina sini sinda sindan sinin ina ini inda indan in un na ni nu da de ya ye ta te a e i u"),
	"tr": turkic("larinin lerinin larina lerine lardan lerden larin lerin lari leri sina sine sini sinda sinde sinin ndan nden dan den tan ten nin nun yla yle ina ine ini inda inde in un na ne ni nu da de ta te ya ye yi yu a e i u"),
	"ru": slavic(),
}

func turkic(list string) []ending {
	var found []ending
	for e := range strings.FieldsSeq(list) {
		found = append(found, ending{e, []string{""}})
	}
	return byLength(found)
}

// slavic are Russian endings in folded form, in which й is и.
func slavic() []ending {
	found := []ending{
		{"ого", []string{"ыи", "ии", "ое"}}, {"его", []string{"ии", "ее"}}, {"ому", []string{"ыи", "ии", "ое"}},
		{"ыми", []string{"ые", "ыи"}}, {"ых", []string{"ые"}}, {"ым", []string{"ыи", "ое"}}, {"им", []string{"ии", "ое"}},
		{"ом", []string{"", "ыи", "о", "ои"}}, {"ои", []string{"ая", "а"}}, {"ую", []string{"ая"}}, {"еи", []string{"я", "ия"}},
		{"ии", []string{"ия", "ие"}}, {"ию", []string{"ия"}}, {"ией", []string{"ия"}}, {"иеи", []string{"ия"}}, {"ием", []string{"ие"}},
		{"ия", []string{"ие"}}, {"ами", []string{"ы", "а"}}, {"ах", []string{"ы", "а"}}, {"ам", []string{"ы", "а"}}, {"ов", []string{"ы"}},
		{"ем", []string{"ь", "е", ""}}, {"а", []string{"", "о"}}, {"у", []string{"", "а"}}, {"е", []string{"", "а", "о", "ь"}}, {"ы", []string{"а"}},
		{"и", []string{"а", "ь", "я"}}, {"ю", []string{"я", "ь"}}, {"я", []string{"ь", "и"}},
	}
	return byLength(found)
}

func byLength(list []ending) []ending {
	slices.SortStableFunc(list, func(a, b ending) int { return len(b.cut) - len(a.cut) })
	return list
}
