// Package rule is what a person asks to be told of: a saved search, with or
// without conditions, and how the person wants to be told. It promises that a
// rule is either valid or says everything that is wrong with it, and that a
// rule which is kept is never lost, valid or not.
package rule

import (
	"time"

	"github.com/dateline-news/dateline/index/register"
)

// Rule is one alert rule. It fires for what its query finds, when one of its
// conditions holds; without a condition the query alone decides.
type Rule struct {
	// Name is lower-case letters, digits and hyphens, 64 at most.
	Name        string `json:"name" yaml:"name"`
	Description string `json:"description,omitempty" yaml:"description"`
	// Owner is the channel that is told when the rule is broken.
	Owner string `json:"owner,omitempty" yaml:"owner"`
	// Query is in the search language; "" finds every report.
	Query string `json:"query,omitempty" yaml:"query"`
	// Exact leaves acronyms as they are typed.
	Exact bool `json:"exact,omitempty" yaml:"exact"`

	// When are the changes of events that fire the rule; Event narrows them.
	When  []Change    `json:"when,omitempty" yaml:"when"`
	Event EventFilter `json:"event,omitzero" yaml:"event"`
	// QuoteBy are people whose words, in a report, fire the rule.
	QuoteBy []string `json:"quote_by,omitempty" yaml:"quote_by"`
	// RoleChanged are people whose new office fires the rule.
	RoleChanged []string `json:"role_changed,omitempty" yaml:"role_changed"`
	Spike       *Spike   `json:"spike,omitempty" yaml:"spike"`
	Silence     *Silence `json:"silence,omitempty" yaml:"silence"`

	// Notify are the channels: names of the configuration, or mailto:address.
	// A feed, a calendar, the subject alerts.<name> and the page are always there.
	Notify []string `json:"notify,omitempty" yaml:"notify"`
	// Urgent are the changes that pass quiet hours, throttle and digest, or
	// "all".
	Urgent []Change `json:"urgent,omitempty" yaml:"urgent"`
	// Digest collects notifications until its cron schedule comes round.
	Digest string `json:"digest,omitempty" yaml:"digest"`
	// Group joins what several rules have collected in one message.
	Group    string    `json:"group,omitempty" yaml:"group"`
	Throttle *Throttle `json:"throttle,omitempty" yaml:"throttle"`
	Quiet    *Quiet    `json:"quiet,omitempty" yaml:"quiet"`
	// TimeZone is an IANA name for Digest, Quiet and dates; "" means UTC.
	TimeZone string `json:"time_zone,omitempty" yaml:"time_zone"`
	// Expires is the day after which the rule ends, 2006-01-02, or "".
	Expires string `json:"expires,omitempty" yaml:"expires"`
	// Off says that a rule of a file is to begin switched off.
	Off bool `json:"off,omitempty" yaml:"off"`
}

// Change is something that can happen to an event.
type Change = register.Kind

// Reported is what stands in Rule.When for an event to come that a report tells
// of and that has no record of its own, such as a workshop or a meeting.
const Reported Change = "reported"

// Changes lists what can become of an event that a rule can wait for.
func Changes() []Change {
	return []Change{
		Reported,
		register.NewEdition, register.DatesSet, register.DatesChanged, register.PlaceSet, register.PlaceChanged,
		register.VenueChanged, register.Confirmed, register.Postponed, register.Cancelled, register.Resumed,
		register.UnderWay, register.Held, register.Conflict,
	}
}

// AllUrgent stands in Rule.Urgent for everything.
const AllUrgent Change = "all"

// EventFilter narrows the events that a rule looks at. Each part that is
// given must hold; of several values any. Values are compared folded.
type EventFilter struct {
	// Series are ids of the gazetteer, such as picard.
	Series []string `json:"series,omitempty" yaml:"series"`
	// Kind is such as conference, meeting, visit.
	Kind []string `json:"kind,omitempty" yaml:"kind"`
	// Organizer are words that the organizer, the host or the name has.
	Organizer []string `json:"organizer,omitempty" yaml:"organizer"`
	// Place are words that the place has.
	Place []string `json:"place,omitempty" yaml:"place"`
	// Country are ISO 3166-1 alpha-2 codes of the country the place is in.
	Country []string `json:"country,omitempty" yaml:"country"`
}

// IsZero reports whether the filter takes every event.
func (f EventFilter) IsZero() bool {
	return len(f.Series)+len(f.Kind)+len(f.Organizer)+len(f.Place)+len(f.Country) == 0
}

// Spike fires when the stories of the last Window are at least Minimum, and
// at least Factor times as many as a window of the Baseline before had on the
// average.
type Spike struct {
	Window   Duration `json:"window" yaml:"window"`
	Baseline Duration `json:"baseline" yaml:"baseline"`
	Factor   float64  `json:"factor" yaml:"factor"`
	Minimum  int      `json:"minimum" yaml:"minimum"`
}

// Silence fires when something did not come: no confirmed edition of Series
// (of Edition or of the year Edition, where given) by the day By, or no report
// of Source for the time For.
type Silence struct {
	Series  string   `json:"series,omitempty" yaml:"series"`
	Edition string   `json:"edition,omitempty" yaml:"edition"`
	By      string   `json:"by,omitempty" yaml:"by"`
	Source  string   `json:"source,omitempty" yaml:"source"`
	For     Duration `json:"for,omitzero" yaml:"for"`
}

// Throttle lets Most notifications pass in each stretch of Per; what is more
// is delivered together when the stretch is over.
type Throttle struct {
	Most int      `json:"most" yaml:"most"`
	Per  Duration `json:"per" yaml:"per"`
}

// Quiet are the hours in which nothing is delivered, From to To on the clock
// (15:04) of the rule's time zone; over midnight where To is the earlier. What
// comes in them is delivered at To.
type Quiet struct {
	From string `json:"from" yaml:"from"`
	To   string `json:"to" yaml:"to"`
	// Days are quiet as a whole: sat, sun, mon …
	Days []string `json:"days,omitempty" yaml:"days"`
}

// HasConditions reports whether more than the query decides.
func (r Rule) HasConditions() bool {
	return len(r.When)+len(r.QuoteBy)+len(r.RoleChanged) > 0 || r.Spike != nil || r.Silence != nil
}

// Location is the rule's time zone.
func (r Rule) Location() *time.Location {
	loc, err := time.LoadLocation(r.TimeZone)
	if err != nil {
		return time.UTC // a rule that Validate refuses
	}
	return loc
}

// Expired reports whether the rule has ended by now.
func (r Rule) Expired(now time.Time) bool {
	if r.Expires == "" {
		return false
	}
	last, err := time.ParseInLocation(time.DateOnly, r.Expires, r.Location())
	return err == nil && !now.Before(last.AddDate(0, 0, 1))
}
