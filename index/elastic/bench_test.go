package elastic

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// benchmarkBatch is the number of documents of a write.
const benchmarkBatch = 500

// benchmarkDocuments makes documents that nothing has written yet.
func benchmarkDocuments(random author, batch int) []index.Document {
	docs := make([]index.Document, benchmarkBatch)
	for i := range docs {
		r := random.report(fmt.Sprintf("r-%d-%d", batch, i))
		for range 25 {
			r.Text += " " + random.words(12)
		}
		docs[i] = index.Document{Report: r, Enricher: 1}
	}
	return docs
}

// BenchmarkWrite and BenchmarkRawBulk write the same documents, through Write
// and as one bare bulk request after the other.
func BenchmarkWrite(b *testing.B) {
	a := open(b)
	random := author{rand.New(rand.NewPCG(1, 2))}
	batch := 0
	for b.Loop() {
		b.StopTimer()
		docs := benchmarkDocuments(random, batch)
		batch++
		b.StartTimer()
		for _, err := range a.Write(b.Context(), docs) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(benchmarkBatch*batch)/b.Elapsed().Seconds(), "reports/s")
}

func BenchmarkRawBulk(b *testing.B) {
	a := open(b)
	random := author{rand.New(rand.NewPCG(1, 2))}
	batch := 0
	for b.Loop() {
		b.StopTimer()
		var body bytes.Buffer
		for _, d := range benchmarkDocuments(random, batch) {
			var outcome error
			it, err := newItem(d, &outcome)
			if err != nil {
				b.Fatal(err)
			}
			body.Write(it.line)
		}
		batch++
		b.StartTimer()
		if err := a.cluster.do(b.Context(), esapi.BulkRequest{Index: a.names.write, Body: &body}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(benchmarkBatch*batch)/b.Elapsed().Seconds(), "reports/s")
}
