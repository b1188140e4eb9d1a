package alert

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/alert/matcher"
	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// atOnce is how many messages of a batch are worked on at a time: each waits
// for the disk more than it computes.
const atOnce = 8

// finding is a notice that a rule is about to give, by the rule that gives it.
type finding struct {
	*acting
	notice.Notice
}

// matchReports matches each report of a batch.
func (e *engine) matchReports(ctx context.Context, batch []*wire.Message) []error {
	return e.each(ctx, batch, func(ctx context.Context, p *page, m *wire.Message) error {
		s := match.New(m.Report)
		e.book.frequency.Count(s)
		if _, err := e.matchReport(ctx, p, s, m.Time, m.Traceparent, nil); err != nil {
			return err
		}
		return e.addCopy(ctx, m.Report)
	})
}

// each works on the messages of a batch, several at a time. What fails for
// want of the server is held: the message is not at fault.
func (e *engine) each(ctx context.Context, batch []*wire.Message, work func(context.Context, *page, *wire.Message) error) []error {
	outcomes := make([]error, len(batch))
	p, err := e.book.current(ctx)
	if err != nil {
		return slices.Repeat([]error{wire.Hold(err)}, len(batch))
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, m := range batch {
		group.Go(func() error {
			outcomes[i] = wire.Hold(work(ctx, p, m))
			return nil
		})
	}
	_ = group.Wait() // outcomes has every error
	return outcomes
}

// matchReport tells what a report that came at the time fires: of every rule,
// or of only. It returns the number of new notices.
func (e *engine) matchReport(ctx context.Context, p *page, s *match.Subject, came time.Time, trace string, only *catching) (int, error) {
	var findings []finding
	for _, i := range p.index.Match(s) {
		t := p.triggers[i]
		if !only.wants(t.acting, came) {
			continue
		}
		found, err := e.fire(ctx, t, s, came)
		if err != nil {
			return 0, err
		}
		findings = append(findings, found...)
	}
	r := s.Report()
	return e.tell(ctx, findings, r.ID+"@"+strconv.Itoa(r.Revision)+"@"+r.ContentHash, trace)
}

// fire returns what the trigger's rule has to tell of the report.
func (e *engine) fire(ctx context.Context, t trigger, s *match.Subject, came time.Time) ([]finding, error) {
	switch t.kind {
	case notice.RoleChanged:
		return e.newRoles(ctx, t.acting, s)
	case notice.Spike:
		return e.spike(ctx, t.acting, s, came)
	case notice.Reported:
		return t.reported(s, e.opts.Now()), nil
	}
	return []finding{t.found(s, t.kind, e.opts.Now())}, nil
}

// found is the notice that a report gives by itself.
func (a *acting) found(s *match.Subject, kind string, now time.Time) finding {
	r := s.Report()
	n := notice.Notice{
		Trigger: kind, Item: "story:" + story(r), Title: headline(r), Text: a.passage(s, kind),
		MatchedBy: matcher.Clauses(a.query, s), Sources: []notice.Source{notice.SourceOf(r)}, At: now,
	}
	if kind == notice.QuoteBy {
		for _, name := range a.rule.QuoteBy {
			if s.Matches(query.Term{Field: query.Speaker, Value: name}) {
				n.MatchedBy = append(n.MatchedBy, "quote_by "+name)
			}
		}
	}
	return a.finding(n)
}

// finding makes the notice the rule's own.
func (a *acting) finding(n notice.Notice) finding {
	n.Rule = a.rule.Name
	n.ID = digest(n.Rule, n.Item)
	n.MatchedBy = slices.DeleteFunc(n.MatchedBy, func(c string) bool { return c == query.All{}.String() })
	n.Urgent = a.urgent(n)
	return finding{a, n}
}

// urgent reports whether the notice passes quiet hours.
func (a *acting) urgent(n notice.Notice) bool {
	return slices.ContainsFunc(a.rule.Urgent, func(c rule.Change) bool {
		if c == rule.AllUrgent || string(c) == n.Trigger {
			return true
		}
		return n.Event != nil && slices.ContainsFunc(n.Event.Changes, func(have notice.Change) bool { return have.Kind == string(c) })
	})
}

// story is what copies of one report share.
func story(r *news.Report) string {
	if r.Story != "" {
		return r.Story
	}
	return r.ID
}

// headline is the title, or the beginning of the text where there is none.
func headline(r *news.Report) string {
	if r.Title != "" {
		return r.Title
	}
	line, _, _ := strings.Cut(strings.TrimSpace(r.Text), "\n")
	return clip(line, 100)
}

func clip(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return strings.TrimSpace(string(runes[:most])) + "…"
}

// passage is the part of the report that shows why it is told: the quote, or
// the paragraph of the first words that the query asks for.
func (a *acting) passage(s *match.Subject, kind string) string {
	r := s.Report()
	if kind == notice.QuoteBy {
		for _, q := range r.Quotes {
			if q.Speaker != nil && a.speaks(r, *q.Speaker) {
				return q.Span.Of(r.Text)
			}
		}
	}
	at := 0
	if spans := match.Spans(a.query, r.Text); len(spans) > 0 {
		at = spans[0].Start
	}
	begin := strings.LastIndex(r.Text[:at], "\n\n") + 1
	end := len(r.Text)
	if n := strings.Index(r.Text[at:], "\n\n"); n >= 0 {
		end = at + n
	}
	return clip(strings.TrimSpace(r.Text[begin:end]), maxPassage)
}

// maxPassage is the length of what is shown of a text, in runes.
const maxPassage = 500

func (a *acting) speaks(r *news.Report, speaker news.Speaker) bool {
	only := match.New(&news.Report{ID: r.ID, People: r.People, Organizations: r.Organizations, Quotes: []news.Quote{{Speaker: &speaker}}})
	return slices.ContainsFunc(a.rule.QuoteBy, func(name string) bool {
		return only.Matches(query.Term{Field: query.Speaker, Value: name})
	})
}

// tell claims the findings of a message and puts those that are new on the
// ALERTS stream. It returns their number.
func (e *engine) tell(ctx context.Context, findings []finding, by, trace string) (int, error) {
	total := 0
	for _, same := range items(findings) {
		fresh, err := e.claimItem(ctx, same, by)
		if err != nil {
			return total, err
		}
		for _, f := range fresh {
			f.Rules = rulesIn(fresh)
			if err := e.publish(ctx, f.Notice, trace); err != nil {
				return total, err
			}
			total++
		}
	}
	return total, nil
}

// items groups the findings by item. Of two conditions of one rule that hold
// for an item the first counts.
func items(findings []finding) [][]finding {
	var groups [][]finding
	at, seen := map[string]int{}, map[string]bool{}
	for _, f := range findings {
		if seen[f.ID] {
			continue
		}
		seen[f.ID] = true
		i, known := at[f.Item]
		if !known {
			i = len(groups)
			at[f.Item] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// claimItem claims the findings of one item and returns those that are new.
func (e *engine) claimItem(ctx context.Context, same []finding, by string) ([]finding, error) {
	p, err := e.claims.share(ctx, same[0].Item, by, rulesIn(same))
	if err != nil {
		return nil, err
	}
	var fresh []finding
	for _, f := range same {
		owner := cmp.Or(p.owner(f.Rule), by)
		due, err := e.claims.claim(ctx, f.Notice, owner)
		if err != nil {
			return nil, err
		}
		if due && owner == by {
			fresh = append(fresh, f)
		}
	}
	return fresh, nil
}

// rulesIn are the rules of the findings, sorted.
func rulesIn(findings []finding) []string {
	rules := make([]string, len(findings))
	for i, f := range findings {
		rules[i] = f.Rule
	}
	slices.Sort(rules)
	return rules
}

// publish puts the notice on the ALERTS stream, where the deliveries and
// whoever listens to alerts.<rule> take it from.
func (e *engine) publish(ctx context.Context, n notice.Notice, trace string) error {
	body, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("write notice %s: %w", n.ID, err)
	}
	_, err = e.opts.Bus.Append(ctx, wire.StreamAlerts, []string{n.Rule}, body, wire.Append{
		MessageID: "alert-" + n.ID, Unordered: true, Traceparent: trace,
	})
	return err
}
