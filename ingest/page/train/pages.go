package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/page/internal/body"
)

// sets are those whose labels say what the body is: whole, or by strings that
// belong to it and strings that do not.
var sets = []string{"scrapinghub", "fundus-eval", "fundus", "wcxb", "trafilatura"}

// labelled is a line of a manifest.
type labelled struct {
	Set, ID, Domain, URL string
	Body                 string
	With, Without        []string

	Date   string
	NoDate bool `json:"no_date"`
}

// article is a page with the paragraphs that belong to its article.
type article struct {
	*labelled
	read *body.Page
	// A row for each paragraph: what is known of it, whether it belongs to the
	// article, and how much it counts.
	features [][]float32
	wanted   []bool
	weight   []float64
}

// example is a page that a forest learns from.
type example interface {
	load(dir string) error
	of() *labelled
}

// of is what the manifest says of a page.
func (p *labelled) of() *labelled { return p }

// readSets reads the pages of the sets, each made of its line by wrap.
func readSets[P example](dir string, sets []string, wrap func(*labelled) P) ([]P, error) {
	var pages []P
	for _, set := range sets {
		some, err := readManifest(filepath.Join(dir, set, "manifest.jsonl.gz"))
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			pages = append(pages, wrap(p))
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range pages {
		group.Go(func() error { return p.load(dir) })
	}
	return pages, group.Wait()
}

func readPages(dir string) ([]*article, error) {
	return readSets(dir, sets, func(p *labelled) *article { return &article{labelled: p} })
}

func readManifest(path string) (pages []*labelled, err error) {
	data, err := unzip(path)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for lines.Scan() {
		p := &labelled{}
		if err := json.Unmarshal(lines.Bytes(), p); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		pages = append(pages, p)
	}
	return pages, lines.Err()
}

// document is the page's HTML.
func (p *labelled) document(dir string) (*goquery.Document, error) {
	data, err := unzip(filepath.Join(dir, p.Set, "html", p.ID+".html.gz"))
	if err != nil {
		return nil, err
	}
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", p.Set, p.ID, err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader([]byte(text)))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", p.Set, p.ID, err)
	}
	return doc, nil
}

func (p *article) load(dir string) error {
	doc, err := p.document(dir)
	if err != nil {
		return err
	}
	base, err := url.Parse(p.URL)
	if err != nil {
		return fmt.Errorf("%s %s: %w", p.Set, p.ID, err)
	}
	p.read = body.Read(doc.Get(0), base)
	p.label()
	return nil
}

func unzip(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return io.ReadAll(z)
}
