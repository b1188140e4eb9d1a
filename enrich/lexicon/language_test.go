package lexicon_test

import (
	"testing"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ set, text, want string }{
		{"en-GB", "", "en"},
		{"az", "whatever", "az"},
		{"", "The minister said that the talks in Baku would go on and that a text was near.", "en"},
		{"", "Baku", "en"},
		{"", "Bakıda keçirilən tədbirdə nazir çıxış edib və gələcək planlardan danışıb.", "az"},
		{"", "Министр выступил на заседании в Баку и рассказал о планах на будущий год.", "ru"},
		{"", "Bakan toplantıda konuştu ve gelecek yılın planlarını anlattı; heyet şehrin yeni limanını gezdi, ardından işçilerle görüştü ve soruları yanıtladı.", "tr"},
	} {
		if got := lexicon.Language(&news.Report{Language: test.set, Text: test.text}); got != test.want {
			t.Errorf("language of %q (set %q) is %q, want %q", test.text, test.set, got, test.want)
		}
	}
}

func TestLongestFindsInflectedWords(t *testing.T) {
	var trie lexicon.Trie
	trie.Add("Грузия", 1)
	trie.Add("Bakı", 2)
	trie.Add("Türkiye", 3)
	trie.Add("Всемирная таможенная организация", 4)
	trie.Add("Dövlət Gömrük Komitəsi", 5)
	for _, test := range []struct {
		language, text string
		want           int32
	}{
		{"ru", "Грузии", 1}, {"ru", "Грузию", 1}, {"az", "Bakıda", 2}, {"az", "Bakının", 2}, {"tr", "Türkiye'de", 3}, {"tr", "Türkiye’nin", 3},
		{"ru", "Всемирной таможенной организации", 4}, {"az", "Dövlət Gömrük Komitəsinin", 5}, {"az", "Dövlət Gömrük Komitəsinə", 5},
	} {
		_, values := trie.Longest(lexicon.Read(&news.Report{Text: test.text, Language: test.language}).Words, 0)
		if len(values) != 1 || values[0] != test.want {
			t.Errorf("%q in %s: found %v, want %d", test.text, test.language, values, test.want)
		}
	}
}
