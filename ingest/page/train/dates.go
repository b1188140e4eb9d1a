package main

import (
	"time"

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
	return readSets(dir, datedSets, func(p *labelled) *dated { return &dated{labelled: p} })
}

func (p *dated) load(dir string) error {
	doc, err := p.document(dir)
	if err != nil {
		return err
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

// publishedBy is when a forest says the page was published.
func (p *dated) publishedBy(f *forest.Forest) string {
	t, _ := p.read.PublishedBy(f, *sure)
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
