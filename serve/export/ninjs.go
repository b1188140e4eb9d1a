package export

import (
	"encoding/json"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// ninjsWriter writes a JSON array of ninjs 2.1 items.
type ninjsWriter struct {
	w     io.Writer
	begun bool
}

func (w *ninjsWriter) Write(r *news.Report) error {
	b, err := json.Marshal(newNinjs(r))
	if err != nil {
		return err
	}
	before := ",\n"
	if !w.begun {
		before = "[\n"
	}
	w.begun = true
	_, err = io.WriteString(w.w, before+string(b))
	return err
}

func (w *ninjsWriter) Close() error {
	end := "\n]\n"
	if !w.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(w.w, end)
	return err
}

// ninjs is an item of ninjs 2.1.
type ninjs struct {
	URI                string         `json:"uri"`
	Type               string         `json:"type"`
	RepresentationType string         `json:"representationtype"`
	Version            string         `json:"version,omitempty"`
	FirstCreated       string         `json:"firstcreated,omitempty"`
	VersionCreated     string         `json:"versioncreated,omitempty"`
	PubStatus          string         `json:"pubstatus"`
	Language           string         `json:"language,omitempty"`
	Headlines          []ninjsText    `json:"headlines,omitempty"`
	Bodies             []ninjsText    `json:"bodies,omitempty"`
	By                 string         `json:"by,omitempty"`
	Located            string         `json:"located,omitempty"`
	People             []ninjsConcept `json:"people,omitempty"`
	Organisations      []ninjsConcept `json:"organisations,omitempty"`
	Places             []ninjsConcept `json:"places,omitempty"`
	Events             []ninjsConcept `json:"events,omitempty"`
	Subjects           []ninjsConcept `json:"subjects,omitempty"`
	InfoSources        []ninjsConcept `json:"infosources,omitempty"`
	Renditions         []rendition    `json:"renditions,omitempty"`
	AltIDs             []altID        `json:"altids,omitempty"`
	Standard           standard       `json:"standard"`
}

type ninjsText struct {
	ContentType string `json:"contenttype,omitempty"`
	CharCount   int    `json:"charcount,omitempty"`
	Value       string `json:"value"`
}

type ninjsConcept struct {
	Name    string   `json:"name,omitempty"`
	Rel     string   `json:"rel,omitempty"`
	Literal string   `json:"literal,omitempty"`
	GeoJSON *geoJSON `json:"geojson,omitempty"`
}

type geoJSON struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // east, north
}

type rendition struct {
	Name string `json:"name"`
	Href string `json:"href"`
}

type altID struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}

type standard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Schema  string `json:"schema"`
}

var ninjsStandard = standard{"ninjs", "2.1", "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"}

func newNinjs(r *news.Report) *ninjs {
	n := &ninjs{
		URI: "urn:dateline:report:" + urnPart(r.ID), Type: "text", RepresentationType: "full", PubStatus: "usable",
		FirstCreated: clock(r.Published), VersionCreated: clock(firstKnown(r.Modified, r.Published, r.Seen)),
		Language: r.Language, By: strings.Join(r.Byline, ", "), Standard: ninjsStandard,
	}
	if r.Revision > 0 {
		n.Version = strconv.Itoa(r.Revision)
	}
	if r.Status == news.StatusWithdrawn {
		n.PubStatus = "canceled"
	}
	if r.Title != "" {
		n.Headlines = []ninjsText{{Value: r.Title}}
	}
	if r.Text != "" {
		n.Bodies = []ninjsText{{ContentType: "text/plain", CharCount: utf8.RuneCountInString(r.Text), Value: r.Text}}
	}
	if r.Dateline != nil {
		n.Located = r.Dateline.Place
	}
	if r.Agency != "" {
		n.InfoSources = []ninjsConcept{{Name: r.Agency, Literal: r.Source}}
	}
	if link := webLink(r.URL); link != "" {
		n.Renditions = []rendition{{"web", link}}
	}
	if r.Story != "" {
		n.AltIDs = []altID{{"story", r.Story}}
	}
	n.addConcepts(r)
	return n
}

func (n *ninjs) addConcepts(r *news.Report) {
	for _, p := range r.People {
		n.People = append(n.People, ninjsConcept{Name: p.Name, Rel: "about", Literal: p.ID})
	}
	for _, o := range r.Organizations {
		n.Organisations = append(n.Organisations, ninjsConcept{Name: o.Name, Rel: "about", Literal: o.ID})
	}
	for _, p := range r.Places {
		place := ninjsConcept{Name: p.Name, Rel: "about", Literal: p.ID}
		if p.Lat != nil && p.Lon != nil {
			place.GeoJSON = &geoJSON{"Point", [2]float64{*p.Lon, *p.Lat}}
		}
		n.Places = append(n.Places, place)
	}
	for _, e := range r.Events {
		n.Events = append(n.Events, ninjsConcept{Name: e.Name, Rel: "about", Literal: strings.TrimSpace(e.Series + " " + e.Start.String())})
	}
	for _, tag := range r.Tags {
		n.Subjects = append(n.Subjects, ninjsConcept{Name: tag, Rel: "about"})
	}
}

func firstKnown(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// urnPart returns s with what no URN may hold as percent escapes.
func urnPart(s string) string { return url.PathEscape(s) }
