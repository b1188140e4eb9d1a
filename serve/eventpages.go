package serve

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// calendarView is the page of events: a month, and a list of what is to come.
type calendarView struct {
	Query    string
	Month    time.Time
	Weeks    [][]day
	Earlier  string
	Later    string
	Today    string
	Events   []eventLine
	From     time.Time
	NextURL  string
	FeedURL  string
	Statuses []link
	Filters  []link // what narrows the list, each with the way to take it out
	Status   string
	Problem  string
}

// day is a cell of the month.
type day struct {
	Date   time.Time
	Other  bool // of the month before or after
	Today  bool
	Events []eventLine
}

// eventLine is an event as a list shows it.
type eventLine struct {
	*register.Record
	URL  string
	Over bool // cancelled or withdrawn
}

func lineOf(r *register.Record) eventLine {
	return eventLine{r, eventURL(r.ID), r.Status == news.EventCancelled || r.Status == register.Unfounded}
}

func eventURL(id string) string { return "/events/" + url.PathEscape(id) }

// eventStatuses are those that a list can be narrowed to.
var eventStatuses = []string{
	news.EventAnnounced, news.EventConfirmed, news.EventPostponed, news.EventMoved, news.EventCancelled, news.EventUnderWay, news.EventHeld, register.Conflicting,
}

func (s *server) eventsPage(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	month, err := s.monthOf(values.Get("month"))
	var q eventQuestion
	if err == nil {
		q, err = s.askEvents(values)
	}
	if err != nil {
		s.fault(w, r, http.StatusBadRequest, "That search for events has a mistake", err)
		return
	}
	page := &calendarView{Query: values.Get("q"), Month: month, Status: values.Get("status"), From: q.filter.From.Time}
	if page.From.IsZero() {
		page.From = s.Now()
		if values.Has("month") {
			page.From = month
		}
		q.filter.From = news.DayOf(page.From)
	}
	if err := s.fillCalendar(r.Context(), page, q); err != nil {
		s.archiveFault(w, r, err)
		return
	}
	page.link(values, s.Now())
	s.show(w, r, http.StatusOK, "events", view{Title: "Events – Dateline", Page: page})
}

// monthOf reads 2006-01; "" is the present one.
func (s *server) monthOf(text string) (time.Time, error) {
	if text == "" {
		now := s.Now().UTC()
		return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC), nil
	}
	month, err := time.Parse("2006-01", text)
	if err != nil {
		return month, fmt.Errorf("month: %q is no month; write it as 2026-10", text)
	}
	return month, nil
}

func (s *server) fillCalendar(ctx context.Context, page *calendarView, q eventQuestion) error {
	list, err := s.findEvents(ctx, q)
	if err != nil {
		return err
	}
	for _, r := range list.Records {
		page.Events = append(page.Events, lineOf(r))
	}
	page.NextURL = list.Next
	first := page.Month.AddDate(0, 0, -(int(page.Month.Weekday())+6)%7)
	last := first.AddDate(0, 0, 7*weeksOf(page.Month))
	q.filter.Cursor, q.filter.Limit = "", register.MaxPage
	q.filter.From, q.filter.To = news.DayOf(first), news.DayOf(last)
	shown, err := s.findEvents(ctx, q)
	if err != nil {
		return err
	}
	if shown.Next != "" {
		page.Problem = fmt.Sprintf("The month has more than %d events; narrow the search to see them all.", register.MaxPage)
	}
	page.Weeks = monthGrid(page.Month, first, s.Now(), shown.Records)
	return nil
}

// weeksOf is how many weeks, from Monday, a month touches.
func weeksOf(month time.Time) int {
	before := (int(month.Weekday()) + 6) % 7
	return (before + month.AddDate(0, 1, -1).Day() + 6) / 7
}

// monthGrid puts events on the days that they cover. One whose dates are not
// known, or that lasts longer than a month, is in the list alone.
func monthGrid(month, first, now time.Time, records []*register.Record) [][]day {
	weeks := make([][]day, weeksOf(month))
	today := news.DayOf(now).Time
	for i := range weeks {
		weeks[i] = make([]day, 7)
		for j := range weeks[i] {
			date := first.AddDate(0, 0, 7*i+j)
			weeks[i][j] = day{Date: date, Other: date.Month() != month.Month(), Today: date.Equal(today)}
		}
	}
	for _, r := range records {
		from, to := daysOf(r)
		if from.IsZero() || to.Sub(from) > 31*24*time.Hour {
			continue
		}
		for date := from; date.Before(to); date = date.AddDate(0, 0, 1) {
			if n := int(date.Sub(first).Hours() / 24); n >= 0 && n < 7*len(weeks) {
				cell := &weeks[n/7][n%7]
				cell.Events = append(cell.Events, lineOf(r))
			}
		}
	}
	return weeks
}

// daysOf are the first day of an event and the day after its last; zero when
// they are not known.
func daysOf(r *register.Record) (from, to time.Time) {
	if r.Start.IsZero() {
		return from, to
	}
	from = news.DayOf(r.Start.Time).Time
	switch {
	case r.End.IsZero():
		to = from.AddDate(0, 0, 1)
	case r.End.Day:
		to = r.End.Time
	default: // an instant: its own day is the last
		to = news.DayOf(r.End.Time.Add(-time.Nanosecond)).Time.AddDate(0, 0, 1)
	}
	return from, to
}

// link sets the ways that lead on from the page.
func (v *calendarView) link(values url.Values, now time.Time) {
	with := func(name, value string) string {
		changed := maps.Clone(values)
		changed.Del("cursor")
		changed.Del(name)
		if value != "" {
			changed.Set(name, value)
		}
		if len(changed) == 0 {
			return "/events"
		}
		return "/events?" + changed.Encode()
	}
	v.Earlier, v.Later = with("month", v.Month.AddDate(0, -1, 0).Format("2006-01")), with("month", v.Month.AddDate(0, 1, 0).Format("2006-01"))
	v.Today = with("month", "")
	if v.NextURL != "" {
		v.NextURL = with("cursor", v.NextURL)
	}
	v.Statuses = []link{{Text: "any", URL: with("status", ""), On: v.Status == ""}}
	for _, status := range eventStatuses {
		v.Statuses = append(v.Statuses, link{Text: status, URL: with("status", status), On: v.Status == status})
	}
	for _, name := range []string{"series", "kind", "country", "place"} {
		if value := values.Get(name); value != "" {
			v.Filters = append(v.Filters, link{Text: name + ": " + value, URL: with(name, "")})
		}
	}
	feed := url.Values{}
	for _, name := range []string{"q", "series", "kind", "status", "country", "place"} {
		if value := values.Get(name); value != "" {
			feed.Set(name, value)
		}
	}
	v.FeedURL = "/events.ics"
	if len(feed) > 0 {
		v.FeedURL += "?" + feed.Encode()
	}
}

// eventPageView is the page of one event.
type eventPageView struct {
	*register.Dossier
	Heading     string
	Dates       string
	Rows        []versionRow
	CalendarURL string
	ReportsURL  string
	MergedURL   string
	SeriesURL   string
	Decisions   []decision
	Competitors []competitor
	Editing     *editing
	Problem     string
}

// decision is a value that an analyst set.
type decision struct {
	register.Override
	Label, Shown string
	RevokeURL    string // "" where it is not the reader's to take back
}

// competitor is a value that the record does not have.
type competitor struct {
	Label, Shown string
	Evidence     []register.Evidence
}

// versionRow is a version with the sentences that it was read from.
type versionRow struct {
	register.Version
	Latest  bool
	Words   []changeWords
	Decided *decision // what an analyst set, or took back, that brought it
	Revoked bool      // it was brought by taking back
}

// changeWords is a change as people read it.
type changeWords struct{ What, Old, New string }

func (s *server) eventPage(w http.ResponseWriter, r *http.Request) {
	s.showEvent(w, r, http.StatusOK, "")
}

func (s *server) showEvent(w http.ResponseWriter, r *http.Request, status int, problem string) {
	ctx, cancel := context.WithTimeout(r.Context(), searchTime)
	defer cancel()
	dossier, err := register.Open(ctx, s.Archive, r.PathValue("id"))
	if errors.Is(err, register.ErrNoEvent) {
		s.fault(w, r, http.StatusNotFound, "There is no such event", nil)
		return
	}
	if err != nil {
		s.archiveFault(w, r, err)
		return
	}
	page := eventPageOf(dossier)
	page.Problem = problem
	if page.Editing = s.editingOf(r, dossier); page.Editing != nil {
		page.offerRevoking()
	}
	s.show(w, r, status, "event", view{Title: page.Heading + " – Dateline", Page: page})
}

func eventPageOf(d *register.Dossier) *eventPageView {
	page := &eventPageView{Dossier: d, Heading: d.Title(), Dates: interval(d.Start, d.End), CalendarURL: eventURL(d.ID) + "/calendar.ics"}
	if d.MergedInto != "" {
		page.MergedURL = eventURL(d.MergedInto)
	}
	if d.Series != "" {
		page.SeriesURL = "/events?" + url.Values{"series": {d.Series}, "from": {"1900-01-01"}}.Encode()
	}
	page.ReportsURL = "/?" + url.Values{"q": {`"` + strings.ReplaceAll(d.Name, `"`, " ") + `"`}}.Encode()
	for _, o := range d.Overrides {
		page.Decisions = append(page.Decisions, decision{Override: o, Label: labelOf(o.Field), Shown: readable(o.Field, o.Value)})
	}
	for _, c := range d.Competing {
		page.Competitors = append(page.Competitors, competitor{labelOf(c.Field), readable(c.Field, c.Value), c.Evidence})
	}
	for i, v := range slices.Backward(d.Versions) {
		row := versionRow{Version: v, Latest: i == len(d.Versions)-1, Decided: page.decided(v.Override)}
		row.Revoked = row.Decided != nil && !row.Decided.RevokedAt.IsZero() && !v.At.Before(row.Decided.RevokedAt)
		for _, c := range v.Changes {
			row.Words = append(row.Words, changeWords{strings.ReplaceAll(string(c.Kind), "_", " "), readable(c.Field, c.Old), readable(c.Field, c.New)})
		}
		page.Rows = append(page.Rows, row)
	}
	return page
}

func (v *eventPageView) decided(override string) *decision {
	for i := range v.Decisions {
		if v.Decisions[i].ID == override {
			return &v.Decisions[i]
		}
	}
	return nil
}

func (v *eventPageView) offerRevoking() {
	for i := range v.Decisions {
		if d := &v.Decisions[i]; d.RevokedAt.IsZero() {
			d.RevokeURL = v.Editing.URL + "/" + url.PathEscape(d.ID) + "/revoke"
		}
	}
}

// readable writes a value of a change as people do.
func readable(f register.Field, value string) string {
	start, end, ok := strings.Cut(value, "/")
	if f != register.FieldDates || !ok {
		return value
	}
	from, errFrom := momentOf(start)
	to, errTo := momentOf(end)
	if errFrom != nil || errTo != nil {
		return value
	}
	return interval(from, to)
}

func momentOf(text string) (news.Moment, error) {
	if text == "" {
		return news.Moment{}, nil
	}
	return news.ParseMoment(text)
}
