package serve

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/internal/wiretest"
)

// withEverything adds the stage that keeps rules, with one rule.
func withEverything(t *testing.T) func(*Options) {
	return func(o *Options) {
		withEverythingButAlerts(t)(o)
		templates, err := channel.ParseTemplates(configs.Templates(""))
		if err != nil {
			t.Fatal(err)
		}
		channels, err := channel.NewSet(nil, channel.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o.Alerts, err = alert.New(t.Context(), alert.Options{
			Bus: wiretest.Bus(t), Archive: o.Archive, Channels: channels, Templates: templates, Now: o.Now, Logger: o.Logger, Holder: "test",
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Alerts.Put(t.Context(), "", []byte("name: customs\nquery: customs")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRulesAreTakenAsTheDocumentSays(t *testing.T) {
	server := apiServer(t, withEverything(t))
	for _, test := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"POST", "rules", `{"name":false,"query":"x"}`, 422, "name: false is given; send a string"},
		{"POST", "rules", `{"name":12,"query":"x"}`, 422, "name: the number 12 is given; send a string"},
		{"POST", "rules", `{"name":"a","query":"x","notify":"desk"}`, 422, "notify: a string is given; send an array"},
		{"POST", "rules", `{"name":"a","query":"x","throttle":{"most":"3","per":"1h"}}`, 422, "throttle.most: a string is given; send a whole number"},
		{"POST", "rules", `{"name":"a","query":null}`, 422, "query: null is given; leave out what is not to be set"},
		{"POST", "rules", `[]`, 422, "the whole: an array is given; send an object"},
		{"POST", "rules", `null`, 422, "the whole: null is given"},
		{"POST", "rules", "name: 2015\nquery: x", 200, `"name":"2015"`}, // a person writes YAML
		{"PUT", "rules/customs", `{"query":"customs OR tariff"}`, 200, "tariff"},
		{"PUT", "rules/customs", `{"quiet":{"from":7}}`, 422, "quiet.from: the number 7 is given; send a string"},
		{"POST", "rules/customs/enable", `{"catch_up":null}`, 422, "catch_up: null is given"},
		{"POST", "rules/customs/enable", `{"catch_up":"yes"}`, 422, "catch_up: a string is given; send true or false"},
		{"POST", "rules/customs/snooze", `{"until":null}`, 422, "until: null is given"},
		{"POST", "rules/customs/snooze", `{"until":4}`, 422, "until: the number 4 is given; send a string"},
		{"POST", "rules/customs/test", `{"rule":{"name":"a"}}`, 422, "unknown field"},
		{"POST", "rules/test", `{"rule":null,"yaml":"name: a\nquery: b"}`, 422, "rule: null is given"},
		{"POST", "rules/test", `{"rule":{"name":"a","query":"b"}} {}`, 422, "more follows"},
	} {
		status, _, answer := send(t, test.method, server.URL+"/api/v1/"+test.path, test.body)
		if status != test.status || !strings.Contains(answer, test.says) {
			t.Errorf("%s %s %s: %d %s; want %d and %q", test.method, test.path, test.body, status, answer, test.status, test.says)
		}
	}
	for path, want := range map[string]string{
		"rules/test": "POST", "rules": "GET, HEAD, POST", "rules/customs": "DELETE, GET, HEAD, PUT", "alerts/dead": "GET, HEAD", "rules/customs/test": "POST",
	} {
		status, header, _ := send(t, http.MethodOptions, server.URL+"/api/v1/"+path, "")
		if got := header.Get("Allow"); status != http.StatusMethodNotAllowed || got != want {
			t.Errorf("OPTIONS %s: %d, Allow %q; want %q", path, status, got, want)
		}
	}
}

// send asks with a body and returns the answer.
func send(t *testing.T, method, url, body string) (status int, header http.Header, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(content)
}
