package fetch

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
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

// robotsDiffers are the cases of the reference parser that we read otherwise,
// each with the reason.
var robotsDiffers = map[string]string{
	"GoogleOnly_IndexHTMLisDirectory": "it lets /dir/ stand for /dir/index.html",
	"GoogleOnly_LineTooLong":          "it cuts lines at 16 KiB",
	"ID_Encoding":                     "it compares addresses that are not escaped as they are, and does not decode what RFC 9309, 2.2.2 decodes",
	"ID_LineSyntax_Line":              "it takes a line without a colon",
}

// TestRobotsVectors runs the cases of the reference parser.
func TestRobotsVectors(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "corpora", "robots", "google-robotstxt-vectors.jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		t.Skip("the shared robots.txt cases are not beside this checkout:", path)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	differs := map[string]bool{}
	for lines.Scan() {
		var c struct {
			Test, Robots, Agent, URL string
			Allowed                  bool
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(c.URL)
		if err != nil {
			continue
		}
		if got := parseRobots(c.Robots, c.Agent).allows(u); got != c.Allowed {
			differs[c.Test] = true
			if robotsDiffers[c.Test] == "" {
				t.Errorf("%s: agent %q, %s: got %v\n%.300s", c.Test, c.Agent, c.URL, got, c.Robots)
			}
		}
	}
	for test := range robotsDiffers {
		if !differs[test] {
			t.Errorf("%s is listed as read otherwise, but is not", test)
		}
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
