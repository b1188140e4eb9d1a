package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// load reads a configuration with the given content and environment.
func load(t *testing.T, content string, environ ...string) (*Config, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "dateline.yaml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(Options{File: file, Environ: append(environ, "HOME=/home/reader")})
}

func TestMistakesAreToldWithTheirPlaceAndARemedy(t *testing.T) {
	for _, test := range []struct {
		name, content string
		environ       []string
		want          []string
	}{
		{"unknown key", "log:\n  level: info\nlisen: 127.0.0.1:1\n", nil, []string{"dateline.yaml:3", `unknown key "lisen"`, `did you mean "listen"?`}},
		{"unknown nested key", "nats:\n  pasword: x\n", nil, []string{":2", `"pasword"`, `"password"`}},
		{"unknown key of a source", "sources:\n  - name: a\n    shedule: '@every 1m'\n", nil, []string{":3", `"shedule"`, `"schedule"`}},
		{"not YAML", "listen: [\n", nil, []string{"not valid YAML"}},
		{"a list for a text", "listen: [1]\n", nil, []string{"not valid YAML", "listen"}},
		{"address", "listen: localhost\n", nil, []string{"listen", "host:port"}},
		{"nats address", "nats: {url: 'http://a'}\n", nil, []string{"nats.url", "nats, tls"}},
		{"elasticsearch address", "elasticsearch: {url: 'es:9200'}\n", nil, []string{"elasticsearch.url", "http, https"}},
		{"log level", "log: {level: loud}\n", nil, []string{"log.level", "debug, info"}},
		{"two faults at once", "listen: a\nlog: {format: xml}\n", nil, []string{"listen", "log.format"}},
		{"source without a URL", "sources:\n  - {name: a, kind: feed, agency: A}\n", nil, []string{`sources[0]: source "a"`, "url"}},
		{"bad schedule", "sources:\n  - {name: a, kind: feed, agency: A, url: 'https://a.example/rss', schedule: 'every day'}\n", nil, []string{`source "a"`, "schedule"}},
		{"same name twice", "sources:\n  - &a {name: a, kind: feed, agency: A, url: 'https://a.example/rss'}\n  - *a\n", nil, []string{"sources[1]", `"a" is taken`}},
		{"number in the environment", "", []string{"DATELINE_NATS_REPLICAS=three"}, []string{"DATELINE_NATS_REPLICAS", "whole number"}},
		{"secret file is missing", "", []string{"DATELINE_NATS_PASSWORD_FILE=/does/not/exist"}, []string{"DATELINE_NATS_PASSWORD_FILE", "/does/not/exist"}},
		{"value and file", "", []string{"DATELINE_LISTEN=a:1", "DATELINE_LISTEN_FILE=/x"}, []string{"both set"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(t, test.content, test.environ...)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestMissingFileNamesTheRemedy(t *testing.T) {
	_, err := Load(Options{File: filepath.Join(t.TempDir(), "none.yaml")})
	if err == nil || !strings.Contains(err.Error(), "dateline config show") {
		t.Errorf("error is %v", err)
	}
}

func TestShippedConfigurationIsGoodAndComplete(t *testing.T) {
	c, err := Load(Options{Environ: []string{"HOME=" + t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Origin != "the shipped configuration" {
		t.Errorf("read from %s", c.Origin)
	}
	names := map[string]bool{}
	for _, s := range c.Sources {
		names[s.Name] = true
	}
	for _, want := range []string{"report-az", "azertac", "apa", "trend", "wco", "wto", "european-commission", "osce", "un-news"} {
		if !names[want] {
			t.Errorf("no source %s", want)
		}
	}
}

func TestEnvironmentAndSecretFilesOverrideTheFile(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("opensesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := load(t, "listen: 127.0.0.1:1\nelasticsearch: {password: old}\n",
		"DATELINE_LISTEN=127.0.0.1:2", "DATELINE_ELASTICSEARCH_PASSWORD_FILE="+secret, "DATELINE_INGEST_MAX_BODY=4096")
	if err != nil {
		t.Fatal(err)
	}
	got := []any{c.Listen, c.Elasticsearch.Password, c.Ingest.MaxBody}
	if diff := cmp.Diff([]any{"127.0.0.1:2", "opensesame", int64(4096)}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUsersOwnFileIsFoundWithoutAFlag(t *testing.T) {
	home := t.TempDir()
	file := UserFile(map[string]string{"HOME": home})
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("listen: 127.0.0.1:3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(Options{Environ: []string{"HOME=" + home}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.Origin != file {
		t.Errorf("listen %s from %s", c.Listen, c.Origin)
	}
	if want := filepath.Join(home, ".local/share/dateline"); c.Data != want {
		t.Errorf("data folder %s, want %s", c.Data, want)
	}
}

func TestInboxIsASourceWhenItHasAFolder(t *testing.T) {
	c, err := load(t, "inbox: {dir: /srv/inbox, agency: Desk, time_zone: Asia/Baku}\n")
	if err != nil {
		t.Fatal(err)
	}
	all := c.AllSources()
	if len(all) != 1 || all[0].URL != "/srv/inbox" || all[0].Agency != "Desk" {
		t.Errorf("sources are %+v", all)
	}
}
