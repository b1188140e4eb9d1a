package elastic

import (
	"fmt"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// planGroup asks the nested objects of people or quotes.
func planGroup(g query.Group) (clause, error) {
	var ofMember, ofOffice []object
	for _, t := range g.Terms {
		words := strings.Join(analysis.Words(t.Value), " ")
		if words == "" {
			return nothing(), nil
		}
		switch {
		case t.Field == query.ID:
			ofMember = append(ofMember, object{"term": object{string(g.Of) + ".id": analysis.Fold(t.Value)}})
		case t.Field == query.Name, t.Field == query.Speaker, t.Field == query.About:
			ofMember = append(ofMember, object{"match_phrase": object{string(g.Of) + "." + string(t.Field): words}})
		case t.Field == query.Role:
			ofOffice = append(ofOffice, object{"match_phrase": object{"person.role.name": words}})
		case t.Field == query.Org:
			ofOffice = append(ofOffice, object{"match_phrase": object{"person.role.organization": words}})
		default:
			return clause{}, &index.UnsupportedError{Feature: fmt.Sprintf("%s: within %s:( )", t.Field, g.Of)}
		}
	}
	if ofOffice != nil {
		ofMember = append(ofMember, nested("person.role", ofOffice))
	}
	if ofMember == nil {
		return nothing(), nil
	}
	// The nested queries and their bools, each a level.
	return clause{query: nested(string(g.Of), ofMember), constant: true, depth: 5}, nil
}

func nested(path string, all []object) object {
	return object{"nested": object{"path": path, "score_mode": "none", "query": object{"bool": object{"filter": all}}}}
}

// planNearPoint asks for places within a distance.
func planNearPoint(n query.Near) (clause, error) {
	if !n.Located {
		return clause{}, &index.UnsupportedError{Feature: "near: a place whose point is not known"}
	}
	return filter(object{"geo_distance": object{
		"distance": fmt.Sprintf("%gkm", n.Km), "point": point{n.Lat, n.Lon},
	}}), nil
}
