package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/internal/agencytest"
)

// session is a person at a terminal with a home of their own.
type session struct {
	t    *testing.T
	home string
}

// run runs a command and returns what it printed, and its exit code.
func (s *session) run(args ...string) (out, errors string, code int) {
	s.t.Helper()
	var stdout, stderr bytes.Buffer
	term := &terminal{strings.NewReader(""), &stdout, &stderr, []string{"HOME=" + s.home}}
	code = run(args, term)
	return stdout.String(), stderr.String(), code
}

// want runs a command that must end well and print each of the parts.
func (s *session) want(args []string, parts ...string) {
	s.t.Helper()
	out, errors, code := s.run(args...)
	if code != 0 {
		s.t.Fatalf("dateline %q: exit code %d\n%s%s", args, code, out, errors)
	}
	for _, p := range parts {
		if !strings.Contains(out, p) {
			s.t.Errorf("dateline %q does not print %q:\n%s", args, p, out)
		}
	}
}

func TestASiteIsAddedCheckedPreviewedAndFilledIn(t *testing.T) {
	published := time.Now().Add(-48 * time.Hour).Truncate(time.Second)
	var articles []agencytest.Article
	for i := range 5 {
		articles = append(articles, agencytest.Article{
			Slug: fmt.Sprint("report-", i), Title: fmt.Sprintf("Heads of the training centres meet, part %d", i), Published: published.Add(time.Duration(i) * time.Minute),
			Text: "Baku. The heads of the national training centres met on Monday and agreed on a common school for customs officers.\n\nIt opens its doors next year.",
		})
	}
	site := agencytest.New(articles...)
	defer site.Close()
	s := &session{t: t, home: t.TempDir()}
	config := filepath.Join(s.home, "mine.yaml")
	if err := os.WriteFile(config, []byte("# mine\nsources: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	s.want([]string{"sources", "add", "--local", "--config", config, "--kind", "listing", "--name", "local", "--time-zone", "Asia/Baku", site.ListingURL()},
		"found: listing "+site.ListingURL(), "added to "+config+": local (listing")
	s.want([]string{"sources", "add", "--local", "--config", config, "--dry-run", "--name", "feed", site.FeedURL()},
		"found: feed "+site.FeedURL()+", lists 5", "would be added to")
	if _, errors, code := s.run("sources", "add", "--local", "--config", config, "--kind", "listing", site.ListingURL()); code != 1 || !strings.Contains(errors, `has it already, as "local"`) {
		t.Errorf("added twice: exit code %d, %s", code, errors)
	}
	s.want([]string{"sources", "check", "--config", config}, "local: lists 5; of the newest 3, 3 would be published", "Heads of the training centres meet, part 0", "missing: byline, in 3 of 3")
	s.want([]string{"sources", "preview", "--config", config, "--limit", "1", "local"}, "Heads of the training centres meet", "It opens its doors next year.")
	s.want([]string{"sources", "preview", "--local", "--json", site.FeedURL()}, `"title":"Heads of the training centres meet, part 2"`)

	backfill := []string{"sources", "backfill", "--config", config, "--data", filepath.Join(s.home, "data"), "--since", published.Add(-24 * time.Hour).Format(time.DateOnly), "local"}
	s.want(backfill, "5 items on 1 pages and sitemaps", "5 published, 0 not readable")
	s.want(backfill, "0 published")

	content, err := os.ReadFile(config)
	if err != nil || !strings.HasPrefix(string(content), "# mine\nsources:\n  - name: local\n") {
		t.Errorf("the configuration is %s, %v", content, err)
	}
}

func TestTheProgressBarSaysHowFarAndHowLong(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	bar := newProgressBar(&out, func() time.Time { return now })
	now = now.Add(time.Minute)
	bar.show(5, 20, "5 published")
	bar.show(6, 20, "6 published") // too soon
	now = now.Add(time.Minute)
	bar.show(20, 20, "20 published")
	bar.end()
	const want = "[=====               ] 5 of 20, about 3m0s left, 5 published\n[====================] 20 of 20, 20 published\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
