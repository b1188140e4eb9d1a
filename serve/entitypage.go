package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// entityView is the page of a person, an organization or a place.
type entityView struct {
	*index.Entity
	Heading    string // Person, Organization, Place
	Chart      *chart
	ReportsURL string
	QuotesURL  string
	Related    []relatedGroup
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
		s.show(w, r, http.StatusOK, "entity", view{Title: entity.Name + " – Dateline", Page: entityViewOf(entity, heading)})
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
	v.ReportsURL = askURL(e.Query)
	v.QuotesURL = askURL(e.Saying)
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
