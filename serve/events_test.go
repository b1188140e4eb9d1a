package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// unread is an EVENTS stream that nobody reads.
type unread struct{ last map[string]*wire.Entry }

func (u unread) Append(_ context.Context, _ wire.Stream, names []string, body []byte, a wire.Append) (uint64, error) {
	u.last[fmt.Sprint(names)] = &wire.Entry{Sequence: a.After + 1, Body: body}
	return a.After + 1, nil
}

func (u unread) Last(_ context.Context, _ wire.Stream, names ...string) (*wire.Entry, error) {
	return u.last[fmt.Sprint(names)], nil
}

// eventsServer serves an archive with a few events.
func eventsServer(t *testing.T) *httptest.Server {
	t.Helper()
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = archive.Close() }) // nothing is written any more
	events := register.New(register.Options{Bus: unread{map[string]*wire.Entry{}}, Store: archive, Logger: slog.New(slog.DiscardHandler)})
	at := time.Date(2015, 2, 1, 9, 0, 0, 0, time.UTC)
	var readings []register.Reading
	for i, e := range []news.Event{
		{Name: "PICARD Conference", Series: "picard", Year: 2015, Kind: "conference", Status: news.EventAnnounced, Start: news.Day(2015, 9, 8), End: news.Day(2015, 9, 11), Place: "Baku", Organizer: "World Customs Organization"},
		{Name: "PICARD Conference", Series: "picard", Year: 2015, Kind: "conference", Status: news.EventAnnounced, Start: news.Day(2015, 9, 9), End: news.Day(2015, 9, 12), Place: "Baku"},
		{Name: "WCO Technology Conference", Series: "wco-technology", Year: 2015, Kind: "conference", Status: news.EventAnnounced, Start: news.Day(2015, 6, 3), End: news.Day(2015, 6, 6), Place: "Rotterdam"},
		{Name: "PICARD Conference", Series: "picard", Year: 2013, Kind: "conference", Status: news.EventHeld, Start: news.Day(2013, 9, 18), End: news.Day(2013, 9, 21), Place: "Saint Petersburg"},
	} {
		e.Span = news.Span{Start: 0, End: 36}
		r := &news.Report{ID: fmt.Sprint("r", i), Revision: 1, Agency: "Local", Source: "local", Published: at.AddDate(0, 0, i), Text: "The conference will be held in a city.", Events: []news.Event{e}}
		r.Places = []news.Place{{Name: e.Place, Country: map[string]string{"Baku": "AZ", "Rotterdam": "NL", "Saint Petersburg": "RU"}[e.Place], Kind: "city"}}
		readings = append(readings, register.Read(r, 1))
	}
	if err := events.Take(t.Context(), readings); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(New(Options{
		Archive: archive, Events: events, Ready: archive.Ping, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return at.AddDate(0, 1, 0) },
	}))
	t.Cleanup(server.Close)
	return server
}

func TestEventsAreListedByWhatIsAskedOfThem(t *testing.T) {
	c := client.New(eventsServer(t).URL, client.Options{})
	for asked, want := range map[string][]string{
		"":                                    {"picard-2013-conference", "wco-technology-2015-conference", "picard-2015-conference"},
		"limit=1":                             {"picard-2013-conference", "wco-technology-2015-conference", "picard-2015-conference"},
		"series=picard":                       {"picard-2013-conference", "picard-2015-conference"},
		"status=held":                         {"picard-2013-conference"},
		"country=az":                          {"picard-2015-conference"},
		"place=rotterdam":                     {"wco-technology-2015-conference"},
		"from=2015-01-01&to=2015-07-01":       {"wco-technology-2015-conference"},
		"q=event%3A2015-09":                   {"picard-2015-conference"},
		"q=technology+OR+place%3A%22Baku%22":  {"wco-technology-2015-conference", "picard-2015-conference"},
		"q=org%3A%22World+Customs%22&limit=2": {"picard-2015-conference"},
		"q=event%3A2015+-technology":          {"picard-2015-conference"},
		"q=event%3A2016":                      nil,
		"q=picard&series=picard&status=held":  {"picard-2013-conference"},
		"q=picard&from=2014-01-01&country=AZ": {"picard-2015-conference"},
		"q=picard&limit=1":                    {"picard-2013-conference", "picard-2015-conference"},
		"kind=forum":                          nil,
	} {
		values, err := url.ParseQuery(asked)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for {
			list, err := c.Events(t.Context(), values)
			if err != nil {
				t.Fatalf("%s: %v", asked, err)
			}
			for _, r := range list.Events {
				got = append(got, r.ID)
			}
			if list.Next == "" {
				break
			}
			values.Set("cursor", list.Next)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", asked, diff)
		}
	}
	for _, bad := range []string{"limit=x", "limit=0", "limit=501", "from=soon", "cursor=%3F", "q=event%3A", "from=2016-01-01&to=2015-01-01"} {
		values, _ := url.ParseQuery(bad)
		var problem *client.Problem
		if _, err := c.Events(t.Context(), values); !errors.As(err, &problem) || problem.Status != http.StatusBadRequest {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestAnEventIsShownWithAllThatWasSaidOfIt(t *testing.T) {
	c := client.New(eventsServer(t).URL, client.Options{})
	event, err := c.Event(t.Context(), "picard-2015-conference")
	if err != nil {
		t.Fatal(err)
	}
	if len(event.Versions) != 2 || len(event.Evidence) != 2 || event.Start != news.Day(2015, 9, 9) {
		t.Errorf("the event is %+v", event)
	}
	var said []string
	for _, s := range event.Said {
		said = append(said, fmt.Sprintf("%s %s %t %v", s.Field, s.Value, s.Current, s.Evidence))
	}
	want := []string{
		"status announced true [0 1]", "dates 2015-09-08/2015-09-11 false [0]", "dates 2015-09-09/2015-09-12 true [1]",
		"place Baku true [0 1]", "organizer World Customs Organization true [0]",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
	var problem *client.Problem
	if _, err := c.Event(t.Context(), "nothing"); !errors.As(err, &problem) || problem.Status != http.StatusNotFound {
		t.Errorf("an event that is not there: %v", err)
	}
}

func TestAnAnalystOverridesAnEventAndTakesItBack(t *testing.T) {
	c := client.New(eventsServer(t).URL, client.Options{})
	const id = "picard-2015-conference"
	record, err := c.OverrideEvent(t.Context(), id, client.EventOverride{Field: "status", Value: news.EventCancelled, By: "Leyla", Reason: "letter of the host"})
	if err != nil || record.Status != news.EventCancelled {
		t.Fatalf("the overridden event is %+v, %v", record, err)
	}
	o := record.Overrides[0]
	if o.By != "Leyla" || o.Reason != "letter of the host" || o.At.IsZero() {
		t.Errorf("the audit says %+v", o)
	}
	record, err = c.RevokeOverride(t.Context(), id, o.ID, client.EventOverride{By: "Leyla", Reason: "false"})
	if err != nil || record.Status != news.EventAnnounced || record.Overrides[0].RevokedReason != "false" {
		t.Errorf("the event after that is %+v, %v", record, err)
	}
	for _, bad := range []client.EventOverride{{Field: "status", Value: "over", By: "x", Reason: "y"}, {Field: "status", Value: news.EventHeld, By: "x"}} {
		var problem *client.Problem
		if _, err := c.OverrideEvent(t.Context(), id, bad); !errors.As(err, &problem) || problem.Status != http.StatusBadRequest {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestOverridesAreJSONAlone(t *testing.T) {
	server := eventsServer(t)
	for kind, want := range map[string]int{"application/x-www-form-urlencoded": http.StatusUnsupportedMediaType, "text/plain": http.StatusUnsupportedMediaType, "application/json": http.StatusBadRequest} {
		response, err := http.Post(server.URL+"/api/v1/events/picard-2015-conference/overrides", kind, strings.NewReader(`{"field":`))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: status %d, want %d", kind, response.StatusCode, want)
		}
	}
}

func TestTheCalendarOfEventsIsReadByAnotherParser(t *testing.T) {
	server := eventsServer(t)
	for path, want := range map[string][]string{
		"/events.ics": {"wco-technology-2015-conference@dateline", "picard-2015-conference@dateline"},
		"/events.ics?series=picard&from=2013-01-01":     {"picard-2013-conference@dateline", "picard-2015-conference@dateline"},
		"/events/picard-2013-conference/calendar.ics":   {"picard-2013-conference@dateline"},
		"/events.ics?q=event%3A2015-09&from=2013-01-01": {"picard-2015-conference@dateline"},
	} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		calendar, err := ical.NewDecoder(response.Body).Decode()
		response.Body.Close()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var got []string
		for _, e := range calendar.Events() {
			got = append(got, e.Props.Get("UID").Value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}
