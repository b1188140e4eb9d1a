package serve

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/elastic"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/internal/elastictest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

// onElasticsearch opens an archive that goes with the test.
func onElasticsearch(t *testing.T) index.Archive {
	t.Helper()
	node, name := elastictest.Node(t), "test-serve-"+strings.ToLower(rand.Text()[:12])
	elastictest.Remove(t, node, name)
	a, err := elastic.Open(t.Context(), elastic.Options{Addresses: []string{node}, Name: name, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWhatIsLookedAtInPartIsSaid(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) index.Archive{
		"embedded": func(t *testing.T) index.Archive {
			a, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return a
		},
		"elasticsearch": onElasticsearch,
	} {
		t.Run(name, func(t *testing.T) {
			a := open(t)
			t.Cleanup(func() {
				if err := a.Close(); err != nil {
					t.Error(err)
				}
			})
			for i, err := range a.Write(t.Context(), []index.Document{{Report: crowd("full", index.MaxTogether)}, {Report: crowd("crowd", index.MaxTogether+1)}}) {
				if err != nil {
					t.Fatalf("writing document %d: %v", i, err)
				}
			}
			server := apiServer(t, func(o *Options) { o.Archive = a })
			compiler, doc := document(t)
			for _, test := range []struct {
				query string
				found []string
			}{
				{"gathering", []string{"crowd truncated", "full"}},
				{"person:Number0", []string{"crowd truncated", "full"}},
				{"person:(name:Number0)", []string{"crowd truncated", "full"}},
				{"full", []string{"full"}},
				{fmt.Sprintf("person:Number%d", index.MaxTogether), []string{"crowd truncated"}},
				{fmt.Sprintf("person:(name:Number%d)", index.MaxTogether), nil},
			} {
				res, body := fetch(t, server.URL+"/api/v1/search?sort=published&facet=person&q="+strings.ReplaceAll(test.query, " ", "+"), nil)
				checkAnswer(t, compiler, doc, "/api/v1/search", res, body)
				var result client.SearchResult
				if err := json.Unmarshal(body, &result); err != nil {
					t.Fatal(err)
				}
				var found []string
				for _, h := range result.Hits {
					found = append(found, h.ID+map[bool]string{true: " truncated"}[h.Truncated])
				}
				if got, want := strings.Join(found, ", "), strings.Join(test.found, ", "); got != want {
					t.Errorf("%s finds %s, want %s", test.query, got, want)
				}
				if want := strings.Contains(strings.Join(found, ", "), "truncated"); result.Truncated != want {
					t.Errorf("%s is truncated: %t, want %t", test.query, result.Truncated, want)
				}
			}
		})
	}
}

// crowd is a report that names a number of people.
func crowd(id string, people int) *news.Report {
	r := &news.Report{ID: id, Revision: 1, Agency: "APA", Title: id, Text: "A gathering."}
	for i := range people {
		r.People = append(r.People, news.Person{ID: fmt.Sprint("guest-", i), Name: fmt.Sprintf("Guest Number%d", i)})
	}
	return r
}
