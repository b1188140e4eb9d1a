package serve

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/access"
)

// editing is what an editor can set on the page of an event, over what reports
// say.
type editing struct {
	URL     string
	Fields  []editedField
	Unnamed bool // nobody has signed in, so the form asks for a name
	By      string
	Reason  string
}

// editedField is a value with the form that sets it.
type editedField struct {
	Field       register.Field
	Label       string
	Value       string // a name, or the status
	First, Last string // of dates: days, both included
	Statuses    []string
	Open        bool
}

var fieldLabels = []struct {
	field register.Field
	label string
}{
	{register.FieldDates, "Dates"}, {register.FieldStatus, "Status"}, {register.FieldPlace, "Place"},
	{register.FieldVenue, "Venue"}, {register.FieldHost, "Host"}, {register.FieldOrganizer, "Organizer"},
}

func labelOf(f register.Field) string {
	for _, l := range fieldLabels {
		if l.field == f {
			return l.label
		}
	}
	return string(f)
}

// editingOf returns the forms of an event, nil where it cannot be changed. What
// was typed, when the page is shown again for what is wrong with it, is kept.
func (s *server) editingOf(r *http.Request, d *register.Dossier) *editing {
	if s.Events == nil || !mayEdit(r) || d.MergedInto != "" {
		return nil
	}
	e := &editing{
		URL: eventURL(d.ID) + "/overrides", Unnamed: access.From(r.Context()).Name == "",
		By: r.PostFormValue("by"), Reason: r.PostFormValue("reason"),
	}
	values := map[register.Field]string{
		register.FieldPlace: d.Place, register.FieldVenue: d.Venue, register.FieldHost: d.Host, register.FieldOrganizer: d.Organizer,
		register.FieldStatus: d.Status,
	}
	for _, l := range fieldLabels {
		one := editedField{Field: l.field, Label: l.label, Value: values[l.field]}
		switch l.field {
		case register.FieldDates:
			one.First, one.Last = shownDays(d.Start, d.End)
		case register.FieldStatus:
			one.Statuses = register.Overridable()
		}
		if l.field == register.Field(r.PostFormValue("field")) {
			one.Open, one.Value, one.First, one.Last = true, r.PostFormValue("value"), r.PostFormValue("first"), r.PostFormValue("last")
		}
		e.Fields = append(e.Fields, one)
	}
	return e
}

// shownDays are the first and the last day of an interval, as inputs have them.
func shownDays(start, end news.Moment) (first, last string) {
	if !start.IsZero() {
		first = start.Time.Format(time.DateOnly)
	}
	if !end.IsZero() {
		last = end.Time.Add(-time.Nanosecond).Format(time.DateOnly)
	}
	return first, last
}

// typedDates writes the days of a form, both included, as an override has them.
func typedDates(first, last string) (string, error) {
	if first == "" && last == "" {
		return "", nil
	}
	if first == "" {
		return "", fmt.Errorf("%w: the first day is missing; leave both empty to say that the dates are not known", register.ErrBadOverride)
	}
	from, err := typedDay("first", first)
	if err != nil {
		return "", err
	}
	to, err := typedDay("last", cmp.Or(last, first))
	if err != nil {
		return "", err
	}
	if to.Before(from) {
		return "", fmt.Errorf("%w: the last day is before the first", register.ErrBadOverride)
	}
	return from.Format(time.DateOnly) + "/" + to.AddDate(0, 0, 1).Format(time.DateOnly), nil
}

func typedDay(which, text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		err = fmt.Errorf("%w: the %s day %q is no day; write it as 2026-10-06", register.ErrBadOverride, which, text)
	}
	return day, err
}

// overrideEvent sets the value of a form, or shows the page again with what is
// wrong with it.
func (s *server) overrideEvent(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, longestOverride)
	field := register.Field(r.PostFormValue("field"))
	value, err := strings.TrimSpace(r.PostFormValue("value")), error(nil)
	if field == register.FieldDates {
		value, err = typedDates(r.PostFormValue("first"), r.PostFormValue("last"))
	}
	if err == nil {
		var record *register.Record
		record, err = s.Events.Override(r.Context(), r.PathValue("id"), register.Override{
			Field: field, Value: value, By: decider(r), Reason: strings.TrimSpace(r.PostFormValue("reason")), At: s.Now(),
		})
		if err == nil {
			s.Logger.Info("event overridden", "event", record.ID, "field", field, "by", decider(r), "entry", record.Entry)
		}
	}
	s.afterDeciding(w, r, err)
}

// revokeOverride takes an override back.
func (s *server) revokeOverride(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, longestOverride)
	record, err := s.Events.Revoke(r.Context(), r.PathValue("id"), r.PathValue("override"), decider(r), strings.TrimSpace(r.PostFormValue("reason")), s.Now())
	if err == nil {
		s.Logger.Info("override of an event revoked", "event", record.ID, "override", r.PathValue("override"), "by", decider(r))
	}
	s.afterDeciding(w, r, err)
}

// decider is who decides: who has signed in, else the name that was typed.
func decider(r *http.Request) string {
	return cmp.Or(access.From(r.Context()).Name, strings.TrimSpace(r.PostFormValue("by")))
}

func (s *server) afterDeciding(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case err == nil:
		http.Redirect(w, r, eventURL(r.PathValue("id"))+"#set", http.StatusSeeOther)
	case errors.Is(err, register.ErrBadOverride):
		s.showEvent(w, r, http.StatusUnprocessableEntity, strings.TrimPrefix(err.Error(), register.ErrBadOverride.Error()+": "))
	case errors.Is(err, register.ErrNoEvent):
		s.fault(w, r, http.StatusNotFound, "There is no such event", nil)
	default:
		s.fault(w, r, statusOf(err), "The event could not be changed", err)
	}
}
