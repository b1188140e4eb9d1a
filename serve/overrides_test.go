package serve_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/internal/browsertest"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/access"
)

const conference = "/events/picard-2026-conference"

func TestEditorSetsAValueOfAnEventAndTakesItBack(t *testing.T) {
	for name, window := range map[string]browsertest.Options{"without script": {NoScript: true}, "360 px": {Width: 360, Height: 740}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, items())
			p := see(t, window)
			p.Goto(d.URL + conference)
			before := p.Text(".values")
			p.Eval(`document.querySelectorAll("details.set")[0].open = true`, nil)
			p.Eval(`(() => {
				const f = document.querySelector('details.set form');
				f.elements.first.value = "2026-11-02"; f.elements.last.value = "2026-11-04"; f.elements.by.value = "Leyla"; f.elements.reason.value = "A letter of the host";
			})()`, nil)
			p.Follow("details.set form button")
			if got := p.Text(".values"); !strings.Contains(got, "2–4 November 2026") {
				t.Fatalf("set, the page at %s says %s", p.Location(), got)
			}
			for selector, want := range map[string]string{"#set": "A letter of the host", ".version": "Leyla", ".decisions": "Take back"} {
				if got := p.Text(selector); !strings.Contains(got, want) {
					t.Errorf("%s reads %q, without %q", selector, got, want)
				}
			}
			p.CheckAccessible()
			p.CheckFits()
			p.Eval(`(() => {
				document.querySelector(".decisions details").open = true;
				const f = document.querySelector(".decisions form"); f.elements.by.value = "Orhan"; f.elements.reason.value = "The letter was of last year";
			})()`, nil)
			p.Follow(".decisions form button")
			if got := p.Text(".values"); got != before {
				t.Errorf("taken back, the page says %s, before %s", got, before)
			}
			if got := p.Text(".decisions"); !strings.Contains(got, "Orhan") || !strings.Contains(got, "The letter was of last year") {
				t.Errorf("who took it back is not said: %s", got)
			}
		})
	}
}

func post(t *testing.T, address string, form url.Values, header map[string]string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(text)
}

func TestOverridesThatCannotBeMadeSayWhyAndKeepWhatWasTyped(t *testing.T) {
	d := open(t, items())
	good := url.Values{"field": {"place"}, "value": {"Quba"}, "by": {"Leyla"}, "reason": {"a letter"}}
	for name, test := range map[string]struct {
		path   string
		change map[string]string
		status int
		says   []string
	}{
		"without a reason":         {conference, map[string]string{"reason": " "}, 422, []string{"say why it is made", `value="Quba"`, `value="Leyla"`}},
		"without a name":           {conference, map[string]string{"by": ""}, 422, []string{"say who makes it", "a letter"}},
		"of no field":              {conference, map[string]string{"field": "weather"}, 422, []string{"no field is called"}},
		"of no status":             {conference, map[string]string{"field": "status", "value": "doomed"}, 422, []string{"no status is called", "doomed"}},
		"that end before they are": {conference, map[string]string{"field": "dates", "first": "2026-10-09", "last": "2026-10-08"}, 422, []string{"the last day is before the first", `value="2026-10-09"`}},
		"of half a date":           {conference, map[string]string{"field": "dates", "first": "", "last": "2026-10-08"}, 422, []string{"the first day is missing"}},
		"of a date that is none":   {conference, map[string]string{"field": "dates", "first": "2026-13-40", "last": ""}, 422, []string{"is no day", "2026-13-40"}},
		"of no event":              {"/events/none", nil, 404, []string{"There is no such event"}},
		"that is hostile":          {conference, map[string]string{"field": "status", "value": "<script>alert(1)</script>"}, 422, []string{"&lt;script&gt;"}},
	} {
		t.Run(name, func(t *testing.T) {
			form := url.Values{}
			for key, values := range good {
				form[key] = values
			}
			for key, value := range test.change {
				form.Set(key, value)
			}
			r, text := post(t, d.URL+test.path+"/overrides", form, nil)
			if r.StatusCode != test.status {
				t.Errorf("status %d, want %d", r.StatusCode, test.status)
			}
			for _, want := range test.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			if strings.Contains(text, "<script>alert") {
				t.Error("what was typed is a script on the page")
			}
		})
	}
	if r, _ := post(t, d.URL+conference+"/overrides/none/revoke", url.Values{"by": {"Leyla"}, "reason": {"x"}}, nil); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("taking back what is not there gives %d", r.StatusCode)
	}
	if r, _ := post(t, d.URL+conference+"/overrides", good, map[string]string{"Sec-Fetch-Site": "cross-site"}); r.StatusCode != http.StatusForbidden {
		t.Errorf("another site's form gives %d", r.StatusCode)
	}
}

func TestOnlyEditorsAreOfferedToSetValuesOfAnEvent(t *testing.T) {
	guard, store := newGuard(t)
	d := open(t, items(), func(o *serve.Options) { o.Access = guard })
	mustAdd(t, store, "reader", access.Reader)
	mustAdd(t, store, "editor", access.Editor)
	for name, may := range map[string]bool{"reader": false, "editor": true} {
		t.Run(name, func(t *testing.T) {
			c := visitor(t)
			signIn(t, c, d, name, password)
			r, err := c.Get(d.URL + conference)
			if text := body(t, r, err); strings.Contains(text, `class="set"`) != may || strings.Contains(text, `name="by"`) {
				t.Errorf("offered: %v, or asks for a name that is known", strings.Contains(text, `class="set"`))
			}
			r, err = c.PostForm(d.URL+conference+"/overrides", url.Values{"field": {"venue"}, "value": {"Hall"}, "by": {"somebody else"}, "reason": {"seen"}})
			text := body(t, r, err)
			if may && (!strings.Contains(text, "<bdi>editor</bdi>") || strings.Contains(text, "somebody else")) {
				t.Errorf("an editor's value is not the editor's:\n%s", text)
			}
			if !may && r.StatusCode != http.StatusForbidden {
				t.Errorf("a reader may: %d", r.StatusCode)
			}
		})
	}
}

// Where nothing folds events, as of an archive alone, nothing is offered.
func TestWithoutARegisterNothingIsOffered(t *testing.T) {
	d := open(t, items(), func(o *serve.Options) { o.Events = nil })
	if _, text := get(t, d.URL+conference); strings.Contains(text, `class="set"`) {
		t.Error("a form that leads nowhere")
	}
	w := httptest.NewRecorder()
	d.Config.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "http://127.0.0.1"+conference+"/overrides", nil))
	if w.Code == http.StatusOK {
		t.Errorf("posting gives %d", w.Code)
	}
}
