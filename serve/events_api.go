package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
)

// routeEvents adds what is answered about events.
func (s *server) routeEvents(mux *http.ServeMux) {
	mux.HandleFunc("GET /events.ics", s.eventsCalendar)
	mux.HandleFunc("GET /events/{id}/calendar.ics", s.eventCalendar)
	if s.Events != nil {
		mux.HandleFunc("POST /events/{id}/overrides", s.overrideEvent)
		mux.HandleFunc("POST /events/{id}/overrides/{override}/revoke", s.revokeOverride)
	}
}

// eventQuestion is a list of events as it is asked for.
type eventQuestion struct {
	filter register.Filter
	query  query.Node
}

// askEvents reads the parameters q, series, kind, status, country, place,
// from, to (the day after the last), limit and cursor. Its error is one the
// reader can mend.
func (s *server) askEvents(values url.Values) (eventQuestion, error) {
	q := eventQuestion{filter: register.Filter{
		Series: values.Get("series"), Kind: values.Get("kind"), Status: values.Get("status"),
		Country: values.Get("country"), Place: values.Get("place"), Cursor: values.Get("cursor"),
	}}
	var err error
	if q.query, err = query.Parse(values.Get("q"), s.Now(), time.UTC); err != nil {
		return q, err
	}
	if _, past := q.query.(query.AsOf); past {
		return q, errors.New("asof: cannot be asked of events; an event lists its versions, each with the time of the report that brought it")
	}
	q.query = query.Expand(q.query, s.Acronyms)
	for name, moment := range map[string]*news.Moment{"from": &q.filter.From, "to": &q.filter.To} {
		if value := values.Get(name); value != "" {
			if *moment, err = news.ParseMoment(value); err != nil {
				return q, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if limit := values.Get("limit"); limit != "" {
		if q.filter.Limit, err = strconv.Atoi(limit); err != nil || q.filter.Limit == 0 {
			return q, fmt.Errorf("limit: %q is no number of events; use 1 to %d", limit, register.MaxPage)
		}
	}
	_, err = q.filter.Normal()
	return q, err
}

// findEvents answers a question.
func (s *server) findEvents(ctx context.Context, q eventQuestion) (*register.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	page, err := match.Events(ctx, s.Archive, q.filter, q.query)
	if err != nil {
		return nil, err
	}
	for _, r := range page.Records {
		r.Published = nil // the register's own
	}
	return page, nil
}

func (s *server) eventsAPI(w http.ResponseWriter, r *http.Request) {
	q, err := s.askEvents(r.URL.Query())
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	page, err := s.findEvents(r.Context(), q)
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	list := client.EventList{Events: page.Records, Next: page.Next}
	if list.Events == nil {
		list.Events = []*register.Record{} // none is an empty list, not null
	}
	s.answer(w, r, list)
}

func (s *server) eventAPI(w http.ResponseWriter, r *http.Request) {
	event, err := register.Open(r.Context(), s.Archive, r.PathValue("id"))
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	event.Published = nil
	s.answer(w, r, event)
}

// mostInCalendar is the most events of a calendar feed: the next ones.
const mostInCalendar = 2000

// eventsCalendar is the list of events as a calendar. Without a time it has
// those of the last year and all that are to come.
func (s *server) eventsCalendar(w http.ResponseWriter, r *http.Request) {
	q, err := s.askEvents(r.URL.Query())
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	if q.filter.From.IsZero() && q.filter.To.IsZero() {
		q.filter.From = news.DayOf(s.Now().AddDate(-1, 0, 0))
	}
	q.filter.Limit = register.MaxPage
	var records []*register.Record
	for len(records) < mostInCalendar {
		page, err := s.findEvents(r.Context(), q)
		if err != nil {
			s.problem(w, r, statusOf(err), err)
			return
		}
		records = append(records, page.Records...)
		if q.filter.Cursor = page.Next; page.Next == "" {
			break
		}
	}
	s.calendar(w, r, "Dateline: events", records)
}

func (s *server) eventCalendar(w http.ResponseWriter, r *http.Request) {
	event, err := s.Archive.Record(r.Context(), r.PathValue("id"))
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	s.calendar(w, r, event.Title(), []*register.Record{event})
}

func (s *server) calendar(w http.ResponseWriter, r *http.Request, name string, records []*register.Record) {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	feed := register.Calendar{Name: name, Records: records, Page: s.eventPages(r)}
	if err := feed.Write(w); err != nil {
		s.Logger.Debug("the reader went away", "path", r.URL.Path, "error", err)
	}
}

// eventPages returns the addresses of the pages of events.
func (s *server) eventPages(r *http.Request) func(id string) string {
	base := s.base(r)
	return func(id string) string { return base + eventURL(id) }
}

// longestOverride bounds the body of a request that changes an event.
const longestOverride = 16 << 10

func (s *server) overrideAPI(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		client.EventOverride
		Value *string `json:"value"`
	}
	if !s.readJSON(w, r, &asked) {
		return
	}
	if asked.Value == nil {
		s.problem(w, r, http.StatusBadRequest, errors.New(`value: it is missing; "" says that it is not known`))
		return
	}
	record, err := s.Events.Override(r.Context(), r.PathValue("id"), register.Override{
		Field: register.Field(asked.Field), Value: *asked.Value, By: by(r, asked.By), Reason: asked.Reason, At: s.Now(),
	})
	s.answerRecord(w, r, record, err)
}

func (s *server) revokeAPI(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		By     string `json:"by"`
		Reason string `json:"reason"`
	}
	if !s.readJSON(w, r, &asked) {
		return
	}
	record, err := s.Events.Revoke(r.Context(), r.PathValue("id"), r.PathValue("override"), by(r, asked.By), asked.Reason, s.Now())
	s.answerRecord(w, r, record, err)
}

// by is who makes the change: who signed in, else who the request names.
func by(r *http.Request, named string) string {
	return cmp.Or(access.From(r.Context()).Name, named)
}

func (s *server) answerRecord(w http.ResponseWriter, r *http.Request, record *register.Record, err error) {
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	s.Logger.Info("event overridden", "event", record.ID, "entry", record.Entry)
	shown := *record
	shown.Published = nil
	s.answer(w, r, shown)
}

// readJSON reads the body, or answers what is wrong with it.
func (s *server) readJSON(w http.ResponseWriter, r *http.Request, into any) bool {
	if kind := r.Header.Get("Content-Type"); kind != "application/json" {
		s.problem(w, r, http.StatusUnsupportedMediaType, fmt.Errorf("the content type is %q; send application/json", kind))
		return false
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestOverride))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		s.problem(w, r, http.StatusBadRequest, cmp.Or(errors.Unwrap(err), err))
		return false
	}
	return true
}
