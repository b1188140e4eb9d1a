package indextest

import (
	order "cmp"
	"context"
	_ "embed" // for queries.txt
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

//go:embed queries.txt
var queries string

// expectation is a query and the ids of the reports that it finds.
type expectation struct {
	query string
	ids   []string
}

// expectations reads queries.txt.
func expectations(t *testing.T) []expectation {
	t.Helper()
	var all []expectation
	for _, line := range strings.Split(queries, "\n") {
		ids, isAnswer := strings.CutPrefix(line, "    ")
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case isAnswer && ids == "-":
			all[len(all)-1].ids = []string{}
		case isAnswer:
			all[len(all)-1].ids = strings.Fields(ids)
		default:
			all = append(all, expectation{query: line})
		}
	}
	if len(all) < 300 {
		t.Fatalf("queries.txt has %d queries", len(all))
	}
	return all
}

func (f *fixture) testGet(t *testing.T) {
	for _, want := range Reports() {
		got, err := f.archive.Get(context.Background(), want.ID)
		if err != nil {
			t.Errorf("getting %s: %v", want.ID, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s came back changed:\n%s", want.ID, diff)
		}
	}
	if _, err := f.archive.Get(context.Background(), "nobody"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("a report that is not there gives %v", err)
	}
}

func (f *fixture) testQueries(t *testing.T) {
	for _, e := range expectations(t) {
		node := parsed(t, e.query)
		if diff := cmp.Diff(e.ids, reportIDs(f.matching(node))); diff != "" {
			t.Errorf("%s matches otherwise than expected:\n%s", e.query, diff)
		}
		if diff := cmp.Diff(e.ids, latest(t, f.archive, node)); diff != "" {
			t.Errorf("%s finds otherwise than expected:\n%s", e.query, diff)
		}
	}
}

func (f *fixture) testAcronyms(t *testing.T) {
	acronyms := []query.Acronym{
		{Short: "WCO", Long: "World Customs Organization"},
		{Short: "WHO", Long: "World Health Organization"},
		{Short: "OMD", Long: "Organisation mondiale des douanes"},
	}
	for q, want := range map[string]string{
		"WCO":                        "picard-opens council-session picard-call training-tbilisi baku-training",
		"World Customs Organization": "picard-opens council-session picard-call training-tbilisi baku-training",
		`"WCO training"`:             "baku-training",
		"WHO":                        "who-decides who-alert",
		"who":                        "who-decides who-alert",
		"org:OMD":                    "fr-bruxelles",
		"WCO -picard":                "council-session training-tbilisi",
		"-WCO customs -org:SCC":      "codes no-title seizure-poti seizure-update undated",
	} {
		node := query.Expand(parsed(t, q), acronyms)
		if diff := cmp.Diff(strings.Fields(want), latest(t, f.archive, node)); diff != "" {
			t.Errorf("%s, expanded, finds otherwise than expected:\n%s", q, diff)
		}
	}
}

// testHandMadeNodes asks for what no parser makes.
func (f *fixture) testHandMadeNodes(t *testing.T) {
	for _, node := range []query.Node{
		query.Word{Text: ""}, query.Word{Text: "&"}, query.Word{Prefix: true}, query.Word{Text: "two words", Prefix: true},
		query.Phrase{}, query.Phrase{Slop: 3}, query.Term{Field: query.Person}, query.Term{Field: query.Title, Value: "?"},
		query.Term{Field: query.Source}, query.Not{Node: query.Word{}},
		query.And{Nodes: []query.Node{query.Word{Text: "customs"}, query.Word{}}},
		query.Or{Nodes: []query.Node{query.Word{Text: "picard"}, query.Phrase{}}},
		query.Not{Node: query.Or{Nodes: []query.Node{query.Term{Field: query.Org}, query.Word{Text: "customs"}}}},
		query.Word{Text: "State Customs Committee"}, query.Phrase{Text: "picard", Slop: 9},
		query.Range{Field: query.Published}, query.Range{Field: query.EventTime},
	} {
		if diff := cmp.Diff(reportIDs(f.matching(node)), latest(t, f.archive, node)); diff != "" {
			t.Errorf("%#v finds otherwise than it matches:\n%s", node, diff)
		}
	}
}

func (f *fixture) testOrders(t *testing.T) {
	bySeen := slices.Clone(f.reports)
	slices.SortFunc(bySeen, func(a, b *news.Report) int {
		return order.Or(b.Seen.Compare(a.Seen), strings.Compare(a.ID, b.ID))
	})
	byEvent := slices.Clone(f.reports)
	slices.SortFunc(byEvent, func(a, b *news.Report) int {
		return order.Or(lastEvent(b).Compare(lastEvent(a)), strings.Compare(a.ID, b.ID))
	})
	for _, test := range []struct {
		sort  index.Sort
		query string
		want  []string
	}{
		{index.ByEvent, "", reportIDs(byEvent)},
		{index.ByPublished, "", reportIDs(f.reports)},
		{index.BySeen, "", reportIDs(bySeen)},
		{"", "", reportIDs(f.reports)},
		{"", "lang:en org:WCO -customs", reportIDs(f.matching(parsed(t, "lang:en org:WCO -customs")))},
		{index.ByRelevance, "published:2015", reportIDs(f.matching(parsed(t, "published:2015")))},
	} {
		result := search(t, f.archive, index.Request{Query: parsed(t, test.query), Sort: test.sort, Limit: index.MaxLimit})
		if diff := cmp.Diff(test.want, hitIDs(result)); diff != "" {
			t.Errorf("%q by %q:\n%s", test.query, test.sort, diff)
		}
	}
}

// lastEvent is the last day on which an event of the report begins, the zero
// time where it has none.
func lastEvent(r *news.Report) (last time.Time) {
	for _, day := range index.Days(r, query.EventTime) {
		if day.After(last) {
			last = day
		}
	}
	return last
}

func (f *fixture) testRelevance(t *testing.T) {
	for q, first := range map[string]string{
		"picard call papers":                  "picard-call",
		"tariffs":                             "eu-tariffs",
		"alpha":                               "near-c",
		`"single window" customs`:             "single-window",
		"smuggling cigarettes":                "seizure-poti",
		"universities OR smuggling":           "",
		"echo OR zebra":                       "",
		"nairobi ministers":                   "wto-nairobi",
		"cust* AND (cigarettes OR tobacco)":   "",
		"съемка OR баку":                      "",
		"title:echo OR org:WCO":               "repeat",
		"monitors lang:en":                    "osce-monitors",
		"-customs (university OR monitoring)": "",
	} {
		node := parsed(t, q)
		result := search(t, f.archive, index.Request{Query: node, Limit: index.MaxLimit})
		got, want := hitIDs(result), reportIDs(f.matching(node))
		if first != "" && (len(got) == 0 || got[0] != first) {
			t.Errorf("%s finds %v, want %s first", q, got, first)
		}
		if !slices.IsSortedFunc(result.Hits, func(a, b index.Hit) int { return order.Compare(b.Score, a.Score) }) {
			t.Errorf("%s: the scores are not in order", q)
		}
		again := search(t, f.archive, index.Request{Query: node, Limit: index.MaxLimit})
		if diff := cmp.Diff(got, hitIDs(again)); diff != "" {
			t.Errorf("%s is ordered otherwise the second time:\n%s", q, diff)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" || result.Total != len(want) {
			t.Errorf("%s finds %d reports:\n%s", q, result.Total, diff)
		}
	}
}

func (f *fixture) testBadRequests(t *testing.T) {
	for what, req := range map[string]index.Request{
		"a limit below zero":    {Limit: -1},
		"a limit too high":      {Limit: index.MaxLimit + 1},
		"too many facet values": {FacetSize: index.MaxFacetSize + 1},
		"an unknown order":      {Sort: "size"},
		"an unknown facet":      {Facets: []index.Facet{"colour"}},
	} {
		if _, err := f.archive.Search(context.Background(), req); !errors.Is(err, index.ErrBadRequest) {
			t.Errorf("%s gives %v", what, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.archive.Search(ctx, index.Request{Query: parsed(t, "customs")}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search given up gives %v", err)
	}
}
