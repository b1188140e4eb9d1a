package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/serve/export"
)

func TestExportsAreWhole(t *testing.T) {
	server := apiServer(t, nil)
	c := client.New(server.URL, client.Options{})
	var all, some bytes.Buffer
	if err := c.Export(t.Context(), client.SearchRequest{}, "ndjson", &all); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for lines := bufio.NewScanner(&all); lines.Scan(); {
		var r struct{ ID string }
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		got = append(got, r.ID)
	}
	for _, r := range indextest.Reports() {
		want = append(want, r.ID)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	request := client.SearchRequest{Query: "customs", Limit: 2, Filters: []string{"place:Baku"}, Excludes: []string{"agency:WCO"}}
	if err := c.Export(t.Context(), request, "ndjson", &some); err != nil || strings.Count(some.String(), "\n") != 2 {
		t.Errorf("two reports are %q, %v", some.String(), err)
	}
	for _, f := range export.Formats() {
		res, body := fetch(t, server.URL+"/api/v1/export?"+url.Values{"q": {"picard"}, "format": {string(f)}}.Encode(), nil)
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != f.ContentType() || len(body) == 0 || res.Header.Get("Dateline-Total") == "" {
			t.Errorf("%s: %s, %s, %d bytes", f, res.Status, res.Header.Get("Content-Type"), len(body))
		}
	}
}

// failing answers the first page and no more.
type failing struct {
	index.Archive
	pages int
}

func (f *failing) Search(ctx context.Context, req index.Request) (*index.Result, error) {
	if f.pages++; f.pages > 1 {
		return nil, index.ErrUnavailable
	}
	result, err := f.Archive.Search(ctx, req)
	if err == nil {
		result.Next = "more"
	}
	return result, err
}

func TestExportsThatEndTooSoonAreErrors(t *testing.T) {
	server := apiServer(t, func(o *Options) { o.Archive = &failing{Archive: o.Archive} })
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	var b bytes.Buffer
	err := client.New(server.URL, client.Options{}).Export(t.Context(), client.SearchRequest{}, "ndjson", &b)
	if err == nil || !strings.Contains(err.Error(), "is not complete") {
		t.Errorf("an export cut off gives %v", err)
	}
}
