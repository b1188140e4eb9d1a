package quotes_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/quotes"
	"github.com/dateline-news/dateline/news"
)

// said is a quote in short: who, by what word, what.
type said struct{ Speaker, Cue, Kind, Text string }

func shorten(found []news.Quote) []said {
	var out []said
	for _, q := range found {
		s := said{Cue: q.Cue, Kind: q.Kind, Text: q.Text}
		if q.Speaker != nil {
			s.Speaker = q.Speaker.Name
		}
		out = append(out, s)
	}
	return out
}

func TestQuotesAreFoundInEveryForm(t *testing.T) {
	tests := []struct {
		name, text string
		want       []said
	}{
		{"cue after", `"We signed the protocol," said Nino Kapanadze.`, []said{{"Nino Kapanadze", "said", "direct", "We signed the protocol"}}},
		{"cue before", `Kapanadze told reporters: "The road opens in May."`, []said{{"Kapanadze", "told", "direct", "The road opens in May."}}},
		{"split around the cue", `"We signed it," Kapanadze said, "and we shall keep it."`, []said{
			{"Kapanadze", "said", "direct", "We signed it"}, {"Kapanadze", "said", "direct", "and we shall keep it."}}},
		{"a sentence more", `"We signed it," Kapanadze said. "We shall keep it too."`, []said{
			{"Kapanadze", "said", "direct", "We signed it"}, {"Kapanadze", "", "direct", "We shall keep it too."}}},
		{"guillemets", `«The line is repaired», the operator said.`, []said{{"the operator", "said", "direct", "The line is repaired"}}},
		{"indirect", `The ministry said that the line had been repaired.`, []said{{"The ministry", "said", "indirect", "the line had been repaired"}}},
		{"mixed", `Beridze said the new rules were "a gift to the smugglers" of the coast.`, []said{
			{"Beridze", "said", "mixed", `the new rules were "a gift to the smugglers" of the coast`}}},
		{"according to", `According to the harbour master, two ferries will sail.`, []said{{"the harbour master", "According to", "indirect", "two ferries will sail"}}},
		{"a lone closing mark", "The crossing is shut. Lorries wait for days\", said Beridze.", []said{
			{"Beridze", "said", "direct", "The crossing is shut. Lorries wait for days"}}},
		{"a lone opening mark", `"Lorries wait for days, said Beridze.`, []said{{"Beridze", "said", "direct", "Lorries wait for days"}}},
		{"several paragraphs", "Beridze said: “The crossing is shut.\n\n“Lorries wait for days.”", []said{
			{"Beridze", "said", "direct", "The crossing is shut.\n\n“Lorries wait for days."}}},
		{"a dash after the comma", `"Lorries wait for days", - Minister Beridze said.`, []said{{"Minister Beridze", "said", "direct", "Lorries wait for days"}}},
		{"typed marks", "Beridze said ``the crossing is shut''.", []said{{"Beridze", "said", "direct", "the crossing is shut"}}},
		{"an apposition", `Nino Kapanadze, a lawyer in Batumi, said the fee was illegal.`, []said{{"Nino Kapanadze", "said", "indirect", "the fee was illegal"}}},
		{"the statement first", `The fee is illegal, the lawyer said on Monday.`, []said{{"the lawyer", "said", "indirect", "The fee is illegal"}}},
		{"nobody speaks", `It was said that the fee is illegal.`, nil},
		{"an inch", `The pipe of 12" was said to leak.`, nil},
		{"no speech", `The "smart" border cost 2 million.`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := shorten(find(test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("quotes (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzSpansAreValid(f *testing.F) {
	f.Add(`He said, "we". «"” said`)
	f.Add("\"a\n\n\"b\" according to \xff'")
	f.Add(`, said " , told: " according to`)
	f.Add("``a'' said he, ''b``, <<c>> >> told ‚d‘")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, q := range find(text) {
			if !q.Span.Valid(text) || q.Span.Start < end {
				t.Fatalf("span %v of %q", q.Span, text)
			}
			end = q.Span.End
			if q.Speaker != nil && !q.Speaker.Span.Valid(text) {
				t.Fatalf("speaker span %v of %q", q.Speaker.Span, text)
			}
		}
	})
}

func find(text string) []news.Quote {
	r := &news.Report{Text: text}
	return quotes.Find(r, lexicon.Read(r))
}

func TestEveryPairOfMarksQuotes(t *testing.T) {
	for _, marks := range []string{
		`" "`, "“ ”", "„ “", "„ ”", "» «", "« »", "「 」", "『 』", "《 》", "‹ ›", "‘ ’", "‚ ‘", "' '", "`` ''", "'' ''", "<< >>", "＂ ＂",
		`“ "`, `" ”`, `" ''`, "” ”", // mismatched
	} {
		open, shut, _ := strings.Cut(marks, " ")
		text := open + "The talks were useful" + shut + ", said Jan Kovac."
		got := find(text)
		if len(got) != 1 || got[0].Text != "The talks were useful" || got[0].Speaker == nil || got[0].Speaker.Name != "Jan Kovac" {
			t.Errorf("%s\ngot %+v", text, got)
		}
	}
}
