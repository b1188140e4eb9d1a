package names_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/names/namestest"
)

// show writes the names of a text as KIND:name.
func show(text string, found []names.Name) []string {
	var out []string
	for _, n := range found {
		out = append(out, string(n.Kind)+":"+n.Span.Of(text))
	}
	return out
}

func TestTag(t *testing.T) {
	tagger := namestest.Tagger(t)
	tests := map[string]struct {
		text string
		want []string
	}{
		"title is outside":       {"On Monday President Ilham Aliyev met Mr. Lee in Seoul.", []string{"PER:Ilham Aliyev", "PER:Lee", "LOC:Seoul"}},
		"article and possessive": {"They praised the World Bank's office in Tbilisi.", []string{"ORG:World Bank", "LOC:Tbilisi"}},
		"space before a comma":   {"Giorgi Kvirikashvili , who lives in Georgia , spoke.", []string{"PER:Giorgi Kvirikashvili", "LOC:Georgia"}},
		"missing space":          {"He left for Astana.In Kazakhstan, it snowed.", []string{"LOC:Astana", "LOC:Kazakhstan"}},
		"names from many countries": {
			"Vugar Hasanli met Kim Sang-woo. Later Erlan Tokbergenov of Kazakhstan thanked Abdulaziz al-Rashidi and Zhao Mingwei.",
			[]string{"PER:Vugar Hasanli", "PER:Kim Sang-woo", "PER:Erlan Tokbergenov", "LOC:Kazakhstan", "PER:Abdulaziz al-Rashidi", "PER:Zhao Mingwei"},
		},
		"surname alone":         {"Levan Mchedlidze spoke. In Batumi, Mchedlidze told Interfax of the plan.", []string{"PER:Levan Mchedlidze", "LOC:Batumi", "PER:Mchedlidze", "ORG:Interfax"}},
		"body of a country":     {"She heads the State Statistics Committee of Azerbaijan.", []string{"ORG:State Statistics Committee of Azerbaijan"}},
		"surname after a title": {"He spoke to Mr. Okonkwo ,who lives in Lagos, and to Ms Chukwu.", []string{"PER:Okonkwo", "LOC:Lagos", "PER:Chukwu"}},
		"body before a person":  {"Deputy director of the State Tourism Agency Rashad Ibrahimli attended.", []string{"ORG:State Tourism Agency", "PER:Rashad Ibrahimli"}},
		"capitals":              {"LEVAN MCHEDLIDZE VISITS KENYA", []string{"PER:LEVAN MCHEDLIDZE", "LOC:KENYA"}},
		"lower case":            {"the minister will fly to kazakhstan and then to brussels.", []string{"LOC:kazakhstan", "LOC:brussels"}},
		"suffix of a person":    {"Then Martin Luther King Jr. spoke in Boston.", []string{"PER:Martin Luther King Jr.", "LOC:Boston"}},
		"dateline in capitals":  {"SEOUL, Oct. 12 (Yonhap) -- President Moon Jae-in said Saturday that talks would go on.", []string{"LOC:SEOUL", "ORG:Yonhap", "PER:Moon Jae-in"}},
		"company, not a person": {"Shares of Ford rose after Boeing and Chrysler hired workers in Detroit.", []string{"ORG:Ford", "ORG:Boeing", "ORG:Chrysler", "LOC:Detroit"}},
		"no names":              {"It rained all day and nobody came.", nil},
		"nothing":               {"", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(test.text, tagger.Tag(test.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTagIsTheSameFromManyGoroutines(t *testing.T) {
	tagger := namestest.Tagger(t)
	const text = "Minister Nguyen Van Hai of Vietnam met officials of Samsung Electronics in Hanoi."
	want := tagger.Tag(text)
	done := make(chan string)
	for range 8 {
		go func() {
			for range 20 {
				if diff := cmp.Diff(want, tagger.Tag(text)); diff != "" {
					done <- diff
					return
				}
			}
			done <- ""
		}()
	}
	for range 8 {
		if diff := <-done; diff != "" {
			t.Error(diff)
		}
	}
}

// TestHostileTextEnds reads texts that would keep it busy for minutes each if
// the time grew with the square of the length.
func TestHostileTextEnds(t *testing.T) {
	tagger := namestest.Tagger(t)
	for _, unit := range []string{"A", "A ", "U.S.", "\x80", "Aa Bb of Cc, ", "al-", "a", "0 of ", "A.", "'s"} {
		text := strings.Repeat(unit, 1<<19/len(unit))
		end := 0
		for _, name := range tagger.Tag(text) {
			if !name.Span.Valid(text) || name.Span.Start < end {
				t.Fatalf("%v is invalid or out of order in half a megabyte of %q", name.Span, unit)
			}
			end = name.Span.End
		}
	}
}

func FuzzTag(f *testing.F) {
	tagger := namestest.Tagger(f)
	f.Add("BAKU: Mr. Rashid Mammadov of the State Committee.In Tbilisi, the WCO's head")
	f.Add("a\x80.\xffB of Of\n\nOf of the the's’s")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, name := range tagger.Tag(text) {
			if !name.Span.Valid(text) || name.Span.Start < end {
				t.Fatalf("%v of %q is invalid or out of order", name, text)
			}
			end = name.Span.End
		}
	})
}

const paragraph = `The Ministry of Finance of Georgia said on Tuesday that the World Bank had agreed to lend $120 million
for roads around Kutaisi. Minister Nino Beridze told reporters in Tbilisi that work would begin in May and that a
company from Turkey, Yilmaz Holding, had won the tender. "We expect Mr. Yilmaz here next week," she said.

`

// BenchmarkTag reports words a second on one core.
func BenchmarkTag(b *testing.B) {
	tagger := namestest.Tagger(b)
	text := strings.Repeat(paragraph, 8)
	words := len(strings.Fields(text))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tagger.Tag(text)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := names.New(); err != nil {
			b.Fatal(err)
		}
	}
}
