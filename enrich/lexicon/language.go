package lexicon

import (
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
	words, small := 0, 0
	for w := range strings.FieldsSeq(text) {
		words++
		if isSmallWord(w) {
			small++
		}
	}
	letters := lettersOf(text)
	switch {
	case letters.cyrillic*2 > letters.all:
		return "ru"
	case small > 0 && small*20 >= words:
		return English
	case letters.schwa*50 > letters.all:
		return "az"
	case letters.turkish*25 > letters.all || letters.turkish*50 > letters.all && words >= fewWords:
		return "tr"
	case words < fewWords:
		return English
	}
	return Undetermined
}

// letterCount is how many letters a text has, and how many of those tell its
// language.
type letterCount struct{ all, cyrillic, schwa, turkish int }

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
		case unicode.Is(unicode.Cyrillic, c):
			n.cyrillic++
		case c == 'ə' || c == 'Ə':
			n.schwa++
		case strings.ContainsRune("ığşİĞŞ", c):
			n.turkish++
		}
		n.all++
	}
	return n
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
	if i := strings.IndexByte(fold, '\''); i >= shortestStem {
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
		{"ем", []string{"ь", "е", ""}}, {"а", []string{"", "о"}}, {"у", []string{"", "а"}}, {"е", []string{"", "а", "о"}}, {"ы", []string{"а"}},
		{"и", []string{"а", "ь", "я"}}, {"ю", []string{"я", "ь"}}, {"я", []string{"ь", "и"}},
	}
	return byLength(found)
}

func byLength(list []ending) []ending {
	slices.SortStableFunc(list, func(a, b ending) int { return len(b.cut) - len(a.cut) })
	return list
}
