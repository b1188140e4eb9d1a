package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestSourcesStatusSaysHowEachSourceIsDoing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1/sources" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`[{"name":"good","items":12,"published":40,"error_rate":0},
{"name":"bad","items":3,"published":7,"error_rate":0.25,"missing":{"title":0.5,"byline":1},"silent":"nothing new for 3 days","error":"500 Internal Server Error"}]`))
	}))
	defer server.Close()
	var out, faults bytes.Buffer
	code := run([]string{"sources", "status", "--server", server.URL}, &terminal{strings.NewReader(""), &out, &faults, nil})
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, &faults)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines:\n%s", len(lines), &out)
	}
	for i, want := range []string{
		"NAME LAST SUCCESS NEXT DUE LISTED PUBLISHED FAILING MISSING WHAT IS WRONG",
		"good - - 12 40 0% - -",
		"bad - - 3 7 25% byline 100%, title 50% 500 Internal Server Error; nothing new for 3 days",
	} {
		if got := strings.Join(strings.Fields(lines[i]), " "); got != want {
			t.Errorf("line %d: %q, want %q", i+1, got, want)
		}
	}
}
