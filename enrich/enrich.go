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
	"strings"
	"unicode"
	"unicode/utf8"

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
	reader lexicon.Reader
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

// Places is the gazetteer of places the annotator uses.
func (a *Annotator) Places() *places.Gazetteer { return a.places }

// Annotate replaces the annotations of r, and says what language it is in where
// that is not known. It depends on nothing else.
//
// Invariant 11: the clock is an argument; here it is the report's own time.
func (a *Annotator) Annotate(r *news.Report) {
	r.ClearAnnotations()
	times, text := dates.Read(r.Text), a.reader.Read(r)
	defer a.reader.Release(text)
	if r.Language == "" && text.Language != lexicon.Undetermined {
		r.Language = text.Language
	}
	r.Dates = times.Resolve(r)
	r.Dateline = dateline.Find(r)
	if r.Dateline != nil && r.Anchor().IsZero() {
		r.Dates = times.Resolve(r) // on the day of the dateline
	}
	a.who(r, text)
	r.Quotes = quotes.Find(r, text)
	r.Events = a.events.Find(r, text)
}

// who sets the organizations, places and people of r.
func (a *Annotator) who(r *news.Report, text *lexicon.Text) {
	named := a.places.Settle(text, withoutDays(a.tagger.TagSentences(r.Text, text.Tokens()), r))
	r.Organizations = a.orgs.Find(r, text, named)
	r.Places = a.places.Find(r, text, named)
	r.People = a.people.Find(r, text, named)
}

// withoutDays cuts the day off a name that it has run into at the head of a
// sentence, as in "Today State Customs Committee held a seminar".
func withoutDays(named []names.Name, r *news.Report) []names.Name {
	day := map[int]news.Span{}
	for _, d := range r.Dates {
		oneWord := !strings.ContainsFunc(d.Text, func(c rune) bool { return !unicode.IsLetter(c) })
		if oneWord && d.Start.Day && d.End == d.Start.AddDays(1) && opensSentence(r.Text, d.Span.Start) {
			day[d.Span.Start] = d.Span
		}
	}
	for i, n := range named {
		d, ok := day[n.Span.Start]
		if !ok {
			continue
		}
		rest := strings.TrimLeft(r.Text[d.End:max(d.End, n.Span.End)], " ")
		if rest != "" {
			named[i].Span.Start = n.Span.End - len(rest)
		}
	}
	return named
}

// opensSentence reports whether what stands at the offset begins a sentence.
func opensSentence(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \n\t")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?/:;-–—)\"”“", last)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
