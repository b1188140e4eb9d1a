package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/internal/strictyaml"
)

var (
	newFeed = ingest.Source{Name: "new", Agency: "New: the \"Agency\"", Kind: "feed", URL: "https://example.org/rss?a=1#x", TimeZone: "Asia/Baku"}
	newList = ingest.Source{Name: "list", Kind: "listing", URL: "https://example.org/", Local: true, Selectors: feed.Selectors{Item: "ul#news > li", Date: "time@datetime"}}
)

func TestAddSourcesKeepsTheRestOfTheFile(t *testing.T) {
	const feedLines = "- name: new\n    agency: \"New: the \\\"Agency\\\"\"\n    kind: feed\n    url: \"https://example.org/rss?a=1#x\"\n    time_zone: Asia/Baku\n"
	tests := []struct{ name, before, after string }{
		{"behind the others", "# mine\nsources:\n  # first\n  - name: a # comment\n    url: https://a.example/rss\n    # a last word\n", "# mine\nsources:\n  # first\n  - name: a # comment\n    url: https://a.example/rss\n    # a last word\n\n  " + feedLines},
		{"before other keys", "sources:\n  - {name: a, url: https://a.example/rss}\n\n# where\nlisten: 127.0.0.1:1\n", "sources:\n  - {name: a, url: https://a.example/rss}\n\n  " + feedLines + "\n# where\nlisten: 127.0.0.1:1\n"},
		{"without indentation", "sources:\n- name: a\n  url: https://a.example/rss\nlisten: 127.0.0.1:1\n", "sources:\n- name: a\n  url: https://a.example/rss\n\n" + strings.ReplaceAll(feedLines, "\n    ", "\n  ") + "listen: 127.0.0.1:1\n"},
		{"an empty list", "sources: [] # none yet\nlisten: 127.0.0.1:1\n", "sources:\n  " + feedLines + "listen: 127.0.0.1:1\n"},
		{"no list", "listen: 127.0.0.1:1", "listen: 127.0.0.1:1\n\nsources:\n  " + feedLines},
		{"an empty file", "", "sources:\n  " + feedLines},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "dateline.yaml")
			if err := os.WriteFile(path, []byte(tt.before), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := AddSources(path, []ingest.Source{newFeed}); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.after, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestAddSourcesIsReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "dateline.yaml")
	if err := AddSources(path, []ingest.Source{newFeed, newList}); err != nil { // from the shipped file
		t.Fatal(err)
	}
	if err := AddSources(path, []ingest.Source{{Name: "third", URL: "https://example.org/3"}}); err != nil {
		t.Fatal(err)
	}
	c, err := Load(Options{File: path})
	if err != nil {
		t.Fatal(err)
	}
	shipped := new(Config)
	if err := strictyaml.Decode("shipped", Shipped(), shipped); err != nil {
		t.Fatal(err)
	}
	want := append(shipped.Sources, newFeed, newList, ingest.Source{Name: "third", URL: "https://example.org/3"})
	for i := range want {
		setDefault(&want[i].Schedule, c.Ingest.Schedule)
	}
	if diff := cmp.Diff(want, c.Sources); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAddSourcesRefusesWhatWouldNotWork(t *testing.T) {
	for before, want := range map[string]string{
		"sources: [{name: a, url: https://a.example/rss}]\n":    "on one line",
		"sources:\n  - name: new\n    url: https://a.example\n": "is taken by another source",
		"sources:\n  - nam: a\n":                                "unknown key",
	} {
		path := filepath.Join(t.TempDir(), "dateline.yaml")
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := AddSources(path, []ingest.Source{newFeed}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v", before, err)
		}
		if got, _ := os.ReadFile(path); string(got) != before {
			t.Errorf("the file was changed: %q", got)
		}
	}
}
