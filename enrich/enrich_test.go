package enrich

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

func TestWithoutDaysCutsTheDayOffAName(t *testing.T) {
	text := "Today Port Union met. We saw the Today Show."
	day := func(start, end int) news.Date {
		return news.Date{Span: news.Span{Start: start, End: end}, Text: text[start:end], Start: news.Day(2026, 3, 12), End: news.Day(2026, 3, 13)}
	}
	r := &news.Report{Text: text, Dates: []news.Date{day(0, 5), day(33, 38)}}
	named := []names.Name{{Span: news.Span{Start: 0, End: 16}}, {Span: news.Span{Start: 33, End: 43}}}
	var got []string
	for _, n := range withoutDays(named, r) {
		got = append(got, n.Span.Of(text))
	}
	if diff := cmp.Diff([]string{"Port Union", "Today Show"}, got); diff != "" {
		t.Error(diff)
	}
}
