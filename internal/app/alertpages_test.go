package app

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/browsertest"
)

// TestSearchBecomesAnAlertOnThePage goes the way of an analyst, without
// script and then with it.
func TestSearchBecomesAnAlertOnThePage(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is not for the fast run")
	}
	d := agencytest.Ours()
	site := agencytest.New(d.Article)
	defer site.Close()
	r := start(t, t.TempDir(), settings(feedSource(site)))
	r.one(t, "sniffer")
	p := browsertest.Open(t, browsertest.Options{NoScript: true})
	p.Goto(r.address + "/?q=sniffer")
	p.Follow(`.results a[href^="/alerts/new"]`)
	p.Eval(`document.querySelector("[name=name]").value = "Not A Name"; document.querySelector("form.form").noValidate = true`, nil)
	p.Follow("form.form button")
	if got := p.Text(".notice"); got == "" {
		t.Errorf("a bad name is taken without a word at %s", p.Location())
	}
	p.Follow(`button[value="test"]`)
	if got := p.Text("#backtest ~ table, section table"); !strings.Contains(got, "All") {
		t.Errorf("the test of a draft reads %q", p.Text("main"))
	}
	p.Eval(`document.querySelector("[name=name]").value = "dogs"`, nil)
	p.Follow("form.form button")
	if at := p.Location(); at != r.address+"/alerts/dogs" {
		t.Fatalf("the new alert leads to %s: %s", at, p.Text("main"))
	}
	p.Follow(`button[value="disable"]`)
	if got := p.Text("main"); !strings.Contains(got, "off") {
		t.Errorf("switched off, it reads %q", got)
	}
	p.Follow(`button[value="catch-up"]`)
	p.Follow(`button[value="snooze"]`)
	if p.Count(`button[value="wake"]`) != 1 {
		t.Errorf("snoozed, it reads %q", p.Text("main"))
	}
	p.Follow(`button[value="wake"]`)
	p.Eval(`document.querySelector("textarea").value = "name: dogs\nquery: nothinghasthis"; document.querySelector("details").open = true`, nil)
	p.Follow(`button[value="test"]`)
	if got := p.Text("main"); !strings.Contains(got, "Nothing.") || !strings.Contains(got, "agree on every report") || !strings.Contains(typed(p), "nothinghasthis") {
		t.Errorf("the test of what was typed reads %q", got)
	}
	p.Goto(r.address + "/alerts/dogs?since=30d")
	if got := p.Text("section table"); !strings.Contains(got, "All") {
		t.Errorf("the test of the rule as it is kept reads %q", p.Text("main"))
	}
	p = browsertest.Open(t, browsertest.Options{Width: 360, Height: 740})
	for _, path := range []string{"/alerts", "/alerts/new?q=sniffer", "/alerts/dogs", "/alerts/dogs?since=30d", "/alerts/none"} {
		p.Goto(r.address + path)
		p.CheckAccessible()
		p.CheckFits()
	}
	p.Goto(r.address + "/alerts/dogs")
	p.Follow(`button[value="delete"]`)
	if at := p.Location(); at != r.address+"/alerts" || p.Count(`a[href="/alerts/dogs"]`) != 0 {
		t.Errorf("deleted, it is still at %s", at)
	}
	p.CheckQuiet(r.address)
}

// typed is what stands in the text field of a rule.
func typed(p *browsertest.Page) (text string) {
	p.Eval(`document.querySelector("textarea").value`, &text)
	return text
}
