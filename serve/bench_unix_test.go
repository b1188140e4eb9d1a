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
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve"
)

// benchReports is how many reports the archive of the benchmarks has.
const benchReports = 100_000

// benchArchive returns an archive of generated reports. With the environment
// variable DATELINE_BENCH_ARCHIVE it keeps them in that file.
func benchArchive(b *testing.B) index.Archive {
	b.Helper()
	path := os.Getenv("DATELINE_BENCH_ARCHIVE")
	if path == "" {
		path = filepath.Join(b.TempDir(), "archive.db")
	}
	archive, err := embedded.Open(path, embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = archive.Close() })
	indextest.Fill(b, archive, benchReports)
	return archive
}

func benchServer(archive index.Archive) http.Handler {
	return serve.New(serve.Options{
		Archive: archive, Ready: archive.Ping, Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) },
	})
}

// asker makes up searches as analysts type them, about reports that the
// archive has: a word or two of the text, as frequent as they are there, two
// words in a row, a name, a date.
type asker struct{ *rand.Rand }

func (a asker) report() *news.Report { return indextest.Generate(a.IntN(benchReports)) }

// words returns n words that stand side by side in a report.
func (a asker) words(n int) string {
	all := strings.Fields(strings.Map(func(r rune) rune {
		if r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, a.report().Text))
	at := a.IntN(len(all) - n)
	return strings.Join(all[at:at+n], " ")
}

func (a asker) person() string { return `person:"` + a.report().People[0].Name + `"` }
func (a asker) org() string    { return `org:"` + a.report().Organizations[0].Name + `"` }
func (a asker) place() string  { return `place:"` + a.report().Places[0].Name + `"` }
func (a asker) month() string  { return "published:" + a.report().Published.Format("2006-01") }

// askings are the searches that are measured, and of 100 searches of the mix
// how many are such.
var askings = []struct {
	name string
	of   int
	ask  func(a asker) string
}{
	{"everything", 10, func(a asker) string { return "" }},
	{"most common word", 0, func(a asker) string { return indextest.Word(0) }},
	{"word", 20, func(a asker) string { return a.words(1) }},
	{"two words", 15, func(a asker) string { return a.words(1) + " " + a.words(1) }},
	{"word or word", 5, func(a asker) string { return a.words(1) + " OR " + a.words(1) }},
	{"phrase", 10, func(a asker) string { return `"` + a.words(2) + `"` }},
	{"beginning of a word", 3, func(a asker) string { return a.words(1)[:3] + "*" }},
	{"person", 8, asker.person},
	{"organization", 5, asker.org},
	{"place", 5, asker.place},
	{"month", 4, asker.month},
	{"word in a month", 5, func(a asker) string { return a.words(1) + " " + a.month() }},
	{"word and place", 5, func(a asker) string { return a.words(1) + " " + a.place() }},
	{"word and agency, not place", 3, func(a asker) string { return a.words(1) + ` agency:"` + a.report().Agency + `" -` + a.place() }},
	{"nothing", 2, func(a asker) string { return a.words(1) + " person:nobody" }},
}

// mixed asks one of the askings.
func mixed(a asker) string {
	n := a.IntN(100)
	for _, one := range askings {
		if n -= one.of; n < 0 {
			return one.ask(a)
		}
	}
	return ""
}

// BenchmarkSearchPage makes the search page, with facets, histogram and
// preview, of 100,000 reports in the embedded archive, and reports how long it
// took the server and how much it computed.
func BenchmarkSearchPage(b *testing.B) {
	handler := benchServer(benchArchive(b))
	measure := func(name string, ask func(a asker) string) {
		b.Run(name, func(b *testing.B) {
			a := asker{rand.New(rand.NewPCG(3, 4))}
			var took, computed []time.Duration
			for b.Loop() {
				request := httptest.NewRequest(http.MethodGet, "/?"+url.Values{"q": {ask(a)}}.Encode(), nil)
				w := httptest.NewRecorder()
				begun, before := time.Now(), cpuTime()
				handler.ServeHTTP(w, request)
				took, computed = append(took, time.Since(begun)), append(computed, cpuTime()-before)
				if w.Code != http.StatusOK {
					b.Fatalf("%d\n%s", w.Code, w.Body)
				}
			}
			for unit, all := range map[string][]time.Duration{"wall": took, "cpu": computed} {
				slices.Sort(all)
				b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, unit+"-p50-ms")
				b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, unit+"-p99-ms")
			}
		})
	}
	measure("mix", mixed)
	for _, one := range askings {
		measure(one.name, one.ask)
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
