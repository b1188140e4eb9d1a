package index_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
)

// BenchmarkRegister takes one more report of an event of which so many reports
// have told, on disk, over the embedded streams.
func BenchmarkRegister(b *testing.B) {
	for _, known := range []int{0, 100, 1_000, 10_000} {
		b.Run(fmt.Sprintf("reports=%d", known), func(b *testing.B) {
			g := benchRegister(b)
			var readings []register.Reading
			for i := range known {
				readings = append(readings, telling(i, i))
			}
			if err := g.Take(b.Context(), readings); err != nil {
				b.Fatal(err)
			}
			n := known
			for b.Loop() {
				if err := g.Take(b.Context(), []register.Reading{telling(n, n)}); err != nil {
					b.Fatal(err)
				}
				n++
			}
		})
	}
	b.Run("new event", func(b *testing.B) {
		g := benchRegister(b)
		n := 0
		for b.Loop() {
			r := register.Read(report(n, 1000+n), 1)
			if err := g.Take(b.Context(), []register.Reading{r}); err != nil {
				b.Fatal(err)
			}
			n++
		}
	})
}

func benchRegister(b *testing.B) *register.Register {
	b.Helper()
	bus := wiretest.Bus(b)
	archive, err := embedded.Open(filepath.Join(b.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = archive.Close() }) // nothing is written any more
	return register.New(register.Options{Bus: bus, Store: archive, Logger: quiet})
}

func telling(n, minute int) register.Reading {
	r := report(n, 2015)
	r.Published = r.Published.Add(time.Duration(minute) * time.Minute)
	return register.Read(r, 1)
}

func report(n, year int) *news.Report {
	return &news.Report{
		ID: fmt.Sprint("report ", n), Revision: 1, Agency: "Local", Published: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC),
		Text: "The PICARD conference will be held in Baku on September 8-10, the committee said on Monday in Baku.",
		Events: []news.Event{{
			Name: "PICARD Conference", Series: "picard", Year: year, Kind: "conference", Status: news.EventAnnounced,
			Start: news.Day(year, 9, 8), End: news.Day(year, 9, 11), Place: "Baku", Span: news.Span{Start: 0, End: 60},
		}},
	}
}
