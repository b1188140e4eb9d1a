package enrich

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

func TestExplainSaysWhyInTheOrderOfTheText(t *testing.T) {
	span := func(start, end int) news.Span { return news.Span{Start: start, End: end} }
	text := "Today Mr Berg of the Northern Ports Union said so."
	e := explainer{report: &news.Report{
		ID: "r1", Text: text,
		Dates:         []news.Date{{Span: span(0, 5), Type: "DATE", Value: "2026-03-12", Start: news.Day(2026, 3, 12), End: news.Day(2026, 3, 13), Basis: "dateline"}},
		Organizations: []news.Organization{{Name: "Northern Ports Union", Mentions: []news.Mention{{Span: span(21, 41), Kind: "name"}}}},
		People:        []news.Person{{Name: "Anna Berg", Mentions: []news.Mention{{Span: span(9, 13), Kind: "name"}}}},
	}}
	e.all()
	want := strings.Join([]string{
		"r1",
		"  0-5\tdate \"Today\"", "\t= DATE 2026-03-12 [2026-03-12, 2026-03-13)", "\t  because: counted from the dateline",
		"  9-13\tperson \"Berg\"", "\t= Anna Berg", "\t  because: a part or another spelling of the name",
		"  21-41\torganization \"Northern Ports Union\"", "\t= Northern Ports Union", "\t  because: a name that no gazetteer has, kept as found",
		"",
	}, "\n")
	if diff := cmp.Diff(want, string(e.print())); diff != "" {
		t.Error(diff)
	}
}
