package page

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest/page/internal/body"
)

var (
	predict = flag.String("predict", "", "write what Extract and the libraries find in the shared pages to this folder, as lines for their score.py")
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

// extractors are compared in one run: ours with all it reads, and the
// libraries with the body alone.
var extractors = map[string]func(html []byte, address string) (prediction, error){
	"dateline": func(html []byte, address string) (prediction, error) {
		r, err := Extract(html, address, Options{})
		if err != nil {
			return prediction{}, err
		}
		p := prediction{Body: r.Text, Title: r.Title, Authors: r.Byline, Lang: r.Language}
		if !r.Published.IsZero() {
			p.Date = r.Published.Format(time.RFC3339)
		}
		return p, nil
	},
	"go-trafilatura": func(html []byte, address string) (prediction, error) {
		base, err := url.Parse(address)
		if err != nil {
			return prediction{}, err
		}
		found, err := trafilatura.Extract(bytes.NewReader(html), trafilatura.Options{OriginalURL: base, ExcludeComments: true, EnableFallback: true})
		if err != nil {
			return prediction{}, err
		}
		return prediction{Body: body.Paragraphs(found.ContentNode), Title: found.Metadata.Title, Lang: found.Metadata.Language, Date: day(found.Metadata.Date)}, nil
	},
	"go-readability": func(html []byte, address string) (prediction, error) {
		base, err := url.Parse(address)
		if err != nil {
			return prediction{}, err
		}
		found, err := readability.FromReader(bytes.NewReader(html), base)
		if err != nil || found.Node == nil {
			return prediction{}, err
		}
		return prediction{Body: body.Paragraphs(found.Node), Title: found.Title(), Lang: found.Language()}, nil
	},
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// TestPredictions writes the predictions that bench/extract.md is made of.
func TestPredictions(t *testing.T) {
	if *predict == "" {
		t.Skip("run with -predict FOLDER to score the extraction")
	}
	pages := corpusPages(t)
	for name, extract := range extractors {
		out, err := os.Create(filepath.Join(*predict, name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		lines := json.NewEncoder(out)
		for p := range predictAll(pages, extract) {
			if err := lines.Encode(p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func predictAll(pages []corpusPage, extract func([]byte, string) (prediction, error)) <-chan prediction {
	results := make(chan prediction)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	go func() {
		for _, p := range pages {
			group.Go(func() error { results <- predictPage(p, extract); return nil })
		}
		_ = group.Wait() // the functions return no errors
		close(results)
	}()
	return results
}

func corpusPages(t testing.TB) []corpusPage {
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

func predictPage(p corpusPage, extract func([]byte, string) (prediction, error)) (out prediction) {
	html, err := readGzip(p.File)
	start := time.Now()
	defer func() {
		if r := recover(); r != nil {
			out = prediction{Error: fmt.Sprint("panic: ", r)}
		}
		out.Set, out.ID, out.MS = p.Set, p.ID, float64(time.Since(start).Microseconds())/1000
	}()
	if err == nil {
		out, err = extract(html, p.URL)
	}
	if err != nil {
		out.Error = err.Error()
	}
	return out
}

func unzip(t testing.TB, path string) []byte {
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
