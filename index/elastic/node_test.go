package elastic

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/internal/elastictest"
	"github.com/dateline-news/dateline/news"
)

// long leaves out what asks the node so much that it takes a minute of a busy
// machine: go test without -short does it all.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long; run without -short")
	}
}

// options are those of an archive that nothing else uses; what it makes in
// the cluster goes with the test.
func options(t testing.TB) Options {
	t.Helper()
	o := Options{
		Addresses: []string{elastictest.Node(t)},
		Name:      "test-" + strings.ToLower(rand.Text()[:12]),
		Logger:    slog.New(slog.DiscardHandler),
	}
	elastictest.Remove(t, o.Addresses[0], o.Name)
	return o
}

func open(t testing.TB) *Archive {
	t.Helper()
	return openWith(t, options(t))
}

func openWith(t testing.TB, o Options) *Archive {
	t.Helper()
	a, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// write writes documents that the archive must take.
func write(t testing.TB, a index.Archive, reports ...*news.Report) {
	t.Helper()
	docs := make([]index.Document, len(reports))
	for i, r := range reports {
		docs[i] = index.Document{Report: r, Enricher: 1}
	}
	for i, err := range a.Write(t.Context(), docs) {
		if err != nil {
			t.Fatalf("write %s: %v", docs[i].Report.ID, err)
		}
	}
}

// report returns a small report.
func report(id, text string) *news.Report {
	return &news.Report{
		ID: id, Revision: 1, Source: "caspian-wire", Agency: "Caspian Wire", Language: "en",
		Title: fmt.Sprintf("Bulletin %s", id), Text: text,
		Published: time.Date(2015, 3, 4, 9, 30, 0, 0, time.UTC),
		Seen:      time.Date(2015, 3, 4, 9, 31, 0, 0, time.UTC),
	}
}
