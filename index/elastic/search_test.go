package elastic

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// pages returns the ids of all pages; between is called after each.
func pages(t *testing.T, a index.Archive, req index.Request, between func()) []string {
	t.Helper()
	var ids []string
	for {
		result, err := a.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, idsOf(result)...)
		if result.Next == "" {
			return ids
		}
		req.Cursor = result.Next
		between()
	}
}

func TestPagesAreInOrderAndStableWhileReportsAreWritten(t *testing.T) {
	a := open(t)
	var reports []*news.Report
	for i := range 30 {
		r := report(fmt.Sprintf("r%02d", i), strings.Repeat("ferry ", 1+i%4)+"line")
		r.Published = r.Published.Add(time.Duration(i%7) * time.Hour)
		if i%10 == 0 {
			r.Published = time.Time{}
		}
		reports = append(reports, r)
	}
	write(t, a, reports...)
	later := 0
	for _, sort := range []index.Sort{index.ByRelevance, index.ByPublished, index.BySeen} {
		req := index.Request{Query: query.Word{Text: "ferry"}, Sort: sort, Limit: index.MaxLimit}
		whole := pages(t, a, req, func() {})
		req.Limit = 10
		got := pages(t, a, req, func() {
			later++
			r := report(fmt.Sprintf("a-%d", later), "ferry ferry ferry ferry ferry ferry ferry")
			r.Published, r.Seen = r.Published.AddDate(later, 0, 0), r.Seen.AddDate(later, 0, 0)
			write(t, a, r)
		})
		if diff := cmp.Diff(whole, got); diff != "" {
			t.Errorf("%s: pages (-at once +one by one):\n%s", sort, diff)
		}
	}
}

func TestEqualHitsAreInTheOrderOfTheirIDs(t *testing.T) {
	a := open(t)
	write(t, a, report("c", "same"), report("a", "same"), report("b", "same"))
	for _, sort := range []index.Sort{index.ByRelevance, index.ByPublished, index.BySeen} {
		result, err := a.Search(t.Context(), index.Request{Query: query.Term{Field: query.Source, Value: "caspian-wire"}, Sort: sort})
		if err != nil {
			t.Fatal(err)
		}
		if got := idsOf(result); !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Errorf("%s: %v", sort, got)
		}
	}
}

func TestATitleWeighsMoreThanTheText(t *testing.T) {
	a := open(t)
	titled, texted := report("z", "nothing of the kind at all"), report("a", "a ferry line")
	titled.Title = "Ferry line"
	write(t, a, titled, texted)
	result, err := a.Search(t.Context(), index.Request{Query: parse(t, "ferry")})
	if err != nil {
		t.Fatal(err)
	}
	if got := idsOf(result); !slices.Equal(got, []string{"z", "a"}) || result.Hits[0].Score <= result.Hits[1].Score {
		t.Errorf("order %v", got)
	}
}

func TestCursorsOfOtherSearchesAreRefused(t *testing.T) {
	a := open(t)
	for i := range 5 {
		write(t, a, report(fmt.Sprint("r", i), "ferry line"))
	}
	req := index.Request{Query: parse(t, "ferry"), Limit: 2}
	first, err := a.Search(t.Context(), req)
	if err != nil || first.Next == "" {
		t.Fatalf("next %q, %v", first.Next, err)
	}
	ours, err := base64.RawURLEncoding.DecodeString(first.Next)
	if err != nil {
		t.Fatal(err)
	}
	forge := func(old, new string) string {
		return base64.RawURLEncoding.EncodeToString(bytes.Replace(ours, []byte(old), []byte(new), 1))
	}
	for name, bad := range map[string]index.Request{
		"another query":  {Query: parse(t, "line"), Cursor: first.Next},
		"another order":  {Query: req.Query, Sort: index.BySeen, Cursor: first.Next},
		"noise":          {Query: req.Query, Cursor: "%%%"},
		"no JSON":        {Query: req.Query, Cursor: "aGVsbG8"},
		"no values":      {Query: req.Query, Cursor: forge(`"a":[`, `"b":[`)},
		"other values":   {Query: req.Query, Cursor: forge(`"a":[`, `"a":["x",`)},
		"no snapshot":    {Query: req.Query, Cursor: forge(`"p":`, `"q":`)},
		"other snapshot": {Query: req.Query, Cursor: forge(`"p":"`, `"p":"xx`)},
	} {
		if _, err := a.Search(t.Context(), bad); !errors.Is(err, index.ErrBadCursor) {
			t.Errorf("%s: %v, want ErrBadCursor", name, err)
		}
	}
}

func TestAnExpiredSnapshotIsABadCursor(t *testing.T) {
	a := open(t)
	write(t, a, report("a", "ferry"), report("b", "ferry"))
	req := index.Request{Query: parse(t, "ferry"), Limit: 1}
	first, err := a.Search(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	req.Cursor = first.Next
	req, err = req.Normal()
	if err != nil {
		t.Fatal(err)
	}
	c, err := readCursor(req)
	if err != nil {
		t.Fatal(err)
	}
	(&view{archive: a, snapshot: c.Snapshot}).release(t.Context())
	if _, err := a.Search(t.Context(), req); !errors.Is(err, index.ErrBadCursor) {
		t.Errorf("search = %v, want ErrBadCursor", err)
	}
}

func TestFacetsOfSeveralShardsAreExact(t *testing.T) {
	o := options(t)
	o.Shards = 3
	a := openWith(t, o)
	want := map[string]int{}
	var reports []*news.Report
	for i := range 400 {
		r := report(fmt.Sprint("r", i), "text")
		for _, name := range []string{fmt.Sprint("Guest ", i*i%97), fmt.Sprint("Guest ", i%89), fmt.Sprint("Once ", i)} {
			r.People = append(r.People, news.Person{ID: name, Name: name})
		}
		for _, v := range index.FacetValues(r, index.FacetPerson) {
			want[v]++
		}
		reports = append(reports, r)
	}
	write(t, a, reports...)
	result, err := a.Search(t.Context(), index.Request{Facets: []index.Facet{index.FacetPerson}, FacetSize: 7})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(top(want, 7), result.Facets[index.FacetPerson]); diff != "" {
		t.Error(diff)
	}
}

// TestARoleBelongsToItsPerson shows what the nested fields tell that the flat
// ones cannot.
func TestARoleBelongsToItsPerson(t *testing.T) {
	a := open(t)
	r := report("r1", "text")
	span := news.Span{Start: 0, End: 4}
	r.People = []news.Person{
		{Name: "Nino Beridze", Roles: []news.Role{{Title: "chairman", Organization: "Port", Span: span}}},
		{Name: "Roger Novak", Roles: []news.Role{{Title: "minister", Organization: "Rail", Span: span}}},
	}
	write(t, a, r)
	for name, want := range map[string]int{"beridze": 1, "novak": 0} {
		role := object{"nested": object{"path": "person.role", "query": object{"match_phrase": object{"person.role.title": "chairman"}}}}
		who := object{"match_phrase": object{"person.name": name}}
		q := object{"nested": object{"path": "person", "query": object{"bool": object{"must": []object{who, role}}}}}
		found, err := (&view{archive: a}).run(t.Context(), object{"query": q, "track_total_hits": true})
		if err != nil {
			t.Fatal(err)
		}
		if found.Hits.Total.Value != want {
			t.Errorf("%s as chairman: %d, want %d", name, found.Hits.Total.Value, want)
		}
	}
}

func TestDeepQueriesWorkOrAreRefused(t *testing.T) {
	a := open(t)
	write(t, a, report("a", "ferry"))
	for depth := range 40 {
		var n query.Node = query.Phrase{Text: "ferry line", Slop: 3}
		for i := range depth {
			if i%2 == 0 {
				n = query.And{Nodes: []query.Node{n, query.Word{Text: "x"}}}
			} else {
				n = query.Or{Nodes: []query.Node{n, query.Word{Text: "ferry"}}}
			}
		}
		now := time.Date(2015, 9, 20, 0, 0, 0, 0, time.UTC)
		for _, n := range []query.Node{n, query.AsOf{Node: n, At: now, Source: "2015-09-19"}} {
			_, err := a.Search(t.Context(), index.Request{Query: n, Now: now})
			var unsupported *index.UnsupportedError
			switch {
			case depth <= 25 && err != nil:
				t.Errorf("depth %d: %v", depth, err)
			case depth > 25 && !errors.As(err, &unsupported):
				t.Errorf("depth %d: %v, want an UnsupportedError", depth, err)
			}
		}
	}
}

func TestWhateverCanBeTypedNestsNoDeeperThanTheClusterTakes(t *testing.T) {
	a := open(t)
	write(t, a, report("a", "ferry"))
	acronyms := []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}}
	for shape, size := range map[string]int{
		"(x OR (y %s))": 2, "-(x OR -(y %s))": 4, "-(x -(y %s))": 4, "-%s": 1, "(source:x OR (lang:y %s))": 2,
	} {
		for _, innermost := range []string{`"a b"~3`, "ab*", "source:x OR lang:y", "World Customs Organization"} {
			q := "%s"
			for range (query.MaxDepth - 1) / size {
				q = strings.ReplaceAll(q, "%s", shape)
			}
			node := parse(t, strings.ReplaceAll(q, "%s", "("+innermost+")"))
			if _, err := a.Search(t.Context(), index.Request{Query: query.Expand(node, acronyms)}); err != nil {
				t.Errorf("%s around %s: %v", shape, innermost, err)
			}
		}
	}
}

func TestWhatTheClusterCannotDoIsAnUnsupportedError(t *testing.T) {
	a := open(t)
	for name, n := range map[string]query.Node{
		"values of a time": query.Term{Field: query.Published, Value: "2015"},
		"times of a name":  query.Range{Field: query.Person, From: news.Day(2015, 1, 1)},
		"within":           query.And{Nodes: []query.Node{query.Not{Node: query.Term{Field: "nobody", Value: "x"}}, query.All{}}},
	} {
		_, err := a.Search(t.Context(), index.Request{Query: n})
		var unsupported *index.UnsupportedError
		if !errors.As(err, &unsupported) {
			t.Errorf("%s: %v, want an UnsupportedError", name, err)
		}
	}
}

func TestTimesFarAwayCanBeSearched(t *testing.T) {
	a := open(t)
	r := report("a", "text")
	r.Published = time.Date(1066, 10, 14, 9, 0, 0, 0, time.UTC)
	r.Events = []news.Event{{Start: news.Day(9999, 12, 31), Span: news.Span{Start: 0, End: 4}}}
	write(t, a, r)
	for q, want := range map[string]int{
		"published:1066-10-14": 1, "published:<1066-10-14": 0, "event:9999-12": 1, "published:>1000-01-01 event:>3000-01-01": 1,
	} {
		if got := len(searchIDs(t, a, q)); got != want {
			t.Errorf("%s finds %d, want %d", q, got, want)
		}
	}
}

// TestAnAnswerThatIsNotWholeIsAnError gives the archive answers of a cluster
// in trouble.
func TestAnAnswerThatIsNotWholeIsAnError(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
	}{
		"a shard failed":      {200, `{"_shards":{"total":2,"failed":1,"failures":[{"reason":{"type":"x","reason":"disk"}}]},"hits":{"total":{"value":1},"hits":[]}}`},
		"out of time":         {200, `{"timed_out":true,"hits":{"total":{"value":1},"hits":[]}}`},
		"cut short":           {200, `{"hits":{"total":{"val`},
		"too many requests":   {429, `{"error":{"type":"circuit_breaking_exception","reason":"too large"}}`},
		"no shard":            {503, `{"error":{"type":"search_phase_execution_exception","reason":"all shards failed"}}`},
		"a proxy in trouble":  {502, `<html>`},
		"an unexpected error": {500, ``},
	} {
		c := &cluster{timeout: time.Minute, transport: performer(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: test.status, Header: http.Header{}, Body: readCloser(test.body)}, nil
		})}
		a := &Archive{cluster: c, names: namesOf("reports")}
		_, search := a.Search(t.Context(), index.Request{Sort: index.ByPublished})
		for what, err := range map[string]error{"search": search, "refresh": refreshIndex(t.Context(), c, "reports")} {
			if what == "refresh" && name == "out of time" {
				continue
			}
			if !errors.Is(err, index.ErrUnavailable) {
				t.Errorf("%s: %s: %v, want ErrUnavailable", name, what, err)
			}
		}
	}
}

func TestADocumentOfSomebodyElseIsAnError(t *testing.T) {
	a := open(t)
	refresh := esapi.IndexRequest{Index: a.names.write, DocumentID: "x", Body: strings.NewReader(`{"id":"x"}`), Refresh: "true"}
	if err := a.cluster.do(t.Context(), refresh, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Search(t.Context(), index.Request{}); err == nil || !strings.Contains(err.Error(), `"x" that is no report`) {
		t.Errorf("search = %v", err)
	}
}
