package match_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// TestSpansMarkTheWordsThatMatched marks what is found with brackets.
func TestSpansMarkTheWordsThatMatched(t *testing.T) {
	for _, test := range []struct{ query, text, want string }{
		{"customs", "Customs of Bakı's customs-house", "[Customs] of Bakı's [customs]-house"},
		{"conference", "Conferences, conferred", "[Conferences], [conferred]"},
		{`"single window"`, "A single window; the window, single", "A [single window]; the window, single"},
		{`"window single"~2`, "A single big window", "A [single] big [window]"},
		{`"a b"~1`, "a x x b x a", "a x x [b] x [a]"},
		{"cust*", "Custodian of custom", "[Custodian] of [custom]"},
		{"Əliyev", "Aydın ƏLİYEV’s", "Aydın [ƏLİYEV]’s"},
		{"a -b", "a b", "[a] b"},
		{"-(a b)", "a b", "a b"},
		{"a OR (b c)", "a b", "[a] [b]"},
		{`"a b" OR "b c"`, "a b c", "[a b c]"},
		{"org:WCO lang:en published:2015", "WCO", "WCO"},
		{"title:picard", "The PICARD", "The [PICARD]"},
		{"*", "a b", "a b"},
		{"", "a b", "a b"},
		{"a", "", ""},
	} {
		node, err := query.Parse(test.query, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(node, test.text); got != test.want {
			t.Errorf("%s marks %q, want %q", test.query, got, test.want)
		}
	}
}

func marked(node query.Node, text string) string {
	var b strings.Builder
	last := 0
	for _, s := range match.Spans(node, text) {
		b.WriteString(text[last:s.Start] + "[" + text[s.Start:s.End] + "]")
		last = s.End
	}
	return b.String() + text[last:]
}

func TestSpansMarkExpansions(t *testing.T) {
	node := query.Expand(query.Word{Text: "WCO"}, []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}})
	if got := marked(node, "The World Customs Organization (WCO)"); got != "The [World Customs Organization] ([WCO])" {
		t.Error(got)
	}
}

func FuzzSpans(f *testing.F) {
	f.Add(`a "b c"~3 OR d* -e`, "a b c d e")
	f.Add("é", "e\u0301e\u0301")
	f.Fuzz(func(t *testing.T, q, text string) {
		node, err := query.Parse(q, time.Unix(0, 0), time.UTC)
		if err != nil {
			return
		}
		last := 0
		for _, s := range match.Spans(node, text) {
			if s.Start < last || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q marks %v in %q after %d", q, s, text, last)
			}
			last = s.End
		}
	})
}
