package alert

import (
	"time"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

// reported returns what the report tells of an event to come that the rule's
// filter takes and the register has no record of: a notice for each story.
func (a *acting) reported(s *match.Subject, now time.Time) []finding {
	r := s.Report()
	if r.Status == news.StatusWithdrawn {
		return nil
	}
	for _, e := range r.Events {
		if register.Registers(r, e) || over(e, r.Anchor()) {
			continue
		}
		record := register.Record{
			ID: "story-" + story(r), Name: e.Name, Series: e.Series, Edition: e.Edition, Year: e.Year, Kind: e.Kind,
			Values: register.Values{
				Status: e.Status, Start: e.Start, End: e.End, Place: e.Place, Country: register.Country(r, e.Place),
				Venue: e.Venue, Host: e.Host, Organizer: e.Organizer,
			},
		}
		if !takes(a.rule.Event, record) {
			continue
		}
		return []finding{a.finding(notice.Notice{
			Trigger: notice.Reported, Item: "story:" + story(r), Title: headline(r), Text: clip(e.Span.Of(r.Text), maxPassage),
			Event: eventOf(record, nil), MatchedBy: append(matcher.Clauses(a.query, s), string(rule.Reported)),
			Sources: []notice.Source{notice.SourceOf(r)}, At: now,
		})}
	}
	return nil
}

// over reports whether the report speaks of the event as one that lies behind.
func over(e news.Event, published time.Time) bool {
	end := e.End
	if end.IsZero() {
		end = e.Start
	}
	return e.Status == news.EventHeld || !end.IsZero() && end.Time.AddDate(0, 0, 1).Before(published)
}
