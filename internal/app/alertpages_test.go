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
	p.Follow(`[data-action="save"]`)
	p.Eval(`document.querySelector("[name=name]").value = "Not A Name"; document.querySelector("form.form").noValidate = true`, nil)
	p.Follow("form.form button")
	if got := p.Text(".notice"); got == "" {
		t.Errorf("a bad name is taken without a word at %s", p.Location())
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
	p = browsertest.Open(t, browsertest.Options{Width: 360, Height: 740})
	for _, path := range []string{"/alerts", "/alerts/new?q=sniffer", "/alerts/dogs", "/alerts/none"} {
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
