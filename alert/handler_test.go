package alert

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
)

// asked is the API of a house.
func asked(t *testing.T, h *house) func(method, path, body string) (int, string) {
	server := httptest.NewServer(h.service.Handler())
	t.Cleanup(server.Close)
	return func(method, path, body string) (int, string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
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
}

func TestRulesAreHandledThroughTheAPI(t *testing.T) {
	h := newHouse(t, nil)
	ask := asked(t, h)
	for _, step := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/api/v1/rules", "", 200, `"name":"sentinel"`},
		{"POST", "/api/v1/rules", "name: ferries\nquery: ferry\nnotify: [desk]", 200, `"state":"on"`},
		{"POST", "/api/v1/rules", `{"name":"ports","query":"port","throttle":{"most":3,"per":"1h"}}`, 200, `"per":"1h"`},
		{"PUT", "/api/v1/rules/ferries", "query: ferry OR boat", 200, "ferry OR boat"},
		{"PUT", "/api/v1/rules/ferries", "name: other\nquery: ferry", 422, "use one name"},
		{"POST", "/api/v1/rules", "query: ferry", 422, "is not a name"},
		{"PUT", "/api/v1/rules/odd", "query: persn:x", 200, "did you mean person:?"},
		{"PUT", "/api/v1/rules/ferries", " ", 422, "holds no rule"},
		{"GET", "/api/v1/rules/odd", "", 200, `"state":"broken"`},
		{"POST", "/api/v1/rules/ferries/disable", "", 200, `"state":"off"`},
		{"POST", "/api/v1/rules/ferries/enable", `{"catch_up":true}`, 200, `"catch_up":{`},
		{"POST", "/api/v1/rules/ferries/enable", `{"catchup":true}`, 422, "unknown field"},
		{"POST", "/api/v1/rules/ferries/snooze", `{"until":"4h"}`, 200, `"state":"snoozed"`},
		{"POST", "/api/v1/rules/ferries/snooze", `{"until":""}`, 200, `"state":"on"`},
		{"POST", "/api/v1/rules/ferries/snooze", `{"until":"later"}`, 422, "write 7d"},
		{"GET", "/api/v1/rules/ferries/log", "", 200, "[]"},
		{"GET", "/api/v1/rules/ferries/log?limit=0", "", 422, "limit"},
		{"POST", "/api/v1/rules/ferries/replay", "", 409, "given up"},
		{"POST", "/api/v1/rules/ferries/test", `{"since":"7d"}`, 200, `"disagreements":[]`},
		{"POST", "/api/v1/rules/test", `{"yaml":"name: a\nquery: port","since":"7d"}`, 200, `"reports":0`},
		{"POST", "/api/v1/rules/test", `{"rule":{"name":"a","query":"persn:x"}}`, 422, "person:"},
		{"POST", "/api/v1/rules/ferries/test", `{"since":"ever"}`, 422, "is not a time"},
		{"GET", "/api/v1/channels", "", 200, `{"channels":[{"name":"desk","kind":"webhook"}],"mail":false}`},
		{"GET", "/api/v1/alerts", "", 200, "[]"},
		{"DELETE", "/api/v1/rules/ports", "", 200, "{}"},
		{"GET", "/api/v1/rules/ports", "", 404, "no such rule"},
		{"DELETE", "/api/v1/rules/ports", "", 404, "no such rule"},
		{"GET", "/api/v1/rules/No%20Name", "", 404, "no such rule"},
		{"GET", "/alerts/none/rss", "", 404, "no such rule"},
		{"GET", "/unsubscribe/forged", "", 422, "is not whole"},
	} {
		status, answer := ask(step.method, step.path, step.body)
		if status != step.status || !strings.Contains(answer, step.says) {
			t.Errorf("%s %s %s: %d %s; want %d and %q", step.method, step.path, step.body, status, answer, step.status, step.says)
		}
	}
}

func TestAPageOfAnotherSiteMayNotChangeRules(t *testing.T) {
	h := newHouse(t, nil)
	request := httptest.NewRequest(http.MethodPost, "/api/v1/rules", strings.NewReader("name: a\nquery: b"))
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	answer := httptest.NewRecorder()
	h.service.Handler().ServeHTTP(answer, request)
	if answer.Code != http.StatusForbidden {
		t.Errorf("answered %d %s", answer.Code, answer.Body)
	}
}

func TestWhatARuleToldIsAFeedACalendarAndALivePage(t *testing.T) {
	h := newHouse(t, nil)
	ask := asked(t, h)
	h.rule("name: ferries\nquery: ferry", "name: ports\nquery: port")
	h.start()
	server := httptest.NewServer(h.service.Handler())
	t.Cleanup(server.Close)
	live := func(after string) (next func() (id string, n notice.Notice), stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/v1/alerts/live?rule=ferries", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Last-Event-ID", after)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<20)
		return func() (id string, n notice.Notice) {
			for lines.Scan() {
				if value, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
					id = value
				}
				if value, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					if err := json.Unmarshal([]byte(value), &n); err != nil {
						t.Error(err)
					}
					return id, n
				}
			}
			t.Fatalf("the live page ended: %v", lines.Err())
			return "", n
		}, func() { cancel(); _ = response.Body.Close() }
	}
	next, stop := live("")
	h.publish(dispatch("harbour", "1", "Ferry sails", "The ferry left."))
	h.settled()
	h.publish(dispatch("harbour", "2", "Port closed", "The port is closed."))
	h.settled()
	id, n := next()
	stop()
	if n.Title != "Ferry sails" {
		t.Errorf("live came %+v", n)
	}
	h.publish(dispatch("harbour", "3", "Ferry back", "The ferry is back."))
	h.settled()
	next, stop = live(id)
	defer stop()
	if _, n := next(); n.Title != "Ferry back" {
		t.Errorf("after a break came %+v", n)
	}
	_, text := ask("GET", "/alerts/ferries/rss", "")
	if read, err := gofeed.NewParser().ParseString(text); err != nil || len(read.Items) != 2 || read.Items[0].Title != "Ferry back" {
		t.Errorf("%v\n%s", err, text)
	}
	if status, text := ask("GET", "/alerts/ferries/calendar.ics", ""); status != 200 || !strings.HasPrefix(text, "BEGIN:VCALENDAR") {
		t.Errorf("%d %s", status, text)
	}
	status, text := ask("GET", "/api/v1/alerts?limit=6", "") // each of settled has told one, too
	back, closed := strings.Index(text, "Ferry back"), strings.Index(text, "Port closed")
	if status != 200 || back < 0 || closed < back {
		t.Errorf("%d %s", status, text)
	}
}

func TestMailCanBeUnsubscribedWithOneClick(t *testing.T) {
	h := newHouse(t, func(o *Options) {
		set, err := channel.NewSet(nil, channel.Options{SMTP: channel.SMTP{Host: "127.0.0.1", Port: 1, From: "dateline@example.org", TLS: "none"}})
		if err != nil {
			t.Fatal(err)
		}
		o.Channels = set
	})
	ask := asked(t, h)
	h.rule("name: ferries\nquery: ferry\nnotify: ['mailto:a@example.org', 'mailto:b@example.org']")
	path := unsubscribePath + h.service.secret.token([]string{"ferries"}, "a@example.org")
	if status, page := ask("GET", path, ""); status != 200 || !strings.Contains(page, "a@example.org would get no more messages of ferries") {
		t.Errorf("%d %s", status, page)
	}
	v, err := h.service.Rule(t.Context(), "ferries")
	if err != nil || len(v.Unsubscribed) != 0 {
		t.Errorf("looking at the link unsubscribed: %+v, %v", v, err)
	}
	for range 2 {
		if status, page := ask("POST", path, "List-Unsubscribe=One-Click"); status != 200 || !strings.Contains(page, "Unsubscribed") {
			t.Errorf("%d %s", status, page)
		}
	}
	stored, err := h.service.store.Get(t.Context(), "ferries")
	if err != nil {
		t.Fatal(err)
	}
	if targets := h.service.targetsOf(stored, stored.Rule.Notify); len(targets) != 1 || targets[0] != "mailto:b@example.org" {
		t.Errorf("targets are %v", targets)
	}
	forged := []byte(path)
	forged[len(forged)-3] ^= 1
	if status, _ := ask("POST", string(forged), ""); status != 422 {
		t.Errorf("a forged token: %d", status)
	}
}
