package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// apiServer serves the reports of the conformance suite.
func apiServer(t *testing.T, change func(*Options)) *httptest.Server {
	t.Helper()
	a, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	var docs []index.Document
	for _, r := range indextest.Reports() {
		docs = append(docs, index.Document{Report: r})
	}
	if err := errors.Join(a.Write(t.Context(), docs)...); err != nil {
		t.Fatal(err)
	}
	o := Options{
		Archive: a,
		Sources: func(context.Context) ([]client.Source, error) { return []client.Source{{Name: "a", Published: 3}}, nil },
		Point:   func(name string) (lat, lon float64, ok bool) { return 40.4, 49.9, name == "Baku" },
		Ready:   a.Ping,
		Now:     func() time.Time { return time.Date(2015, 9, 20, 0, 0, 0, 0, time.UTC) },
		Logger:  slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&o)
	}
	server := httptest.NewServer(New(o))
	t.Cleanup(server.Close)
	return server
}

// openAPIDocument is the part of the document that the test reads.
type openAPIDocument struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Ref     string `json:"$ref"`
			Content map[string]struct{ Schema any }
		}
	}
}

// checkAnswer holds an answer to the document.
func checkAnswer(t *testing.T, compiler *jsonschema.Compiler, doc openAPIDocument, path string, res *http.Response, body []byte) {
	t.Helper()
	method := strings.ToLower(res.Request.Method)
	described, ok := doc.Paths[path][method].Responses[fmt.Sprint(res.StatusCode)]
	if !ok {
		t.Errorf("%s %s: the document does not have %s", method, res.Request.URL, res.Status)
		return
	}
	media, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	pointer := fmt.Sprintf("#/paths/%s/%s/responses/%d", strings.ReplaceAll(strings.ReplaceAll(path, "~", "~0"), "/", "~1"), method, res.StatusCode)
	if described.Ref != "" {
		pointer = described.Ref
	} else if _, ok := described.Content[media]; !ok && len(body) > 0 {
		t.Errorf("%s: the document does not have %s", res.Request.URL, media)
		return
	}
	if !strings.Contains(media, "json") || len(body) == 0 {
		return
	}
	schema, err := compiler.Compile("openapi.json" + pointer + "/content/" + strings.ReplaceAll(media, "/", "~1") + "/schema")
	if err != nil {
		t.Fatal(err)
	}
	values := [][]byte{body}
	if strings.Contains(media, "x-ndjson") {
		values = bytes.Split(bytes.TrimSpace(body), []byte("\n"))
	}
	for _, one := range values {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(one))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v", res.Request.URL, err)
		}
	}
}

// document reads the description of the API.
func document(t *testing.T) (*jsonschema.Compiler, openAPIDocument) {
	t.Helper()
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(openAPI))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("openapi.json", raw); err != nil {
		t.Fatal(err)
	}
	var doc openAPIDocument
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		t.Fatal(err)
	}
	return compiler, doc
}

// TestEveryRouteIsInTheDocument compares the routes of a server that has
// everything with the document.
func TestEveryRouteIsInTheDocument(t *testing.T) {
	s := &server{Options: Options{Events: &register.Register{}, Alerts: &alert.Service{}}}
	s.mountAPI(http.NewServeMux()) // none is at odds with another
	var described []string
	_, doc := document(t)
	for path, methods := range doc.Paths {
		for method := range methods {
			described = append(described, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(described)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(s.apiRoutes())), described); diff != "" {
		t.Errorf("the routes and the document differ:\n%s", diff)
	}
}

// TestNoRouteOfTheAPIIsMountedApart looks for routes beside the table.
func TestNoRouteOfTheAPIIsMountedApart(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	apart := regexp.MustCompile(`mux\.Handle(Func)?\("[^"]*/api/v1/[a-z]`)
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := apart.Find(source); found != nil {
			t.Errorf("%s mounts %s; add it to apiRoutes", name, found)
		}
	}
}

// withEverythingButAlerts gives a server events and a desk that takes reports.
func withEverythingButAlerts(t *testing.T) func(*Options) {
	return func(o *Options) {
		events := register.New(register.Options{Bus: unread{map[string]*wire.Entry{}}, Store: o.Archive, Logger: slog.New(slog.DiscardHandler)})
		var readings []register.Reading
		for _, d := range toldReports() {
			readings = append(readings, register.Read(d, 1))
		}
		if err := events.Take(t.Context(), readings); err != nil {
			t.Fatal(err)
		}
		o.Events = events
		o.Push = Push{Receive: desk, MaxReport: 1000}
	}
}

func TestAnswersAreAsTheDocumentSays(t *testing.T) {
	server := apiServer(t, withEverythingButAlerts(t))
	compiler, doc := document(t)
	event := firstEvent(t, server.URL)
	const ndjson = "application/x-ndjson"
	asked := map[string]bool{}
	for _, test := range []struct {
		path, at   string
		status     int
		kind, body string // of a POST
	}{
		{"/api/v1/search", "/api/v1/search", 200, "", ""},
		{"/api/v1/search", "/api/v1/search?q=customs&limit=3&facet=person&facet=year&facet_size=2&filter=place:Baku&exclude=agency:WCO&collapse=true&histogram=published:month", 200, "", ""},
		{"/api/v1/search", "/api/v1/search?q=near:Baku~50km", 200, "", ""},
		{"/api/v1/search", "/api/v1/search?q=near:Nowhere~50km", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?q=a+OR", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?limit=0", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?limit=x", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?facet=colour", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?facet_size=-1", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?filter=Baku", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?exclude=colour:red", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?collapse=maybe", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?histogram=published:hour", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?sort=size", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?cursor=x", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?expand=maybe", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?query=customs", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?q=customs&token=x", 200, "", ""},
		{"/api/v1/export", "/api/v1/export?cursor=x", 400, "", ""},
		{"/api/v1/reports/{id}", "/api/v1/reports/baku-training", 200, "", ""},
		{"/api/v1/reports/{id}", "/api/v1/reports/nobody", 404, "", ""},
		{"/api/v1/reports/{id}/like", "/api/v1/reports/picard-opens/like?limit=3", 200, "", ""},
		{"/api/v1/reports/{id}/like", "/api/v1/reports/nobody/like", 404, "", ""},
		{"/api/v1/reports/{id}/like", "/api/v1/reports/bare/like?limit=501", 400, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/person/aydin-aliyev", 200, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/org/world-customs-organization?q=customs&limit=2", 200, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/place/baku", 200, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/person/nobody", 404, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/ship/x", 400, "", ""},
		{"/api/v1/entities/{kind}/{id}", "/api/v1/entities/place/baku?q=(", 400, "", ""},
		{"/api/v1/sources", "/api/v1/sources", 200, "", ""},
		{"/api/v1/openapi.json", "/api/v1/openapi.json", 200, "", ""},
		{"/api/v1/export", "/api/v1/export?format=ninjs&q=customs", 200, "", ""},
		{"/api/v1/export", "/api/v1/export?format=csv", 200, "", ""},
		{"/api/v1/export", "/api/v1/export?format=pdf", 400, "", ""},
		{"/api/v1/export", "/api/v1/export?q=)", 400, "", ""},
		{"/api/v1/search", "/api/v1/search?q=asof:2015-07-05+customs&facet=place&sort=event", 200, "", ""},
		{"/api/v1/search", "/api/v1/search?q=a+OR+asof:2015", 400, "", ""},
		{"/api/v1/events", "/api/v1/events", 200, "", ""},
		{"/api/v1/events", "/api/v1/events?q=event:2015&limit=1", 200, "", ""},
		{"/api/v1/events", "/api/v1/events?limit=0", 400, "", ""},
		{"/api/v1/events", "/api/v1/events?q=asof:2015", 400, "", ""},
		{"/api/v1/events", "/api/v1/events?from=soon", 400, "", ""},
		{"/api/v1/events/{id}", "/api/v1/events/" + event, 200, "", ""},
		{"/api/v1/events/{id}", "/api/v1/events/nothing", 404, "", ""},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/" + event + "/overrides", 200, "application/json", `{"field":"place","value":"Ganja","by":"desk","reason":"the agency rang"}`},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/" + event + "/overrides", 400, "application/json", `{"field":"colour","value":"red","by":"desk","reason":"x"}`},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/" + event + "/overrides", 400, "application/json", `{"field":"venue","by":"desk","reason":"no value"}`},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/" + event + "/overrides", 200, "application/json", `{"field":"venue","value":"","by":"desk","reason":"not known"}`},
		{"/api/v1/events/{id}/overrides/{override}/revoke", "/api/v1/events/" + event + "/overrides/none/revoke", 400, "application/json", `{"field":"venue","by":"desk","reason":"x"}`},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/" + event + "/overrides", 415, "text/plain", "x"},
		{"/api/v1/events/{id}/overrides", "/api/v1/events/nothing/overrides", 404, "application/json", `{"field":"place","value":"Ganja","by":"desk","reason":"x"}`},
		{"/api/v1/events/{id}/overrides/{override}/revoke", "/api/v1/events/" + event + "/overrides/none/revoke", 400, "application/json", `{"by":"desk","reason":"x"}`},
		{"/api/v1/reports", "/api/v1/reports", 201, "application/json", `{"guid":"new"}`},
		{"/api/v1/reports", "/api/v1/reports", 200, "application/json", `{"guid":"old"}`},
		{"/api/v1/reports", "/api/v1/reports", 422, "application/json", `[]`},
		{"/api/v1/reports", "/api/v1/reports", 503, "application/json", `{"guid":"full"}`},
		{"/api/v1/reports", "/api/v1/reports", 413, "application/json", `{"guid":"` + strings.Repeat("x", 2000) + `"}`},
		{"/api/v1/reports", "/api/v1/reports", 415, "text/plain", "x"},
		{"/api/v1/reports", "/api/v1/reports", 200, ndjson, "{\"guid\":\"a\"}\n{\"guid\":\"b\"}\n"},
		{"/api/v1/reports", "/api/v1/reports", 207, ndjson, "{\"guid\":\"a\"}\n[]\n"},
	} {
		res, body := deliver(t, server.URL+test.at, test.kind, test.body)
		if res.StatusCode != test.status {
			t.Errorf("%s answers %s: %.200s", test.at, res.Status, body)
		}
		checkAnswer(t, compiler, doc, test.path, res, body)
		asked[test.path] = true
	}
	_, served := fetch(t, server.URL+"/api/v1/openapi.json", nil)
	var here openAPIDocument
	if err := json.Unmarshal(served, &here); err != nil {
		t.Fatal(err)
	}
	for path, described := range here.Paths {
		if !asked[path] {
			t.Errorf("%s is in the document and was not asked for", path)
		}
		checkOtherMethods(t, server.URL, path, described)
	}
	if _, ok := here.Paths["/api/v1/rules"]; ok {
		t.Error("a server without rules describes them")
	}
}

// checkOtherMethods asks a path with the methods that it does not take.
func checkOtherMethods[T any](t *testing.T, base, path string, described map[string]T) {
	t.Helper()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete, http.MethodPut} {
		if _, ok := described[strings.ToLower(method)]; ok {
			continue
		}
		req, err := http.NewRequest(method, base+strings.NewReplacer("{id}", "x", "{kind}", "person", "{override}", "y").Replace(path), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") == "" || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s answers %s, allows %q", method, path, res.Status, res.Header.Get("Allow"))
		}
	}
}

// deliver sends a GET, or a POST where there is a kind of body.
func deliver(t *testing.T, address, kind, body string) (*http.Response, []byte) {
	t.Helper()
	if kind == "" {
		return fetch(t, address, nil)
	}
	res, err := http.Post(address, kind, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, answer
}

// toldReports tell of one event.
func toldReports() []*news.Report {
	r := &news.Report{
		ID: "forum", Revision: 1, Source: "apa", Agency: "APA", Language: "en", Title: "Forum",
		Text:      "The Caspian Customs Forum opens in Baku on 10 November 2015.",
		Published: time.Date(2015, 9, 1, 0, 0, 0, 0, time.UTC), Seen: time.Date(2015, 9, 1, 0, 1, 0, 0, time.UTC),
	}
	r.Events = []news.Event{{
		Name: "Caspian Customs Forum", Series: "caspian-customs-forum", Year: 2015, Kind: "forum", Place: "Baku", Status: news.EventAnnounced,
		Start: news.Day(2015, 11, 10), End: news.Day(2015, 11, 11), Span: news.Span{Start: 0, End: len(r.Text)},
	}}
	return []*news.Report{r}
}

func firstEvent(t *testing.T, base string) string {
	t.Helper()
	list, err := client.New(base, client.Options{}).Events(t.Context(), nil)
	if err != nil || len(list.Events) == 0 {
		t.Fatalf("no event: %+v, %v", list, err)
	}
	return list.Events[0].ID
}

func fetch(t *testing.T, address string, header http.Header) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		req.Header = header
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func TestHighlightMarksMatchesAndEntities(t *testing.T) {
	server := apiServer(t, nil)
	found, err := client.New(server.URL, client.Options{}).Search(t.Context(), client.SearchRequest{Query: "aydin chairman source:report.az"})
	if err != nil || len(found.Hits) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	var whole string
	marked := map[string]client.Run{}
	for _, r := range found.Hits[0].Highlight {
		whole += r.Text
		marked[r.Text] = r
	}
	if !strings.Contains(found.Hits[0].Text, whole) {
		t.Errorf("the runs are not of the text: %q", whole)
	}
	if got := marked["Aydin"]; !got.Match || got.Entity != "" && got.Entity != "person/aydin-aliyev" {
		t.Errorf("Aydin is %+v of %+v", got, found.Hits[0].Highlight)
	}
	if got := marked["Aliyev"]; got.Match || got.Entity != "person/aydin-aliyev" {
		t.Errorf("Aliyev is %+v of %+v", got, found.Hits[0].Highlight)
	}
}
