package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/page/internal/forest"
	"github.com/dateline-news/dateline/ingest/page/internal/pubdate"
)

// datedSets are those whose labels say when a page was published.
var datedSets = []string{"trafilatura", "htmldate", "fundus", "wcxb"}

// dateOptions are of a small forest, since a thousand pages are few.
var dateOptions = forest.Options{
	Trees: 120, Leaves: 8, Rate: .08, L2: 3, MinExamples: 12, Features: .5, Examples: .7, Seed: 1,
}

// draftedWeight is how much a page counts whose label a language model
// drafted.
const draftedWeight = .3

// dated is a page with its day of publication.
type dated struct {
	*labelled
	read     *pubdate.Page
	features [][]float32
	wanted   []bool
}

func readDated(dir string) ([]*dated, error) {
	var pages []*dated
	for _, set := range datedSets {
		some, err := readManifest(filepath.Join(dir, set, "manifest.jsonl.gz"))
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			pages = append(pages, &dated{labelled: p})
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range pages {
		group.Go(func() error { return p.load(dir) })
	}
	return pages, group.Wait()
}

func (p *dated) load(dir string) error {
	data, err := unzip(filepath.Join(dir, p.Set, "html", p.ID+".html.gz"))
	if err != nil {
		return err
	}
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return fmt.Errorf("%s %s: %w", p.Set, p.ID, err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader([]byte(text)))
	if err != nil {
		return fmt.Errorf("%s %s: %w", p.Set, p.ID, err)
	}
	p.read = page.Days(doc, p.URL)
	if !p.labels() {
		return nil
	}
	for i := range p.read.Len() {
		p.features = append(p.features, p.read.Features(i))
		p.wanted = append(p.wanted, p.isRight(p.read.Day(i)))
	}
	return nil
}

// labels reports whether the page's label says when it was published, or that
// it does not say.
func (p *dated) labels() bool { return p.Date != "" || p.NoDate }

// isRight reports whether the page was published on the day, where the
// publisher is or, for a time with an offset, in UTC.
func (p *dated) isRight(day string) bool {
	if p.Date == "" {
		return false
	}
	if t, err := time.Parse(time.RFC3339, p.Date); err == nil && t.UTC().Format(time.DateOnly) == day {
		return true
	}
	return p.Date[:min(len(p.Date), len(day))] == day
}

func (p *dated) weight() float64 {
	if p.Set == "wcxb" {
		return draftedWeight
	}
	return 1
}

func growDates(pages []*dated) *forest.Forest {
	var x [][]float32
	var yes []bool
	var weight []float64
	for _, p := range pages {
		for i := range p.features {
			x, yes, weight = append(x, p.features[i]), append(yes, p.wanted[i]), append(weight, p.weight())
		}
	}
	return forest.Train(x, yes, weight, dateOptions)
}

// crossValidateDates reads each page with a forest that saw none of its domain.
func crossValidateDates(pages []*dated, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(file)
	for fold := range folds {
		var others []*dated
		for _, p := range pages {
			if foldOf(p.Domain) != fold {
				others = append(others, p)
			}
		}
		f := growDates(others)
		for _, p := range pages {
			if foldOf(p.Domain) != fold {
				continue
			}
			date := ""
			if t, _ := p.read.PublishedBy(f, *sure); !t.IsZero() {
				date = t.Format(time.RFC3339)
			}
			if err := lines.Encode(map[string]string{"set": p.Set, "id": p.ID, "date": date}); err != nil {
				return fmt.Errorf("write %s: %w", path, err)
			}
		}
	}
	return file.Close()
}
