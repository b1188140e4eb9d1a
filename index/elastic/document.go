package elastic

import (
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// maxNested is the most people, quotes and events of a report, each, and the
// most roles of a person, that are kept as nested objects. Elasticsearch
// refuses a document with more than 10,000 in all. The flat fields always
// hold everything.
const maxNested, maxRoles = index.MaxTogether, index.MaxOffices

// document is a report as the index holds it: the report itself, and beside
// it what is searched. The fields are those of schema.json.
type document struct {
	ID        string       `json:"id"`
	Report    *news.Report `json:"report"`
	Published *int64       `json:"published,omitempty"`
	Seen      *int64       `json:"seen,omitempty"`
	// Until is when a later revision was seen, of one that was superseded.
	Until     *int64                   `json:"until,omitempty"`
	Mentioned []timeRange              `json:"mentioned,omitempty"`
	Event     []timeRange              `json:"event,omitempty"`
	Facet     map[index.Facet][]string `json:"facet,omitempty"`
	Exact     map[query.Field][]string `json:"exact,omitempty"`
	Day       map[query.Field][]int64  `json:"day,omitempty"`
	Name      map[query.Field][]string `json:"name,omitempty"`
	Point     []point                  `json:"point,omitempty"`
	Person    []person                 `json:"person,omitempty"`
	Quote     []quote                  `json:"quote,omitempty"`
	Happening []happening              `json:"happening,omitempty"`
	// Truncated says that there were more than maxNested of something.
	Truncated bool `json:"truncated,omitempty"`
}

// timeRange is a half-open interval in milliseconds since 1970 UTC.
type timeRange struct {
	From int64 `json:"gte"`
	To   int64 `json:"lt"`
}

type point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

type person struct {
	ID   string   `json:"id,omitempty"`
	Name []string `json:"name"`
	Role []role   `json:"role,omitempty"`
}

type role struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Organization string `json:"organization,omitempty"`
	Former       bool   `json:"former,omitempty"`
}

type quote struct {
	About     string   `json:"about"`
	Kind      string   `json:"kind,omitempty"`
	SpeakerID string   `json:"id,omitempty"`
	Speaker   []string `json:"speaker,omitempty"`
}

type happening struct {
	Name    string      `json:"name"`
	Series  string      `json:"series,omitempty"`
	Edition string      `json:"edition,omitempty"`
	Year    int         `json:"year,omitempty"`
	Kind    string      `json:"kind,omitempty"`
	Status  string      `json:"status,omitempty"`
	Place   string      `json:"place,omitempty"`
	Time    []timeRange `json:"time,omitempty"`
}

// nameFields are the fields of names; as the facets, each is named in the
// index as in the language.
func nameFields() []query.Field {
	return []query.Field{query.Person, query.Org, query.Place, query.Role, query.Speaker}
}

func newDocument(r *news.Report) *document {
	d := &document{
		ID:        r.ID,
		Report:    r,
		Published: millis(r.Published),
		Seen:      millis(r.Seen),
		Mentioned: timeRanges(r, query.Mentioned),
		Event:     timeRanges(r, query.EventTime),
		Facet:     map[index.Facet][]string{},
		Name:      map[query.Field][]string{},
		Exact:     map[query.Field][]string{},
		Day:       map[query.Field][]int64{},
	}
	for _, f := range query.WholeFields() {
		for _, v := range index.Wholes(r, f) {
			d.Exact[f] = append(d.Exact[f], analysis.Fold(v))
		}
	}
	for _, f := range timeFields() {
		for _, day := range index.Days(r, f) {
			d.Day[f] = append(d.Day[f], day.UnixMilli())
		}
	}
	for _, f := range index.StoredFacets() {
		if values := index.FacetValues(r, f); len(values) > 0 {
			d.Facet[f] = values
		}
	}
	for _, f := range nameFields() {
		if names := index.Names(r, f); len(names) > 0 {
			d.Name[f] = names
		}
	}
	d.addPlaces(r)
	d.addPeople(r.People)
	d.addQuotes(r)
	d.addEvents(r.Events)
	return d
}

func timeFields() []query.Field {
	return []query.Field{query.Published, query.Seen, query.Mentioned, query.EventTime}
}

// millis returns t in milliseconds since 1970, or nil for the zero time.
func millis(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	ms := t.UnixMilli()
	return &ms
}

func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func timeRanges(r *news.Report, f query.Field) []timeRange {
	var ranges []timeRange
	for _, i := range index.Intervals(r, f) {
		ranges = append(ranges, timeRange{i.From.UnixMilli(), i.To.UnixMilli()})
	}
	return ranges
}

func (d *document) addPlaces(r *news.Report) {
	for _, p := range index.Points(r) {
		d.Point = append(d.Point, point(p))
	}
}

func (d *document) addPeople(people []news.Person) {
	for _, p := range capped(people, maxNested, &d.Truncated) {
		nested := person{ID: analysis.Fold(p.ID), Name: append([]string{p.Name}, p.Aliases...)}
		for _, r := range capped(p.Roles, maxRoles, &d.Truncated) {
			nested.Role = append(nested.Role, role{index.RoleName(r), r.Title, r.Organization, r.Former})
		}
		d.Person = append(d.Person, nested)
	}
}

func (d *document) addQuotes(r *news.Report) {
	for _, q := range capped(r.Quotes, maxNested, &d.Truncated) {
		nested := quote{About: q.Text, Kind: q.Kind}
		if q.Speaker != nil {
			nested.SpeakerID = analysis.Fold(q.Speaker.ID)
			alone := news.Report{People: r.People, Organizations: r.Organizations, Quotes: []news.Quote{q}}
			nested.Speaker = index.Names(&alone, query.Speaker)
		}
		d.Quote = append(d.Quote, nested)
	}
}

func (d *document) addEvents(events []news.Event) {
	for _, e := range capped(events, maxNested, &d.Truncated) {
		alone := news.Report{Events: []news.Event{e}}
		d.Happening = append(d.Happening, happening{
			Name: e.Name, Series: e.Series, Edition: e.Edition, Year: e.Year,
			Kind: e.Kind, Status: e.Status, Place: e.Place,
			Time: timeRanges(&alone, query.EventTime),
		})
	}
}

// capped returns the first most of values and notes when there are more.
func capped[T any](values []T, most int, truncated *bool) []T {
	if len(values) <= most {
		return values
	}
	*truncated = true
	return values[:most]
}
