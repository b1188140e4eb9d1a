package indextest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

var orders = []index.Sort{index.ByRelevance, index.ByPublished, index.BySeen, index.ByEvent}

// readPages follows the cursors of a search to its end and returns the ids of
// all hits. between is called after each page.
func readPages(t *testing.T, a index.Archive, req index.Request, between func(*index.Result)) []string {
	t.Helper()
	var ids []string
	for range 1000 {
		result := search(t, a, req)
		if len(result.Hits) > req.Limit || len(result.Hits) < req.Limit && result.Next != "" {
			t.Fatalf("%v: a page of %d hits with a limit of %d, then %q", req.Query, len(result.Hits), req.Limit, result.Next)
		}
		ids = append(ids, hitIDs(result)...)
		if between != nil {
			between(result)
		}
		if result.Next == "" {
			return ids
		}
		req.Cursor = result.Next
	}
	t.Fatalf("%v: the pages have no end", req.Query)
	return nil
}

func (f *fixture) testPages(t *testing.T) {
	for _, sort := range orders {
		for _, q := range []string{"", "customs", "customs OR conference OR echo", "-customs", "tie", "xyzzy"} {
			req := index.Request{Query: parsed(t, q), Sort: sort, Limit: index.MaxLimit, Now: now}
			whole := search(t, f.archive, req)
			for _, limit := range somewhat([]int{7, 1, 4, max(1, whole.Total)}) {
				req.Limit = limit
				got := readPages(t, f.archive, req, func(r *index.Result) {
					if r.Total != whole.Total {
						t.Errorf("%q by %s: a page has total %d, want %d", q, sort, r.Total, whole.Total)
					}
				})
				if diff := cmp.Diff(hitIDs(whole), got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%q by %s in pages of %d:\n%s", q, sort, limit, diff)
				}
			}
		}
	}
}

func (f *fixture) testBadCursors(t *testing.T) {
	req := index.Request{Query: parsed(t, "customs"), Sort: index.ByPublished, Limit: 2}
	good := search(t, f.archive, req).Next
	relevant := search(t, f.archive, index.Request{Query: parsed(t, "customs"), Limit: 2}).Next
	for what, bad := range map[string]index.Request{
		"not a cursor":      {Query: req.Query, Sort: index.ByPublished, Cursor: "%%%"},
		"a shortened one":   {Query: req.Query, Sort: index.ByPublished, Cursor: good[:len(good)/2]},
		"of another query":  {Query: parsed(t, "conference"), Sort: index.ByPublished, Cursor: good},
		"of another order":  {Query: req.Query, Sort: index.BySeen, Cursor: good},
		"not of relevance":  {Query: req.Query, Sort: index.ByRelevance, Cursor: good},
		"of relevance only": {Query: req.Query, Sort: index.ByPublished, Cursor: relevant},
	} {
		if _, err := f.archive.Search(context.Background(), bad); !errors.Is(err, index.ErrBadCursor) {
			t.Errorf("a cursor that is %s gives %v", what, err)
		}
	}
	req.Cursor, req.Limit, req.Facets = good, 5, []index.Facet{index.FacetOrg}
	if result := search(t, f.archive, req); len(result.Hits) != 5 || len(result.Facets[index.FacetOrg]) == 0 {
		t.Errorf("with another limit and facets a cursor gives %d hits and %v", len(result.Hits), result.Facets)
	}
}

// testPagesWhileWriting writes new reports and revises those already shown
// between the pages: what is not touched is shown once, in order.
func testPagesWhileWriting(t *testing.T, open func(t *testing.T) index.Archive) {
	for _, sort := range orders {
		t.Run(string(sort), func(t *testing.T) {
			a := opened(t, open)
			var reports []*news.Report
			for i := range 30 {
				reports = append(reports, numbered(i))
			}
			write(t, a, reports...)
			req := index.Request{Query: parsed(t, "customs -secret"), Sort: sort, Limit: index.MaxLimit}
			before := hitIDs(search(t, a, req))
			req.Limit = 4
			next := 100
			got := readPages(t, a, req, func(r *index.Result) {
				early, late := numbered(next), numbered(next+1)
				early.Published, early.Seen = reports[29].Published.Add(time.Hour), reports[29].Seen.Add(time.Hour)
				late.Published, late.Seen = reports[0].Published.Add(-time.Hour), reports[0].Seen.Add(-time.Hour)
				revised := numbered(next)
				revised.ID, revised.Revision = r.Hits[0].Report.ID, 2
				next += 2
				write(t, a, early, late, revised)
				if next > 140 {
					t.Fatal("the pages have no end")
				}
			})
			seen := map[string]bool{}
			var known []string
			for _, id := range got {
				if seen[id] {
					t.Errorf("%s is shown twice", id)
				}
				seen[id] = true
				if slices.Contains(before, id) {
					known = append(known, id)
				}
			}
			if diff := cmp.Diff(before, known); diff != "" {
				t.Errorf("pages differ from the whole before:\n%s", diff)
			}
		})
	}
}

// numbered makes a report that speaks of customs more or less often.
func numbered(i int) *news.Report {
	r := dispatch(name(i), "APA", "2015-01-01T00:00:00Z", "Report "+name(i), "The customs service.").Report
	for range i % 7 {
		r.Text += " Customs officers met."
	}
	r.Published = r.Published.Add(time.Duration(i) * 24 * time.Hour)
	r.Seen = r.Published.Add(time.Minute)
	return &r
}
