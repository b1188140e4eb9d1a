package register

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// Reading is what one revision of a report says of events, as one version of
// the enricher read it. It is what records are folded from.
type Reading struct {
	Report   string `json:"report"`
	Revision int    `json:"revision"`
	// Enricher is the version of the enricher: of one revision the reading of
	// the latest counts.
	Enricher int `json:"enricher,omitempty"`
	// At is when the revision was published.
	At        time.Time `json:"at,omitzero"`
	Withdrawn bool      `json:"withdrawn,omitempty"`
	Mentions  []Mention `json:"mentions,omitempty"`
	// Tags find the reading: those of its mentions, and of the mentions of
	// readings that it replaced.
	Tags []string `json:"tags,omitempty"`
}

// Mention is an event that a reading speaks of.
type Mention struct {
	Key      Key      `json:"key"`
	Name     string   `json:"name"`
	Evidence Evidence `json:"evidence"`
	// WholeCountry says that the place is a country.
	WholeCountry bool `json:"whole_country,omitempty"`
}

// Read reads the mentions of a report that the version of the enricher
// annotated.
func Read(r *news.Report, enricher int) Reading {
	reading := Reading{
		Report: r.ID, Revision: r.Revision, Enricher: enricher, At: publishedAt(r),
		Withdrawn: r.Status == news.StatusWithdrawn,
	}
	if reading.Withdrawn {
		return reading
	}
	for _, e := range r.Events {
		key, ok := keyOf(r, e)
		if !ok {
			continue
		}
		m := Mention{Key: key, Name: e.Name, Evidence: evidenceOf(r, e)}
		m.Evidence.Country, m.WholeCountry = placed(r, e.Place)
		reading.Mentions = append(reading.Mentions, m)
		reading.Tags = append(reading.Tags, key.tags()...)
	}
	reading.Tags = distinct(reading.Tags)
	return reading
}

// Registers reports whether the register keeps a record of an event of the
// report. It keeps none of one that cannot be told from others, such as a
// workshop or a meeting of a body that holds many.
func Registers(r *news.Report, e news.Event) bool {
	_, ok := keyOf(r, e)
	return ok
}

// Country is the ISO 3166-1 alpha-2 code of the country that a place of the
// report is in, "" where the report does not tell.
func Country(r *news.Report, place string) string {
	country, _ := placed(r, place)
	return country
}

// saysNothing reports whether the reading can be left out: no reading that it
// would replace can be there.
func (r Reading) saysNothing() bool {
	return len(r.Mentions) == 0 && !r.Withdrawn && r.Revision <= 1 && r.Enricher <= 1
}

// Telling returns the readings that a Store is to keep: all but those that can
// replace nothing and say nothing.
func Telling(readings []Reading) []Reading {
	var telling []Reading
	for _, r := range readings {
		if !r.saysNothing() {
			telling = append(telling, r)
		}
	}
	return telling
}

// publishedAt is when the revision came out: the agency's time of the change
// for a later revision, else ours.
func publishedAt(r *news.Report) time.Time {
	switch {
	case r.Revision <= 1 && !r.Published.IsZero():
		return r.Published.UTC()
	case r.Modified.After(r.Published):
		return r.Modified.UTC()
	case r.Seen.IsZero():
		return r.Published.UTC()
	}
	return r.Seen.UTC()
}

func evidenceOf(r *news.Report, e news.Event) Evidence {
	return Evidence{
		Report: r.ID, Revision: r.Revision, Source: r.Source, Agency: r.Agency, URL: r.URL, Title: r.Title, Story: r.Story,
		Published: r.Published, Seen: r.Seen, Span: e.Span, Text: sentence(e.Span.Of(r.Text)),
		Values: Values{
			Status: e.Status, Start: e.Start, End: e.End, Place: e.Place, Venue: e.Venue, Host: e.Host, Organizer: e.Organizer,
		},
		Inferred: e.Inferred,
	}
}

// longestSentence bounds the text of evidence, in bytes.
const longestSentence = 500

func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= longestSentence {
		return text
	}
	cut := longestSentence
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// placed returns the country of the place of that name, and whether it is a
// country itself.
func placed(r *news.Report, name string) (country string, whole bool) {
	for _, p := range r.Places {
		if name != "" && p.Name == name {
			return p.Country, p.Kind == "country"
		}
	}
	return "", false
}

func distinct(values []string) []string {
	slices.Sort(values)
	return slices.Compact(values)
}

// Replacing returns the reading with the tags of the one that it replaces, so
// that records which it no longer speaks of are found and folded anew.
func (r Reading) Replacing(old Reading) Reading {
	r.Tags = distinct(slices.Concat(r.Tags, old.Tags))
	return r
}
