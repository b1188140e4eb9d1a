package register

import (
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// Title is how the event is headed: its name, with edition and year where the
// name does not have them.
func (r *Record) Title() string {
	title := r.Name
	if period := shownPeriod(r.Edition); period != "" {
		return title + ", " + period
	}
	if r.Edition != "" && !strings.Contains(title, r.Edition) {
		title = r.Edition + ". " + title
	}
	if year := strconv.Itoa(r.Year); r.Year != 0 && !strings.Contains(title, year) {
		title += " " + year
	}
	return title
}

// Sketch is a report that says what the record says and no more. A query of
// the search language finds the event when it matches the sketch, so that
// event:2015-09 place:Baku means the same of events as of reports.
func (r *Record) Sketch() *news.Report {
	s := &news.Report{ID: r.ID, Revision: 1, Title: r.Title()}
	var said []string
	for _, v := range r.Versions {
		for _, e := range v.Evidence {
			if e.Withdrawn {
				continue
			}
			said = append(said, e.Text)
			s.Source, s.Agency, s.Published, s.Seen = e.Source, e.Agency, e.Published, e.Seen
		}
	}
	s.Text = strings.Join(said, "\n\n")
	s.Events = []news.Event{{
		Name: r.Name, Series: r.Series, Edition: r.Edition, Year: r.Year, Kind: r.Kind, Start: r.Start, End: r.End,
		Place: r.Place, Venue: r.Venue, Host: r.Host, Organizer: r.Organizer, Status: r.Status,
	}}
	if e := &s.Events[0]; e.Start.IsZero() && e.End.IsZero() && r.Year != 0 {
		e.Start, e.End = news.Day(r.Year, time.January, 1), news.Day(r.Year+1, time.January, 1)
	}
	if r.Place != "" {
		s.Places = []news.Place{{Name: r.Place, Country: r.Country}}
	}
	for _, body := range []string{r.Host, r.Organizer} {
		if body != "" {
			s.Organizations = append(s.Organizations, news.Organization{Name: body})
		}
	}
	return s
}
