// Package register folds the event mentions of all reports into one record
// per real-world event.
//
// A record is a pure function of what the reports say, of every revision as
// its latest enricher read it, and of what analysts decided: reports that come
// twice, late or out of order end in the same record. What became of an event
// is kept as versions in the order in which agencies published them; every
// entry of a record is appended to the EVENTS stream, with the changes that
// are new in it, and projected into the archive.
package register

import (
	"time"

	"github.com/dateline-news/dateline/news"
)

// Record is what is known of one event.
type Record struct {
	// ID is made of series, edition or year, and kind: picard-2015-conference.
	ID string `json:"id"`
	// Name is how the event is shown, without edition and year.
	Name    string `json:"name"`
	Series  string `json:"series,omitempty"`
	Edition string `json:"edition,omitempty"`
	Year    int    `json:"year,omitempty"`
	Kind    string `json:"kind,omitempty"`
	// Entry counts the entries of the record on the EVENTS stream, from 1. It
	// orders the copies of a record in the archive.
	Entry int `json:"entry,omitempty"`
	// Values are those of the latest version.
	Values
	// NameKey is what an event of no series is known by.
	NameKey string `json:"name_key,omitempty"`
	// Versions are the states of the event in the order in which they were
	// published, the first one first. There are none only where a later
	// enricher found that no report speaks of the event.
	Versions []Version `json:"versions"`
	// Competing are the values that reports in force give and that the record
	// does not have.
	Competing []Competing `json:"competing,omitempty"`
	// Overrides are what analysts decided, in order, those taken back included.
	Overrides []Override `json:"overrides,omitempty"`
	// MergedInto is the id of the record that this one turned out to be a part
	// of: an edition whose year became known. What else the record says is what
	// was known before.
	MergedInto string `json:"merged_into,omitempty"`
	// Published holds the ids of all changes that entries have announced.
	Published []string `json:"published,omitempty"`
}

// Values are what an event's record says of it. A value that no report gives
// is absent.
type Values struct {
	// Status is one of the news.Event constants or Conflicting.
	Status string `json:"status,omitempty"`
	// Start and End bound the half-open interval.
	Start news.Moment `json:"start,omitzero"`
	End   news.Moment `json:"end,omitzero"`
	Place string      `json:"place,omitempty"`
	// Country is an ISO 3166-1 alpha-2 code.
	Country   string `json:"country,omitempty"`
	Venue     string `json:"venue,omitempty"`
	Host      string `json:"host,omitempty"`
	Organizer string `json:"organizer,omitempty"`
}

// The statuses of a record beyond those of a mention.
const (
	// Conflicting: reports in force contradict each other on dates, place or
	// status.
	Conflicting = "conflicting"
	// Unfounded: every report that spoke of the event was withdrawn or
	// corrected.
	Unfounded = "withdrawn"
)

// Version is a state of an event.
type Version struct {
	// Number counts from 1.
	Number int `json:"number"`
	// At is when the report that brought the version was published.
	At time.Time `json:"at"`
	Values
	// Changes are what is different from the version before.
	Changes []Change `json:"changes,omitempty"`
	// Evidence is the report that brought the version, or none for an
	// override.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Override is the id of the override that brought the version.
	Override string `json:"override,omitempty"`
}

// Field names one of the values of a record.
type Field string

// The fields.
const (
	FieldStatus    Field = "status"
	FieldDates     Field = "dates"
	FieldPlace     Field = "place"
	FieldVenue     Field = "venue"
	FieldHost      Field = "host"
	FieldOrganizer Field = "organizer"
)

// Kind says what a Change is.
type Kind string

// The kinds of changes. Of one version there is at most one change of a kind.
const (
	// NewEdition: an event that is to come, goes on or has just been held
	// became known.
	NewEdition Kind = "new_edition"
	// Recorded: an event became known when it was history already, or was
	// cancelled. It is no announcement.
	Recorded Kind = "recorded"
	// Announced: an event of which nothing was said is announced.
	Announced Kind = "announced"
	// DatesSet: the dates became known, or more precise.
	DatesSet     Kind = "dates_set"
	DatesChanged Kind = "date_changed"
	// PlaceSet: the place became known, or more precise.
	PlaceSet     Kind = "place_set"
	PlaceChanged Kind = "place_changed"
	Confirmed    Kind = "confirmed"
	Postponed    Kind = "postponed"
	Moved        Kind = "moved"
	Cancelled    Kind = "cancelled"
	// Resumed: an event that was cancelled, postponed or withdrawn is announced
	// anew.
	Resumed  Kind = "resumed"
	UnderWay Kind = "under_way"
	Held     Kind = "held"
	// Conflict: reports in force contradict each other; Field says on what.
	Conflict Kind = "conflicting"
	// Resolved: a contradiction is over.
	Resolved Kind = "resolved"
	// Revised: what a report said was withdrawn or corrected, and an earlier
	// state of the event, or nothing, is left.
	Revised Kind = "revised"
	// Venue, host or organizer became known or different.
	VenueChanged     Kind = "venue_changed"
	HostChanged      Kind = "host_changed"
	OrganizerChanged Kind = "organizer_changed"
)

// Change is one difference between a version and the one before.
type Change struct {
	// ID is the same whenever and wherever the change is found: it is made of
	// the record, the kind, the two values and how often they came before.
	ID string `json:"id"`
	// Record is the id of the record.
	Record string `json:"record"`
	// Version is the number of the version that the change brought; a report
	// that comes late may move it up, while ID stays.
	Version int   `json:"version"`
	Kind    Kind  `json:"kind"`
	Field   Field `json:"field,omitempty"`
	// Old and New are the values as they are shown; an interval is written as
	// its two ends, with a slash between.
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
	// At is when the report that brought the change was published.
	At time.Time `json:"at"`
	// Late, which is set in entries, says that the change is history and no
	// news: its report was found more than a week after it was published, when a
	// later state of the event was known, and what it brought holds no more. A
	// change that merely came after a later one is news all the same.
	Late     bool       `json:"late,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Evidence is the sentence of a report that a value was read from.
type Evidence struct {
	Report   string `json:"report"`
	Revision int    `json:"revision"`
	Source   string `json:"source,omitempty"`
	Agency   string `json:"agency,omitempty"`
	URL      string `json:"url,omitempty"`
	Title    string `json:"title,omitempty"`
	// Story is shared by the copies of one story.
	Story     string    `json:"story,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Seen      time.Time `json:"seen,omitzero"`
	// Span is where Text stands in the text of the report's revision.
	Span news.Span `json:"span"`
	Text string    `json:"text,omitempty"`
	// Values are what the report says of the event.
	Values
	// Inferred names what the sentence itself does not state: "field: reason".
	Inferred []string `json:"inferred,omitempty"`
	// Superseded says that a later revision of the report says otherwise or
	// nothing; Withdrawn that the agency withdrew the report.
	Superseded bool `json:"superseded,omitempty"`
	Withdrawn  bool `json:"withdrawn,omitempty"`
	// Copy says that an earlier report of the same story says the same.
	Copy bool `json:"copy,omitempty"`
}

// Competing is a value that the record does not have, with who gives it.
type Competing struct {
	Field    Field      `json:"field"`
	Value    string     `json:"value"`
	Evidence []Evidence `json:"evidence"`
}

// Override is a value that an analyst set, over what reports say.
type Override struct {
	ID    string `json:"id"`
	Field Field  `json:"field"`
	// Value is a status, a name, or an interval as its two ends with a slash
	// between; "" says that the value is unknown.
	Value  string    `json:"value"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	// RevokedBy, RevokedAt and RevokedReason say who took it back.
	RevokedBy     string    `json:"revoked_by,omitempty"`
	RevokedAt     time.Time `json:"revoked_at,omitzero"`
	RevokedReason string    `json:"revoked_reason,omitempty"`
}
