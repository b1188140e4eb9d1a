package index

import (
	"slices"
	"time"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// This file says what of a report each field of the query language looks at,
// once for all backends.

// Names returns the names that a Term on field is compared with: person, org,
// place, role or speaker. Other fields have none.
func Names(r *news.Report, field query.Field) []string {
	var names []string
	switch field {
	case query.Person:
		for _, p := range r.People {
			names = append(append(names, p.Name), p.Aliases...)
		}
	case query.Org:
		for _, o := range r.Organizations {
			names = append(append(names, o.Name, o.Acronym), o.Aliases...)
		}
	case query.Place:
		for _, p := range r.Places {
			names = append(names, p.Name)
		}
	case query.Role:
		for _, p := range r.People {
			for _, role := range p.Roles {
				names = append(names, RoleName(role))
			}
		}
	case query.Speaker:
		for _, q := range r.Quotes {
			names = append(names, speakerNames(r, q.Speaker)...)
		}
	}
	return distinct(names)
}

// Wholes returns the values that a Term on field is compared with whole:
// source, agency, lang, country, entity, quoted, story. Other fields have none.
func Wholes(r *news.Report, field query.Field) []string {
	f, ok := WholeFacet(field)
	if !ok {
		return nil
	}
	return FacetValues(r, f)
}

// WholeFacet returns the facet with the values of a field that is compared
// whole.
func WholeFacet(field query.Field) (Facet, bool) {
	switch field {
	case query.Source:
		return FacetSource, true
	case query.Agency:
		return FacetAgency, true
	case query.Lang:
		return FacetLanguage, true
	case query.Country:
		return FacetCountry, true
	case query.Entity:
		return TallyEntity, true
	case query.Quoted:
		return TallySpeaker, true
	case query.Story:
		return FacetStory, true
	}
	return "", false
}

// speakerNames returns the name that the quote gives its speaker and those
// of the person or organization it stands for.
func speakerNames(r *news.Report, s *news.Speaker) []string {
	if s == nil {
		return nil
	}
	names := []string{s.Name}
	if s.ID == "" {
		return names
	}
	for _, p := range r.People {
		if p.ID == s.ID {
			names = append(append(names, p.Name), p.Aliases...)
		}
	}
	for _, o := range r.Organizations {
		if o.ID == s.ID {
			names = append(append(names, o.Name, o.Acronym), o.Aliases...)
		}
	}
	return names
}

// Interval is a half-open interval of wall-clock time, written in UTC.
type Interval struct{ From, To time.Time }

// Intervals returns the intervals that a Range on field is compared with:
// those of the report's dates (mentioned) or of its events (event). Other
// fields have none.
func Intervals(r *news.Report, field query.Field) []Interval {
	var all []Interval
	add := func(start, end news.Moment) {
		if i, ok := interval(start, end); ok && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	switch field {
	case query.Mentioned:
		for _, d := range r.Dates {
			add(d.Start, d.End)
		}
	case query.EventTime:
		for _, e := range r.Events {
			add(e.Start, e.End)
		}
	}
	return all
}

// interval returns the wall-clock interval of two moments. Of an interval
// with one known end only the day or second at that end is taken.
func interval(start, end news.Moment) (Interval, bool) {
	switch {
	case start.IsZero() && end.IsZero():
		return Interval{}, false
	case start.IsZero():
		start = step(end, -1)
	case end.IsZero():
		end = step(start, 1)
	}
	i := Interval{wallClock(start), wallClock(end)}
	return i, i.From.Before(i.To)
}

func step(m news.Moment, n int) news.Moment {
	if m.Day {
		return m.AddDays(n)
	}
	m.Time = m.Time.Add(time.Duration(n) * time.Second)
	return m
}

// wallClock returns what calendar and clock show at m, as if in UTC: an event
// of the evening of the 8th in Baku is one of the 8th wherever it is looked for.
func wallClock(m news.Moment) time.Time {
	t := m.Time
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, 0, time.UTC)
}

// fewValues is how many values are compared one by one sooner than looked up.
const fewValues = 32

// distinct returns the values that are not empty, each once, in order.
func distinct(values []string) []string {
	var kept []string
	var seen map[string]bool
	for _, v := range values {
		switch {
		case v == "":
			continue
		case seen == nil && slices.Contains(kept, v), seen[v]:
			continue
		}
		kept = append(kept, v)
		if seen != nil {
			seen[v] = true
		} else if len(kept) == fewValues {
			seen = map[string]bool{}
			for _, k := range kept {
				seen[k] = true
			}
		}
	}
	return kept
}
