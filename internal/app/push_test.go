package app

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/client"
)

// TestAPushedReportIsFound follows a report from the POST to the search.
func TestAPushedReportIsFound(t *testing.T) {
	r := start(t, t.TempDir(), &config.Config{Push: config.Push{Token: "secret"}})
	const report = `{"agency":"Harbour Press","guid":"7","title":"Ferry line opens","published":"2026-03-12T08:00:00Z","text":"Baku. A ferry line opened on Tuesday, the port authority said."}`
	post := func(body string) (int, string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.address+"/api/v1/reports", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer secret")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(answer)
	}
	if status, answer := post(report); status != http.StatusCreated || !strings.Contains(answer, `"outcome":"created"`) {
		t.Fatalf("status %d: %s", status, answer)
	}
	if status, answer := post(report); status != http.StatusOK || !strings.Contains(answer, `"outcome":"unchanged"`) {
		t.Errorf("again: status %d: %s", status, answer)
	}
	if status, answer := post(`{"agency":"Harbour Press","text":""}`); status != http.StatusUnprocessableEntity || !strings.Contains(answer, `"field":"text"`) {
		t.Errorf("without a text: status %d: %s", status, answer)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		found, err := r.Search(ctx, client.SearchRequest{Query: "agency:\"Harbour Press\" ferry"})
		if err == nil && found.Total == 1 {
			return
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("the report is not found: %+v, %v\n%s", found, err, r.log)
		}
	}
}
