package elastic

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// node returns the address of the Elasticsearch node to test on.
func node(t testing.TB) string {
	t.Helper()
	address := os.Getenv("DATELINE_ELASTICSEARCH")
	switch {
	case address != "":
	case os.Getenv("CI") == "true":
		t.Fatal("DATELINE_ELASTICSEARCH does not name an Elasticsearch node")
	default:
		t.Skip("needs a node: DATELINE_ELASTICSEARCH=http://127.0.0.1:9200 go test ./index/elastic")
	}
	return address
}

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
		Addresses: []string{node(t)},
		Name:      "test-" + strings.ToLower(rand.Text()[:12]),
		Logger:    slog.New(slog.DiscardHandler),
	}
	t.Cleanup(func() { remove(t, o) })
	return o
}

func remove(t testing.TB, o Options) {
	client, err := newClient(o.withDefaults())
	if err != nil {
		t.Error(err)
		return
	}
	defer client.Close(context.Background())
	ignoreMissing := true
	for _, r := range []request{
		esapi.IndicesDeleteRequest{Index: []string{o.Name + "-000001", o.Name + "-000002", o.Name + "-past-000001", o.Name + "-past-000002", o.Name + "-past-000003", o.Name + "-000003", o.Name + "-events-000001"}, IgnoreUnavailable: &ignoreMissing},
		esapi.IndicesDeleteIndexTemplateRequest{Name: o.Name},
		esapi.IndicesDeleteIndexTemplateRequest{Name: o.Name + "-past"},
		esapi.ClusterDeleteComponentTemplateRequest{Name: namesOf(o.Name).component()},
		esapi.ClusterDeleteComponentTemplateRequest{Name: namesOf(o.Name).past().component()},
	} {
		res, err := r.Do(context.Background(), client)
		if err != nil {
			t.Errorf("remove %s: %v", o.Name, err)
			continue
		}
		res.Body.Close()
	}
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
