package serve

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

// shelf is an archive of a few reports that finds all of them, or fails.
type shelf struct {
	register.Store // it has no events
	reports        []*news.Report
	err            error
	asked          index.Request
}

func (s *shelf) Write(context.Context, []index.Document) []error { return nil }
func (s *shelf) Ping(context.Context) error                      { return s.err }
func (s *shelf) Close() error                                    { return nil }

func (s *shelf) Get(_ context.Context, id string) (*news.Report, error) {
	for _, r := range s.reports {
		if r.ID == id {
			return r, s.err
		}
	}
	return nil, index.ErrNotFound
}

func (s *shelf) Search(_ context.Context, req index.Request) (*index.Result, error) {
	s.asked = req
	if s.err != nil {
		return nil, s.err
	}
	found := &index.Result{Total: len(s.reports), Facets: map[index.Facet][]index.Count{
		index.FacetPerson: {{Value: `A "Quoted" Name`, Count: 2}},
	}}
	for _, r := range s.reports {
		found.Hits = append(found.Hits, index.Hit{Report: r, Score: 1})
	}
	return found, nil
}

func handler(s *shelf) http.Handler {
	return New(Options{
		Archive: s,
		Sources: func(context.Context) ([]client.Source, error) {
			return []client.Source{{Name: "a", Error: "the server answers 500"}}, nil
		},
		Acronyms: []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}},
		Ready:    s.Ping,
		Now:      func() time.Time { return time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC) },
		Logger:   slog.New(slog.DiscardHandler),
	})
}

func ask(s *shelf, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler(s).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func hostile() *news.Report {
	const script = `<script>alert(1)</script>`
	return &news.Report{
		ID: "h", Agency: script, Title: script + "\u202egpj.exe", Byline: []string{script}, URL: "javascript:alert(1)", Language: `en" onload="x`,
		Text:          script + ` "quoted" <img src=x onerror=alert(1)> end.`,
		People:        []news.Person{{Name: script, Mentions: []news.Mention{{Span: news.Span{Start: 0, End: 8}}}}},
		Organizations: []news.Organization{{Name: `"><b>`, Acronym: script}},
		Events:        []news.Event{{Name: script, Place: script, Start: news.Day(2026, 10, 6), End: news.Day(2026, 10, 9), Span: news.Span{Start: 0, End: 8}}},
	}
}

func TestHostileReportRunsNothing(t *testing.T) {
	s := &shelf{reports: []*news.Report{hostile()}}
	for _, path := range []string{"/", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/?q=%22%3Cscript%3E", "/reports/h", "/reports/h?q=%22%3E%3Cscript%3E", "/sources", "/%3Cscript%3E"} {
		w := ask(s, path)
		body := w.Body.String()
		for _, bad := range []string{"<script>alert", "<img src=x", "javascript:", `onload="x`, "<b>", "\u202e"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q:\n%s", path, bad, body)
			}
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s has policy %q", path, csp)
		}
	}
}

func TestFaultsHaveTheirOwnStatusAndWords(t *testing.T) {
	for _, test := range []struct {
		name, path string
		err        error
		status     int
		says       string
	}{
		{"syntax", "/api/v1/search?q=(a", nil, 400, "^"},
		{"unknown field", "/api/v1/search?q=persn:a", nil, 400, "person"},
		{"sort", "/api/v1/search?sort=best", nil, 400, "relevance, published, seen or event"},
		{"limit", "/api/v1/search?limit=1000", nil, 400, "1 to 500"},
		{"cursor", "/api/v1/search?cursor=x", index.ErrBadCursor, 400, "start again"},
		{"archive down", "/api/v1/search?q=a", index.ErrUnavailable, 503, "not available"},
		{"archive slow", "/api/v1/search?q=a", context.DeadlineExceeded, 503, "deadline"},
		{"unsupported", "/api/v1/search?q=a", &index.UnsupportedError{Feature: "dreams"}, 501, "dreams"},
		{"a fault of ours", "/api/v1/search?q=a", errors.New("boom"), 500, "boom"},
		{"no report", "/api/v1/reports/none", nil, 404, "no such report"},
		{"no endpoint", "/api/v2/search", nil, 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := ask(&shelf{err: test.err}, test.path)
			var p client.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatalf("%v: %s", err, w.Body)
			}
			if w.Code != test.status || p.Status != test.status || !strings.Contains(p.Detail, test.says) {
				t.Errorf("got %d %+v", w.Code, p)
			}
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type %s", got)
			}
		})
	}
}

func TestPagesOfFaultsSayWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		path   string
		err    error
		status int
		says   string
	}{
		{"/?q=(a", nil, 400, "That query has a mistake"},
		{"/?q=a", index.ErrUnavailable, 503, "The archive did not answer"},
		{"/reports/none", nil, 404, "There is no such report"},
		{"/elsewhere", nil, 404, "There is no such page"},
		{"/?q=a", nil, 200, "No report matches"},
		{"/", nil, 200, "Nothing has arrived yet"},
		{"/sources", nil, 200, "the server answers 500"},
		{"/readyz", index.ErrUnavailable, 503, "not available"},
	} {
		w := ask(&shelf{err: test.err}, test.path)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
			t.Errorf("%s gives %d without %q:\n%s", test.path, w.Code, test.says, w.Body)
		}
	}
}

func TestAcronymsExpandUnlessSwitchedOff(t *testing.T) {
	s := &shelf{}
	var found client.SearchResult
	body := ask(s, "/api/v1/search?q=org:WCO").Body.Bytes()
	if err := json.Unmarshal(body, &found); err != nil {
		t.Fatal(err)
	}
	if found.Query != "org:WCO" || found.Expanded != `org:WCO OR org:"World Customs Organization"` {
		t.Errorf("got %s", body)
	}
	ask(s, "/api/v1/search?q=org:WCO&expand=off")
	if diff := cmp.Diff(query.Node(query.Term{Field: query.Org, Value: "WCO"}), s.asked.Query); diff != "" {
		t.Error(diff)
	}
}

func TestFacetLinkNarrowsTheSearchWithAQuotedName(t *testing.T) {
	s := &shelf{reports: []*news.Report{hostile()}}
	body := ask(s, "/?q=customs+OR+port").Body.String()
	link := regexp.MustCompile(`href="(/\?q=[^"]*person[^"]*)"`).FindStringSubmatch(body)
	if link == nil {
		t.Fatalf("no link in:\n%s", body)
	}
	ask(s, html.UnescapeString(link[1]))
	want := query.And{Nodes: []query.Node{
		query.Or{Nodes: []query.Node{query.Word{Text: "customs"}, query.Word{Text: "port"}}},
		query.Term{Field: query.Person, Value: "A  Quoted  Name"}, // quotes separate words
	}}
	if diff := cmp.Diff(query.Node(want), s.asked.Query); diff != "" {
		t.Error(diff)
	}
}

func TestIntervalsReadAsPeopleWriteThem(t *testing.T) {
	day := func(y int, m time.Month, d int) news.Moment { return news.Day(y, m, d) }
	for _, test := range []struct {
		start, end news.Moment
		want       string
	}{
		{day(2015, 9, 8), day(2015, 9, 11), "8–10 September 2015"},
		{day(2015, 9, 8), day(2015, 9, 9), "8 September 2015"},
		{day(2015, 2, 28), day(2015, 3, 4), "28 February – 3 March 2015"},
		{day(2015, 12, 30), day(2016, 1, 2), "30 December 2015 – 1 January 2016"},
		{day(2015, 9, 1), day(2015, 10, 1), "September 2015"},
		{day(2015, 1, 1), day(2016, 1, 1), "2015"},
		{day(2015, 1, 1), day(2015, 4, 1), "1 January – 31 March 2015"},
		{day(2015, 9, 8), news.Moment{}, "from 8 September 2015"},
		{news.Moment{}, day(2015, 9, 8), "until 7 September 2015"},
		{news.Moment{}, news.Moment{}, ""},
	} {
		if got := interval(test.start, test.end); got != test.want {
			t.Errorf("[%s, %s) reads %q, want %q", test.start, test.end, got, test.want)
		}
	}
}

// textOf is the text of runs, with those that they hold.
func textOf(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text + textOf(r.Runs))
	}
	return b.String()
}

// TestWhatIsSearchedIsMarkedWithinNamesAndQuotes marks matches that begin
// before a name, end after it, and lie within it.
func TestWhatIsSearchedIsMarkedWithinNamesAndQuotes(t *testing.T) {
	const text = "The WCO met in Baku."
	marks := []mark{
		{span: news.Span{Start: 4, End: 7}, kind: "org", url: "/o"},
		{span: news.Span{Start: 0, End: 20}, kind: "event"},
		{span: news.Span{Start: 15, End: 19}, kind: "place", url: "/p"},
	}
	got := paragraphs(text, marks, []news.Span{{Start: 4, End: 7}, {Start: 12, End: 17}})
	want := [][]run{{{Kind: "event", Runs: []run{
		{Text: "The "},
		{Kind: "org", URL: "/o", Runs: []run{{Kind: "match", Text: "WCO"}}},
		{Text: " met "}, {Kind: "match", Text: "in "},
		{Kind: "place", URL: "/p", Runs: []run{{Kind: "match", Text: "Ba"}, {Text: "ku"}}},
		{Text: "."},
	}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMarksNeverLoseOrDoubleText(t *testing.T) {
	text := "First one.\n\n\n\nSecond ünö here."
	marks := []mark{
		{span: news.Span{Start: 6, End: 9}, kind: "org"},
		{span: news.Span{Start: 0, End: 9}, kind: "person"},
		{span: news.Span{Start: 8, End: 16}, kind: "place"},  // over the gap
		{span: news.Span{Start: 22, End: 23}, kind: "date"},  // inside a rune
		{span: news.Span{Start: 90, End: 99}, kind: "quote"}, // outside
	}
	var all []string
	matches := []news.Span{{Start: 2, End: 7}, {Start: 8, End: 9}, {Start: 20, End: 30}, {Start: 25, End: 99}}
	for _, p := range paragraphs(text, marks, matches) {
		all = append(all, textOf(p))
	}
	if diff := cmp.Diff([]string{"First one.", "Second ünö here."}, all); diff != "" {
		t.Error(diff)
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("Baku hosts the next conference", 5, 10)
	f.Add("əəəəəəəəəə", 2, 4)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text = strings.ToValidUTF8(text, "?")
		s := news.Span{Start: start, End: end}
		if !s.Valid(text) {
			return
		}
		var b strings.Builder
		for _, r := range snippet(text, []news.Span{s}) {
			b.WriteString(r.Text)
		}
		shown := strings.TrimSuffix(strings.TrimPrefix(b.String(), "… "), " …")
		if !strings.Contains(text, shown) {
			t.Errorf("%q is not in the text", shown)
		}
	})
}
