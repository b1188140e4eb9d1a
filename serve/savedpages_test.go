package serve_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/browsertest"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/saved"
)

// savingSearches keeps the searches that a test saves.
func savingSearches(t testing.TB) func(*serve.Options) {
	t.Helper()
	bus := wiretest.Bus(t)
	store, err := saved.Open(t.Context(), bus, func() time.Time { return today })
	if err != nil {
		t.Fatal(err)
	}
	return func(o *serve.Options) { o.Searches = store }
}

func TestSearchIsSavedRenamedAndDeleted(t *testing.T) {
	for name, window := range map[string]browsertest.Options{"with script": {}, "360 px, no script": {Width: 360, Height: 740, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, items(), savingSearches(t))
			p := see(t, window)
			p.Goto(d.URL + "/?q=customs+org%3AWCO&sort=published")
			if window.NoScript {
				p.Follow(`[data-action="save"]`)
			} else {
				p.Press("s")
				p.Await(`location.pathname === "/searches/new" && document.querySelector("[name=name]")`)
			}
			p.CheckAccessible()
			p.CheckFits()
			p.Eval(`document.querySelector(".form [name=name]").value = "WCO and customs"`, nil)
			p.Follow("form.form button")
			if got := p.Text(".saved"); !strings.Contains(got, "WCO and customs") || !strings.Contains(got, "customs org:WCO") {
				t.Fatalf("at %s: %s", p.Location(), got)
			}
			p.CheckAccessible()
			p.CheckFits()
			p.Goto(d.URL + "/")
			p.Follow(`.facets a[href*="sort=published"]`)
			if at := p.Location(); !strings.Contains(at, "q=customs+org%3AWCO") || p.Count(".result") == 0 {
				t.Errorf("the saved search leads to %s", at)
			}
			p.Follow(`nav a[href="/searches"]`)
			p.Eval(`(() => { document.querySelector(".saved details").open = true; document.querySelector(".saved [name=name]").value = "Customs" })()`, nil)
			p.Follow(`.saved button[value="rename"]`)
			if got := p.Text(".saved > li > a"); got != "Customs" {
				t.Errorf("renamed, it is called %q", got)
			}
			p.Eval(`document.querySelector(".saved details").open = true`, nil)
			p.Follow(`.saved button[value="delete"]`)
			if got := p.Text("main"); !strings.Contains(got, "There are none yet") {
				t.Errorf("deleted, the page says %s", got)
			}
			p.CheckQuiet(d.URL)
		})
	}
}

func TestSavedSearchesHaveFeedsThatAnswer(t *testing.T) {
	d := open(t, items(), savingSearches(t))
	if r, text := post(t, d.URL+"/searches/new", url.Values{"name": {"PICARD"}, "q": {"PICARD"}}, nil); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d: %s", r.StatusCode, text)
	}
	_, text := get(t, d.URL+"/searches")
	feeds := regexp.MustCompile(`href="(/api/v1/export[^"]*)"`).FindAllStringSubmatch(text, -1)
	if len(feeds) != 2 {
		t.Fatalf("%d feeds in\n%s", len(feeds), text)
	}
	for i, want := range []string{"<title>Dateline: PICARD</title>", "BEGIN:VEVENT"} {
		if r, text := get(t, d.URL+strings.ReplaceAll(feeds[i][1], "&amp;", "&")); r.StatusCode != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s gives %d without %q", feeds[i][1], r.StatusCode, want)
		}
	}
}

func TestSearchThatCannotBeSavedSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	d := open(t, items(), savingSearches(t))
	for _, test := range []struct {
		form url.Values
		says string
	}{
		{url.Values{"name": {""}, "q": {"customs"}}, "give it a name"},
		{url.Values{"name": {"A <b>name</b>"}, "q": {"(customs"}}, "this parenthesis is never closed"},
	} {
		r, text := post(t, d.URL+"/searches/new", test.form, nil)
		if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text, test.says) || !strings.Contains(text, `name="q" value="`+test.form.Get("q")+`"`) || strings.Contains(text, "<b>") {
			t.Errorf("%v gives %d:\n%s", test.form, r.StatusCode, text)
		}
	}
	for path, want := range map[string]int{"/searches/none": http.StatusNotFound} {
		if r, _ := post(t, d.URL+path, url.Values{"do": {"delete"}}, nil); r.StatusCode != want {
			t.Errorf("%s gives %d", path, r.StatusCode)
		}
	}
}

func TestSearchesOfOthersAreSeenWhenSharedAndChangedByNobodyElse(t *testing.T) {
	guard, store := newGuard(t)
	d := open(t, items(), savingSearches(t), func(o *serve.Options) { o.Access = guard })
	people := map[string]*http.Client{}
	for name, role := range map[string]access.Role{"reader": access.Reader, "editor": access.Editor, "admin": access.Admin} {
		mustAdd(t, store, name, role)
		people[name] = visitor(t)
		signIn(t, people[name], d, name, password)
	}
	save := func(who, name string, form url.Values) {
		t.Helper()
		form.Set("name", name)
		r, err := people[who].PostForm(d.URL+"/searches/new", form)
		if text := body(t, r, err); r.StatusCode != http.StatusOK {
			t.Fatalf("%s cannot save: %d\n%s", who, r.StatusCode, text)
		}
	}
	save("reader", "Mine", url.Values{"q": {"port"}, "shared": {"on"}}) // a reader cannot share
	save("editor", "Ours", url.Values{"q": {"customs"}, "shared": {"on"}})
	see := func(who string) string {
		t.Helper()
		r, err := people[who].Get(d.URL + "/searches")
		return body(t, r, err)
	}
	if text := see("reader"); !strings.Contains(text, ">Mine<") || !strings.Contains(text, ">Ours<") {
		t.Errorf("the reader sees\n%s", text)
	}
	if text := see("editor"); strings.Contains(text, ">Mine<") {
		t.Error("the editor sees what a reader keeps")
	}
	ours := regexp.MustCompile(`<li id="([0-9a-f]+)">\s*<a href="[^"]*" dir="auto">Ours`).FindStringSubmatch(see("admin"))
	mine := regexp.MustCompile(`<li id="([0-9a-f]+)">\s*<a href="[^"]*" dir="auto">Mine`).FindStringSubmatch(see("reader"))
	if ours == nil || mine == nil {
		t.Fatal("not listed")
	}
	for _, test := range []struct {
		who, id, do string
		want        int
	}{
		{"reader", ours[1], "delete", http.StatusForbidden},
		{"editor", mine[1], "delete", http.StatusNotFound},
		{"reader", mine[1], "share", http.StatusUnprocessableEntity},
		{"editor", ours[1], "unshare", http.StatusOK},
		{"reader", ours[1], "rename", http.StatusNotFound},
		{"editor", ours[1], "share", http.StatusOK},
		{"admin", ours[1], "delete", http.StatusOK},
	} {
		r, err := people[test.who].PostForm(d.URL+"/searches/"+test.id, url.Values{"do": {test.do}, "name": {"Taken"}})
		if text := body(t, r, err); r.StatusCode != test.want {
			t.Errorf("%s may %s %s: %d\n%s", test.who, test.do, test.id, r.StatusCode, text)
		}
	}
}
