//go:build unix

package events_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/dateline"
	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/enrich/events"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/quotes"
	"github.com/dateline-news/dateline/news"
)

// corpora are texts to measure speed on: our dispatches, where every sentence
// tells of an event, and the news of a corpus, when that is beside the module.
func corpora(b *testing.B) map[string][]*news.Report {
	b.Helper()
	all := map[string][]*news.Report{}
	for _, d := range readDispatches(b) {
		all["dispatches"] = append(all["dispatches"], &news.Report{ID: d.ID, Text: strings.TrimSpace(d.Text), Published: d.Published})
	}
	if reports := readNews(b); len(reports) > 0 {
		all["news"] = reports
	}
	for _, reports := range all {
		for _, r := range reports {
			annotate(b, r)
		}
	}
	return all
}

func readNews(b *testing.B) []*news.Report {
	b.Helper()
	f, err := os.Open("../../../shared/corpora/quotes/gum.jsonl.gz")
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var reports []*news.Report
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var doc struct{ ID, Text, Genre string }
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			b.Fatal(err)
		}
		if doc.Genre == "news" {
			reports = append(reports, &news.Report{ID: doc.ID, Text: doc.Text, Published: time.Date(2016, 3, 1, 12, 0, 0, 0, time.UTC)})
		}
	}
	return reports
}

// together runs all the finders of time and speech.
func together(finder *events.Finder, reader *lexicon.Reader, r *news.Report) {
	times, text := dates.Read(r.Text), reader.Read(r)
	defer reader.Release(text)
	r.Dates = times.Resolve(r)
	dateline.Find(r)
	quotes.Find(r, text)
	finder.Find(r, text)
}

// BenchmarkTogether measures all the finders of time and speech, turn by turn
// with the dates alone: together they must cost no more than three times as
// much.
func BenchmarkTogether(b *testing.B) {
	finder := newFinder(b)
	var reader lexicon.Reader
	for name, reports := range corpora(b) {
		b.Run(name, func(b *testing.B) {
			var alone, all time.Duration
			for b.Loop() {
				start := processorTime(b)
				for _, r := range reports {
					dates.Find(r)
				}
				middle := processorTime(b)
				for _, r := range reports {
					together(finder, &reader, r)
				}
				alone += middle - start
				all += processorTime(b) - middle
			}
			b.ReportMetric(float64(all)/float64(alone), "times-dates")
		})
	}
}

// BenchmarkStages measures each finder of time and speech, and the words that
// they share.
func BenchmarkStages(b *testing.B) {
	finder := newFinder(b)
	var reader lexicon.Reader
	texts := map[*news.Report]*lexicon.Text{}
	stages := []struct {
		name string
		find func(*news.Report)
	}{
		{"dates", func(r *news.Report) { dates.Find(r) }},
		{"dateline", func(r *news.Report) { dateline.Find(r) }},
		{"words", func(r *news.Report) { reader.Release(reader.Read(r)) }},
		{"quotes", func(r *news.Report) { quotes.Find(r, texts[r]) }},
		{"events", func(r *news.Report) { finder.Find(r, texts[r]) }},
		{"together", func(r *news.Report) { together(finder, &reader, r) }},
	}
	for name, reports := range corpora(b) {
		size := 0
		for _, r := range reports {
			size += len(r.Text)
			texts[r] = lexicon.Read(r)
		}
		for _, stage := range stages {
			b.Run(name+"/"+stage.name, func(b *testing.B) {
				b.SetBytes(int64(size))
				start := processorTime(b)
				for b.Loop() {
					for _, r := range reports {
						stage.find(r)
					}
				}
				b.ReportMetric(float64((processorTime(b)-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
			})
		}
	}
}

// processorTime is what this process has used of the processor: other work on
// the machine does not count.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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
	"venues":     "a summit in a hotel, in a villa, at the ",
	"typed":      "``said he'' <<told ''",
	"shared":     "will chair and host and hold the summit and ",
}

func BenchmarkHostile(b *testing.B) {
	finder := newFinder(b)
	for name, piece := range hostile {
		for _, size := range []int{1 << 17, 1 << 20} {
			r := &news.Report{Text: strings.Repeat(piece, size/len(piece)), Published: time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)}
			r.Dates = dates.Find(r)
			text := lexicon.Read(r)
			b.Run(name+"/"+sizeName(size), func(b *testing.B) {
				b.SetBytes(int64(len(r.Text)))
				for b.Loop() {
					r.Quotes = quotes.Find(r, text)
					finder.Find(r, text)
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
