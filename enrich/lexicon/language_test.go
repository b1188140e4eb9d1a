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
		{"", "THE CHAIRMAN OF THE STATE CUSTOMS COMMITTEE MET IN TBILISI WITH THE HEAD OF THE SECRETARIAT AND SAID THAT A POST WOULD OPEN.", "en"},
		{"", "DER MINISTER SPRACH AM MONTAG IN BERLIN MIT DEM PRÄSIDENTEN DER BANK.", "de"},
		{"", "Bakıda keçirilən tədbirdə nazir çıxış edib və gələcək planlardan danışıb.", "az"},
		{"", "Министр выступил на заседании в Баку и рассказал о планах на будущий год.", "ru"},
		{"", "Bakan toplantıda konuştu ve gelecek yılın planlarını anlattı; heyet şehrin yeni limanını gezdi, ardından işçilerle görüştü ve soruları yanıtladı.", "tr"},
		{"", "Avrupa Birliği Komisyonu sözcüsü, Brüksel'de gazetecilere konuştu. AB, Türkiye'ye 1 milyar avro verecek.", "tr"},
		{"", "Der Minister sprach am Montag in Berlin mit dem Präsidenten der Bank.", "de"},
		{"", "Le ministre a reçu mardi à Paris le directeur des douanes et des taxes.", "fr"},
		{"", "El ministro se reunió en Santiago con la directora de la aduana.", "es"},
		{"", "Il ministro ha incontrato a Roma il collega turco.", "it"},
		{"", "O ministro disse em Lisboa que a reunião não foi adiada.", "pt"},
		{"", "De minister heeft in Den Haag met het hoofd van de douane gesproken.", "nl"},
		{"", "The mayor of La Paz met de la Cruz and Van der Berg in Den Haag; the talks went on.", "en"},
		{"", "Erdogan visits Ankara", "en"},
		{"", "Қазақстан Президенті Қасым-Жомарт Тоқаев Астанада Әзербайжан делегациясын қабылдады.", "kk"},
		{"", "Міністр виступив у Києві та розповів про плани уряду, її слухали.", "uk"},
		{"", "استقبل وزير المالية في الرياض وفداً", "ar"},
		{"", "وزیر امور خارجه ایران گفت که گفتگو", "fa"},
		{"", "中国海关总署署长在北京会见了秘书长。", "zh"},
		{"", "税関長は東京で会見した。", "ja"},
		{"", "관세청장은 서울에서 회담을 가졌다.", "ko"},
		{"", "საქართველოს პრემიერ-მინისტრი ბაქოში ჩავიდა.", "ka"},
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
