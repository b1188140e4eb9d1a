package serve

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/dashboard"
)

// entityView is the page of a person, an organization or a place.
type entityView struct {
	*index.Entity
	Heading    string // Person, Organization, Place
	Chart      *chart
	ReportsURL string
	QuotesURL  string
	Related    []relatedGroup
	Map        *worldMap // of a place
	// Coming and Past are the events that its reports speak of, the nearest
	// first.
	Coming, Past []eventLine
	Problem      string
	Tools        []link
}

// relatedGroup are entities of one kind that are named together with another.
type relatedGroup struct {
	Heading string
	Related []index.Related
}

// entityKinds are the kinds of entities by the first part of their address.
var entityKinds = []struct {
	path    string
	field   query.Field
	heading string
	plural  string
}{
	{"people", query.Person, "Person", "People"},
	{"organizations", query.Org, "Organization", "Organizations"},
	{"places", query.Place, "Place", "Places"},
}

// pathOf is the first part of the address of entities of a kind.
func pathOf(kind query.Field) string {
	for _, k := range entityKinds {
		if k.field == kind {
			return k.path
		}
	}
	return ""
}

// entityPage returns the handler of the pages of one kind.
func (s *server) entityPage(field query.Field, heading string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), searchTime)
		defer cancel()
		entity, err := index.Describe(ctx, s.Archive, index.EntityRequest{Kind: field, ID: r.PathValue("id"), Quotes: 12, Related: 12, Latest: 20})
		if err != nil {
			s.archiveFault(w, r, err)
			return
		}
		page := entityViewOf(entity, heading)
		if err := s.addEvents(ctx, page); err != nil {
			s.Logger.Warn("looking for the events of an entity", "entity", index.Ref(entity.Kind, entity.ID), "error", err)
			page.Problem = "Its events could not be read now."
		}
		page.Tools = s.entityTools(page)
		s.show(w, r, http.StatusOK, "entity", view{Title: entity.Name + " – Dateline", Feed: subscriptions(page.asked())[0].URL, Page: page})
	}
}

// narrowed is the query as one part of a longer one.
func narrowed(q query.Node) string {
	if _, ok := q.(query.Or); ok {
		return "(" + q.String() + ")"
	}
	return q.String()
}

func entityViewOf(e *index.Entity, heading string) *entityView {
	v := &entityView{Entity: e, Heading: heading}
	v.ReportsURL = askURL(e.Query.String())
	v.QuotesURL = askURL(e.Saying.String())
	if e.Kind == query.Place && e.Lat != nil && e.Lon != nil {
		v.Map = placeMap(e)
	}
	if len(e.Timeline) > 0 {
		unit := index.Month
		v.Chart = (&chart{
			Label: fmt.Sprintf("Reports that name %s, by month", e.Name), Unit: "month", Counted: "reports",
			Bars: fill(unit, e.Timeline).bars(func(asked string) string {
				return "/?" + url.Values{"q": {narrowed(e.Query) + " published:" + asked}}.Encode()
			}),
		}).draw()
	}
	for _, k := range entityKinds {
		group := relatedGroup{Heading: k.plural}
		for _, r := range e.Related {
			if r.Kind == k.field {
				group.Related = append(group.Related, r)
			}
		}
		if len(group.Related) > 0 {
			v.Related = append(v.Related, group)
		}
	}
	return v
}

// asked is the search for the reports that name the entity.
func (v *entityView) asked() url.Values {
	return url.Values{"q": {v.Query.String()}}
}

// entityTools are the ways to stay with an entity.
func (s *server) entityTools(v *entityView) []link {
	links := subscriptions(v.asked())
	if s.Searches != nil {
		links = append(links, link{Text: "Save", URL: searchesPath + "/new?" + v.asked().Encode()})
	}
	if s.Alerts != nil {
		links = append(links, link{Text: "Alert", URL: "/alerts/new?" + v.asked().Encode()})
	}
	return links
}

// Of how many reports the events are looked for, and how many events are
// listed on either side of today.
const (
	eventReports = 200
	eventsShown  = 12
)

// addEvents lists the events of the latest reports that name the entity.
func (s *server) addEvents(ctx context.Context, v *entityView) error {
	found, err := s.Archive.Search(ctx, index.Request{
		Query: query.Both(v.Query, dated), Sort: index.ByPublished, Limit: eventReports,
	})
	if err != nil {
		return err
	}
	reports := make([]*news.Report, len(found.Hits))
	for i, h := range found.Hits {
		reports[i] = h.Report
	}
	told, err := register.Told(ctx, s.Archive, reports)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	today := news.DayOf(s.Now()).Time
	for _, records := range told {
		for _, r := range records {
			if r == nil || known[r.ID] || r.Start.IsZero() {
				continue
			}
			known[r.ID] = true
			if _, end := daysOf(r); end.After(today) {
				v.Coming = append(v.Coming, lineOf(r))
			} else {
				v.Past = append(v.Past, lineOf(r))
			}
		}
	}
	v.Coming = nearest(v.Coming, 1)
	v.Past = nearest(v.Past, -1)
	return nil
}

// nearest puts events in the order of their beginnings, direction -1 the latest
// first, and cuts the list.
func nearest(list []eventLine, direction int) []eventLine {
	slices.SortFunc(list, func(a, b eventLine) int {
		return cmp.Or(direction*a.Start.Time.Compare(b.Start.Time), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), eventsShown)]
}

// How much of the world the map of a place shows around it, in degrees.
const aroundNorth, aroundEast = 7.0, 16.0

// placeMap shows where a place lies.
func placeMap(e *index.Entity) *worldMap {
	lat := min(max(*e.Lat, -80+aroundNorth), 84-aroundNorth)
	lon := min(max(*e.Lon, -180+aroundEast), 180-aroundEast)
	d := newMap("Where "+e.Name+" lies", dashboard.Bounds{West: lon - aroundEast, East: lon + aroundEast, South: lat - aroundNorth, North: lat + aroundNorth})
	d.mark(spot{*e.Lat, *e.Lon}, mapPlace{Name: e.Name, Count: e.Reports}, 4*e.Reports)
	return d.worldMap
}
