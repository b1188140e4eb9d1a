// Package news is the vocabulary of Dateline: the report as an agency issued
// it and everything that is read from it, each fact with the span of text it
// was read from. The package holds types, their JSON names and their
// validation; it does no I/O and imports nothing of ours.
package news

import (
	"slices"
	"time"
)

// Report is one article, dispatch or press release of an agency. The fields
// up to Status come from ingestion; the annotations below them are added by
// enrichment, which never alters the text.
//
// A field that is unknown is absent from the JSON, not empty.
type Report struct {
	// ID is the hash of agency and canonical URL (or guid): see ReportID.
	ID string `json:"id"`
	// Source is the name of the configured source that the report came by.
	Source string `json:"source,omitempty"`
	// Agency is the name of the agency that issued the report.
	Agency       string `json:"agency,omitempty"`
	URL          string `json:"url,omitempty"`
	CanonicalURL string `json:"canonical_url,omitempty"`
	// Revision counts the versions of the report's content, from 1.
	Revision int `json:"revision,omitempty"`
	// ContentHash identifies the normalised content: see Report.HashContent.
	ContentHash string `json:"content_hash,omitempty"`
	// Language is a BCP 47 tag, such as "en" or "az".
	Language string   `json:"language,omitempty"`
	Title    string   `json:"title,omitempty"`
	Byline   []string `json:"byline,omitempty"`
	Section  string   `json:"section,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	// Image is the address of the lead image, at the publisher's.
	Image string `json:"image,omitempty"`
	// Published and Modified are the agency's times, in the zone it used;
	// Seen is the time of ours at which the revision was first fetched.
	Published time.Time `json:"published,omitzero"`
	Modified  time.Time `json:"modified,omitzero"`
	Seen      time.Time `json:"seen,omitzero"`
	// Text is the body: paragraphs separated by an empty line.
	Text string `json:"text"`
	// Status is absent for a report in force, or one of the Status constants.
	Status string `json:"status,omitempty"`
	// Story is shared by all copies of one story.
	Story string `json:"story,omitempty"`

	Dateline      *Dateline      `json:"dateline,omitempty"`
	Dates         []Date         `json:"dates,omitempty"`
	People        []Person       `json:"people,omitempty"`
	Organizations []Organization `json:"organizations,omitempty"`
	Places        []Place        `json:"places,omitempty"`
	Quotes        []Quote        `json:"quotes,omitempty"`
	Events        []Event        `json:"events,omitempty"`
}

// The values of Report.Status other than the absent one.
const (
	StatusCorrected = "corrected"
	StatusWithdrawn = "withdrawn"
)

// Anchor is the time that relative dates of the report are resolved from:
// its publication, else the time it was seen.
func (r *Report) Anchor() time.Time {
	if !r.Published.IsZero() {
		return r.Published
	}
	return r.Seen
}

// ClearAnnotations removes what enrichment adds.
func (r *Report) ClearAnnotations() {
	r.Dateline, r.Dates, r.People, r.Organizations = nil, nil, nil, nil
	r.Places, r.Quotes, r.Events = nil, nil, nil
}

// Dateline is the line that opens a dispatch: where, when and by whom it was
// written. Its place is not the place of the event.
type Dateline struct {
	Place         string `json:"place,omitempty"`
	Date          Moment `json:"date,omitzero"`
	Agency        string `json:"agency,omitempty"`
	Correspondent string `json:"correspondent,omitempty"`
	// Conflict says that the date is far from the report's publication, or
	// contradicts a header before it or the weekday beside it.
	Conflict bool `json:"conflict,omitempty"`
	Span     Span `json:"span"`
}

// Date is an expression of time in the text.
type Date struct {
	Span Span   `json:"span"`
	Text string `json:"text"`
	// Type is the TIMEX3 type: DATE, TIME, DURATION or SET.
	Type string `json:"type"`
	// Value is the TIMEX3 value, such as 2015-09-08, 2015-W37 or P2D.
	Value string `json:"value,omitempty"`
	// Start and End bound the half-open interval; null where there is none.
	Start Moment `json:"start"`
	End   Moment `json:"end"`
	// Basis says what the value was resolved from: "explicit", "publication",
	// "dateline", or the text of the date it leans on.
	Basis string `json:"basis,omitempty"`
}

// The TIMEX3 types of Date.Type.
const (
	TypeDate     = "DATE"
	TypeTime     = "TIME"
	TypeDuration = "DURATION"
	TypeSet      = "SET"
)

// Mention is a place in the text that speaks of a person, an organization or
// a place. The span is the name alone, without title or article.
type Mention struct {
	Span Span   `json:"span"`
	Kind string `json:"kind"`
}

// The kinds of Mention.
const (
	MentionName    = "name"
	MentionNoun    = "noun" // a role noun: the chairman
	MentionPronoun = "pronoun"
)

// Person is someone the report speaks of.
type Person struct {
	// ID is the same in every report that speaks of the person: see PersonID.
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Aliases  []string  `json:"aliases,omitempty"`
	Roles    []Role    `json:"roles,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`
}

// Role is an office that the text says a person holds or held.
type Role struct {
	Title        string `json:"title"`
	Organization string `json:"organization,omitempty"`
	// Rank is the military or service rank of the holder as written, such as
	// "Lieutenant General".
	Rank   string `json:"rank,omitempty"`
	Former bool   `json:"former,omitempty"`
	// Acting says that the office is held for the time being.
	Acting bool `json:"acting,omitempty"`
	Span   Span `json:"span"`
}

// Organization is a body the report speaks of.
type Organization struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Acronym string   `json:"acronym,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
	Kind    string   `json:"kind,omitempty"`
	// Country is an ISO 3166-1 alpha-2 code.
	Country  string    `json:"country,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`
}

// Place is a country, region, city or site the report speaks of.
type Place struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Country is an ISO 3166-1 alpha-2 code.
	Country string `json:"country,omitempty"`
	// Kind is country, region, city or site.
	Kind string `json:"kind,omitempty"`
	// Lat and Lon are degrees of WGS 84, north and east positive; nil where
	// the place could not be located.
	Lat      *float64  `json:"lat,omitempty"`
	Lon      *float64  `json:"lon,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`
}

// Quote is speech that the report attributes to someone.
type Quote struct {
	Span Span `json:"span"`
	// Text is the words alone, without the quotation marks.
	Text string `json:"text"`
	// Kind is direct, indirect or mixed.
	Kind    string   `json:"kind"`
	Speaker *Speaker `json:"speaker,omitempty"`
	// Cue is the word of saying: said, noted, according to.
	Cue string `json:"cue,omitempty"`
}

// Speaker is who a quote is attributed to.
type Speaker struct {
	// Kind is person, organization or unnamed.
	Kind string `json:"kind"`
	// ID is that of the report's person or organization, absent for others.
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	Span Span   `json:"span,omitzero"`
}

// Event is a mention of a conference, meeting, visit or other event.
type Event struct {
	Name string `json:"name"`
	// Series is the id of the series the event belongs to, such as "picard".
	Series  string `json:"series,omitempty"`
	Edition string `json:"edition,omitempty"`
	Year    int    `json:"year,omitempty"`
	Kind    string `json:"kind,omitempty"`
	// Start and End bound the half-open interval; null where there is none.
	Start        Moment   `json:"start"`
	End          Moment   `json:"end"`
	Place        string   `json:"place,omitempty"`
	Venue        string   `json:"venue,omitempty"`
	Host         string   `json:"host,omitempty"`
	Organizer    string   `json:"organizer,omitempty"`
	Participants []string `json:"participants,omitempty"`
	// Status is one of the Event constants below.
	Status string `json:"status,omitempty"`
	// Inferred names the fields that the event's own clause does not state as
	// what holds, each as "field: reason". PlannedDates is a reason.
	Inferred []string `json:"inferred,omitempty"`
	// Span is the sentence or clause the event was read from.
	Span Span `json:"span"`
}

// PlannedDates is why a postponed event has the dates that it was to have
// before: the report names no new ones.
const PlannedDates = "planned before it was postponed"

// HasPlannedDates reports whether inferred, as an Event has it, says that the
// dates of a postponed event are those it was planned for.
func HasPlannedDates(inferred []string) bool {
	return slices.Contains(inferred, "start: "+PlannedDates)
}

// The values of Event.Status.
const (
	EventAnnounced = "announced"
	EventConfirmed = "confirmed"
	EventPostponed = "postponed"
	EventMoved     = "moved"
	EventCancelled = "cancelled"
	EventUnderWay  = "under way"
	EventHeld      = "held"
)
