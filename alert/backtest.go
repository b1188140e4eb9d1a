package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// Backtest is what a rule would have done.
type Backtest struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Reports and Events are how many were looked at, in the archive and on
	// the EVENTS stream.
	Reports int `json:"reports"`
	Events  int `json:"events"`
	// Days are the days on which something matched, in the rule's time zone.
	Days []Day `json:"days"`
	// Matched, Notices and Messages are the sums of those of the days.
	Matched  int `json:"matched"`
	Notices  int `json:"notices"`
	Messages int `json:"messages"`
	// Samples are the latest notices.
	Samples []notice.Notice `json:"samples"`
	// Disagreements are reports that the search finds and the matcher does
	// not, or the other way round. There should be none.
	Disagreements []Disagreement `json:"disagreements"`
}

// Day is what a rule would have done on a day.
type Day struct {
	Day string `json:"day"`
	// Matched counts reports and changes of events, Notices what is left when
	// copies are told once, Messages what would have been sent to each target
	// on the day, after quiet hours, digests and throttle.
	Matched  int `json:"matched"`
	Notices  int `json:"notices"`
	Messages int `json:"messages"`
}

// Disagreement is a report on which search and matcher differ.
type Disagreement struct {
	Report  string `json:"report"`
	Search  bool   `json:"search"`
	Matcher bool   `json:"matcher"`
}

const (
	// maxTested bounds the reports that one backtest looks at.
	maxTested = 100_000
	samples   = 20
)

// ErrTooMuch: a backtest reaches too far back.
var ErrTooMuch = errors.New("too many reports for one backtest")

// Backtest says what the rule would have told of what came since the time. It
// sends and keeps nothing. An error of the rule is the rule's own.
func (s *Service) Backtest(ctx context.Context, r rule.Rule, since time.Time) (*Backtest, error) {
	now := s.opts.Now()
	if err := r.Validate(s.store.known, now); err != nil {
		return nil, mistake(err)
	}
	a, _, err := compile(&Stored{Rule: r, Enabled: true, Since: since}, r, s.opts.Point, s.opts.Acronyms, now)
	if err != nil {
		return nil, err
	}
	t := &backtest{engine: s.engine, acting: a, result: &Backtest{From: since, To: now, Days: []Day{}, Samples: []notice.Notice{}, Disagreements: []Disagreement{}}}
	if err := t.reports(ctx); err != nil {
		return nil, err
	}
	if err := t.changes(ctx); err != nil {
		return nil, err
	}
	return t.finish(), nil
}

// backtest is one on its way.
type backtest struct {
	*engine
	*acting
	result *Backtest
	found  []came
	counts counted
	roles  map[string]*offices
}

// came is a notice with the time at which what it tells of came.
type came struct {
	notice.Notice
	at time.Time
}

// within narrows a query to what was seen in the time of the backtest.
func (t *backtest) within(node query.Node) query.Node {
	span := query.Range{Field: query.Seen, From: news.Instant(t.result.From), To: news.Instant(t.result.To), Source: ">" + t.result.From.Format(time.RFC3339)}
	if node == (query.All{}) {
		return span
	}
	return query.And{Nodes: []query.Node{node, span}}
}

// reports matches every report of the time, the earliest first, and compares
// with what the search finds.
func (t *backtest) reports(ctx context.Context) error {
	all, err := t.search(ctx, query.All{})
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b *news.Report) int { return a.Seen.Compare(b.Seen) })
	found, err := t.search(ctx, t.acting.query)
	if err != nil {
		return err
	}
	searched := map[string]bool{}
	for _, r := range found {
		searched[r.ID] = true
	}
	p := t.alone(t.acting)
	for _, r := range all {
		s := match.New(r)
		if matches := s.Matches(t.acting.query); matches != searched[r.ID] {
			t.disagree(ctx, r, matches)
		}
		for _, i := range p.index.Match(s) {
			t.fire(p.triggers[i], s)
		}
	}
	t.result.Reports = len(all)
	return nil
}

// disagree looks again, for the report may have come or changed between the
// two searches.
func (t *backtest) disagree(ctx context.Context, r *news.Report, matches bool) {
	byID, err := t.opts.Archive.Get(ctx, r.ID)
	if err != nil || byID.Revision != r.Revision || !byID.Seen.Equal(r.Seen) {
		return
	}
	t.result.Disagreements = append(t.result.Disagreements, Disagreement{Report: r.ID, Search: !matches, Matcher: matches})
}

func (t *backtest) search(ctx context.Context, node query.Node) ([]*news.Report, error) {
	request := index.Request{Query: t.within(node), Sort: index.BySeen, Limit: index.MaxLimit}
	var all []*news.Report
	for {
		result, err := t.opts.Archive.Search(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("backtest: %w", err)
		}
		if result.Total > maxTested {
			return nil, fmt.Errorf("%w: %d since %s, and %d can be tested; begin later", ErrTooMuch, result.Total, stamp(t.result.From), maxTested)
		}
		for _, h := range result.Hits {
			all = append(all, h.Report)
		}
		if request.Cursor = result.Next; result.Next == "" {
			return all, nil
		}
	}
}

// fire does what the engine does when a report fires the rule, and remembers
// for itself.
func (t *backtest) fire(tr trigger, s *match.Subject) {
	r := s.Report()
	switch tr.kind {
	case notice.Spike:
		id := digest(story(r))
		if t.counts.add(id, r.Seen, *t.rule.Spike) && t.counts.Fired != nil && t.counts.Fired.Story == id {
			t.add(t.spikeFinding(s, *t.counts.Fired, r.Seen), r.Seen)
		}
	case notice.RoleChanged:
		for _, p := range r.People {
			if !t.watches(p) {
				continue
			}
			for _, o := range t.officesOf(p.ID).adding(r, p) {
				t.add(t.roleFinding(r, p, o, r.Seen), r.Seen)
			}
		}
	case notice.Reported:
		for _, f := range tr.reported(s, r.Seen) {
			t.add(f, r.Seen)
		}
	default:
		t.add(tr.found(s, tr.kind, r.Seen), r.Seen)
	}
}

func (t *backtest) officesOf(person string) *offices {
	if t.roles == nil {
		t.roles = map[string]*offices{}
	}
	if t.roles[person] == nil {
		t.roles[person] = new(offices)
	}
	return t.roles[person]
}

func (o *offices) adding(r *news.Report, p news.Person) []office {
	o.add(r, p)
	return o.broughtBy(r.ID)
}

func (t *backtest) add(f finding, at time.Time) {
	f.At = at // when it would have come up
	t.found = append(t.found, came{f.Notice, at})
}

// changes matches the changes of events since the beginning.
func (t *backtest) changes(ctx context.Context) error {
	if len(t.rule.When) == 0 {
		return nil
	}
	p := t.alone(t.acting)
	return t.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamEvents, Since: t.result.From}, func(m *wire.Message) error {
		entry, err := register.DecodeEntry(m.Body)
		if err != nil {
			return nil // it is among the dead letters
		}
		t.result.Events++
		for _, version := range versions(entry.Changes) {
			findings, err := t.versionFindings(ctx, p, entry.Record, version, m.Time, nil)
			if err != nil {
				return err
			}
			for _, f := range findings {
				t.add(f, m.Time)
			}
		}
		return nil
	})
}

// finish counts by day what the rule would have told and sent.
func (t *backtest) finish() *Backtest {
	slices.SortStableFunc(t.found, func(a, b came) int { return a.at.Compare(b.at) })
	days, told := map[string]*Day{}, map[string]bool{}
	day := func(at time.Time) *Day {
		name := at.In(t.rule.Location()).Format(time.DateOnly)
		if days[name] == nil {
			days[name] = &Day{Day: name}
		}
		return days[name]
	}
	let, together := passed{}, map[time.Time]bool{}
	for _, c := range t.found {
		day(c.at).Matched++
		if told[c.ID] {
			t.copy(c)
			continue
		}
		told[c.ID] = true
		day(c.at).Notices++
		t.result.Samples = append(t.result.Samples, c.Notice)
		until := t.sentAt(c, let)
		if until.Equal(c.at) {
			day(c.at).Messages++
		} else if !together[until] {
			together[until] = true
			day(until).Messages++
		}
	}
	for _, d := range days {
		t.result.Days = append(t.result.Days, *d)
		t.result.Matched += d.Matched
		t.result.Notices += d.Notices
		t.result.Messages += d.Messages
	}
	slices.SortFunc(t.result.Days, func(a, b Day) int { return strings.Compare(a.Day, b.Day) })
	if n := len(t.result.Samples); n > samples {
		t.result.Samples = t.result.Samples[n-samples:]
	}
	slices.Reverse(t.result.Samples)
	return t.result
}

// copy adds the source of a copy to the notice that told the item.
func (t *backtest) copy(c came) {
	for i := range t.result.Samples {
		if n := &t.result.Samples[i]; n.ID == c.ID {
			for _, s := range c.Sources {
				n.AddSource(s)
			}
		}
	}
}

// sentAt is when a notice would have been sent.
func (t *backtest) sentAt(c came, let passed) time.Time {
	hold := t.rule.Hold(c.at, time.Time{}, c.Urgent)
	switch {
	case !hold.Until.IsZero():
		return hold.Until
	case c.Urgent || t.rule.Throttle == nil || let.pass(c.ID, *t.rule.Throttle, c.at):
		return c.at
	}
	return let.next(*t.rule.Throttle, c.at)
}
