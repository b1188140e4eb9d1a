package indextest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// ferryReports are the revisions of a few reports, in the order in which they
// were seen: the ferry sails from Alat, then from Baku, and is then withdrawn;
// the tender is corrected; the fair is known without a time.
func ferryReports() []*draft {
	revised := func(d *draft, revision int, seen string) *draft {
		d.Revision = revision
		return d.seen(seen)
	}
	const published = "2014-12-01T10:00:00+04:00"
	ferry := func(revision int, seen, harbour, text string) *draft {
		return revised(dispatch("ferry", "APA", published, "Ferry sails", text), revision, seen).
			place(harbour, "AZ").org("Port Authority", "PA").event("Sailing", "2014-12-2"+fmt.Sprint(revision), "2014-12-2"+fmt.Sprint(revision+1))
	}
	withdrawn := revised(dispatch("ferry", "APA", published, "", ""), 3, "2014-12-20T10:00:00+04:00").status(news.StatusWithdrawn)
	fair := dispatch("fair", "BNS", "2014-11-01T10:00:00+02:00", "The fair", "The fair opens in Alat, says the ferry line.").place("Alat", "AZ")
	fair.Seen = time.Time{}
	copied := func(revision int, seen, text string) *draft {
		d := revised(dispatch("ferry-copy", "Trend", published, "Ferry sails", text), revision, seen).place("Alat", "AZ")
		d.Story = "ferry"
		return d
	}
	return []*draft{
		ferry(1, "2014-12-01T11:00:00+04:00", "Alat", "The ferry sails from Alat with customs officers."),
		copied(1, "2014-12-02T11:00:00+04:00", "The ferry sails from Alat with customs officers, Trend says."),
		revised(dispatch("tender", "Trend", "2014-12-03T10:00:00+04:00", "Tender", "The tender for cranes ends on 9 December."), 1, "2014-12-03T11:00:00+04:00").org("Port Authority", "PA"),
		revised(dispatch("tender", "Trend", "2014-12-05T10:00:00+04:00", "Tender moved", "The tender for cranes ends on 19 December."), 2, "2014-12-05T11:00:00+04:00").org("Rail Office", "RO"),
		ferry(2, "2014-12-10T11:00:00+04:00", "Baku", "The ferry sails from Baku with sailors."),
		withdrawn,
		copied(2, "2014-12-21T11:00:00+04:00", "The ferry of Alat was withdrawn."),
		fair,
	}
}

// testAsOf asks what was known when, of an archive that was written in each of
// several orders.
func testAsOf(t *testing.T, open func(t *testing.T) index.Archive) {
	reports := ferryReports()
	orders := map[string][]*draft{"in order": reports, "backwards": slices.Clone(reports)}
	slices.Reverse(orders["backwards"])
	if testing.Short() {
		clear(orders) // one batch holds both
	}
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			a := opened(t, open)
			for _, d := range order {
				err := a.Write(context.Background(), []index.Document{{Report: &d.Report, Enricher: enricher}})[0]
				if err != nil && !errors.Is(err, index.ErrStale) {
					t.Fatal(err)
				}
			}
			askAsOf(t, a)
		})
	}
	t.Run("in one batch", func(t *testing.T) {
		a := opened(t, open)
		var docs []index.Document
		for _, d := range slices.Concat(reports, reports) {
			docs = append(docs, index.Document{Report: &d.Report, Enricher: enricher})
		}
		for _, err := range a.Write(context.Background(), docs) {
			if err != nil && !errors.Is(err, index.ErrStale) {
				t.Fatal(err)
			}
		}
		askAsOf(t, a)
		pageAsOf(t, a)
	})
}

func askAsOf(t *testing.T, a index.Archive) {
	for _, test := range []struct{ query, ids string }{
		{"", "tender:2 ferry:3 ferry-copy:2 fair:1"},
		{"alat", "ferry-copy:2 fair:1"},
		{"asof:2014-11-30", "fair:1"},
		{"asof:2014-12-01", "ferry:1 fair:1"},
		{"asof:2014-12-01T07:00:00Z", "ferry:1 fair:1"},
		{"asof:2014-12-01T06:59:59Z", "fair:1"},
		{"asof:2014-12-04", "tender:1 ferry:1 ferry-copy:1 fair:1"},
		{"asof:2014-12", "tender:2 ferry:3 ferry-copy:2 fair:1"},
		{"asof:2014-12-09 ferry", "ferry:1 ferry-copy:1 fair:1"},
		{"asof:2014-12-09 place:Alat", "ferry:1 ferry-copy:1 fair:1"},
		{"asof:2014-12-09 place:Baku", ""},
		{"asof:2014-12-10 place:Baku", "ferry:2"},
		{"asof:2014-12-10 alat", "ferry-copy:1 fair:1"},
		{"asof:2014-12-09 customs", "ferry:1 ferry-copy:1"},
		{"asof:2014-12-15 customs", "ferry-copy:1"},
		{"asof:2014-12-25 customs", ""},
		{"customs", ""},
		{"asof:2014-12-20 -ferry", "tender:2 ferry:3"},
		{"asof:2014-12-15 -sail*", "tender:2 fair:1"},
		{"asof:2014-12-15 sail*", "ferry:2 ferry-copy:1"},
		{"asof:2014-12-15 (sailors OR cranes)", "tender:2 ferry:2"},
		{"asof:2014-12-03 published:2014-12-03", "tender:1"},
		{"asof:2014-12-05 published:2014-12-03", ""},
		{"asof:2014-12-03 \"9 december\"", "tender:1"},
		{"asof:2014-12-05 \"19 december\"", "tender:2"},
		{"asof:2014-12-05 org:\"Port Authority\"", "ferry:1"},
		{"asof:2014-12-03 org:PA", "tender:1 ferry:1"},
		{"asof:2014-12-09 event:2014-12-21", "ferry:1"},
		{"asof:2014-12-10 event:2014-12-21", ""},
		{"asof:2014-12-10 event:2014-12-22", "ferry:2"},
		{"asof:2014-12-09 seen:2014-12-01", "ferry:1"},
		{"asof:2014-12-10 seen:2014-12-01", ""},
		{"asof:2014-12-09 near:40.377,49.892~10km", ""},
		{"asof:2014-12-10 near:40.377,49.892~10km", "ferry:2"},
		{"asof:2014-12-09 story:ferry", "ferry:1 ferry-copy:1"},
		{"asof:2014-12-09 \"ferry customs\"~6", "ferry:1 ferry-copy:1"},
		{"asof:2015-09-01 alat", "ferry-copy:2 fair:1"},
	} {
		result := search(t, a, index.Request{Query: parsed(t, test.query), Sort: index.ByPublished, Limit: index.MaxLimit})
		var got []string
		for _, h := range result.Hits {
			got = append(got, fmt.Sprintf("%s:%d", h.Report.ID, h.Report.Revision))
		}
		if want := strings.Fields(test.ids); result.Total != len(want) || !slices.Equal(got, want) {
			t.Errorf("%q finds %v, total %d; want %v", test.query, got, result.Total, want)
		}
	}
	countAsOf(t, a)
}

// countAsOf checks that what is counted is that of the time.
func countAsOf(t *testing.T, a index.Archive) {
	for q, want := range map[string]string{
		"": "Alat 2, Rail Office 1", "asof:2014-12-09": "Alat 3, Port Authority 1, Rail Office 1",
		"asof:2014-12-03": "Alat 3, Port Authority 2", "asof:2014-12-10": "Alat 2, Baku 1, Port Authority 1, Rail Office 1",
	} {
		result := search(t, a, index.Request{
			Query: parsed(t, q), Facets: []index.Facet{index.FacetPlace, index.FacetOrg},
			Histogram: &index.Histogram{Field: query.EventTime, Unit: index.Day},
			Tallies:   []index.Tally{{Facet: index.FacetPlace, Evidence: true}},
		})
		var got []string
		for _, f := range []index.Facet{index.FacetPlace, index.FacetOrg} {
			for _, c := range result.Facets[f] {
				got = append(got, fmt.Sprint(c.Value, " ", c.Count))
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q counts %v, want %s", q, got, want)
		}
		if len(result.Tallies) != 1 || len(result.Tallies[0]) == 0 || result.Tallies[0][0].First != "fair" {
			t.Errorf("%q gives the evidence %+v", q, result.Tallies)
		}
	}
	for q, want := range map[string]string{"": "", "asof:2014-12-09": "2014-12-21 1", "asof:2014-12-10": "2014-12-22 1"} {
		result := search(t, a, index.Request{Query: parsed(t, q), Histogram: &index.Histogram{Field: query.EventTime, Unit: index.Day}})
		var got []string
		for _, b := range result.Histogram {
			got = append(got, fmt.Sprint(b.Start, " ", b.Count))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q has the histogram %v, want %s", q, got, want)
		}
	}
	filtered := search(t, a, index.Request{
		Query: parsed(t, "asof:2014-12-09"), Facets: []index.Facet{index.FacetAgency},
		Filters: []index.Filter{{Facet: index.FacetAgency, Value: "APA"}},
	})
	wantCounts := []index.Count{{Value: "Trend", Count: 2}, {Value: "APA", Count: 1}, {Value: "BNS", Count: 1}}
	if diff := cmp.Diff(wantCounts, filtered.Facets[index.FacetAgency]); diff != "" || filtered.Total != 1 {
		t.Errorf("filtered by agency, total %d:\n%s", filtered.Total, diff)
	}
	collapsed := search(t, a, index.Request{Query: parsed(t, "asof:2014-12-09"), Sort: index.ByPublished, Collapse: true})
	var got []string
	for _, h := range collapsed.Hits {
		got = append(got, fmt.Sprintf("%s:%d×%d", h.Report.ID, h.Report.Revision, h.Copies))
	}
	if diff := cmp.Diff([]string{"tender:2×1", "ferry:1×2", "fair:1×1"}, got); diff != "" {
		t.Errorf("collapsed:\n%s", diff)
	}
}

// pageAsOf reads pages of one hit while the report they show is revised.
func pageAsOf(t *testing.T, a index.Archive) {
	revision := 3
	for _, sort := range []index.Sort{index.ByRelevance, index.ByPublished, index.BySeen} {
		for _, collapse := range []bool{false, true} {
			req := index.Request{Query: parsed(t, "asof:2014-12-09 ferry"), Sort: sort, Limit: 1, Collapse: collapse}
			var got []string
			for page := 0; page < 10; page++ {
				result := search(t, a, req)
				for _, h := range result.Hits {
					got = append(got, fmt.Sprintf("%s:%d", h.Report.ID, h.Report.Revision))
				}
				if want := 3; result.Total != want {
					t.Errorf("by %s, collapsed %t: total %d, want %d", sort, collapse, result.Total, want)
				}
				revision++
				r := dispatch("ferry", "APA", "2014-12-01T10:00:00+04:00", "Ferry", fmt.Sprintf("Revision %d of the ferry.", revision)).seen("2016-01-01T00:00:00Z")
				r.Revision = revision
				write(t, a, &r.Report)
				if req.Cursor = result.Next; req.Cursor == "" {
					break
				}
			}
			slices.Sort(got)
			want := []string{"fair:1", "ferry-copy:1", "ferry:1"}
			if collapse {
				want = []string{"fair:1", "ferry:1"}
				if sort != index.ByPublished && slices.Contains(got, "ferry-copy:1") {
					want = []string{"fair:1", "ferry-copy:1"}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("pages by %s, collapsed %t:\n%s", sort, collapse, diff)
			}
		}
	}
}

// known returns, of all revisions that were written, those known just before
// a moment: of each report the last one seen, as its last enricher left it.
func known(docs []index.Document, at time.Time) []*news.Report {
	last := map[string]index.Document{}
	for _, d := range docs {
		if !d.Report.Seen.IsZero() && d.Report.Seen.UnixMilli() >= at.UnixMilli() {
			continue
		}
		if before, ok := last[d.Report.ID]; !ok || before.Version() < d.Version() {
			last[d.Report.ID] = d
		}
	}
	var reports []*news.Report
	for _, d := range last {
		reports = append(reports, d.Report)
	}
	slices.SortFunc(reports, latestFirst)
	return reports
}

// compareAsOf checks what the archive says was known at random times against
// the documents that were written.
func compareAsOf(t *testing.T, a index.Archive, docs []index.Document, random *rand.Rand) {
	t.Helper()
	for range 5 {
		at := docs[random.IntN(len(docs))].Report.Seen.Add(time.Duration(random.IntN(3)-1) * time.Millisecond)
		f := fixture{a, known(docs, at)}
		for _, q := range []string{"", "alpha", "beta OR gamma", "org:\"Body 1\"", "-text", "cus*", "\"alpha text\"", "seen:2015-01"} {
			node := parsed(t, q)
			want := f.matching(node)
			result := search(t, a, index.Request{
				Query: query.AsOf{Node: node, At: at, Source: "then"}, Facets: []index.Facet{index.FacetOrg}, Limit: index.MaxLimit, Sort: index.ByPublished,
			})
			var got []*news.Report
			for _, h := range result.Hits {
				got = append(got, h.Report)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || result.Total != len(want) {
				t.Errorf("%q as of %s, total %d:\n%s", q, at, result.Total, diff)
			}
			if diff := cmp.Diff(counted(want, index.FacetOrg), result.Facets[index.FacetOrg], cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%q as of %s counts:\n%s", q, at, diff)
			}
		}
	}
}

// testAsOfOfOneRevision asks the fixture, which has one revision of each report.
func (f *fixture) testAsOfOfOneRevision(t *testing.T) {
	for i, node := range RandomQueries(40) {
		at := f.reports[i%len(f.reports)].Seen.Add(time.Duration(i%3) * time.Second)
		as := query.AsOf{Node: node, At: at, Source: "then"}
		var want []string
		for _, r := range f.reports {
			if match.New(r).Matches(as) {
				want = append(want, r.ID)
			}
		}
		if diff := cmp.Diff(want, latest(t, f.archive, as), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s as of %s:\n%s", node, at, diff)
		}
	}
	_, err := f.archive.Search(t.Context(), index.Request{Query: query.Not{Node: query.AsOf{Node: query.All{}, At: now}}})
	var unsupported *index.UnsupportedError
	if !errors.As(err, &unsupported) {
		t.Errorf("asof: below another node gives %v", err)
	}
}
