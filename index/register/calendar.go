package register

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/dateline-news/dateline/news"
)

// Calendar is a feed of events as iCalendar (RFC 5545).
type Calendar struct {
	Name    string
	Records []*Record
	// Page returns the address of an event's page; nil leaves addresses out.
	Page func(id string) string
}

// Write writes the calendar. Each event keeps its UID for ever, and SEQUENCE
// grows with its entries, so that a calendar program replaces what changed. An
// event without a date is left out: a calendar has no place for it.
func (c Calendar) Write(w io.Writer) error {
	out := ics.NewCalendarFor("Dateline")
	out.SetMethod(ics.MethodPublish)
	out.SetName(plain(c.Name))
	out.SetXWRCalName(plain(c.Name))
	for _, r := range c.Records {
		if !r.Start.IsZero() {
			c.add(out, r)
		}
	}
	if err := out.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write the calendar: %w", err)
	}
	return nil
}

// WriteEvent writes one event of a calendar; page is the address of its page,
// "" for none. Of an event without a date nothing is written.
func WriteEvent(w io.Writer, r *Record, page string) error {
	if r.Start.IsZero() {
		return nil
	}
	err := calendarEvent(r, page).SerializeTo(w, &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: string(ics.WithNewLineWindows)})
	if err != nil {
		return fmt.Errorf("write the event %s: %w", r.ID, err)
	}
	return nil
}

func (c Calendar) add(out *ics.Calendar, r *Record) {
	page := ""
	if c.Page != nil {
		page = c.Page(r.ID)
	}
	out.Components = append(out.Components, calendarEvent(r, page))
}

func calendarEvent(r *Record, page string) *ics.VEvent {
	e := ics.NewEvent(r.UID())
	e.SetSequence(r.Entry)
	last := r.Versions[len(r.Versions)-1].At.UTC()
	e.SetDtStampTime(last)
	e.SetModifiedAt(last)
	e.SetCreatedTime(r.Versions[0].At.UTC())
	e.SetSummary(plain(r.calendarTitle()))
	setInterval(e, r.Values)
	if where := joined(r.Venue, r.Place); where != "" {
		e.SetLocation(plain(where))
	}
	e.SetDescription(plain(r.description()))
	e.SetStatus(calendarStatus(r.Status))
	if page != "" {
		e.SetURL(page)
	}
	return e
}

// UID is what calendars know the event by, for ever.
func (r *Record) UID() string { return r.ID + "@dateline" }

// calendarTitle tells what iCalendar has no status for.
func (r *Record) calendarTitle() string {
	switch r.Status {
	case news.EventPostponed, news.EventCancelled, Conflicting, Unfounded:
		return r.Title() + " (" + r.Status + ")"
	}
	return r.Title()
}

// description is the status, and the sentences that the present state was read
// from.
func (r *Record) description() string {
	lines := []string{"Status: " + r.Status}
	if r.Status == "" {
		lines = nil
	}
	for _, e := range r.Versions[len(r.Versions)-1].Evidence {
		lines = append(lines, e.Text, joined(e.Agency, e.URL))
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// setInterval writes days as days and times as times. The end of an interval
// is exclusive in a calendar as it is here.
func setInterval(e *ics.VEvent, v Values) {
	if v.Start.Day {
		e.SetAllDayStartAt(v.Start.Time)
		end := v.End
		if end.IsZero() {
			end = v.Start.AddDays(1)
		}
		if !end.Day && !midnight(end) {
			end = end.AddDays(1)
		}
		e.SetAllDayEndAt(end.Time)
		return
	}
	e.SetStartAt(v.Start.Time.UTC())
	switch {
	case v.End.IsZero():
		e.SetEndAt(v.Start.Time.UTC().Add(time.Hour))
	default:
		e.SetEndAt(v.End.Time.UTC())
	}
}

// calendarStatus is what a calendar program knows of: a postponed event is
// shown where it was, as tentative.
func calendarStatus(status string) ics.ObjectStatus {
	switch status {
	case news.EventCancelled, Unfounded:
		return ics.ObjectStatusCancelled
	case news.EventConfirmed, news.EventUnderWay, news.EventHeld:
		return ics.ObjectStatusConfirmed
	}
	return ics.ObjectStatusTentative
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

// plain takes control characters out.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
