package page

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

var (
	predict = flag.String("predict", "", "write what Extract finds in the shared pages to this file, as lines for their score.py")
	sets    = flag.String("sets", "", "the sets to read, with commas; all when empty")
)

// corpusDir holds real pages with what should come out of them; it lies
// beside the checkout and is no part of it.
var corpusDir = filepath.Join("..", "..", "..", "shared", "corpora", "extract")

type corpusPage struct {
	Set, ID, URL, File string
}

// prediction is one line for score.py.
type prediction struct {
	Set     string   `json:"set"`
	ID      string   `json:"id"`
	Body    string   `json:"body,omitempty"`
	Title   string   `json:"title,omitempty"`
	Authors []string `json:"authors,omitempty"`
	Date    string   `json:"date,omitempty"`
	Lang    string   `json:"lang,omitempty"`
	MS      float64  `json:"ms"`
	Error   string   `json:"error,omitempty"`
}

// TestPredictions writes the predictions that bench/extract.md is made of.
func TestPredictions(t *testing.T) {
	if *predict == "" {
		t.Skip("run with -predict FILE to score the extraction")
	}
	out, err := os.Create(*predict)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	lines := json.NewEncoder(out)
	results := make(chan prediction)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	go func() {
		for _, p := range corpusPages(t) {
			group.Go(func() error { results <- predictPage(p); return nil })
		}
		_ = group.Wait() // the functions return no errors
		close(results)
	}()
	for p := range results {
		if err := lines.Encode(p); err != nil {
			t.Fatal(err)
		}
	}
}

func corpusPages(t *testing.T) []corpusPage {
	var out []corpusPage
	manifests, err := filepath.Glob(filepath.Join(corpusDir, "*", "manifest.jsonl.gz"))
	if err != nil || len(manifests) == 0 {
		t.Skip("the shared pages are not beside this checkout:", corpusDir)
	}
	for _, m := range manifests {
		if *sets != "" && !strings.Contains(","+*sets+",", ","+filepath.Base(filepath.Dir(m))+",") {
			continue
		}
		lines := bufio.NewScanner(strings.NewReader(string(unzip(t, m))))
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var p corpusPage
			if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			p.File = filepath.Join(filepath.Dir(m), "html", p.ID+".html.gz")
			out = append(out, p)
		}
	}
	return out
}

func predictPage(p corpusPage) prediction {
	out := prediction{Set: p.Set, ID: p.ID}
	html, err := readGzip(p.File)
	if err != nil {
		out.Error = err.Error()
		return out
	}
	start := time.Now()
	r, err := Extract(html, p.URL, Options{})
	out.MS = float64(time.Since(start).Microseconds()) / 1000
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Body, out.Title, out.Authors, out.Lang = r.Text, r.Title, r.Byline, r.Language
	if !r.Published.IsZero() {
		out.Date = r.Published.Format(time.RFC3339)
	}
	return out
}

func unzip(t *testing.T, path string) []byte {
	t.Helper()
	data, err := readGzip(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readGzip(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
