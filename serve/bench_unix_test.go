//go:build unix

package serve_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve"
)

// benchReports is how many reports the archive of the benchmarks has.
const benchReports = 100_000

// benchReport is made up: words by a long-tailed distribution, a few of many
// people, organizations and places, ten years of days.
func benchReport(n int, random *rand.Rand, words *rand.Zipf) *news.Report {
	var text strings.Builder
	for range 120 {
		fmt.Fprintf(&text, "word%d ", words.Uint64())
	}
	at := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * 53 * time.Minute)
	r := &news.Report{
		ID: fmt.Sprintf("r%06d", n), Source: fmt.Sprintf("source-%d", n%20), Agency: fmt.Sprintf("Agency %d", n%20), Language: "en", Revision: 1,
		Published: at, Seen: at.Add(time.Minute), Title: fmt.Sprintf("Report %d on word%d", n, words.Uint64()), Text: text.String(),
	}
	span := news.Span{Start: 0, End: 4}
	mention := []news.Mention{{Span: span, Kind: news.MentionName}}
	for range 3 {
		p, o, l := random.IntN(2000), random.IntN(300), random.IntN(500)
		r.People = append(r.People, news.Person{ID: fmt.Sprintf("person-%d", p), Name: fmt.Sprintf("Person Number%d", p), Mentions: mention})
		r.Organizations = append(r.Organizations, news.Organization{ID: fmt.Sprintf("org-%d", o), Name: fmt.Sprintf("Organization %d", o), Mentions: mention})
		r.Places = append(r.Places, news.Place{ID: fmt.Sprintf("place-%d", l), Name: fmt.Sprintf("Place%d", l), Country: "AZ", Mentions: mention})
	}
	if n%10 == 0 {
		day := news.DayOf(at.AddDate(0, 2, 0))
		r.Events = []news.Event{{Name: "Conference", Start: day, End: day.AddDays(3), Span: span}}
	}
	return r
}

func benchArchive(b *testing.B) index.Archive {
	b.Helper()
	archive, err := embedded.Open(filepath.Join(b.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = archive.Close() })
	random := rand.New(rand.NewPCG(1, 2))
	words := rand.NewZipf(random, 1.1, 4, 50_000)
	for from := 0; from < benchReports; from += 1000 {
		var docs []index.Document
		for n := from; n < from+1000; n++ {
			docs = append(docs, index.Document{Report: benchReport(n, random, words), Enricher: 1})
		}
		for _, err := range archive.Write(b.Context(), docs) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	return archive
}

func benchServer(archive index.Archive) http.Handler {
	return serve.New(serve.Options{
		Archive: archive, Ready: archive.Ping, Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) },
	})
}

// BenchmarkSearchPage makes the search page, with facets, histogram and
// preview, of 100,000 reports in the embedded archive, and reports how long it
// took the server and how much it computed.
func BenchmarkSearchPage(b *testing.B) {
	handler := benchServer(benchArchive(b))
	for _, test := range []struct{ name, query string }{
		{"everything", ""}, {"common", "word3"}, {"middle", "word200"}, {"rare", "word9000"}, {"two", "word5 word40"},
		{"person", `person:"Person Number7"`}, {"month", "published:2020-05"}, {"none", "word5 person:nobody"},
	} {
		b.Run(test.name, func(b *testing.B) {
			request := httptest.NewRequest(http.MethodGet, "/?q="+strings.ReplaceAll(strings.ReplaceAll(test.query, " ", "+"), `"`, "%22"), nil)
			var took []time.Duration
			busy := cpuTime()
			for b.Loop() {
				w := httptest.NewRecorder()
				begun := time.Now()
				handler.ServeHTTP(w, request)
				took = append(took, time.Since(begun))
				if w.Code != http.StatusOK {
					b.Fatalf("%d\n%s", w.Code, w.Body)
				}
			}
			b.ReportMetric((cpuTime()-busy).Seconds()*1000/float64(len(took)), "cpu-ms")
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// BenchmarkLiveReaders opens 200 live pages at once and reports how much the
// heap and the stacks of the process grow by them.
func BenchmarkLiveReaders(b *testing.B) {
	const readers = 200
	archive, err := embedded.Open(filepath.Join(b.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer archive.Close()
	server := httptest.NewServer(benchServer(archive))
	defer server.Close()
	for b.Loop() {
		before := inUse()
		ctx, cancel := context.WithCancel(b.Context())
		var open []*http.Response
		client := &http.Client{Transport: &http.Transport{}}
		for i := range readers {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/live?q=word%d", server.URL, i), nil)
			if err != nil {
				b.Fatal(err)
			}
			r, err := client.Do(request)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := bufio.NewReader(r.Body).ReadString('\n'); err != nil {
				b.Fatal(err)
			}
			open = append(open, r)
		}
		b.ReportMetric(float64(inUse()-before)/(1<<20), "MB") // with the readers' own side
		cancel()
		for _, r := range open {
			r.Body.Close()
		}
	}
}

// cpuTime is how long the process has computed: what a page costs, whatever
// else the machine is doing.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}
