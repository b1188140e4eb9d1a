package news

import (
	"encoding/json"
	"fmt"
	"time"
)

// Moment is an end of an interval: a calendar day, or an instant. The zero
// Moment is unknown and is null in JSON; a day is written 2006-01-02 and an
// instant in RFC 3339.
type Moment struct {
	Time time.Time
	// Day says that only the calendar day of Time means anything; Time is then
	// midnight UTC of that day.
	Day bool
}

// DayOf returns the calendar day on which t falls in t's own zone.
func DayOf(t time.Time) Moment {
	y, m, d := t.Date()
	return Day(y, m, d)
}

// Day returns the Moment of a calendar day; month and day may lie outside
// their usual ranges, as in time.Date.
func Day(year int, month time.Month, day int) Moment {
	return Moment{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Day: true}
}

// Instant returns the Moment of a point in time.
func Instant(t time.Time) Moment { return Moment{Time: t} }

// IsZero reports whether the moment is unknown.
func (m Moment) IsZero() bool { return m.Time.IsZero() }

// Before reports whether m is earlier than n; a day counts as its midnight UTC.
func (m Moment) Before(n Moment) bool { return m.Time.Before(n.Time) }

// AddDays returns the moment n days later.
func (m Moment) AddDays(n int) Moment {
	m.Time = m.Time.AddDate(0, 0, n)
	return m
}

// String is the JSON form without quotes, or "" for an unknown moment.
func (m Moment) String() string {
	switch {
	case m.IsZero():
		return ""
	case m.Day:
		return m.Time.Format(time.DateOnly)
	default:
		return m.Time.Format(time.RFC3339)
	}
}

// ParseMoment reads 2006-01-02 or an RFC 3339 time.
func ParseMoment(s string) (Moment, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Moment{Time: t, Day: true}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return Moment{}, fmt.Errorf("moment %q: want 2006-01-02 or RFC 3339", s)
	}
	return Moment{Time: t}, nil
}

// MarshalJSON writes null, a date or an RFC 3339 time.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(m.String())
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Moment) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("moment: want a date, an RFC 3339 time or null: %w", err)
	}
	if s == nil || *s == "" {
		*m = Moment{}
		return nil
	}
	var err error
	*m, err = ParseMoment(*s)
	return err
}
