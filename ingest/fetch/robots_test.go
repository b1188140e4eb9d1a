package fetch

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestParseRobots(t *testing.T) {
	const file = `
# a comment
User-agent: otherbot
User-agent: Dateline/2.0
Disallow: /private/   # ours
Allow: /private/press
Disallow: /*.pdf$
Disallow: /search?q=*&page=
Crawl-delay: 2.5

User-agent: *
Disallow: /
`
	r := parseRobots(file, "Dateline")
	if r.delay != 2500*time.Millisecond {
		t.Errorf("delay %s", r.delay)
	}
	for path, want := range map[string]bool{
		"/": true, "/private": true, "/private/": false, "/private/a": false, "/private/press/a": true,
		"/a.pdf": false, "/a.pdf?x": true, "/search?q=a&page=2": false, "/search?q=a": true, "/robots.txt": true,
		"/%70rivate/a": false, "/PRIVATE/a": true,
	} {
		u, err := url.Parse("https://example.org" + path)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.allows(u); got != want {
			t.Errorf("allows(%s) = %v", path, got)
		}
	}
	if everyone := parseRobots(file, "newcomer"); everyone.allows(&url.URL{Path: "/a"}) {
		t.Error("a crawler without a group of its own does not follow the one for all")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%61", "/a/b?c")
	f.Add("user-agent:x\n\rdisallow: %", "/%zz")
	f.Fuzz(func(t *testing.T, file, path string) {
		r := parseRobots(file, "Dateline")
		if r.delay < 0 || r.delay > maxDelay {
			t.Errorf("delay %s", r.delay)
		}
		r.allows(&url.URL{Scheme: "https", Host: "example.org", Path: "/" + strings.TrimPrefix(path, "/")})
	})
}
