package elastic

import (
	"bytes"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/internal/elastictest"
)

// benchmarkBatch is the number of documents of a bulk request.
const benchmarkBatch = 500

// BenchmarkSearchAtScale searches generated reports. With the environment
// variable DATELINE_BENCH_ARCHIVE it keeps them in indices that begin with
// that name, and another run goes on with them.
func BenchmarkSearchAtScale(b *testing.B) {
	a := keptArchive(b)
	n := indextest.Scale(b)
	indextest.Fill(b, a, n)
	indextest.Measure(b, a, n)
}

func keptArchive(b *testing.B) *Archive {
	b.Helper()
	name := os.Getenv("DATELINE_BENCH_ARCHIVE")
	if name == "" {
		return open(b)
	}
	return openWith(b, Options{Addresses: []string{elastictest.Node(b)}, Name: name, Logger: slog.New(slog.DiscardHandler)})
}

// BenchmarkWriteAgainstRawBulk writes generated reports in turn through Write
// and, encoded before, as bare bulk requests of 500 one after the other, with
// a refresh at the end of each batch as Write makes one.
func BenchmarkWriteAgainstRawBulk(b *testing.B) {
	a, raw := open(b), open(b)
	var ours, theirs time.Duration
	reports := 0
	for b.Loop() {
		var docs []index.Document
		var bodies []*bytes.Buffer
		for i := range 2 * benchmarkBatch {
			d := index.Document{Report: indextest.Generate(reports), Enricher: 1}
			docs = append(docs, d)
			reports++
			if i%benchmarkBatch == 0 {
				bodies = append(bodies, new(bytes.Buffer))
			}
			var outcome error
			it, err := newItem(d, &outcome)
			if err != nil {
				b.Fatal(err)
			}
			bodies[len(bodies)-1].Write(it.line)
		}
		began := time.Now()
		for _, err := range a.Write(b.Context(), docs) {
			if err != nil {
				b.Fatal(err)
			}
		}
		ours += time.Since(began)
		began = time.Now()
		for _, body := range bodies {
			if err := raw.cluster.do(b.Context(), esapi.BulkRequest{Index: raw.names.write, Body: body}, nil); err != nil {
				b.Fatal(err)
			}
		}
		if err := refreshIndex(b.Context(), raw.cluster, raw.names.write); err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(began)
	}
	b.ReportMetric(float64(reports)/ours.Seconds(), "reports/s")
	b.ReportMetric(float64(reports)/theirs.Seconds(), "raw/s")
	b.ReportMetric(100*theirs.Seconds()/ours.Seconds(), "%")
}
