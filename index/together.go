package index

import (
	"math"
	"strings"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// This file says what of a report a query.Group and a query.Near look at, once
// for all backends.

// The most people, quotes and events of a report, each, and the most offices
// of a person, that a Group looks at: Elasticsearch keeps them as nested
// objects and refuses a document with more than 10,000 in all. Other terms
// look at everything.
const (
	MaxTogether = 500
	MaxOffices  = 10
)

// Truncated reports whether a Group does not look at all of the report.
func Truncated(r *news.Report) bool {
	for _, p := range r.People {
		if len(p.Roles) > MaxOffices {
			return true
		}
	}
	return len(r.People) > MaxTogether || len(r.Quotes) > MaxTogether || len(r.Events) > MaxTogether
}

// Member is one person in one office, or with none, or one quote: what a
// Group has to hold of. Its values are those that the fields of a group are
// compared with.
type Member map[query.Field][]string

// Members returns the people (query.Person) or the quotes (query.Quote) of a
// report.
func Members(r *news.Report, of query.Field) []Member {
	var all []Member
	switch of {
	case query.Person:
		for _, p := range r.People[:min(len(r.People), MaxTogether)] {
			all = append(all, offices(p)...)
		}
	case query.Quote:
		for _, q := range r.Quotes[:min(len(r.Quotes), MaxTogether)] {
			m := Member{query.About: {q.Text}, query.Speaker: distinct(speakerNames(r, q.Speaker))}
			if q.Speaker != nil {
				m[query.ID] = distinct([]string{q.Speaker.ID})
			}
			all = append(all, m)
		}
	}
	return all
}

func offices(p news.Person) []Member {
	names, id := distinct(append([]string{p.Name}, p.Aliases...)), distinct([]string{p.ID})
	if len(p.Roles) == 0 {
		return []Member{{query.Name: names, query.ID: id}}
	}
	var all []Member
	for _, r := range p.Roles[:min(len(p.Roles), MaxOffices)] {
		all = append(all, Member{
			query.Name: names, query.ID: id, query.Org: distinct([]string{r.Organization}),
			query.Role: distinct([]string{RoleName(r)}),
		})
	}
	return all
}

// RoleName is the name of an office: its title and its body.
func RoleName(r news.Role) string { return strings.TrimSpace(r.Title + " " + r.Organization) }

// Point is a place on the globe, in degrees north and east.
type Point struct{ Lat, Lon float64 }

// Points returns where the places of a report lie, as far as it is known.
func Points(r *news.Report) []Point {
	var points []Point
	for _, p := range r.Places {
		if p.Lat != nil && p.Lon != nil {
			points = append(points, Point{*p.Lat, *p.Lon})
		}
	}
	return points
}

// earthKm is the mean radius of the earth that Elasticsearch reckons with.
const earthKm = 6371.0087714

// Km is the distance of two points on a globe, in kilometres (by the haversine
// formula).
func (p Point) Km(q Point) float64 {
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	half := func(a, b float64) float64 { s := math.Sin(radians(b-a) / 2); return s * s }
	h := half(p.Lat, q.Lat) + math.Cos(radians(p.Lat))*math.Cos(radians(q.Lat))*half(p.Lon, q.Lon)
	return 2 * earthKm * math.Asin(math.Sqrt(min(1, h)))
}
