// Package notice is what an alert says: the types that are stored, shown in
// feeds, sent through channels and read by programs, with their JSON names.
package notice

import (
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// Notice is what one rule has to tell of one item.
type Notice struct {
	// ID is made of the rule and the item: the same item is told once.
	ID   string `json:"id"`
	Rule string `json:"rule"`
	// Trigger is what fired: report, reported, quote_by, role_changed, spike, silence, a
	// change of an event such as new_edition, or broken.
	Trigger string `json:"trigger"`
	// Item is what the notice is about, the same for all rules: a story, a
	// version of an event, a person's role.
	Item string `json:"item"`
	// Title is a line, Text what it was read from: a sentence or two.
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
	// Event is the event that the notice is about, as it was then.
	Event *Event `json:"event,omitempty"`
	// MatchedBy are the clauses of the rule that held.
	MatchedBy []string `json:"matched_by,omitempty"`
	// Sources are the reports that tell the same, the first one first.
	Sources []Source `json:"sources,omitempty"`
	// Rules are all rules that the item matched together with this one.
	Rules  []string  `json:"rules,omitempty"`
	Urgent bool      `json:"urgent,omitempty"`
	At     time.Time `json:"at"`
}

// The triggers that are no change of an event.
const (
	Report      = "report"
	Reported    = "reported"
	QuoteBy     = "quote_by"
	RoleChanged = "role_changed"
	Spike       = "spike"
	Silence     = "silence"
	Broken      = "broken"
)

// Source is a report that tells of the item.
type Source struct {
	Report    string    `json:"report"`
	Source    string    `json:"source,omitempty"`
	Agency    string    `json:"agency,omitempty"`
	URL       string    `json:"url,omitempty"`
	Title     string    `json:"title,omitempty"`
	Status    string    `json:"status,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Seen      time.Time `json:"seen,omitzero"`
}

// Event is an event with what changed in it.
type Event struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Series  string      `json:"series,omitempty"`
	Edition string      `json:"edition,omitempty"`
	Year    int         `json:"year,omitempty"`
	Status  string      `json:"status,omitempty"`
	Start   news.Moment `json:"start,omitzero"`
	End     news.Moment `json:"end,omitzero"`
	Place   string      `json:"place,omitempty"`
	Country string      `json:"country,omitempty"`
	Venue   string      `json:"venue,omitempty"`
	Host    string      `json:"host,omitempty"`
	Changes []Change    `json:"changes,omitempty"`
	// Entry counts the changes of the event's record, and is the SEQUENCE of a
	// calendar.
	Entry int `json:"entry,omitempty"`
}

// Change is one thing that became different, as it is shown.
type Change struct {
	Kind string `json:"kind"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

// String says the change in words.
func (c Change) String() string {
	what := strings.ReplaceAll(c.Kind, "_", " ")
	switch {
	case c.Old != "" && c.New != "":
		return fmt.Sprintf("%s: %s → %s", what, c.Old, c.New)
	case c.New != "":
		return fmt.Sprintf("%s: %s", what, c.New)
	}
	return what
}

// SourceOf is the report as a source.
func SourceOf(r *news.Report) Source {
	return Source{
		Report: r.ID, Source: r.Source, Agency: r.Agency, URL: r.URL, Title: r.Title,
		Status: r.Status, Published: r.Published, Seen: r.Seen,
	}
}

// AddSource adds a report, or what became of one that is there, and says
// whether anything changed.
func (n *Notice) AddSource(s Source) bool {
	for i, have := range n.Sources {
		if have.Report != s.Report {
			continue
		}
		if have.Status == s.Status && have.Title == s.Title && have.URL == s.URL {
			return false
		}
		s.Seen = have.Seen
		n.Sources[i] = s
		return true
	}
	n.Sources = append(n.Sources, s)
	return true
}

// URL is where the first source can be read, "" without one.
func (n *Notice) URL() string {
	if len(n.Sources) == 0 {
		return ""
	}
	return n.Sources[0].URL
}
