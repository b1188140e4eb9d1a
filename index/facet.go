package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Facet names a field whose values can be counted and filtered by.
type Facet string

// The facets of a search.
const (
	FacetPerson   Facet = "person"
	FacetOrg      Facet = "org"
	FacetPlace    Facet = "place"
	FacetCountry  Facet = "country" // of the places, ISO 3166-1 alpha-2
	FacetRole     Facet = "role"    // the titles of people, as OfficeTitle writes them
	FacetEvent    Facet = "event"   // the series with its edition or year, else the name
	FacetAgency   Facet = "agency"
	FacetSource   Facet = "source"
	FacetLanguage Facet = "lang"
	FacetYear     Facet = "year"  // of publication, 2006
	FacetMonth    Facet = "month" // of publication, 2006-01
)

// The facets that only a Tally counts; a ref is what Ref returns.
const (
	TallyEntity  Facet = "entity"  // the ref of a person, an organization or a place, and the homes of people: see identity.go
	TallyName    Facet = "name"    // JoinTally(ref, name), of the name the report gives it first
	TallyAlias   Facet = "alias"   // JoinTally(ref, alias), of its other names in the report
	TallyHolding Facet = "holding" // JoinTally(ref, title, organization, "former" or "")
	TallySpeaker Facet = "speaker" // the ref of who is quoted
)

// FacetStory is kept to collapse by and to ask for, and is not counted: it
// is the story, or the report's id where it has none.
const FacetStory Facet = "story"

// AllFacets are the facets in the order in which a page shows them.
func AllFacets() []Facet {
	return []Facet{
		FacetPerson, FacetOrg, FacetPlace, FacetCountry, FacetRole, FacetEvent,
		FacetAgency, FacetSource, FacetLanguage, FacetYear, FacetMonth,
	}
}

// Tallied are the facets that a Tally counts: AllFacets and its own.
func Tallied() []Facet {
	return append(AllFacets(), TallyEntity, TallyName, TallyAlias, TallyHolding, TallySpeaker)
}

// StoredFacets are all that an archive keeps values of.
func StoredFacets() []Facet { return append(Tallied(), FacetStory) }

func (f Facet) known() bool { return slices.Contains(AllFacets(), f) }

// Filter narrows a search to the reports that have a value of a facet, or,
// when Exclude is set, to those that do not. Of several filters on one facet
// that do not exclude, one has to hold; all others hold together.
type Filter struct {
	Facet   Facet
	Value   string
	Exclude bool
}

// normal returns the filters with values as FacetValues has them.
func normal(filters []Filter) []Filter {
	written := slices.Clone(filters)
	for i := range written {
		if written[i].Facet == FacetRole {
			written[i].Value = OfficeTitle(written[i].Value)
		}
	}
	return written
}

// Filtered reports whether the request has a filter on the facet.
func (r Request) Filtered(f Facet) bool {
	return slices.ContainsFunc(r.Filters, func(filter Filter) bool { return filter.Facet == f })
}

// Tally counts, among the matching reports, the values of one facet. The
// request's Filters bear on all of it.
type Tally struct {
	Facet Facet
	// Prefix, when not "", leaves the values that begin with it.
	Prefix string
	// Values, when not empty, are the only values to count.
	Values []string
	// Size is the most values wanted, 1 to MaxFacetSize; 0 means 10.
	Size int
	// Evidence asks for the first and the last report of each value.
	Evidence bool
}

func (t Tally) check() error {
	switch {
	case !slices.Contains(Tallied(), t.Facet):
		return fmt.Errorf("%w: no facet is called %q", ErrBadRequest, t.Facet)
	case t.Size < 0 || t.Size > MaxFacetSize || len(t.Values) > MaxFacetSize:
		return fmt.Errorf("%w: %d of %d values to tally; use at most %d", ErrBadRequest, t.Size, len(t.Values), MaxFacetSize)
	}
	return nil
}

// Wants reports whether the tally counts the value.
func (t Tally) Wants(value string) bool {
	return strings.HasPrefix(value, t.Prefix) && (len(t.Values) == 0 || slices.Contains(t.Values, value))
}

// Count is a value of a facet and the number of matching reports that have
// it, the most frequent first, then by value.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	// First and Last are the ids of the reports that were published first and
	// last, of a Tally that asks for evidence; reports without a time come
	// after all others in both.
	First string `json:"first,omitempty"`
	Last  string `json:"last,omitempty"`
}

// tallySeparator is in no name: text is without control characters.
const tallySeparator = "\x1f"

// JoinTally makes a tally value, or a Prefix of one when the last part is "".
func JoinTally(parts ...string) string {
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(p, tallySeparator, " ")
	}
	return strings.Join(parts, tallySeparator)
}

// SplitTally returns the parts of a tally value.
func SplitTally(value string) []string { return strings.Split(value, tallySeparator) }

// Ref identifies an entity: its kind, which is query.Person, query.Org or
// query.Place, and its id, with a slash between.
func Ref(kind query.Field, id string) string { return string(kind) + "/" + id }

// SplitRef returns the kind and the id of a ref.
func SplitRef(ref string) (kind query.Field, id string, ok bool) {
	k, id, ok := strings.Cut(ref, "/")
	kind = query.Field(k)
	return kind, id, ok && id != "" && (kind == query.Person || kind == query.Org || kind == query.Place)
}

// FacetValues returns the values that a report counts under in a facet, each
// once. Year and month are those of publication in the agency's own zone.
func FacetValues(r *news.Report, f Facet) []string {
	var values []string
	switch f {
	case FacetPerson:
		for _, p := range r.People {
			values = append(values, p.Name)
		}
	case FacetOrg:
		for _, o := range r.Organizations {
			values = append(values, o.Name)
		}
	case FacetPlace:
		for _, p := range r.Places {
			values = append(values, p.Name)
		}
	case FacetCountry:
		for _, p := range r.Places {
			values = append(values, p.Country)
		}
	case FacetRole:
		for _, p := range r.People {
			for _, role := range p.Roles {
				values = append(values, OfficeTitle(role.Title))
			}
		}
	case FacetEvent:
		for _, e := range r.Events {
			values = append(values, eventLabel(e))
		}
	case FacetAgency:
		values = append(values, r.Agency)
	case FacetSource:
		values = append(values, r.Source)
	case FacetLanguage:
		values = append(values, r.Language)
	case FacetYear, FacetMonth:
		values = append(values, published(r, f))
	default:
		values = tallyValues(r, f)
	}
	return distinct(values)
}

func published(r *news.Report, f Facet) string {
	switch {
	case r.Published.IsZero():
		return ""
	case f == FacetYear:
		return r.Published.Format("2006")
	default:
		return r.Published.Format("2006-01")
	}
}

// eventLabel names an event alike in every report that knows its series.
func eventLabel(e news.Event) string {
	switch {
	case e.Series == "":
		return e.Name
	case e.Edition != "":
		return e.Series + " " + e.Edition
	case e.Year != 0:
		return e.Series + " " + strconv.Itoa(e.Year)
	}
	return e.Series
}

func tallyValues(r *news.Report, f Facet) []string {
	var values []string
	switch f {
	case TallyEntity:
		eachEntity(r, func(ref string, _ []string) { values = append(values, ref) })
		homes(r, func(id, country string) { values = append(values, homeValue(id, country)) })
	case TallyName:
		eachEntity(r, func(ref string, names []string) { values = append(values, JoinTally(ref, names[0])) })
	case TallyAlias:
		eachEntity(r, func(ref string, names []string) {
			for _, name := range names[1:] {
				values = append(values, JoinTally(ref, name))
			}
		})
	case TallyHolding:
		for _, p := range r.People {
			for _, role := range p.Roles {
				if p.ID != "" {
					values = append(values, holding(p, role))
				}
			}
		}
	case TallySpeaker:
		for _, q := range r.Quotes {
			values = append(values, speakerRef(r, q.Speaker))
		}
	case FacetStory:
		values = append(values, Story(r))
	}
	return values
}

// holding is a person in an office.
func holding(p news.Person, role news.Role) string {
	former := ""
	if role.Former {
		former = "former"
	}
	return JoinTally(Ref(query.Person, p.ID), role.Title, role.Organization, former)
}

// Story is what reports collapse by.
func Story(r *news.Report) string {
	if r.Story != "" {
		return r.Story
	}
	return r.ID
}

// eachEntity visits the entities of a report that have an id and a name, with
// their names.
func eachEntity(r *news.Report, visit func(ref string, names []string)) {
	each := func(kind query.Field, id string, names ...string) {
		if names = distinct(names); id != "" && len(names) > 0 {
			visit(Ref(kind, id), names)
		}
	}
	for _, p := range r.People {
		each(query.Person, p.ID, append([]string{p.Name}, p.Aliases...)...)
	}
	for _, o := range r.Organizations {
		each(query.Org, o.ID, append([]string{o.Name, o.Acronym}, o.Aliases...)...)
	}
	for _, p := range r.Places {
		each(query.Place, p.ID, p.Name)
	}
}

// speakerRef is the ref of the speaker, or "" for one who is not an entity of
// the report.
func speakerRef(r *news.Report, s *news.Speaker) string {
	if s == nil || s.ID == "" {
		return ""
	}
	if slices.ContainsFunc(r.People, func(p news.Person) bool { return p.ID == s.ID }) {
		return Ref(query.Person, s.ID)
	}
	if slices.ContainsFunc(r.Organizations, func(o news.Organization) bool { return o.ID == s.ID }) {
		return Ref(query.Org, s.ID)
	}
	return ""
}
