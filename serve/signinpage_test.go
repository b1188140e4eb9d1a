package serve_test

import (
	"strings"
	"testing"

	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/serve/access"
)

// TestPeopleSignInAndOutOnThePage goes to a page, is asked to sign in, fails
// once, gets to where it wanted, and signs out.
func TestPeopleSignInAndOutOnThePage(t *testing.T) {
	guard, store := newGuard(t)
	d := open(t, items(), func(o *serve.Options) { o.Access = guard })
	mustAdd(t, store, "ayla", access.Reader)
	for name, window := range windows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := see(t, window)
			p.Goto(d.URL + "/?q=customs&sort=published")
			if at := p.Location(); !strings.Contains(at, "/login?next=") {
				t.Fatalf("without signing in it leads to %s", at)
			}
			if n := p.Count("nav, form.ask, .foot, .user"); n > 0 {
				t.Errorf("%d parts of the page lead to what is not open", n)
			}
			p.CheckAccessible()
			p.CheckFits()
			for _, tried := range []string{"wrong horse battery", password} {
				p.Type("[name=name]", "ayla")
				p.Type("[name=password]", tried)
				p.Follow(".form button")
				if wrong := tried != password; wrong != strings.Contains(p.Text("main"), "is not right") {
					t.Errorf("with the password %q the page says %s", tried, p.Text("main"))
				}
			}
			if at := p.Location(); !strings.HasSuffix(at, "/?q=customs&sort=published") {
				t.Errorf("signed in it leads to %s", at)
			}
			if got := p.Text(".user"); !strings.Contains(got, "ayla") || !strings.Contains(got, "reader") {
				t.Errorf("who has signed in is told as %q", got)
			}
			p.Follow(".user button")
			if at := p.Location(); !strings.HasSuffix(at, "/login") || p.Count("nav") > 0 {
				t.Errorf("signed out it leads to %s", at)
			}
			p.CheckAccessible()
			p.CheckQuiet(d.URL)
		})
	}
}
