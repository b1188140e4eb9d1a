package prose_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/internal/lineartest"
)

func TestTokens(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"words and marks":          {"Baku, 5 May (Trend).", "Baku|,|5|May|(|Trend|)|."},
		"missing space":            {"of the Committee.In addition", "of|the|Committee|.|In|addition"},
		"space before a comma":     {"Rashid Mammadov , deputy", "Rashid|Mammadov|,|deputy"},
		"agency with a domain":     {"REPORT.AZ/ Today trend.az says", "REPORT.AZ|/|Today|trend.az|says"},
		"acronyms":                 {"the U.S. and U.N.'s aid, e.g. rice at 5 p.m.", "the|U.S.|and|U.N.|'s|aid|,|e.g.|rice|at|5|p.m."},
		"acronym, glued":           {"in the U.S.The plan", "in|the|U.S.|The|plan"},
		"titles and initials":      {"Mr. J. K. Lee and Dr.Who", "Mr.|J.|K.|Lee|and|Dr|.|Who"},
		"degree":                   {"a Ph.D. in law", "a|Ph.D.|in|law"},
		"numbers":                  {"8.12.2014 at 10:30: 1,000,000 or 3.5%", "8.12.2014|at|10:30|:|1,000,000|or|3.5|%"},
		"number ends":              {"in 2014. It", "in|2014|.|It"},
		"possessives":              {"Baku's, the Khans' and Sana'a’s", "Baku|'s|,|the|Khans|'|and|Sana'a|’s"},
		"names with an apostrophe": {"O'Neill of Côte d’Ivoire don't", "O'Neill|of|Côte|d’Ivoire|don't"},
		"hyphens":                  {"Paris-based Jean-Luc", "Paris|-|based|Jean|-|Luc"},
		"ampersand":                {"AT&T and M & S", "AT&T|and|M|&|S"},
		"money":                    {"US$40 billion", "US|$|40|billion"},
		"addresses":                {"see https://a.example/b?c=d. Mail x.y@z.org.", "see|https://a.example/b?c=d|.|Mail|x.y@z.org|."},
		"runs":                     {"well... -- no!!", "well|...|--|no|!!"},
		"other scripts":            {"Bakı, 北京 и Москва", "Bakı|,|北京|и|Москва"},
		"invalid bytes":            {"\x80a\x80\x80 b\xff,\xc3", "a\x80\x80|b|,"},
		"nothing":                  {" \n\t", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, token := range prose.Tokens(test.text) {
				got = append(got, token.Of(test.text))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	long := strings.Repeat("word ", 30)
	tests := map[string]struct {
		text string
		want []string
	}{
		"plain":               {"One came. Two left! Who stayed?", []string{"One came.", "Two left!", "Who stayed?"}},
		"missing space":       {"They met the Committee.In addition, they ate.", []string{"They met the Committee.", "In addition, they ate."}},
		"titles, initials":    {"Mr. Kim met J. K. Lee. He left.", []string{"Mr. Kim met J. K. Lee.", "He left."}},
		"acronym inside":      {"The U.S. Navy sailed.", []string{"The U.S. Navy sailed."}},
		"acronym at the end":  {"It left the U.S. The fleet sailed.", []string{"It left the U.S.", "The fleet sailed."}},
		"company":             {"Acme Inc. Chairman Lee quit Acme Inc. It fell.", []string{"Acme Inc. Chairman Lee quit Acme Inc.", "It fell."}},
		"agency":              {"REPORT.AZ/ Today it rained.", []string{"REPORT.AZ/ Today it rained."}},
		"dates":               {"On 8.12.2014 it began. By Sept. 2015 it ended.", []string{"On 8.12.2014 it began.", "By Sept. 2015 it ended."}},
		"numbers":             {"See No. 5. It costs 3.5 manats.", []string{"See No. 5.", "It costs 3.5 manats."}},
		"quotation":           {"\"We won.\" He smiled. \"Did we?\" he asked.", []string{"\"We won.\"", "He smiled.", "\"Did we?\" he asked."}},
		"paragraphs":          {"A heading\n\nThe text goes on", []string{"A heading", "The text goes on"}},
		"lines of their own":  {long + "\nMarch 1, 2008\nNext", []string{strings.TrimSpace(long), "March 1, 2008", "Next"}},
		"hard-wrapped":        {"The delegation of the customs service met\nLee in the hall of the new customs\nbuilding. They\nate.", []string{"The delegation of the customs service met\nLee in the hall of the new customs\nbuilding.", "They\nate."}},
		"list":                {"1. The first. 2. The second.", []string{"1. The first.", "2. The second."}},
		"lower-case text":     {"it rained. they left.", []string{"it rained.", "they left."}},
		"lower case after it": {"It grew to approx. five and so on. \"all\" said A. Khan", []string{"It grew to approx. five and so on. \"all\" said A. Khan"}},
		"nothing":             {"", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, span := range prose.Sentences(test.text) {
				got = append(got, span.Of(test.text))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Baku. 8 December. REPORT.AZ/ Today the U.S.The \"end.\"")
	f.Add("a\x80.\xffB 1. c\n\nd\u2028'’s@x.y://z")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := prose.Tokens(text)
		end := 0
		for _, token := range tokens {
			if !token.Span.Valid(text) || token.Span.Start < end {
				t.Fatalf("token %v of %q is invalid or out of order", token.Span, text)
			}
			end = token.Span.End
		}
		count := 0
		for _, g := range prose.Group(text, tokens) {
			if len(g) == 0 {
				t.Fatalf("empty sentence in %q", text)
			}
			count += len(g)
		}
		if count != len(tokens) {
			t.Fatalf("sentences of %q hold %d tokens of %d", text, count, len(tokens))
		}
	})
}

func TestSentencesOfHostileTextTakeLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time; run without -short")
	}
	units := map[string]string{}
	for _, unit := range []string{".", "a.", "a.b", "'", "\"", "\n", "x\n", "1,", "a&", "a@", "A. ", "://", "\x80", "é"} {
		units[strconv.Quote(unit)] = unit
	}
	lineartest.Check(t, units, 100_000, func(text string) func() {
		return func() { prose.Sentences(text) }
	})
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("The head of the U.S. delegation met Mr. Lee on 8.12.2014 in Baku. They spoke of trade.\n\n", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		prose.Sentences(text)
	}
}
