package enrich

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/configs"
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

func TestAnnotateSaysTheLanguage(t *testing.T) {
	a, err := New(configs.Files)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"The chairman met the minister in Baku, and they spoke of the road to the port for an hour.":           "en",
		"Dövlət Gömrük Komitəsinin sədri nümayəndə heyəti ilə görüşüb, əməkdaşlıq məsələləri müzakirə edilib.": "az",
		"Председатель Государственного таможенного комитета встретился с министром и посетил академию.":        "ru",
	} {
		r := &news.Report{ID: "1", Text: text}
		if a.Annotate(r); r.Language != want {
			t.Errorf("language is %q, want %q, of %s", r.Language, want, text)
		}
		if want != "en" && len(r.People) > 0 {
			t.Errorf("people are invented: %+v", r.People)
		}
	}
	known := &news.Report{ID: "1", Text: "The chairman met the minister.", Language: "fr"}
	if a.Annotate(known); known.Language != "fr" {
		t.Errorf("a known language became %q", known.Language)
	}
}
