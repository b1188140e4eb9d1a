package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
)

// desk takes the reports {"guid":…} and refuses the others.
func desk(_ context.Context, report []byte) (*client.Receipt, error) {
	var in *struct{ GUID string }
	switch err := json.Unmarshal(report, &in); {
	case err != nil || in == nil:
		return nil, &client.Problem{Status: http.StatusUnprocessableEntity, Detail: "not a JSON object"}
	case in.GUID == "full":
		return nil, errors.New("the store is full")
	case in.GUID == "old":
		return &client.Receipt{ID: "old", Revision: 2, Outcome: client.OutcomeRevised}, nil
	}
	return &client.Receipt{ID: in.GUID, Revision: 1, Outcome: client.OutcomeCreated}, nil
}

// push sends a body to a server with that token; change alters the request.
func push(token, kind, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	handler := New(Options{Push: Push{Receive: desk, Token: token, MaxReport: 1000}, Ready: (&shelf{}).Ping, Logger: slog.New(slog.DiscardHandler)})
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/api/v1/reports", strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", kind)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

const (
	jsonType   = "application/json; charset=utf-8"
	ndjsonType = "application/x-ndjson"
)

func TestPushOne(t *testing.T) {
	tests := []struct {
		name, kind, body string
		status           int
		answer           string
	}{
		{"a new report", jsonType, `{"guid":"1"}`, 201, `{"id":"1","revision":1,"outcome":"created"}`},
		{"a known one", jsonType, `{"guid":"old"}`, 200, `{"id":"old","revision":2,"outcome":"revised"}`},
		{"a wrong one", jsonType, `hello`, 422, `{"title":"Unprocessable Entity","status":422,"detail":"not a JSON object"}`},
		{"a full store", jsonType, `{"guid":"full"}`, 503, `{"title":"Service Unavailable","status":503,"detail":"the report could not be stored; send it again: the store is full"}`},
		{"a long one", jsonType, strings.Repeat(" ", 1001), 413, `{"title":"Request Entity Too Large","status":413,"detail":"longer than the 1000 bytes that are taken; send less at a time"}`},
		{"another type", "text/plain", `{"guid":"1"}`, 415, `{"title":"Unsupported Media Type","status":415,"detail":"send one report as application/json, or several as application/x-ndjson, one a line"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := push("", tt.kind, tt.body, nil)
			if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.answer {
				t.Errorf("status %d, %s\nwant %d, %s", w.Code, got, tt.status, tt.answer)
			}
			want := "application/json"
			if tt.status >= 400 {
				want = "application/problem+json"
			}
			if got := w.Header().Get("Content-Type"); got != want {
				t.Errorf("content type %q", got)
			}
		})
	}
}

func TestPushMany(t *testing.T) {
	const one, two = `{"line":1,"id":"1","revision":1,"outcome":"created"}`, `{"line":2,"id":"2","revision":1,"outcome":"created"}`
	tests := []struct {
		name, body string
		status     int
		answers    []string
	}{
		{"all good", `{"guid":"1"}` + "\n" + `{"guid":"2"}`, 200, []string{one, two}},
		{"one wrong", `{"guid":"1"}` + "\nhello\n\n" + `{"guid":"2"}` + "\n", 207, []string{one,
			`{"line":2,"problem":{"title":"Unprocessable Entity","status":422,"detail":"not a JSON object"}}`, strings.Replace(two, `"line":2`, `"line":4`, 1)}},
		{"a full store ends it", `{"guid":"full"}` + "\n" + `{"guid":"2"}`, 207, []string{
			`{"line":1,"problem":{"title":"Service Unavailable","status":503,"detail":"the report could not be stored; send it again: the store is full"}}`}},
		{"a long line", `{"guid":"1"}` + "\n" + strings.Repeat("x", 1001), 207, []string{one,
			`{"line":2,"problem":{"title":"Request Entity Too Large","status":413,"detail":"longer than the 1000 bytes that are taken; send less at a time"}}`}},
		{"nothing", "", 422, []string{`{"title":"Unprocessable Entity","status":422,"detail":"there is no report in the request"}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := push("", ndjsonType, tt.body, nil)
			if w.Code != tt.status {
				t.Errorf("status %d, want %d", w.Code, tt.status)
			}
			if diff := cmp.Diff(tt.answers, strings.Split(strings.TrimSpace(w.Body.String()), "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoMayPush(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	from := func(address string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = address } }
	tests := []struct {
		name, token string
		change      func(*http.Request)
		status      int
	}{
		{"a program on this machine", "", nil, 201},
		{"by another loopback address", "", from("[::1]:40000"), 201},
		{"by name", "", func(r *http.Request) { r.Host = "localhost:8080" }, 201},
		{"another machine", "", from("192.0.2.1:40000"), 403},
		{"another machine behind a proxy", "", header("X-Forwarded-For", "192.0.2.1"), 403},
		{"a page in a browser", "", header("Origin", "https://evil.example"), 403},
		{"a name that was made to point here", "", func(r *http.Request) { r.Host = "evil.example" }, 403},
		{"another machine with the token", "secret", func(r *http.Request) {
			r.RemoteAddr = "192.0.2.1:40000"
			r.Header.Set("Authorization", "Bearer secret")
		}, 201},
		{"this machine without the token", "secret", nil, 401},
		{"another token", "secret", header("Authorization", "Bearer secre"), 401},
		{"another scheme", "secret", header("Authorization", "Basic secret"), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := push(tt.token, jsonType, `{"guid":"1"}`, tt.change)
			if w.Code != tt.status {
				t.Errorf("status %d, want %d: %s", w.Code, tt.status, w.Body)
			}
			if challenge := w.Header().Get("WWW-Authenticate"); (challenge != "") != (w.Code == http.StatusUnauthorized) {
				t.Errorf("challenge %q", challenge)
			}
		})
	}
}

func TestAnAgencyPushesPastTheSignIn(t *testing.T) {
	guard, err := access.Open(access.Options{File: filepath.Join(t.TempDir(), "access.yaml"), Key: []byte(strings.Repeat("k", 32)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	handler := New(Options{Push: Push{Receive: desk, Token: "secret", MaxReport: 1000}, Access: guard, Ready: (&shelf{}).Ping, Logger: slog.New(slog.DiscardHandler)})
	for token, want := range map[string]int{"secret": 201, "other": 401, "": 401} {
		r := httptest.NewRequest(http.MethodPost, "https://dateline.example/api/v1/reports", strings.NewReader(`{"guid":"1"}`))
		r.Header.Set("Content-Type", jsonType)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("token %q: status %d, want %d: %s", token, w.Code, want, w.Body)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "https://dateline.example/api/v1/sources", nil)
	r.Header.Set("Authorization", "Bearer secret")
	w := httptest.NewRecorder()
	if handler.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
		t.Errorf("the token of an agency reads: status %d", w.Code)
	}
}

func TestAServerThatTakesNoReportsSaysSo(t *testing.T) {
	w := httptest.NewRecorder()
	handler(&shelf{}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/v1/reports", strings.NewReader("{}")))
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "takes no reports") {
		t.Error(fmt.Sprint(w.Code, w.Body))
	}
}
