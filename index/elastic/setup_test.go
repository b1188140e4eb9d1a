package elastic

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/internal/elastictest"
)

func TestProcessesThatStartTogetherShareOneIndex(t *testing.T) {
	o := options(t)
	archives := make([]*Archive, 6)
	var all sync.WaitGroup
	for i := range archives {
		all.Go(func() {
			a, err := Open(t.Context(), o)
			if err != nil {
				t.Error(err)
				return
			}
			archives[i] = a
		})
	}
	all.Wait()
	for i, a := range archives {
		if a == nil {
			continue
		}
		defer a.Close()
		write(t, a, report(string(rune('a'+i)), "text"))
	}
	if got := len(searchIDs(t, archives[0], "")); got != len(archives) {
		t.Errorf("%d reports are found, want %d", got, len(archives))
	}
}

func TestAnArchiveIsThereAgainWhenOpenedAgain(t *testing.T) {
	o := options(t)
	write(t, openWith(t, o), report("a", "text"))
	if got := searchIDs(t, openWith(t, o), "text"); len(got) != 1 {
		t.Errorf("found %v", got)
	}
}

func TestAnIndexIsMadeOfTheTemplates(t *testing.T) {
	o := options(t)
	a := openWith(t, o)
	next := o.Name + "-000002"
	if err := a.cluster.do(t.Context(), esapi.IndicesCreateRequest{Index: next}, nil); err != nil {
		t.Fatal(err)
	}
	var mappings map[string]struct {
		Mappings struct {
			Dynamic string
			Meta    struct {
				Schema string `json:"dateline_schema"`
			} `json:"_meta"`
		}
	}
	if err := a.cluster.do(t.Context(), esapi.IndicesGetMappingRequest{Index: []string{next}}, &mappings); err != nil {
		t.Fatal(err)
	}
	s, err := newSchema()
	if err != nil {
		t.Fatal(err)
	}
	if got := mappings[next].Mappings; got.Dynamic != "strict" || got.Meta.Schema != s.fingerprint {
		t.Errorf("the mapping is %+v, want the schema %s, strict", got, s.fingerprint)
	}
	var found struct {
		Templates []struct {
			Template struct {
				ComposedOf []string `json:"composed_of"`
			} `json:"index_template"`
		} `json:"index_templates"`
	}
	if err := a.cluster.do(t.Context(), esapi.IndicesGetIndexTemplateRequest{Name: o.Name}, &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Templates) != 1 || !slices.Equal(found.Templates[0].Template.ComposedOf, []string{o.Name + "-schema"}) {
		t.Errorf("the templates are %+v", found)
	}
}

// TestNamesThatBeginAlikeAreApart: the template of one archive must not take
// in the indexes of the other.
func TestNamesThatBeginAlikeAreApart(t *testing.T) {
	o := options(t)
	longer := o
	longer.Name += "-copy"
	elastictest.Remove(t, longer.Addresses[0], longer.Name)
	write(t, openWith(t, o), report("a", "text"))
	b := openWith(t, longer)
	write(t, b, report("b", "text"))
	if got := searchIDs(t, b, "text"); len(got) != 1 || got[0] != "b" {
		t.Errorf("found %v", got)
	}
}

func TestAnotherSchemaIsAnError(t *testing.T) {
	for name, c := range map[string]struct{ body, remedy string }{
		"of another version": {`{"mappings":{"_meta":{"dateline_schema":"0123"}},"aliases":{"NAME":{},"NAME-write":{}}}`, "dateline index migrate"},
		"of somebody else":   {`{"aliases":{"NAME":{},"NAME-write":{}}}`, "dateline index migrate"},
		"without the alias":  {`{"aliases":{"NAME":{}}}`, "delete the index"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			perform(t, o, esapi.IndicesCreateRequest{Index: o.Name + "-000001", Body: strings.NewReader(strings.ReplaceAll(c.body, "NAME", o.Name))})
			a, err := Open(t.Context(), o)
			if err == nil {
				a.Close()
				t.Fatal("the archive opens")
			}
			if errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), o.Name+"-000001") || !strings.Contains(err.Error(), c.remedy) {
				t.Errorf("error %q does not say what to do", err)
			}
		})
	}
}

// perform makes a request to the node.
func perform(t *testing.T, o Options, r request) {
	t.Helper()
	client, err := newClient(o.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close(t.Context())
	res, err := r.Do(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.IsError() {
		t.Fatal(res)
	}
}

func TestTheMappingIsStrict(t *testing.T) {
	o := options(t)
	a := openWith(t, o)
	err := a.cluster.do(t.Context(), esapi.IndexRequest{Index: a.names.write, Body: strings.NewReader(`{"surprise":1}`)}, nil)
	var failed *serverError
	if !errors.As(err, &failed) || failed.Type != "strict_dynamic_mapping_exception" {
		t.Errorf("a document with an unknown field: %v", err)
	}
}

func TestAMissingIndexIsUnavailableAndIsNotMadeByWriting(t *testing.T) {
	o := options(t)
	a := openWith(t, o)
	if err := a.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	perform(t, o, esapi.IndicesDeleteRequest{Index: []string{o.Name + "-000001"}})
	_, get := a.Get(t.Context(), "a")
	_, search := a.Search(t.Context(), index.Request{})
	for what, err := range map[string]error{
		"Ping": a.Ping(t.Context()), "Get": get, "Search": search,
		"Write": a.Write(t.Context(), []index.Document{{Report: report("a", "text")}})[0],
	} {
		if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "start the index stage again") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestANodeThatIsDownIsUnavailable(t *testing.T) {
	const nobody = "http://someone:secret@127.0.0.1:9"
	_, err := Open(t.Context(), Options{Addresses: []string{nobody}})
	if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "start it or correct its address") ||
		!strings.Contains(err.Error(), "127.0.0.1:9") || strings.Contains(err.Error(), "secret") {
		t.Errorf("open: %v", err)
	}
	a := open(t)
	a.cluster.transport = performer(func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") })
	if err := a.Ping(t.Context()); !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "start it") {
		t.Errorf("ping: %v", err)
	}
}

func TestASecondNodeAnswersForOneThatIsDown(t *testing.T) {
	o := options(t)
	o.Addresses = append([]string{"http://127.0.0.1:9"}, o.Addresses...)
	a := openWith(t, o)
	for range 4 {
		if err := a.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	for name, o := range map[string]Options{
		"no address":         {},
		"no URL":             {Addresses: []string{"127.0.0.1:9200"}},
		"two clusters":       {Addresses: []string{"http://127.0.0.1:9200"}, CloudID: "x:eA=="},
		"a bad index":        {Addresses: []string{"http://127.0.0.1:9200"}, Name: "Bad Name"},
		"a bad cloud id":     {CloudID: "x:%%"},
		"a bad certificate":  {Addresses: []string{"https://127.0.0.1:9200"}, CACert: []byte("none")},
		"a secret in no URL": {Addresses: []string{"ftp://user:secret@host"}},
	} {
		if _, err := Open(t.Context(), o); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCredentialsAreSentAndTheirRefusalExplained(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		want    string
	}{
		"password": {Options{Username: "dateline", Password: "secret"}, "Basic ZGF0ZWxpbmU6c2VjcmV0"},
		"API key":  {Options{APIKey: "a2V5"}, "ApiKey a2V5"},
	} {
		var got string
		o := test.options
		o.Addresses = []string{"http://node.example:9200"}
		o.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			got = r.Header.Get("Authorization")
			body := `{"error":{"type":"security_exception","reason":"unable to authenticate"},"status":401}`
			return &http.Response{StatusCode: 401, Header: http.Header{}, Body: readCloser(body)}, nil
		})
		_, err := Open(t.Context(), o)
		if !strings.EqualFold(got, test.want) {
			t.Errorf("%s: Authorization is %q, want %q", name, got, test.want)
		}
		if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "check the user name and password, or the API key") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestACertificateMustBeTrusted: the one of a test server is signed by nobody
// whom the system knows.
func TestACertificateMustBeTrusted(t *testing.T) {
	var asked string
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("Authorization")
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		w.WriteHeader(http.StatusForbidden)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	o := Options{Addresses: []string{server.URL}, APIKey: "a2V5", Logger: slog.New(slog.DiscardHandler)}
	_, err := Open(t.Context(), o)
	if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "elasticsearch.ca") || asked != "" {
		t.Errorf("without its authority: %v, authorized by %q", err, asked)
	}
	o.CACert = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	_, err = Open(t.Context(), o)
	if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "allow the user") || asked != "APIKey a2V5" {
		t.Errorf("with its authority: %v, authorized by %q", err, asked)
	}
	o.Addresses = []string{"https" + strings.TrimPrefix(plainServer(t), "http")}
	if _, err = Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "speaks http and not https") {
		t.Errorf("a server without TLS: %v", err)
	}
}

func plainServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return server.URL
}

// TestACloudIDSaysWhereTheClusterIs: the id holds the host and the name of the
// cluster there.
func TestACloudIDSaysWhereTheClusterIs(t *testing.T) {
	var asked string
	o := Options{
		CloudID: "desk:" + base64.StdEncoding.EncodeToString([]byte("eu.cloud.example$cluster$board")), Username: "dateline", Password: "secret",
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			asked = r.URL.Scheme + "://" + r.URL.Host
			return nil, errors.New("away")
		}),
		Logger: slog.New(slog.DiscardHandler),
	}
	_, err := Open(t.Context(), o)
	if want := "https://cluster.eu.cloud.example"; asked != want && asked != want+":443" {
		t.Errorf("asked %s, want %s", asked, want)
	}
	if !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), "Elastic Cloud desk") || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
	o.CloudID = "desk:%%"
	if _, err = Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "copy the cloud id") {
		t.Error(err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type body struct{ *bytes.Reader }

func (body) Close() error { return nil }

func readCloser(s string) body { return body{bytes.NewReader([]byte(s))} }
