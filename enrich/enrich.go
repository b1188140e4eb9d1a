// Package enrich is stage 2: it annotates reports. Each kind of annotation
// has a package of its own, a pure function of the report and of what was
// annotated before it; Annotator runs them in order and Run moves reports from
// the RAW stream to the REPORTS stream. The text of a report is never altered.
package enrich

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/dateline-news/dateline/enrich/dateline"
	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/enrich/events"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/enrich/orgs"
	"github.com/dateline-news/dateline/enrich/people"
	"github.com/dateline-news/dateline/enrich/places"
	"github.com/dateline-news/dateline/enrich/quotes"
	"github.com/dateline-news/dateline/news"
)

// Version orders the results of the enricher for one revision of a report: it
// grows with every release whose annotations differ.
const Version = 1

// Annotator annotates reports. It is safe for concurrent use.
type Annotator struct {
	tagger *names.Tagger
	orgs   *orgs.Gazetteer
	places *places.Gazetteer
	people *people.Finder
	events *events.Finder
}

// New returns an Annotator that reads its gazetteers from the folder
// gazetteers/ of fsys.
func New(fsys fs.FS) (*Annotator, error) {
	var a Annotator
	var err error
	if a.tagger, err = names.New(); err != nil {
		return nil, fmt.Errorf("loading the names tagger: %w", err)
	}
	if a.orgs, err = orgs.New(fsys); err != nil {
		return nil, fmt.Errorf("loading the gazetteer of organizations: %w", err)
	}
	if a.places, err = places.New(fsys); err != nil {
		return nil, fmt.Errorf("loading the gazetteer of places: %w", err)
	}
	if a.people, err = people.New(fsys); err != nil {
		return nil, fmt.Errorf("loading the titles of people: %w", err)
	}
	if a.events, err = events.New(fsys); err != nil {
		return nil, fmt.Errorf("loading the gazetteer of event series: %w", err)
	}
	return &a, nil
}

// Organizations is the gazetteer of organizations the annotator uses.
func (a *Annotator) Organizations() *orgs.Gazetteer { return a.orgs }

// Annotate replaces the annotations of r.
func (a *Annotator) Annotate(r *news.Report) {
	r.ClearAnnotations()
	r.Dateline = dateline.Find(r)
	r.Dates = dates.Find(r)
	named := a.tagger.Tag(r.Text)
	text := lexicon.Read(r)
	r.Organizations = a.orgs.Find(r, text, named)
	r.Places = a.places.Find(r, text, named)
	r.People = a.people.Find(r, text, named)
	r.Quotes = quotes.Find(r)
	r.Events = a.events.Find(r)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
