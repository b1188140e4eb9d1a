package serve_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/internal/browsertest"
)

// troubled is an archive that fails as a test says.
type troubled struct {
	index.Archive
	// fail returns the error of a search, nil for an answer.
	fail func(context.Context, index.Request) error
	asks atomic.Int64
}

func (a *troubled) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	a.asks.Add(1)
	if err := a.fail(ctx, r); err != nil {
		return nil, err
	}
	return a.Archive.Search(ctx, r)
}

func always(err error) func(context.Context, index.Request) error {
	return func(context.Context, index.Request) error { return err }
}

// counting fails what a page asks beside its list.
func counting(err error) func(context.Context, index.Request) error {
	return func(_ context.Context, r index.Request) error {
		if len(r.Facets) > 0 {
			return err
		}
		return nil
	}
}

func TestEachTroubleHasAnHonestPage(t *testing.T) {
	outer := t // the pages are looked at after all of them are asked for
	var addresses []string
	for _, test := range []struct {
		name, query string
		items       []item
		fail        func(context.Context, index.Request) error
		status      int
		says        []string
		never       string
	}{
		{"an empty archive", "", nil, always(nil), 200, []string{"Nothing has arrived yet", "/sources"}, "No report matches"},
		{"no match", "zeppelin", items(), always(nil), 200, []string{"0 reports", "No report matches", "how to ask"}, "Each of these"},
		{"too narrow", "customs zeppelin", items(), always(nil), 200, []string{"Each of these finds something", ">zeppelin</s>", "reports</span>"}, "Leave out a word"},
		{"a mistake", "org:(WCO", items(), always(nil), 400, []string{"That query has a mistake", "^"}, "Try again"},
		{"an unknown field", "persn:Bob", items(), always(nil), 400, []string{"did you mean person:?"}, "Try again"},
		{"an archive that is down", "customs", items(), always(index.ErrUnavailable), 503, []string{"The archive did not answer", "Nothing is lost", "Try again"}, "reports</h1>"},
		{"an archive that is slow", "customs", items(), always(context.DeadlineExceeded), 503, []string{"The archive took too long", "Narrow the search", "Try again"}, "reports</h1>"},
		{"an archive that cannot do it", "customs", items(), always(&index.UnsupportedError{Feature: "dreams"}), 501, []string{"This archive cannot answer that", "dreams", "Take that part out"}, "reports</h1>"},
		{"a part of the page missing", "customs", items(), counting(index.ErrUnavailable), 200, []string{"The counts beside the list did not come in time", "The list itself is whole", "Customs"}, "No report matches"},
		{"a cursor of another search", "customs&cursor=x", items(), always(nil), 400, []string{"That page of the search is gone", `href="/?q=customs">The first page`}, "Try again"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := open(outer, test.items)
			shaken := serveArchive(outer, &troubled{Archive: d.archive, fail: test.fail})
			q, rest, _ := strings.Cut(test.query, "&")
			address := shaken.URL + "/?" + url.Values{"q": {q}}.Encode() + "&" + rest
			r, text := get(t, address)
			if r.StatusCode != test.status {
				t.Errorf("status %d, want %d", r.StatusCode, test.status)
			}
			for _, want := range test.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q:\n%s", want, text)
				}
			}
			if strings.Contains(text, test.never) {
				t.Errorf("the page says %q", test.never)
			}
			if r.StatusCode >= http.StatusInternalServerError && r.StatusCode != http.StatusNotImplemented && r.Header.Get("Retry-After") == "" {
				t.Error("the page does not say when to try again")
			}
			addresses = append(addresses, address)
		})
	}
	for name, window := range map[string]browsertest.Options{"wide": {}, "360 px": {Width: 360, Height: 740}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := see(t, window)
			for _, address := range addresses {
				p.Goto(address)
				p.CheckAccessible()
				p.CheckFits()
			}
		})
	}
}
