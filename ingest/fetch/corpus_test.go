package fetch

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/internal/corpustest"
)

// TestRobotsOfTheReference runs the cases of the reference parser's own tests.
func TestRobotsOfTheReference(t *testing.T) {
	deviations := corpustest.Open(t, "testdata/deviations-reference.txt")
	type reference struct {
		Test, Robots, Agent, URL string
		Allowed                  bool
	}
	n := 0
	corpustest.Lines(t, corpustest.Read(t, "robots", "google-robotstxt-vectors.jsonl.gz"), func(c reference) {
		n++
		id := fmt.Sprintf("%s %d", c.Test, n)
		u, err := url.Parse(c.URL)
		if err != nil {
			deviations.Case(t, id, err.Error())
			return
		}
		difference := ""
		if got := parseRobots(c.Robots, c.Agent).allows(u); got != c.Allowed {
			difference = fmt.Sprintf("agent %q, %q: got %v\n%.300s", c.Agent, c.URL, got, c.Robots)
		}
		deviations.Case(t, id, difference)
	})
}

// TestRobotsOfRealSites compares with the reference parser's verdicts on the
// files of several thousand sites.
func TestRobotsOfRealSites(t *testing.T) {
	files := map[string][]byte{}
	for _, set := range []string{"protego-real", "crawler-commons", "temoto-fuzz"} {
		maps.Copy(files, corpustest.Tar(t, "robots", set+".tar.gz"))
	}
	deviations := corpustest.Open(t, "testdata/deviations-sites.txt")
	type verdict struct {
		File, Agent         string
		Allowed, Disallowed []string
	}
	paths := 0
	corpustest.Lines(t, corpustest.Read(t, "robots", "google-verdicts.jsonl.gz"), func(v verdict) {
		data, ok := files[v.File]
		if !ok {
			t.Fatalf("there is no file %s", v.File)
		}
		text, _, err := charset.Decode(data, "")
		if err != nil {
			text = ""
		}
		rules := parseRobots(text, v.Agent)
		paths += len(v.Allowed) + len(v.Disallowed)
		wrong := append(verdicts(rules, v.Allowed, true), verdicts(rules, v.Disallowed, false)...)
		deviations.Case(t, v.File+" "+v.Agent, strings.Join(wrong, "; "))
	})
	t.Logf("%d verdicts", paths)
}

// verdicts returns the paths on which we say otherwise.
func verdicts(rules *robots, paths []string, want bool) []string {
	var wrong []string
	for _, p := range paths {
		u, err := url.Parse("http://example.org" + p)
		if err != nil {
			u = &url.URL{Scheme: "http", Host: "example.org", Path: p}
		}
		// RFC 9309, 2.2.2: the file itself may always be fetched.
		if rules.allows(u) != (want || p == "/robots.txt") {
			wrong = append(wrong, fmt.Sprintf("%s: got %v", p, !want))
		}
	}
	return wrong
}
