package embedded_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/query"
)

// BenchmarkSearchAtScale searches generated reports. With the environment
// variable DATELINE_BENCH_ARCHIVE it keeps them in that file, and another run
// goes on with them.
func BenchmarkSearchAtScale(b *testing.B) {
	n := indextest.Scale(b)
	before := inUse()
	began := time.Now()
	a := keptArchive(b)
	b.Logf("opened in %v", time.Since(began).Round(time.Millisecond))
	indextest.Fill(b, a, n)
	b.Logf("%d MB in memory", (inUse()-before)>>20)
	indextest.Measure(b, a, n)
}

func keptArchive(b *testing.B) *embedded.Archive {
	b.Helper()
	path := os.Getenv("DATELINE_BENCH_ARCHIVE")
	if path == "" {
		return benchArchive(b)
	}
	a, err := embedded.Open(path, embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closed(b, a) })
	return a
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// BenchmarkWriteAgainstBareInserts writes batches of 200 generated reports in
// turn to an archive and, as bare rows and full text, to another file with the
// same settings.
func BenchmarkWriteAgainstBareInserts(b *testing.B) {
	a := benchArchive(b)
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)")
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	bare.SetMaxOpenConns(1)
	for _, statement := range []string{
		`CREATE TABLE report (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json BLOB NOT NULL)`,
		`CREATE VIRTUAL TABLE word USING fts5(title, text, content='', tokenize='porter unicode61')`,
	} {
		if _, err := bare.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	var ours, theirs time.Duration
	reports := 0
	for b.Loop() {
		var docs []index.Document
		for range 200 {
			docs = append(docs, index.Document{Report: indextest.Generate(reports), Enricher: 1})
			reports++
		}
		began := time.Now()
		write(b, a, docs)
		ours += time.Since(began)
		began = time.Now()
		if err := insertBare(bare, docs); err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(began)
	}
	b.ReportMetric(float64(reports)/ours.Seconds(), "reports/s")
	b.ReportMetric(float64(reports)/theirs.Seconds(), "bare/s")
	b.ReportMetric(100*theirs.Seconds()/ours.Seconds(), "%")
}

// BenchmarkFacetsOfAPhrase asks for a phrase with and without four facets, in
// turn, and reports how many times as long the facets take.
func BenchmarkFacetsOfAPhrase(b *testing.B) {
	a := benchArchive(b)
	for from := 0; from < 24_000; from += 500 {
		var docs []index.Document
		for i := from; i < from+500; i++ {
			r := indextest.Generate(i)
			if i%6 != 0 {
				r.Text += " Harbour ferry."
			}
			if i%16 == 0 {
				r.Text += " Quay crane."
			}
			docs = append(docs, index.Document{Report: r, Enricher: 1})
		}
		write(b, a, docs)
	}
	four := []index.Facet{index.FacetPerson, index.FacetOrg, index.FacetPlace, index.FacetMonth}
	for _, phrase := range []string{"quay crane", "harbour ferry"} {
		for _, sort := range []index.Sort{index.ByRelevance, index.ByPublished} {
			b.Run(fmt.Sprintf("%s/%s", phrase, sort), func(b *testing.B) {
				took := map[int][]time.Duration{}
				hits := 0
				for b.Loop() {
					for _, facets := range [][]index.Facet{nil, four} {
						began := time.Now()
						result, err := a.Search(b.Context(), index.Request{Query: query.Phrase{Text: phrase}, Sort: sort, Facets: facets})
						if err != nil {
							b.Fatal(err)
						}
						took[len(facets)] = append(took[len(facets)], time.Since(began))
						hits = result.Total
					}
				}
				median := func(n int) float64 {
					slices.Sort(took[n])
					return took[n][len(took[n])/2].Seconds() * 1000
				}
				b.ReportMetric(float64(hits), "hits")
				b.ReportMetric(median(0), "plain-ms")
				b.ReportMetric(median(4), "facets-ms")
				b.ReportMetric(median(4)/median(0), "times")
			})
		}
	}
}

func insertBare(db *sql.DB, docs []index.Document) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	row, err := tx.Prepare(`INSERT INTO report (id, json) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	text, err := tx.Prepare(`INSERT INTO word (rowid, title, text) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, d := range docs {
		body, err := json.Marshal(d.Report)
		if err != nil {
			return err
		}
		done, err := row.Exec(d.Report.ID, body)
		if err != nil {
			return err
		}
		key, err := done.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := text.Exec(key, d.Report.Title, d.Report.Text); err != nil {
			return err
		}
	}
	return tx.Commit()
}
