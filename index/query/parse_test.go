package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

var (
	baku = time.FixedZone("Baku", 4*60*60)
	now  = time.Date(2015, 9, 8, 21, 30, 0, 0, time.UTC) // the 9th in Baku
)

func word(s string) query.Node   { return query.Word{Text: s} }
func phrase(s string) query.Node { return query.Phrase{Text: s} }
func term(f query.Field, v string) query.Node {
	return query.Term{Field: f, Value: v}
}

func group(of query.Field, terms ...query.Node) query.Node {
	g := query.Group{Of: of}
	for _, t := range terms {
		g.Terms = append(g.Terms, t.(query.Term))
	}
	return g
}

func asOf(source, at string, n query.Node) query.Node {
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	return query.AsOf{Node: n, At: moment, Source: source}
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		input string
		want  query.Node
		// printed is the canonical form where it differs from the input.
		printed string
	}{
		{"", query.All{}, "*"},
		{" \t\n ", query.All{}, "*"},
		{"*", query.All{}, ""},
		{"customs", word("customs"), ""},
		{"REPORT.AZ", word("REPORT.AZ"), ""},
		{"10:30", word("10:30"), ""},
		{"Əliyev", word("Əliyev"), ""},
		{"capacity building", query.And{Nodes: []query.Node{word("capacity"), word("building")}}, ""},
		{"capacity AND building", query.And{Nodes: []query.Node{word("capacity"), word("building")}}, "capacity building"},
		{"trade & customs", query.And{Nodes: []query.Node{word("trade"), word("customs")}}, "trade customs"},
		{"Baku - Tbilisi", query.And{Nodes: []query.Node{word("Baku"), word("Tbilisi")}}, "Baku Tbilisi"},
		{"a b OR c", query.Or{Nodes: []query.Node{query.And{Nodes: []query.Node{word("a"), word("b")}}, word("c")}}, ""},
		{"a (b OR c)", query.And{Nodes: []query.Node{word("a"), query.Or{Nodes: []query.Node{word("b"), word("c")}}}}, ""},
		{"((a b) c)", query.And{Nodes: []query.Node{word("a"), word("b"), word("c")}}, "a b c"},
		{"a OR (b OR c)", query.Or{Nodes: []query.Node{word("a"), word("b"), word("c")}}, "a OR b OR c"},
		{"-a", query.Not{Node: word("a")}, ""},
		{"NOT a", query.Not{Node: word("a")}, "-a"},
		{"--a", query.Not{Node: query.Not{Node: word("a")}}, ""},
		{"-(a b)", query.Not{Node: query.And{Nodes: []query.Node{word("a"), word("b")}}}, ""},
		{"a -\"b c\"", query.And{Nodes: []query.Node{word("a"), query.Not{Node: phrase("b c")}}}, ""},
		{"single-window", word("single-window"), ""},
		{`"single window"`, phrase("single window"), ""},
		{"“single window”", phrase("single window"), `"single window"`},
		{"«тарифная политика»", phrase("тарифная политика"), `"тарифная политика"`},
		{`"capacity building"~5`, query.Phrase{Text: "capacity building", Slop: 5}, ""},
		{`"AND"`, phrase("AND"), ""},
		{"custom*", query.Word{Text: "custom", Prefix: true}, ""},
		{"гом*", query.Word{Text: "гом", Prefix: true}, ""},
		{`person:"Aydin Aliyev"`, term(query.Person, "Aydin Aliyev"), ""},
		{"org:WCO", term(query.Org, "WCO"), ""},
		{"Organization:WCO", term(query.Org, "WCO"), "org:WCO"},
		{"organisation:WCO", term(query.Org, "WCO"), "org:WCO"},
		{"language:az", term(query.Lang, "az"), "lang:az"},
		{"title:picard place:Baku", query.And{Nodes: []query.Node{term(query.Title, "picard"), term(query.Place, "Baku")}}, ""},
		{"speaker:Aliyev OR role:chairman", query.Or{Nodes: []query.Node{term(query.Speaker, "Aliyev"), term(query.Role, "chairman")}}, ""},
		{"source:report-az agency:REPORT.AZ", query.And{Nodes: []query.Node{term(query.Source, "report-az"), term(query.Agency, "REPORT.AZ")}}, ""},
		{"person:(name:Aliyev role:chairman)", group(query.Person, term(query.Name, "Aliyev"), term(query.Role, "chairman")), ""},
		{`person:(Aliyev AND organization:"Customs Committee" ID:x)`, group(query.Person, term(query.Name, "Aliyev"), term(query.Org, "Customs Committee"), term(query.ID, "x")),
			`person:(name:Aliyev org:"Customs Committee" id:x)`},
		{`quote:(speaker:Aliyev "single window")`, group(query.Quote, term(query.Speaker, "Aliyev"), term(query.About, "single window")), `quote:(speaker:Aliyev about:"single window")`},
		{`speaker:Aliyev about:"single window"`, group(query.Quote, term(query.Speaker, "Aliyev"), term(query.About, "single window")), `quote:(speaker:Aliyev about:"single window")`},
		{"a about:b c speaker:d", query.And{Nodes: []query.Node{word("a"), group(query.Quote, term(query.About, "b"), term(query.Speaker, "d")), word("c")}}, "a quote:(about:b speaker:d) c"},
		{"about:b", group(query.Quote, term(query.About, "b")), "quote:(about:b)"},
		{"-about:b speaker:d", query.And{Nodes: []query.Node{query.Not{Node: group(query.Quote, term(query.About, "b"))}, term(query.Speaker, "d")}}, "-quote:(about:b) speaker:d"},
		{"speaker:a (about:b OR c)", query.And{Nodes: []query.Node{term(query.Speaker, "a"), query.Or{Nodes: []query.Node{group(query.Quote, term(query.About, "b")), word("c")}}}}, "speaker:a (quote:(about:b) OR c)"},
		{"near:Baku~50km", query.Near{Place: "Baku", Km: 50}, ""},
		{`near:"New York"~100mi`, query.Near{Place: "New York", Km: 160.9344}, `near:"New York"~160.9344km`},
		{"asof:2014-12-09", asOf("2014-12-09", "2014-12-09T20:00:00Z", query.All{}), ""},
		{"asof:2014-12-09 *", asOf("2014-12-09", "2014-12-09T20:00:00Z", query.All{}), "asof:2014-12-09"},
		{"a asof:2014-12 b", asOf("2014-12", "2014-12-31T20:00:00Z", query.And{Nodes: []query.Node{word("a"), word("b")}}), "asof:2014-12 a b"},
		{"(a OR b) AsOf:2014", asOf("2014", "2014-12-31T20:00:00Z", query.Or{Nodes: []query.Node{word("a"), word("b")}}), "asof:2014 (a OR b)"},
		{"asof:7d a", asOf("7d", "2015-09-02T20:00:00Z", word("a")), ""},
		{"asof:1w a", asOf("1w", "2015-09-02T20:00:00Z", word("a")), ""},
		{"asof:24h a", asOf("24h", "2015-09-07T21:30:00Z", word("a")), ""},
		{"asof:yesterday -a", asOf("yesterday", "2015-09-08T20:00:00Z", query.Not{Node: word("a")}), ""},
		{"asof:2014-12-09T14:00:00Z speaker:a about:b", asOf("2014-12-09T14:00:00Z", "2014-12-09T14:00:01Z", group(query.Quote, term(query.Speaker, "a"), term(query.About, "b"))),
			"asof:2014-12-09T14:00:00Z quote:(speaker:a about:b)"},
		{"near:-40.5,49.25~0.5km x", query.And{Nodes: []query.Node{query.Near{Lat: -40.5, Lon: 49.25, Located: true, Km: 0.5}, word("x")}}, ""},
	} {
		t.Run(test.input, func(t *testing.T) {
			got, err := query.Parse(test.input, now, baku)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if test.printed == "" {
				test.printed = test.input
			}
			if got.String() != test.printed {
				t.Errorf("prints as %q, want %q", got, test.printed)
			}
		})
	}
}

func TestParseTimes(t *testing.T) {
	for _, test := range []struct{ input, from, to string }{
		{"published:2015", "2014-12-31T20:00:00Z", "2015-12-31T20:00:00Z"},
		{"published:2015-09", "2015-08-31T20:00:00Z", "2015-09-30T20:00:00Z"},
		{"published:2015-09-08", "2015-09-07T20:00:00Z", "2015-09-08T20:00:00Z"},
		{"published:2014-12..2015-03", "2014-11-30T20:00:00Z", "2015-03-31T20:00:00Z"},
		{"published:2014..", "2013-12-31T20:00:00Z", ""},
		{"published:..2014", "", "2014-12-31T20:00:00Z"},
		{"published:>2015-09", "2015-09-30T20:00:00Z", ""},
		{"published:>=2015-09", "2015-08-31T20:00:00Z", ""},
		{"published:<2015-09", "", "2015-08-31T20:00:00Z"},
		{"published:<=2015-09", "", "2015-09-30T20:00:00Z"},
		{"published:today", "2015-09-08T20:00:00Z", "2015-09-09T20:00:00Z"},
		{"published:2015-09-08T10:00:00Z", "2015-09-08T10:00:00Z", "2015-09-08T10:00:01Z"},
		{"seen:24h", "2015-09-07T21:30:00Z", ""},
		{"seen:7d", "2015-09-01T21:30:00Z", ""},
		{"seen:2w", "2015-08-25T21:30:00Z", ""},
		{"event:2015-09", "2015-09-01", "2015-10-01"},
		{"event:>2015-09-01", "2015-09-02", ""},
		{"event:today..", "2015-09-09", ""},
		{"mentioned:2015-02-28..2015-02-28", "2015-02-28", "2015-03-01"},
		{"mentioned:7d", "2015-09-02", "2015-09-10"},
		{"event:tomorrow", "2015-09-10", "2015-09-11"},
		{"event:yesterday", "2015-09-08", "2015-09-09"},
		{`event:"2015-09"`, "2015-09-01", "2015-10-01"},
	} {
		t.Run(test.input, func(t *testing.T) {
			n, err := query.Parse(test.input, now, baku)
			if err != nil {
				t.Fatal(err)
			}
			r := n.(query.Range)
			if r.From.String() != test.from || r.To.String() != test.to {
				t.Errorf("is [%s, %s), want [%s, %s)", r.From, r.To, test.from, test.to)
			}
			if want := strings.ReplaceAll(test.input, `"`, ""); n.String() != want {
				t.Errorf("prints as %q, want %q", n, want)
			}
		})
	}
}

func TestSyntaxErrorsNameThePlace(t *testing.T) {
	for _, test := range []struct {
		input, message, suggestion string
		offset                     int
	}{
		{"persn:Aliyev", "there is no field persn:", "did you mean person:?", 0},
		{"Baku evnet:2015", "there is no field evnet:", "did you mean event:?", 5},
		{"tag:x", "there is no field tag:", "the fields are person:", 0},
		{"site:wco.int", "there is no field site:", "the fields are person:", 0},
		{"organizations:WCO", "there is no field organizations:", "did you mean org:?", 0},
		{"agnecy:APA", "there is no field agnecy:", "did you mean agency:?", 0},
		{"a ()", "nothing to search for before this parenthesis", "add a word", 3},
		{"event:picard", "write the event's name without event:", "as in 2015", 6},
		{"event:>", "a time is missing", "as in 2015", 6},
		{"seen:7days", `"7days" is not a time`, "7d", 5},
		{"published:08.09.2015", `"08.09.2015" is not a time`, "2015-09-08", 10},
		{"http://wco.int", "there is no field http:", "put text with a colon in quotes", 0},
		{"person:", "person: needs a value", `person:"two words"`, 7},
		{"event: 2015", "event: needs a value", "event:2015-09", 6},
		{"person:(a OR b)", "OR cannot stand in person:( )", "write person:(name:Aliyev role:chairman)", 10},
		{"person:(a -b)", "- cannot stand in person:( )", "", 10},
		{"person:()", "nothing stands in these parentheses", "", 8},
		{"person:(name:a", "never closed", "add )", 14},
		{"person:(about:a)", "about: cannot stand in person:( )", "name: role: org: id:", 8},
		{"quote:(name:a)", "name: cannot stand in quote:( )", "about: speaker: id:", 7},
		{"quote:single", "quote: needs parentheses", "quote:(speaker:Aliyev", 0},
		{"person:(name:(a))", "name: needs a value", "", 13},
		{"person:(a*)", "* cannot stand in name:", "", 8},
		{"near:Baku", "needs a place and a distance", "near:Baku~50km", 5},
		{"near:Baku~50", "needs a place and a distance", "", 5},
		{"near:~5km", "needs a place and a distance", "", 5},
		{"near:91,0~5km", "no such point", "latitude", 5},
		{"near:Baku~0km", "the distance of near:", "", 5},
		{"person:Ali*", "* cannot stand in person:", "", 7},
		{`person:"a b"~3`, "~ cannot stand in person:", "", 7},
		{"org:--", "org: has no word", "", 4},
		{`"single window`, "never closed", "add one", 0},
		{`Baku "..."`, "no word in these quotation marks", "", 5},
		{`"a b"~x`, "~ takes a number of words from 1 to 100", `"first second"~5`, 5},
		{`"a b"~101`, "~ takes a number", "", 5},
		{"word~2", "~ stands after a phrase", "", 0},
		{"(a b", "never closed", "add )", 0},
		{"a b)", "never opened", "", 3},
		{"a ()", "nothing to search for", "", 3},
		{"a OR", "the query ends where a word should be", "", 4},
		{"AND a", "AND stands where a word should be", `"AND"`, 0},
		{"a OR OR b", "OR stands where a word should be", "", 5},
		{"*stoms", "only at the end of a word", "", 0},
		{"cu*ms", "only at the end of a word", "", 2},
		{"c*", "at least 2 letters", "", 0},
		{"a-bc*", "follows one word", "", 0},
		{"&", "no word to search for", "", 0},
		{"published:2015-13", "there is no date 2015-13", "as in 2015", 10},
		{"published:2015-02-30", "there is no date", "", 10},
		{"published:soon", `"soon" is not a time`, "as in 2015", 10},
		{"published:2015..2014", "ends before it begins", "", 10},
		{"published:..", "needs a time before or after", "", 10},
		{"asof:2014 OR a", "asof: stands on one side of an OR", "(a OR b)", 0},
		{"a OR b asof:2014", "asof: stands on one side of an OR", "(a OR b)", 7},
		{"a (b asof:2014)", "asof: cannot stand in parentheses", "write it once", 5},
		{"a -asof:2014", "asof: cannot stand in parentheses or after a minus", "write it once", 3},
		{"asof:2014 asof:2015", "asof: stands twice", "leave one", 10},
		{"asof:2014..2015", "asof: takes one time", "asof:2014-12-09", 5},
		{"asof:>2014", "asof: takes one time", "asof:2014-12-09", 5},
		{"asof:2014-13", "there is no date 2014-13", "asof:2014-12-09", 5},
		{"asof:then", `"then" is not a time`, "asof:2014-12-09", 5},
		{"asof: 2014", "asof: needs a value", "asof:2014-12-09", 5},
		{"asfo:2014", "there is no field asfo:", "did you mean asof:?", 0},
		{"person:(asof:2014)", "asof: cannot stand in person:( )", "", 8},
		{"event:24h", "event: has days and no hours", "", 6},
		{strings.Repeat("(", 40) + "a", "nests deeper than 24", "", 24},
		{strings.Repeat("-", 40) + "a", "nests deeper than 24", "", 24},
		{strings.Repeat("a ", 300), "more than 256 parts", "", 512},
		{strings.Repeat("word* ", 21), "more than 20 words end in a *", "write some of them out", 120},
		{strings.Repeat("a", 5000), "longer than 4096 bytes", "", 4096},
		{"a \xff", "not UTF-8", "", 2},
	} {
		t.Run(test.input[:min(len(test.input), 30)], func(t *testing.T) {
			_, err := query.Parse(test.input, now, baku)
			var e *query.SyntaxError
			if !errors.As(err, &e) {
				t.Fatalf("error is %v", err)
			}
			if e.Offset != test.offset || !strings.Contains(e.Message, test.message) || !strings.Contains(e.Suggestion, test.suggestion) {
				t.Errorf("at %d: %q, %q", e.Offset, e.Message, e.Suggestion)
			}
		})
	}
}

func TestSyntaxErrorShowsACaret(t *testing.T) {
	_, err := query.Parse("Şəki\tevnet:2015", now, baku)
	want := "there is no field evnet:; did you mean event:?\n  Şəki evnet:2015\n       ^"
	if err == nil || err.Error() != want {
		t.Errorf("error is\n%v\nwant\n%s", err, want)
	}
	_, err = query.Parse(strings.Repeat("word ", 100)+"x:y"+strings.Repeat(" word", 100), now, baku)
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || len([]rune(lines[1])) > 110 || []rune(lines[1])[strings.Index(lines[2], "^")] != 'x' {
		t.Errorf("a long query is shown as\n%v", err)
	}
}

func TestBothKeepsAsOfAboveTheRest(t *testing.T) {
	early, late := asOf("2014", "2014-12-31T20:00:00Z", word("a")), asOf("2015", "2015-12-31T20:00:00Z", word("b"))
	for _, test := range []struct {
		a, b query.Node
		want string
	}{
		{early, word("c"), "asof:2014 a c"},
		{word("c"), early, "asof:2014 c a"},
		{late, early, "asof:2014 b a"},
		{early, late, "asof:2014 a b"},
		{query.All{}, early, "asof:2014 a"},
		{asOf("2014", "2014-12-31T20:00:00Z", query.All{}), word("c"), "asof:2014 c"},
	} {
		if got := query.Both(test.a, test.b).String(); got != test.want {
			t.Errorf("both %s and %s is %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

func TestHandMadeWordsPrintAsTheyMean(t *testing.T) {
	for want, n := range map[string]query.Node{
		`"OR"`:              word("OR"),
		`"single window"`:   word("single window"),
		`"a b"`:             phrase(`a"b`),
		`"a*"`:              word("a*"),
		`org:"a b"`:         term(query.Org, "a b"),
		"a":                 query.Expansion{Node: word("a"), Forms: []query.Node{word("b")}},
		"(a OR b) c":        query.And{Nodes: []query.Node{query.Expansion{Node: query.Or{Nodes: []query.Node{word("a"), word("b")}}}, word("c")}},
		"event:>=2015-09 b": query.And{Nodes: []query.Node{query.Range{Field: query.EventTime, From: news.Day(2015, 9, 1), Source: ">=2015-09"}, word("b")}},
	} {
		if n.String() != want {
			t.Errorf("prints as %s, want %s", n, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`person:"Aydin Aliyev" org:WCO -(event:2015-09 OR "near words"~5) custom*`, "a AND NOT b OR (c)",
		"seen:7d published:2014-12..2015-03", "“x” a\"b\"~3 --d", "* OR 10:30 & é", "org:-x lang:az",
		`person:(a role:"b c") about:d speaker:e -about:f`, `quote:(x) near:Baku~5km near:"New York"~2mi near:1,-2~3.5km`,
		"asof:2014-12-09 a b", "(a OR b) asof:7d", `-a asof:"24h" speaker:b about:c`, "asof:2014",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, input string) {
		tree, err := query.Parse(input, now, baku)
		if err != nil {
			var e *query.SyntaxError
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(input) || e.Error() == "" {
				t.Fatalf("error of %q is %v", input, err)
			}
			return
		}
		printed := tree.String()
		if len(printed) > query.MaxLength {
			return
		}
		again, err := query.Parse(printed, now, baku)
		if err != nil {
			t.Fatalf("%q prints as %q, which does not parse: %v", input, printed, err)
		}
		if diff := cmp.Diff(tree, again); diff != "" {
			t.Fatalf("%q prints as %q, which is another tree:\n%s", input, printed, diff)
		}
	})
}
