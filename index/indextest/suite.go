// Package indextest is the conformance suite of the archives: every archive
// that passes it finds the same reports for the same queries, in the same
// order, with the same counts, and keeps the same versions of them. The
// expected answers are written down in queries.txt; beyond those, package
// match decides.
package indextest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// Run holds an archive to the suite. open returns a new, empty archive, which
// the suite closes.
func Run(t *testing.T, open func(t *testing.T) index.Archive) {
	t.Run("empty", func(t *testing.T) { testEmpty(t, opened(t, open)) })
	t.Run("fixture", func(t *testing.T) {
		s := newFixture(t, opened(t, open))
		t.Run("get", s.testGet)
		t.Run("queries", s.testQueries)
		t.Run("acronyms", s.testAcronyms)
		t.Run("random queries", s.testRandomQueries)
		t.Run("hand-made nodes", s.testHandMadeNodes)
		t.Run("orders", s.testOrders)
		t.Run("relevance", s.testRelevance)
		t.Run("facets", s.testFacets)
		t.Run("filters", s.testFilters)
		t.Run("offices", s.testOffices)
		t.Run("tallies", s.testTallies)
		t.Run("histograms", s.testHistograms)
		t.Run("related", s.testRelated)
		t.Run("unlocated", s.testUnlocated)
		t.Run("as of a time", s.testAsOfOfOneRevision)
		t.Run("like", s.testLike)
		t.Run("pages", s.testPages)
		t.Run("bad requests", s.testBadRequests)
		t.Run("bad cursors", s.testBadCursors)
	})
	t.Run("pages while writing", func(t *testing.T) { testPagesWhileWriting(t, open) })
	t.Run("collapse", func(t *testing.T) { testCollapse(t, opened(t, open)) })
	t.Run("collapse while writing", func(t *testing.T) { testCollapseWhileWriting(t, open) })
	t.Run("recency", func(t *testing.T) { testRecency(t, opened(t, open)) })
	t.Run("together", func(t *testing.T) { testTogether(t, opened(t, open)) })
	t.Run("entities", func(t *testing.T) { testEntities(t, opened(t, open)) })
	t.Run("namesakes", func(t *testing.T) { testNamesakes(t, func(t *testing.T) index.Archive { return opened(t, open) }) })
	t.Run("outcomes", func(t *testing.T) { testOutcomes(t, opened(t, open)) })
	t.Run("withdrawal", func(t *testing.T) { testWithdrawal(t, opened(t, open)) })
	t.Run("revision", func(t *testing.T) { testRevision(t, opened(t, open)) })
	t.Run("as of", func(t *testing.T) { testAsOf(t, open) })
	t.Run("versions in any order", func(t *testing.T) { testVersions(t, open) })
	t.Run("two writers", func(t *testing.T) {
		a := opened(t, open)
		testTwoWriters(t, a, a, 5)
	})
	t.Run("concurrent use", func(t *testing.T) { testConcurrentUse(t, opened(t, open)) })
}

func opened(t *testing.T, open func(t *testing.T) index.Archive) index.Archive {
	t.Helper()
	a := open(t)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return a
}

// enricher is the version of the enricher that the suite's documents carry.
const enricher = 1

// now and baku are what the suite's queries are read with.
var (
	baku = time.FixedZone("Baku", 4*60*60)
	now  = time.Date(2015, 9, 20, 12, 0, 0, 0, baku)
)

func parsed(t *testing.T, input string) query.Node {
	t.Helper()
	n, err := query.Parse(input, now, baku)
	if err != nil {
		t.Fatalf("parsing %s: %v", input, err)
	}
	return n
}

// fixture is an archive and what it holds, the latest first.
type fixture struct {
	archive index.Archive
	reports []*news.Report
}

func newFixture(t *testing.T, a index.Archive) *fixture {
	t.Helper()
	reports := Reports()
	write(t, a, reports...)
	slices.SortFunc(reports, latestFirst)
	return &fixture{a, reports}
}

func latestFirst(a, b *news.Report) int {
	return cmp.Or(b.Published.Compare(a.Published), strings.Compare(a.ID, b.ID))
}

// write stores reports and fails the test when one is not taken.
func write(t *testing.T, a index.Archive, reports ...*news.Report) {
	t.Helper()
	docs := make([]index.Document, len(reports))
	for i, r := range reports {
		docs[i] = index.Document{Report: r, Enricher: enricher}
	}
	for i, err := range a.Write(context.Background(), docs) {
		if err != nil {
			t.Fatalf("writing %s: %v", reports[i].ID, err)
		}
	}
}

func search(t *testing.T, a index.Archive, req index.Request) *index.Result {
	t.Helper()
	result, err := a.Search(context.Background(), req)
	if err != nil {
		t.Fatalf("searching for %v: %v", req.Query, err)
	}
	return result
}

func hitIDs(r *index.Result) []string {
	ids := make([]string, len(r.Hits))
	for i, h := range r.Hits {
		ids[i] = h.Report.ID
	}
	return ids
}

// matching returns the reports that the query matches, in the fixture's order.
func (f *fixture) matching(node query.Node) []*news.Report {
	var found []*news.Report
	for _, r := range f.reports {
		if match.New(r).Matches(node) {
			found = append(found, r)
		}
	}
	return found
}

func reportIDs(reports []*news.Report) []string {
	ids := make([]string, len(reports))
	for i, r := range reports {
		ids[i] = r.ID
	}
	return ids
}

// latest asks for all reports that match, the latest first, and returns their
// ids after checking the total.
func latest(t *testing.T, a index.Archive, node query.Node) []string {
	t.Helper()
	result := search(t, a, index.Request{Query: node, Sort: index.ByPublished, Limit: index.MaxLimit})
	if result.Total != len(result.Hits) || result.Next != "" {
		t.Errorf("%v: total %d with %d hits and cursor %q", node, result.Total, len(result.Hits), result.Next)
	}
	return hitIDs(result)
}

func testEmpty(t *testing.T, a index.Archive) {
	if err := a.Ping(context.Background()); err != nil {
		t.Errorf("ping: %v", err)
	}
	if outcomes := a.Write(context.Background(), nil); len(outcomes) != 0 {
		t.Errorf("writing nothing gives %v", outcomes)
	}
	for _, q := range []string{"", "customs", "cust*", "-customs", "event:2015", "org:WCO", "lang:en"} {
		result := search(t, a, index.Request{Query: parsed(t, q), Facets: index.AllFacets()})
		if result.Total != 0 || len(result.Hits) != 0 || result.Next != "" {
			t.Errorf("%q finds %+v", q, result)
		}
		for _, f := range index.AllFacets() {
			if counts, ok := result.Facets[f]; !ok || len(counts) != 0 {
				t.Errorf("%q counts %s as %v, present %t", q, f, counts, ok)
			}
		}
	}
}

func name(i int) string { return fmt.Sprintf("report-%03d", i) }
