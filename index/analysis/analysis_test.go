package analysis_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/news"
)

func TestWordsAreFoldedRunsOfLettersAndDigits(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"punctuation alone", " … -- ''!", ""},
		{"dotted name", "REPORT.AZ", "report az"},
		{"missing space", "Customs Committee.In addition", "customs committee in addition"},
		{"possessive", "Azerbaijan's customs", "azerbaijan customs"},
		{"typographic possessive", "The WCO’s council’S", "the wco council"},
		{"possessive at the end", "the Committee's", "the committee"},
		{"plural possessive", "the members' vote", "the members vote"},
		{"leading 's is a word", "'s Hertogenbosch", "s hertogenbosch"},
		{"s after a space is a word", "vitamin s", "vitamin s"},
		{"s after a quoted letter run", "Dis'sent", "dis sent"},
		{"elision", "l’Azerbaïdjan", "l azerbaidjan"},
		{"Irish name", "O'Brien", "o brien"},
		{"hyphen", "single-window", "single window"},
		{"numbers", "8.12.2014 and 1,500", "8 12 2014 and 1 500"},
		{"Azerbaijani", "Əliyev ƏLİYEV Aydın IĞDIR Şəki çörək Gömrük", "aliyev aliyev aydin igdir saki corak gomruk"},
		{"Turkish", "İstanbul ISPARTA ılık Dışişleri", "istanbul isparta ilik disisleri"},
		{"decomposed", "I\u0307stanbul S\u0327e\u0301ki", "istanbul seki"},
		{"German and Nordic", "Straße ØRSTED Łódź Þór Ærø œuvre", "strasse orsted lodz thor aero oeuvre"},
		{"Cyrillic kept", "Алиев СЪЁМКА Йод Їжак Ўзбек", "алиев съемка йод їжак ўзбек"},
		{"Cyrillic decomposed", "И\u0306од и\u0306 І\u0308жак е\u0308лка ста\u0301рый", "йод й їжак елка старый"},
		{"Greek", "ΑΘΗΝΑΣ Αθήνας", "αθηνασ αθηνασ"},
		{"ligature and full width", "oﬃce ＷＣＯ ２０１５", "office wco 2015"},
		{"soft hyphen and joiners", "capa\u00adcity zero\u200dwidth", "capacity zerowidth"},
		{"Arabic keeps its marks", "مُحَمَّد", "مُحَمَّد"},
		{"Chinese is one run", "世界海关组织", "世界海关组织"},
		{"bytes that are not UTF-8", "a\xffb", "a b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(analysis.Words(test.text), " "); got != test.want {
				t.Errorf("Words(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestTokensPointIntoTheText(t *testing.T) {
	text := "Şəki’s ministers, AİR"
	want := []analysis.Token{
		{Span: news.Span{Start: 0, End: 6}, Term: "saki", Folded: "saki", Position: 0},
		{Span: news.Span{Start: 11, End: 20}, Term: "minist", Folded: "ministers", Position: 1},
		{Span: news.Span{Start: 22, End: 26}, Term: "air", Folded: "air", Position: 2},
	}
	if diff := cmp.Diff(want, analysis.Tokens(text)); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyWordsOfLatinLettersAreStemmed(t *testing.T) {
	for word, want := range map[string]string{
		"conferences": "confer", "customs": "custom", "facilitation": "facilit", "happy": "happi", "is": "is",
		"g20s": "g20s", "комитеты": "комитеты", "2015s": "2015s",
		"sses": "ss", "ies": "i", "eed": "eed",
	} {
		if got := analysis.Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestLongWordsAreCut(t *testing.T) {
	words := analysis.Words(strings.Repeat("й", 500) + " " + strings.Repeat("x", 500))
	for _, w := range words {
		if n := utf8.RuneCountInString(w); n != analysis.MaxTermRunes {
			t.Errorf("a word of 500 runes has %d, want %d", n, analysis.MaxTermRunes)
		}
	}
}

func TestFoldTableIsAppliedOnce(t *testing.T) {
	table := analysis.FoldTable()
	if !slices.IsSortedFunc(table, func(a, b analysis.Folding) int { return strings.Compare(a.From, b.From) }) {
		t.Error("the table is not sorted")
	}
	for _, f := range table {
		if got := analysis.Fold(f.From); got != f.To {
			t.Errorf("Fold(%q) = %q, the table says %q", f.From, got, f.To)
		}
		if got := analysis.Fold(f.To); got != f.To {
			t.Errorf("%q folds to %q, which folds on to %q", f.From, f.To, got)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"REPORT.AZ/ Today WCO's", "Əliyev И\u0306", "a\xff'S", "'s's's"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for i, token := range analysis.Tokens(text) {
			if token.Position != i || token.Span.Start < last || utf8.ValidString(text) && !token.Span.Valid(text) {
				t.Fatalf("token %d of %q is %+v, the one before ends at %d", i, text, token, last)
			}
			last = token.Span.End
			again := analysis.Words(token.Folded)
			if len(again) != 1 || again[0] != token.Folded {
				t.Fatalf("word %q is seen as %q when read again", token.Folded, again)
			}
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The chairman of the State Customs Committee, Aydın Əliyev, noted the importance of capacity building. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		analysis.Tokens(text)
	}
}
