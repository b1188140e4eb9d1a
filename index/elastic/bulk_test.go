package elastic

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
)

// fake is a cluster that answers bulk requests as a test wants.
type fake struct {
	// answer is called with the number of the request, from 1, and the ids of
	// its documents.
	answer func(w http.ResponseWriter, request int, ids []string)

	mu       sync.Mutex
	requests [][]string
	pauses   []time.Duration
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	ids, err := bulkIDs(r.Body)
	if err != nil || r.URL.Path != "/reports-write/_bulk" || r.URL.Query().Get("require_alias") != "true" {
		http.Error(w, fmt.Sprintf("not a bulk request: %s %v", r.URL, err), http.StatusTeapot)
		return
	}
	f.mu.Lock()
	f.requests = append(f.requests, ids)
	n := len(f.requests)
	f.mu.Unlock()
	f.answer(w, n, ids)
}

func bulkIDs(body io.Reader) ([]string, error) {
	var ids []string
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var action struct {
			Index struct {
				ID          string `json:"_id"`
				Version     int64  `json:"version"`
				VersionType string `json:"version_type"`
			} `json:"index"`
		}
		if err := json.Unmarshal(lines.Bytes(), &action); err != nil {
			return nil, err
		}
		if action.Index.VersionType != "external" || action.Index.Version == 0 || !lines.Scan() {
			return nil, fmt.Errorf("action %s", lines.Text())
		}
		ids = append(ids, action.Index.ID)
	}
	return ids, lines.Err()
}

// sender returns a sender to the fake; its pauses take no time.
func (f *fake) sender(t *testing.T) *sender {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	o := Options{Addresses: []string{server.URL}, InFlight: 4}.withDefaults()
	client, err := newClient(o)
	if err != nil {
		t.Fatal(err)
	}
	return &sender{
		cluster: &cluster{transport: client, addresses: server.URL, timeout: 200 * time.Millisecond},
		alias:   "reports-write",
		slots:   newLimiter(4),
		random:  func() float64 { return 0.5 },
		logger:  slog.New(slog.DiscardHandler),
		wait: func(ctx context.Context, d time.Duration) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.pauses = append(f.pauses, d)
			return ctx.Err()
		},
	}
}

// sendAll sends reports with the ids and returns their outcomes.
func sendAll(t *testing.T, s *sender, ids ...string) map[string]error {
	t.Helper()
	outcomes := make([]error, len(ids))
	items := make([]*item, len(ids))
	for i, id := range ids {
		var err error
		if items[i], err = newItem(index.Document{Report: report(id, "text"), Enricher: 1}, &outcomes[i]); err != nil {
			t.Fatal(err)
		}
	}
	s.send(t.Context(), items)
	byID := map[string]error{}
	for i, id := range ids {
		byID[id] = outcomes[i]
	}
	return byID
}

// results answers each document with the status that status gives it.
func results(w io.Writer, ids []string, status func(id string) int) {
	var items []object
	for _, id := range ids {
		result := object{"status": status(id)}
		if status(id) >= 300 {
			result["error"] = object{"type": "some_exception", "reason": "because of " + id, "caused_by": object{"reason": "a deeper cause"}}
		}
		items = append(items, object{"index": result})
	}
	_ = json.NewEncoder(w).Encode(object{"items": items})
}

func always(status int) func(string) int { return func(string) int { return status } }

func TestEachDocumentHasItsOwnOutcome(t *testing.T) {
	f := &fake{answer: func(w http.ResponseWriter, request int, ids []string) {
		results(w, ids, func(id string) int {
			switch {
			case id == "new":
				return 201
			case id == "newer":
				return 200
			case id == "stale":
				return 409
			case id == "wrong":
				return 400
			case id == "busy" && request == 1:
				return 429
			case id == "broken" && request < 3:
				return 503
			case id == "doomed":
				return 500
			}
			return 201
		})
	}}
	outcomes := sendAll(t, f.sender(t), "new", "newer", "stale", "wrong", "busy", "broken", "doomed")
	for id, want := range map[string]error{
		"new": nil, "newer": nil, "stale": index.ErrStale, "wrong": index.ErrRejected, "busy": nil, "broken": nil, "doomed": index.ErrUnavailable,
	} {
		if !errors.Is(outcomes[id], want) {
			t.Errorf("%s: %v, want %v", id, outcomes[id], want)
		}
	}
	if got := outcomes["wrong"].Error(); !strings.Contains(got, "because of wrong: a deeper cause") {
		t.Errorf("the server's reason is missing from %q", got)
	}
	want := [][]string{{"new", "newer", "stale", "wrong", "busy", "broken", "doomed"}, {"busy", "broken", "doomed"}, {"broken", "doomed"}, {"doomed"}}
	if diff := cmp.Diff(want, f.requests[:4]); diff != "" || len(f.requests) != maxTries {
		t.Errorf("%d requests, want %d; the first (-want +got):\n%s", len(f.requests), maxTries, diff)
	}
	if got := f.pauses; len(got) != maxTries-1 || got[0] != firstPause || got[1] != 2*firstPause {
		t.Errorf("paused for %v", got)
	}
}

func TestAWholeRequestThatFailsIsSentAgain(t *testing.T) {
	for name, fail := range map[string]func(context.Context, http.ResponseWriter){
		"429":              func(_ context.Context, w http.ResponseWriter) { w.WriteHeader(429) },
		"500":              func(_ context.Context, w http.ResponseWriter) { w.WriteHeader(500) },
		"503 of a proxy":   func(_ context.Context, w http.ResponseWriter) { w.WriteHeader(503); _, _ = io.WriteString(w, "<html>") },
		"broken JSON":      func(_ context.Context, w http.ResponseWriter) { _, _ = io.WriteString(w, `{"items":[{"ind`) },
		"empty answer":     func(context.Context, http.ResponseWriter) {},
		"too few outcomes": func(_ context.Context, w http.ResponseWriter) { results(w, []string{"a"}, always(201)) },
		"no status": func(_ context.Context, w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"items":[{"index":{}},{"index":{}}]}`)
		},
		"a connection lost": func(context.Context, http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"no answer in time": func(end context.Context, _ http.ResponseWriter) { <-end.Done() },
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{answer: func(w http.ResponseWriter, request int, ids []string) {
				if request == 1 {
					fail(t.Context(), w)
					return
				}
				results(w, ids, always(201))
			}}
			for id, err := range sendAll(t, f.sender(t), "a", "b") {
				if err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
			if len(f.requests) != 2 {
				t.Errorf("%d requests, want 2", len(f.requests))
			}
		})
	}
}

// TestOurOwnEarlierTryIsNoConflict: a try whose answer was lost may have
// stored the document, and then the next one conflicts with it.
func TestOurOwnEarlierTryIsNoConflict(t *testing.T) {
	for status, want := range map[int]error{500: nil, 429: index.ErrStale} {
		f := &fake{answer: func(w http.ResponseWriter, request int, ids []string) {
			if request == 1 {
				w.WriteHeader(status)
				return
			}
			results(w, ids, always(409))
		}}
		if err := sendAll(t, f.sender(t), "a")["a"]; !errors.Is(err, want) {
			t.Errorf("a conflict after %d: %v, want %v", status, err, want)
		}
	}
}

func TestARefusedRequestIsDividedDownToTheDocumentAtFault(t *testing.T) {
	for _, status := range []int{http.StatusRequestEntityTooLarge, http.StatusBadRequest} {
		f := &fake{answer: func(w http.ResponseWriter, _ int, ids []string) {
			if slices.Contains(ids, "c") || len(ids) > 2 {
				w.WriteHeader(status)
				return
			}
			results(w, ids, always(201))
		}}
		for id, err := range sendAll(t, f.sender(t), "a", "b", "c", "d", "e") {
			want := error(nil)
			if id == "c" {
				want = index.ErrRejected
			}
			if !errors.Is(err, want) {
				t.Errorf("%d: %s: %v, want %v", status, id, err, want)
			}
		}
		if len(f.pauses) > 0 {
			t.Errorf("%d: paused for %v", status, f.pauses)
		}
	}
}

func TestWhatOnlyAnOperatorCanMendIsNotSentAgain(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, []string){
		"wrong password":   func(w http.ResponseWriter, _ []string) { w.WriteHeader(401) },
		"not allowed":      func(w http.ResponseWriter, _ []string) { w.WriteHeader(403) },
		"index is missing": func(w http.ResponseWriter, ids []string) { results(w, ids, always(404)) },
		"mapping changed": func(w http.ResponseWriter, _ []string) {
			_, _ = io.WriteString(w, `{"items":[{"index":{"status":400,"error":{"type":"strict_dynamic_mapping_exception","reason":"x"}}}]}`)
		},
	} {
		f := &fake{answer: func(w http.ResponseWriter, _ int, ids []string) { answer(w, ids) }}
		if err := sendAll(t, f.sender(t), "a")["a"]; !errors.Is(err, index.ErrUnavailable) || errors.Is(err, index.ErrRejected) {
			t.Errorf("%s: %v, want ErrUnavailable", name, err)
		}
		if len(f.requests) != 1 {
			t.Errorf("%s: %d requests, want 1", name, len(f.requests))
		}
	}
}

func TestNothingIsLostWhenTheCallerGivesUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fake{answer: func(w http.ResponseWriter, _ int, _ []string) {
		cancel()
		w.WriteHeader(429)
	}}
	var outcome error
	it, err := newItem(index.Document{Report: report("a", "text")}, &outcome)
	if err != nil {
		t.Fatal(err)
	}
	f.sender(t).send(ctx, []*item{it})
	if !errors.Is(outcome, index.ErrUnavailable) || len(f.requests) != 1 {
		t.Errorf("outcome %v after %d requests", outcome, len(f.requests))
	}
}

func TestLargeWritesGoInSeveralRequests(t *testing.T) {
	f := &fake{answer: func(w http.ResponseWriter, _ int, ids []string) { results(w, ids, always(201)) }}
	ids := make([]string, 2*maxBulkItems+1)
	for i := range ids {
		ids[i] = fmt.Sprint("r", i)
	}
	for id, err := range sendAll(t, f.sender(t), ids...) {
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
	}
	if len(f.requests) != 3 {
		t.Errorf("%d requests, want 3", len(f.requests))
	}
	big := &item{line: bytes.Repeat([]byte("x"), maxBulkBytes)}
	small := &item{line: []byte("x")}
	if got := chunkLen([]*item{big, small}); got != 1 {
		t.Errorf("a document of the size of a request goes with %d others", got-1)
	}
	if got := chunkLen([]*item{small, small}); got != 2 {
		t.Errorf("two small documents go in requests of %d", got)
	}
}

func FuzzBulkAnswer(f *testing.F) {
	for _, s := range []string{`{"items":[{"index":{"status":201}}]}`, `{"items":[{"index":{"status":400,"error":{"type":"x","caused_by":{}}}}]}`, `{"error":"x"}`, `[]`, ``} {
		f.Add(200, []byte(s))
		f.Add(400, []byte(s))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 100 || status > 599 {
			return
		}
		transport := func(*http.Request) (*http.Response, error) {
			header := http.Header{"X-Elastic-Product": {"Elasticsearch"}}
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(body))}, nil
		}
		s := &sender{
			cluster: &cluster{transport: performer(transport), timeout: time.Minute},
			slots:   newLimiter(1), random: func() float64 { return 0 }, logger: slog.New(slog.DiscardHandler),
			wait: func(context.Context, time.Duration) error { return context.Canceled },
		}
		err := sendAll(t, s, "a")["a"]
		if err != nil && !errors.Is(err, index.ErrStale) && !errors.Is(err, index.ErrRejected) && !errors.Is(err, index.ErrUnavailable) {
			t.Errorf("outcome %v is none of the archive's", err)
		}
	})
}

// performer answers requests in place of a client.
type performer func(*http.Request) (*http.Response, error)

func (p performer) Perform(r *http.Request) (*http.Response, error) { return p(r) }
