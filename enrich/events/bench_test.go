package events_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/dateline"
	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/enrich/events"
	"github.com/dateline-news/dateline/enrich/quotes"
	"github.com/dateline-news/dateline/news"
)

// annotatedDispatches are the dispatches with the annotations that come
// before quotes and events.
func annotatedDispatches(b *testing.B) (reports []*news.Report, size int64) {
	for _, d := range readDispatches(b) {
		r := &news.Report{ID: d.ID, Text: strings.TrimSpace(d.Text), Published: d.Published}
		annotate(b, r)
		reports = append(reports, r)
		size += int64(len(r.Text))
	}
	return reports, size
}

// BenchmarkDates is what the other benchmarks are compared with.
func BenchmarkDates(b *testing.B) {
	reports, size := annotatedDispatches(b)
	b.SetBytes(size)
	for b.Loop() {
		for _, r := range reports {
			dates.Find(r)
		}
	}
}

// BenchmarkDatesDatelineQuotesEvents is everything about time and speech.
func BenchmarkDatesDatelineQuotesEvents(b *testing.B) {
	finder := newFinder(b)
	reports, size := annotatedDispatches(b)
	b.SetBytes(size)
	for b.Loop() {
		for _, r := range reports {
			dateline.Find(r)
			dates.Find(r)
			quotes.Find(r)
			finder.Find(r)
		}
	}
}

func BenchmarkQuotes(b *testing.B) {
	reports, size := annotatedDispatches(b)
	b.SetBytes(size)
	for b.Loop() {
		for _, r := range reports {
			quotes.Find(r)
		}
	}
}

func BenchmarkEvents(b *testing.B) {
	finder := newFinder(b)
	reports, size := annotatedDispatches(b)
	b.SetBytes(size)
	for b.Loop() {
		for _, r := range reports {
			finder.Find(r)
		}
	}
}

// hostile are texts that make careless finders slow.
var hostile = map[string]string{
	"marks":      `" said he, "`,
	"conference": "the conference of the meeting of ",
	"verbs":      "will be held to be postponed said ",
	"commas":     "Smith, a, b, told, ",
	"countries":  "21 countries and the summit between ",
	"deadlines":  "submit papers by ",
	"dates":      "summit on May 5 and ",
	"it":         "It will be held. ",
	"ordinals":   "the first forum was held, the second was held, ",
}

func BenchmarkHostile(b *testing.B) {
	finder := newFinder(b)
	for name, piece := range hostile {
		for _, size := range []int{1 << 17, 1 << 20} {
			r := &news.Report{Text: strings.Repeat(piece, size/len(piece)), Published: time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)}
			r.Dates = dates.Find(r)
			b.Run(name+"/"+sizeName(size), func(b *testing.B) {
				b.SetBytes(int64(len(r.Text)))
				for b.Loop() {
					r.Quotes = quotes.Find(r)
					finder.Find(r)
				}
			})
		}
	}
}

func sizeName(size int) string {
	if size == 1<<20 {
		return "1MB"
	}
	return "128kB"
}

func newFinder(tb testing.TB) *events.Finder {
	tb.Helper()
	f, err := events.New(configs.Files)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}
