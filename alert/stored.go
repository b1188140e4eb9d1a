package alert

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/rule"
)

// Stored is a rule as it is kept, with what became of it.
type Stored struct {
	Rule rule.Rule `json:"rule"`
	// Source is the rule as it was written, where it could not be read.
	Source string `json:"source,omitempty"`
	// Origin is where the rule comes from: "api", or "file " and its name.
	Origin string `json:"origin"`
	// Digest identifies the content of the file that the rule was read from.
	Digest string `json:"digest,omitempty"`
	// Broken says what is wrong with the rule, since BrokenAt.
	Broken   string    `json:"broken,omitempty"`
	BrokenAt time.Time `json:"broken_at,omitzero"`
	// Good is the version before, which alerts until the rule is mended.
	Good *rule.Rule `json:"good,omitempty"`
	// Told is the fault that the owner was told of.
	Told string `json:"told,omitempty"`

	Enabled bool `json:"enabled"`
	// Since is the time from which on the rule looks at what comes.
	Since time.Time `json:"since,omitzero"`
	// DisabledAt is when the rule was switched off.
	DisabledAt time.Time `json:"disabled_at,omitzero"`
	// CatchUp is the past that the rule still has to look at.
	CatchUp      *Stretch  `json:"catch_up,omitempty"`
	SnoozedUntil time.Time `json:"snoozed_until,omitzero"`
	// Unsubscribed are addresses of e-mail that want no more of the rule.
	Unsubscribed []string  `json:"unsubscribed,omitempty"`
	Updated      time.Time `json:"updated,omitzero"`
}

// Stretch is a half-open interval of time.
type Stretch struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Acting returns the rule that alerts now: the good one of a broken rule, and
// none of one that is switched off, ended or has never been good.
func (s *Stored) Acting(now time.Time) (rule.Rule, bool) {
	r := s.Rule
	if s.Broken != "" {
		if s.Good == nil {
			return r, false
		}
		r = *s.Good
	}
	return r, s.Enabled && !r.Expired(now)
}

// State says in a word how the rule is.
func (s *Stored) State(now time.Time) string {
	switch {
	case s.Broken != "" && s.Good == nil:
		return "broken"
	case !s.Enabled:
		return "off"
	case s.Rule.Expired(now):
		return "ended"
	case s.Broken != "":
		return "broken, alerting as before"
	case s.SnoozedUntil.After(now):
		return "snoozed"
	}
	return "on"
}

// put makes r, or what could not be read as one, the rule that is kept. A
// rule that was good goes on alerting when the new one is not.
func (s *Stored) put(r rule.Rule, source string, fault error, now time.Time) {
	fresh := s.Origin == ""
	if fresh {
		s.Enabled, s.Since = !r.Off, now
		if r.Off {
			s.DisabledAt = now
		}
	}
	s.Updated = now
	if fault != nil {
		if !fresh && s.Broken == "" {
			good := s.Rule
			s.Good = &good
		}
		s.mark(fault, now)
		s.Rule, s.Source = r, source
		return
	}
	if s.Broken != "" && s.Good == nil && s.BrokenAt.After(s.Since) && s.Enabled {
		s.CatchUp = &Stretch{s.BrokenAt, now} // what it missed while it was broken
	}
	s.Rule, s.Source, s.Good = r, "", nil
	s.Broken, s.BrokenAt, s.Told = "", time.Time{}, ""
}

// mark says that the rule as it stands is broken.
func (s *Stored) mark(fault error, now time.Time) {
	if s.Broken == "" {
		s.BrokenAt = now
	}
	s.Broken = fault.Error()
}

// enable switches the rule on. It looks at what comes from now on and, when
// asked to catch up, at what came since it was switched off.
func (s *Stored) enable(catchUp bool, now time.Time) {
	if s.Enabled {
		return
	}
	s.Enabled, s.Updated = true, now
	if catchUp && !s.DisabledAt.IsZero() {
		from := s.DisabledAt
		if s.CatchUp != nil && s.CatchUp.From.Before(from) {
			from = s.CatchUp.From
		}
		s.CatchUp = &Stretch{from, now}
	}
	s.Since, s.DisabledAt = now, time.Time{}
}

func (s *Stored) disable(now time.Time) {
	if s.Enabled {
		s.Enabled, s.DisabledAt, s.Updated = false, now, now
	}
}

// unsubscribe takes the address off the rule.
func (s *Stored) unsubscribe(address string, now time.Time) {
	if !s.hasUnsubscribed(address) {
		s.Unsubscribed, s.Updated = append(s.Unsubscribed, strings.ToLower(address)), now
	}
}

func (s *Stored) hasUnsubscribed(address string) bool {
	for _, a := range s.Unsubscribed {
		if strings.EqualFold(a, address) {
			return true
		}
	}
	return false
}

// decodeStored reads a kept rule. One that this version cannot read is a
// broken rule, with what was kept as its source.
func decodeStored(name string, value []byte, now time.Time) *Stored {
	s := new(Stored)
	if err := json.Unmarshal(value, s); err != nil {
		broken := &Stored{Rule: rule.Rule{Name: name}, Source: string(value), Origin: "unknown", Enabled: true}
		broken.mark(fmt.Errorf("this version cannot read the rule as it is kept: %w", err), now)
		return broken
	}
	s.Rule.Name = name
	return s
}

var errUnreadable = errors.New("the rule was kept by another version and cannot be changed by this one; delete it, or write it anew")
