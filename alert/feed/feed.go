// Package feed writes what an alert rule told as RSS 2.0, Atom (RFC 4287) and
// iCalendar (RFC 5545).
package feed

import (
	"cmp"
	"fmt"
	"html"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gorilla/feeds"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/news"
)

// Feed is what a rule told, the latest first.
type Feed struct {
	Rule        string
	Description string
	// URL is the page of the rule.
	URL     string
	Notices []notice.Notice
	// Now is the time of a feed that has nothing yet.
	Now time.Time
}

// RSS writes the feed as RSS 2.0.
func (f Feed) RSS() (string, error) { return f.feed().ToRss() }

// Atom writes the feed as Atom.
func (f Feed) Atom() (string, error) { return f.feed().ToAtom() }

func (f Feed) feed() *feeds.Feed {
	out := &feeds.Feed{
		Title: "Dateline: " + f.Rule, Description: cmp.Or(f.Description, "Alerts of the rule "+f.Rule),
		Link: &feeds.Link{Href: f.URL}, Id: f.URL, Updated: f.Now,
	}
	for i, n := range f.Notices {
		if i == 0 {
			out.Updated = n.At
		}
		out.Items = append(out.Items, &feeds.Item{
			Id: "urn:dateline:alert:" + n.ID, IsPermaLink: "false", Title: clean(n.Title),
			Link: &feeds.Link{Href: cmp.Or(n.URL(), f.URL)}, Description: clean(describe(n)),
			Author: &feeds.Author{Name: agency(n)}, Created: n.At, Updated: n.At,
		})
	}
	out.Created = out.Updated
	return out
}

// clean takes out what XML cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func agency(n notice.Notice) string {
	if len(n.Sources) == 0 {
		return "Dateline"
	}
	return cmp.Or(n.Sources[0].Agency, n.Sources[0].Source, "Dateline")
}

// describe is the entry's text as HTML: programs that read feeds show it so.
func describe(n notice.Notice) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString("<p>" + html.EscapeString(fmt.Sprintf(format, args...)) + "</p>\n")
	}
	if n.Event != nil {
		for _, c := range n.Event.Changes {
			line("%s", c)
		}
		if when := channel.Interval(n.Event); when != "" {
			line("When: %s", when)
		}
		if n.Event.Place != "" {
			line("Where: %s", n.Event.Place)
		}
	}
	if n.Text != "" {
		line("%s", n.Text)
	}
	for _, s := range n.Sources {
		line("%s %s", cmp.Or(s.Agency, s.Source), s.URL)
	}
	if len(n.MatchedBy) > 0 {
		line("Matched by: %s", strings.Join(n.MatchedBy, "; "))
	}
	return b.String()
}

// Calendar writes the events that the rule told of, each as it was told last.
// Events without a day are left out: a calendar has no place for them. Lines
// end as RFC 5545 wants, on every system.
func (f Feed) Calendar() string {
	c := ics.NewCalendarFor("Dateline")
	c.SetMethod(ics.MethodPublish)
	c.SetName("Dateline: " + f.Rule)
	c.SetXWRCalName("Dateline: " + f.Rule)
	seen := map[string]bool{}
	for _, n := range f.Notices {
		if n.Event == nil || n.Event.Start.IsZero() || seen[n.Event.ID] {
			continue
		}
		seen[n.Event.ID] = true
		f.addEvent(c, n)
	}
	return c.Serialize(ics.WithNewLineWindows)
}

func (f Feed) addEvent(c *ics.Calendar, n notice.Notice) {
	e := c.AddEvent(n.Event.ID + "@dateline")
	e.SetDtStampTime(n.At.UTC())
	e.SetModifiedAt(n.At.UTC())
	e.SetSequence(n.Event.Entry)
	e.SetSummary(clean(summary(n.Event)))
	setInterval(e, n.Event)
	if place := strings.Trim(n.Event.Venue+", "+n.Event.Place, ", "); place != "" {
		e.SetLocation(clean(place))
	}
	if n.Text != "" {
		e.SetDescription(clean(n.Text))
	}
	if url := cmp.Or(n.URL(), f.URL); url != "" {
		e.SetURL(url)
	}
	e.SetStatus(status(n.Event.Status))
}

func summary(e *notice.Event) string {
	if e.Year != 0 && !strings.Contains(e.Name, fmt.Sprint(e.Year)) {
		return fmt.Sprintf("%s %d", e.Name, e.Year)
	}
	return e.Name
}

// setInterval writes days as days and times as times; the end of an interval
// is exclusive in a calendar as it is here.
func setInterval(e *ics.VEvent, event *notice.Event) {
	if event.Start.Day {
		e.SetAllDayStartAt(event.Start.Time)
		if !event.End.IsZero() {
			e.SetAllDayEndAt(event.End.Time)
		}
		return
	}
	e.SetStartAt(event.Start.Time)
	if !event.End.IsZero() {
		e.SetEndAt(event.End.Time)
	}
}

func status(s string) ics.ObjectStatus {
	switch s {
	case news.EventCancelled:
		return ics.ObjectStatusCancelled
	case news.EventConfirmed, news.EventUnderWay, news.EventHeld:
		return ics.ObjectStatusConfirmed
	}
	return ics.ObjectStatusTentative
}
