package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// matchEvents matches each entry of the event register.
func (e *engine) matchEvents(ctx context.Context, batch []*wire.Message) []error {
	return e.each(ctx, batch, func(ctx context.Context, p *page, m *wire.Message) error {
		_, err := e.matchEntry(ctx, p, m, nil)
		return err
	})
}

// matchEntry tells what the changes of an entry fire: of every rule, or of
// only. It returns the number of new notices.
func (e *engine) matchEntry(ctx context.Context, p *page, m *wire.Message, only *catching) (int, error) {
	entry, err := register.DecodeEntry(m.Body)
	if err != nil {
		return 0, wire.Poison(err)
	}
	total := 0
	for _, version := range versions(entry.Changes) {
		findings, err := e.versionFindings(ctx, p, entry.Record, version, m.Time, only)
		if err != nil {
			return total, err
		}
		if err := e.addCopies(ctx, findings, version); err != nil {
			return total, err
		}
		n, err := e.tell(ctx, findings, "event:"+version[0].ID, m.Traceparent)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// versions groups the changes by the version that brought them, without those
// that are history: see register.Change.Late.
func versions(changes []register.Change) [][]register.Change {
	var groups [][]register.Change
	for _, c := range changes {
		if c.Late {
			continue
		}
		if n := len(groups); n > 0 && groups[n-1][0].Version == c.Version {
			groups[n-1] = append(groups[n-1], c)
			continue
		}
		groups = append(groups, []register.Change{c})
	}
	return groups
}

func (e *engine) versionFindings(ctx context.Context, p *page, r register.Record, changes []register.Change, came time.Time, only *catching) ([]finding, error) {
	var findings []finding
	var reports []*match.Subject // read when the first rule needs them
	for _, a := range p.events {
		if !only.wants(a, came) {
			continue
		}
		waited := waitedFor(a.rule.When, changes)
		if len(waited) == 0 || !takes(a.rule.Event, r) {
			continue
		}
		var clauses []string
		if a.query != (query.All{}) {
			if reports == nil {
				var err error
				if reports, err = e.evidence(ctx, changes); err != nil {
					return nil, err
				}
			}
			i := slices.IndexFunc(reports, func(s *match.Subject) bool { return s.Matches(a.query) })
			if i < 0 {
				continue
			}
			clauses = matcher.Clauses(a.query, reports[i])
		}
		findings = append(findings, a.eventFinding(r, changes, waited, clauses, e.opts.Now()))
	}
	return findings, nil
}

func waitedFor(when []rule.Change, changes []register.Change) []register.Change {
	var waited []register.Change
	for _, c := range changes {
		if slices.Contains(when, c.Kind) {
			waited = append(waited, c)
		}
	}
	return waited
}

// takes reports whether the filter takes the event.
func takes(f rule.EventFilter, r register.Record) bool {
	return oneOf(f.Series, r.Series) && oneOf(f.Kind, r.Kind) && oneOf(f.Country, r.Country) &&
		anyHas(f.Place, r.Place, r.Venue) && anyHas(f.Organizer, r.Organizer, r.Host, r.Name)
}

func oneOf(wanted []string, value string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool { return analysis.Fold(w) == analysis.Fold(value) })
}

// anyHas reports whether one of the values has the words of one of wanted.
func anyHas(wanted []string, values ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool {
		words := analysis.Words(w)
		return slices.ContainsFunc(values, func(v string) bool {
			have := analysis.Words(v)
			for i := 0; len(words) > 0 && i+len(words) <= len(have); i++ {
				if slices.Equal(have[i:i+len(words)], words) {
					return true
				}
			}
			return false
		})
	})
}

// evidence reads the reports that brought the changes. One that the archive
// no longer has cannot match.
func (e *engine) evidence(ctx context.Context, changes []register.Change) ([]*match.Subject, error) {
	subjects := []*match.Subject{}
	seen := map[string]bool{}
	for _, c := range changes {
		for _, ev := range c.Evidence {
			if seen[ev.Report] {
				continue
			}
			seen[ev.Report] = true
			r, err := e.opts.Archive.Get(ctx, ev.Report)
			if errors.Is(err, index.ErrNotFound) {
				e.log.Warn("the archive does not have the report of an event", "report", ev.Report, "event", c.Record)
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read report %s of event %s: %w", ev.Report, c.Record, err)
			}
			subjects = append(subjects, match.New(r))
		}
	}
	return subjects, nil
}

func (a *acting) eventFinding(r register.Record, changes, waited []register.Change, clauses []string, now time.Time) finding {
	event := eventOf(r, waited)
	n := notice.Notice{
		Trigger: string(waited[0].Kind), Item: "event:" + changes[0].ID,
		Title: eventTitle(event), Event: event, MatchedBy: clauses, At: now,
	}
	for _, c := range waited {
		n.MatchedBy = append(n.MatchedBy, string(c.Kind))
		for _, ev := range c.Evidence {
			if n.Text == "" {
				n.Text = clip(ev.Text, maxPassage)
			}
			n.AddSource(evidenceSource(ev))
		}
	}
	return a.finding(n)
}

func eventOf(r register.Record, waited []register.Change) *notice.Event {
	e := &notice.Event{
		ID: r.ID, Name: r.Name, Series: r.Series, Edition: r.Edition, Year: r.Year, Status: r.Status,
		Start: r.Start, End: r.End, Place: r.Place, Country: r.Country, Venue: r.Venue, Host: r.Host,
		Entry: r.Entry,
	}
	for _, c := range waited {
		change := notice.Change{Kind: string(c.Kind)}
		if c.Field != register.FieldStatus { // whose kind says what it became
			change.Old, change.New = shown(c.Field, c.Old), shown(c.Field, c.New)
		}
		e.Changes = append(e.Changes, change)
	}
	return e
}

// shown writes an interval as people do: its last day is a part of it.
func shown(f register.Field, value string) string {
	start, end, ok := strings.Cut(value, "/")
	if f != register.FieldDates || !ok {
		return value
	}
	from, fromErr := news.ParseMoment(start)
	to, toErr := news.ParseMoment(end)
	if fromErr != nil || toErr != nil || !to.Day {
		return value
	}
	if last := to.AddDays(-1); last.Time.After(from.Time) {
		return from.String() + " – " + last.String()
	}
	return from.String()
}

// eventTitle names the event and what became of it.
func eventTitle(e *notice.Event) string {
	name := e.Name
	switch {
	case e.Year != 0 && !strings.Contains(name, fmt.Sprint(e.Year)):
		name += fmt.Sprintf(" %d", e.Year)
	case e.Edition != "":
		name += " (" + e.Edition + ")"
	}
	var changes []string
	for _, c := range e.Changes {
		changes = append(changes, c.String())
	}
	return name + ": " + strings.Join(changes, "; ")
}

func evidenceSource(ev register.Evidence) notice.Source {
	s := notice.Source{
		Report: ev.Report, Source: ev.Source, Agency: ev.Agency, URL: ev.URL, Title: ev.Title,
		Published: ev.Published, Seen: ev.Seen,
	}
	if ev.Withdrawn {
		s.Status = news.StatusWithdrawn
	}
	return s
}
