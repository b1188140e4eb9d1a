package serve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// reportsChart counts the panel's days, those of no report too.
func (sc *scope) reportsChart() (*chart, error) {
	within := sc.days(sc.panel.Days, 0)
	found, err := sc.search(within, index.Request{Limit: 1, Histogram: &index.Histogram{Field: query.Published, Unit: index.Day}})
	if err != nil {
		return nil, err
	}
	b := fill(index.Day, found.Histogram)
	b.first, b.last = within.From.Time, within.To.Time.AddDate(0, 0, -1)
	c := &chart{Label: sc.panel.Title, Unit: "day", Counted: "reports"}
	c.Bars = b.bars(func(asked string) string { return sc.link(query.Range{Field: query.Published, Source: asked}) })
	return c.draw(), nil
}

// eventsChart counts the reports by the month of their events, from the
// panel's days back to as many to come.
func (sc *scope) eventsChart() (*chart, error) {
	day := sc.Now().UTC().Truncate(24 * time.Hour)
	within := between(query.EventTime, day.AddDate(0, 0, -sc.panel.Days), day.AddDate(0, 0, sc.panel.Days))
	found, err := sc.search(within, index.Request{Limit: 1, Histogram: &index.Histogram{Field: query.EventTime, Unit: index.Month}})
	if err != nil {
		return nil, err
	}
	b := fill(index.Month, found.Histogram)
	b.first, b.last = index.Month.Floor(within.From.Time), index.Month.Floor(within.To.Time.AddDate(0, 0, -1))
	c := &chart{Label: sc.panel.Title, Unit: "month", Counted: "reports of events then"}
	c.Bars = b.bars(func(asked string) string { return sc.link(query.Range{Field: query.EventTime, Source: asked}) })
	return c.draw(), nil
}

// candidates is how many of the most named are weighed.
const candidates = 200

// count is how often an entity is named.
type count struct {
	ref   string
	n     int
	usual int // in the baseline
	score float64
}

func (sc *scope) entities(within query.Node, values []string, size int) (counts []index.Count, total int, err error) {
	tally := index.Tally{Facet: index.TallyEntity, Prefix: sc.panel.Of + "/", Values: values, Size: size}
	found, err := sc.search(within, index.Request{Limit: 1, Tallies: []index.Tally{tally}})
	if err != nil {
		return nil, 0, err
	}
	return found.Tallies[0], found.Total, nil
}

func (sc *scope) top() (*ranking, error) {
	within := sc.days(sc.panel.Days, 0)
	counts, _, err := sc.entities(within, nil, sc.panel.Size)
	if err != nil {
		return nil, err
	}
	var list []count
	for _, c := range counts {
		list = append(list, count{ref: c.Value, n: c.Count})
	}
	return sc.rank(within, list, "")
}

// rising weighs how often each is named in the panel's days against the days
// of the baseline before: see index.Significance.
func (sc *scope) rising() (*ranking, error) {
	days, baseline := sc.panel.Days, sc.panel.Baseline
	within := sc.days(days, 0)
	recent, reports, err := sc.entities(within, nil, candidates)
	if err != nil || len(recent) == 0 {
		return &ranking{}, err
	}
	usual, before, err := sc.usually(recent, sc.days(days+baseline, days))
	if err != nil {
		return nil, err
	}
	var list []count
	for _, c := range recent {
		one := count{ref: c.Value, n: c.Count, usual: usual[c.Value]}
		one.score = index.Significance(c.Count, reports, c.Count+one.usual, reports+before)
		if one.score > 0 && c.Count > 1 {
			list = append(list, one)
		}
	}
	slices.SortFunc(list, func(a, b count) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.n, a.n), cmp.Compare(a.ref, b.ref))
	})
	list = list[:min(len(list), sc.panel.Size)]
	return sc.rank(within, list, fmt.Sprintf("usual in %d days", days))
}

// usually counts the same entities in another time.
func (sc *scope) usually(recent []index.Count, within query.Node) (counts map[string]int, reports int, err error) {
	var values []string
	for _, c := range recent {
		values = append(values, c.Value)
	}
	found, reports, err := sc.entities(within, values, len(values))
	counts = map[string]int{}
	for _, c := range found {
		counts[c.Value] = c.Count
	}
	return counts, reports, err
}

// newNames are those that no report before the panel's days names.
func (sc *scope) newNames() (*ranking, error) {
	within := sc.days(sc.panel.Days, 0)
	recent, _, err := sc.entities(within, nil, candidates)
	if err != nil || len(recent) == 0 {
		return &ranking{}, err
	}
	first := within.From.Time.Format(time.DateOnly)
	before, err := query.Parse("published:<"+first, sc.Now(), time.UTC)
	if err != nil {
		return nil, err
	}
	known, _, err := sc.usually(recent, before)
	if err != nil {
		return nil, err
	}
	var list []count
	for _, c := range recent {
		if known[c.Value] == 0 && len(list) < sc.panel.Size {
			list = append(list, count{ref: c.Value, n: c.Count})
		}
	}
	return sc.rank(within, list, "")
}

// rank names the entities as the reports of the time do most often.
func (sc *scope) rank(within query.Node, list []count, baseline string) (*ranking, error) {
	names, err := sc.names(within, list)
	if err != nil {
		return nil, err
	}
	r := &ranking{Counted: "reports", Baseline: baseline}
	for i, c := range list {
		kind, id, _ := index.SplitRef(c.ref)
		row := rankingRow{Name: names[i], URL: entityURL(pathOf(kind), id), Count: c.n}
		if baseline != "" {
			row.Usual = strings.TrimSuffix(fmt.Sprintf("%.1f", float64(c.usual)*float64(sc.panel.Days)/float64(sc.panel.Baseline)), ".0")
		}
		r.Rows = append(r.Rows, row)
	}
	return r, nil
}

func (sc *scope) names(within query.Node, list []count) ([]string, error) {
	tallies := make([]index.Tally, len(list))
	for i, c := range list {
		tallies[i] = index.Tally{Facet: index.TallyName, Prefix: index.JoinTally(c.ref, ""), Size: 1}
	}
	if len(list) == 0 {
		return nil, nil
	}
	found, err := sc.search(within, index.Request{Limit: 1, Tallies: tallies})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(list))
	for i, counts := range found.Tallies {
		_, names[i], _ = index.SplitRef(list[i].ref)
		if len(counts) > 0 {
			names[i] = index.SplitTally(counts[0].Value)[1]
		}
	}
	return names, nil
}

func (sc *scope) latest() ([]result, error) {
	found, err := sc.search(query.All{}, index.Request{Limit: sc.panel.Size, Collapse: true})
	if err != nil {
		return nil, err
	}
	var list []result
	for _, h := range found.Hits {
		list = append(list, result{Report: h.Report, URL: reportURL(h.Report.ID, nil), Copies: h.Copies})
	}
	return list, nil
}
