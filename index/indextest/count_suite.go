package indextest

import (
	order "cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// somewhat is all of a list, or its first when tests are to be short.
func somewhat[T any](all []T) []T {
	if testing.Short() {
		return all[:1]
	}
	return all
}

// keeps reports whether the filters, those on the facet apart left out, keep
// the report.
func keeps(r *news.Report, filters []index.Filter, apart index.Facet) bool {
	wanted := map[index.Facet]bool{}
	for _, f := range filters {
		if f.Facet == apart {
			continue
		}
		value := f.Value
		if f.Facet == index.FacetRole {
			value = index.OfficeTitle(value)
		}
		has := slices.Contains(index.FacetValues(r, f.Facet), value)
		if f.Exclude && has {
			return false
		}
		if !f.Exclude {
			wanted[f.Facet] = wanted[f.Facet] || has
		}
	}
	for _, met := range wanted {
		if !met {
			return false
		}
	}
	return true
}

func kept(reports []*news.Report, filters []index.Filter, apart index.Facet) []*news.Report {
	var some []*news.Report
	for _, r := range reports {
		if keeps(r, filters, apart) {
			some = append(some, r)
		}
	}
	return some
}

// testFilters narrows searches and checks that each facet leaves its own
// filters out.
func (f *fixture) testFilters(t *testing.T) {
	for _, q := range []string{"", "customs", "conference OR session"} {
		for _, filters := range [][]index.Filter{
			{{Facet: index.FacetPlace, Value: "Baku"}},
			{{Facet: index.FacetPlace, Value: "Baku"}, {Facet: index.FacetPlace, Value: "Manila"}},
			{{Facet: index.FacetPlace, Value: "Baku", Exclude: true}},
			{{Facet: index.FacetPlace, Value: "Baku"}, {Facet: index.FacetPlace, Value: "Azerbaijan", Exclude: true}},
			{{Facet: index.FacetPlace, Value: "Baku"}, {Facet: index.FacetAgency, Value: "WCO", Exclude: true}},
			{{Facet: index.FacetOrg, Value: "World Customs Organization"}, {Facet: index.FacetYear, Value: "2015"}},
			{{Facet: index.FacetRole, Value: "director"}},
			{{Facet: index.FacetRole, Value: "Director", Exclude: true}},
			{{Facet: index.FacetOrg, Value: "nobody"}},
			{{Facet: index.FacetOrg, Value: "nobody", Exclude: true}, {Facet: index.FacetCountry, Value: "PH"}},
		} {
			for _, sort := range somewhat(orders) {
				f.testFiltered(t, index.Request{Query: parsed(t, q), Filters: filters, Sort: sort, Limit: 3, Facets: index.AllFacets(), FacetSize: 50})
			}
		}
	}
}

func (f *fixture) testFiltered(t *testing.T, req index.Request) {
	matching := f.matching(req.Query)
	want := reportIDs(kept(matching, req.Filters, ""))
	what := fmt.Sprintf("%s with %v by %s", req.Query, req.Filters, req.Sort)
	got := readPages(t, f.archive, req, func(page *index.Result) {
		if page.Total != len(want) {
			t.Errorf("%s: total %d, want %d", what, page.Total, len(want))
		}
		for _, facet := range req.Facets {
			counts := counted(kept(matching, req.Filters, facet), facet)
			if diff := cmp.Diff(counts, page.Facets[facet], cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s, facet %s:\n%s", what, facet, diff)
			}
		}
	})
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

// testOffices checks that an office is counted once however reports write it,
// and that each spelling finds all of them.
func (f *fixture) testOffices(t *testing.T) {
	result := search(t, f.archive, index.Request{Facets: []index.Facet{index.FacetRole}, FacetSize: index.MaxFacetSize})
	want := 0
	for _, r := range f.reports {
		for _, p := range r.People {
			if slices.ContainsFunc(p.Roles, func(r news.Role) bool { return strings.EqualFold(r.Title, "director") }) {
				want++
				break
			}
		}
	}
	for _, c := range result.Facets[index.FacetRole] {
		if strings.EqualFold(c.Value, "director") && (c.Value != "Director" || c.Count != want) {
			t.Errorf("%s counts %d, want Director with %d", c.Value, c.Count, want)
		}
	}
	for _, spelling := range []string{"Director", "director", "DIRECTOR"} {
		if got := search(t, f.archive, index.Request{Filters: []index.Filter{{Facet: index.FacetRole, Value: spelling}}}).Total; got != want {
			t.Errorf("filtered by %s: %d, want %d", spelling, got, want)
		}
	}
}

func (f *fixture) testTallies(t *testing.T) {
	for _, q := range somewhat([]string{"customs", "", "zebra", "lang:az OR baku", "-published:2015"}) {
		req := index.Request{Query: parsed(t, q), Limit: 1}
		for _, facet := range index.Tallied() {
			req.Tallies = append(req.Tallies,
				index.Tally{Facet: facet, Size: index.MaxFacetSize, Evidence: true},
				index.Tally{Facet: facet, Prefix: "person/", Size: 2},
				index.Tally{Facet: facet, Values: []string{"org/world-customs-organization", "place/baku", "Baku", "nothing"}},
			)
		}
		matching := f.matching(req.Query)
		for _, filters := range [][]index.Filter{nil, {{Facet: index.FacetLanguage, Value: "en"}}} {
			req.Filters = filters
			result := search(t, f.archive, req)
			for i, tally := range req.Tallies {
				want := tallied(kept(matching, filters, ""), tally)
				if diff := cmp.Diff(want, result.Tallies[i], cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%q with %v, %+v:\n%s", q, filters, tally, diff)
				}
			}
		}
	}
}

// tallied answers a tally.
func tallied(reports []*news.Report, tally index.Tally) []index.Count {
	var all []index.Count
	for _, c := range counted(reports, tally.Facet) {
		if tally.Wants(c.Value) {
			if tally.Evidence {
				c.First, c.Last = evidence(reports, tally.Facet, c.Value)
			}
			all = append(all, c)
		}
	}
	return all[:min(len(all), order.Or(tally.Size, index.DefaultFacetSize))]
}

func evidence(reports []*news.Report, facet index.Facet, value string) (first, last string) {
	var with []*news.Report
	for _, r := range reports {
		if slices.Contains(index.FacetValues(r, facet), value) {
			with = append(with, r)
		}
	}
	pick := func(direction int) string {
		return slices.MinFunc(with, func(a, b *news.Report) int {
			if a.Published.IsZero() != b.Published.IsZero() {
				return map[bool]int{true: 1, false: -1}[a.Published.IsZero()]
			}
			return order.Or(direction*a.Published.Compare(b.Published), order.Compare(a.ID, b.ID))
		}).ID
	}
	return pick(1), pick(-1)
}

func (f *fixture) testHistograms(t *testing.T) {
	for _, q := range somewhat([]string{"customs", "", "zebra", "published:2015-09"}) {
		for _, field := range []query.Field{query.Published, query.Seen, query.Mentioned, query.EventTime} {
			for _, unit := range []index.Unit{index.Day, index.Week, index.Month, index.Year} {
				if field == query.Mentioned && unit == index.Day && q == "" {
					continue // the fixture's far dates make more days than the backends count
				}
				req := index.Request{Query: parsed(t, q), Limit: 1, Histogram: &index.Histogram{Field: field, Unit: unit}}
				result := search(t, f.archive, req)
				want := binned(f.matching(req.Query), *req.Histogram)
				if diff := cmp.Diff(want, result.Histogram, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%q by %s of %s:\n%s", q, unit, field, diff)
				}
			}
		}
	}
}

func binned(reports []*news.Report, h index.Histogram) []index.Bin {
	counts := map[news.Moment]int{}
	for _, r := range reports {
		var bins []news.Moment
		for _, day := range index.Days(r, h.Field) {
			if bin := news.DayOf(h.Unit.Floor(day)); !slices.Contains(bins, bin) {
				bins = append(bins, bin)
			}
		}
		for _, bin := range bins {
			counts[bin]++
		}
	}
	var all []index.Bin
	for start, n := range counts {
		all = append(all, index.Bin{Start: start, Count: n})
	}
	slices.SortFunc(all, func(a, b index.Bin) int { return a.Start.Time.Compare(b.Start.Time) })
	return all
}

// testCollapse reads collapsed searches in pages of every size.
func testCollapse(t *testing.T, a index.Archive) {
	var reports []*news.Report
	for i := range 15 {
		for n := range 1 + i%4 {
			r := copyOf(i, n)
			r.Agency = []string{"AFP", "APA", "Trend"}[(i+n)%3]
			switch {
			case i%5 == 0 && n == 0:
				r.Story = ""
			case i%5 == 1 && n == 0: // the others are known by its id
				r.ID, r.Story = r.Story, ""
			}
			reports = append(reports, r)
		}
	}
	write(t, a, reports...)
	f := fixture{archive: a}
	for _, q := range []string{"", "customs", "customs -officers", "zebra"} {
		for _, filters := range [][]index.Filter{nil, {{Facet: index.FacetAgency, Value: "AFP", Exclude: true}}} {
			for _, sort := range orders {
				plain := index.Request{Query: parsed(t, q), Sort: sort, Filters: filters, Limit: index.MaxLimit}
				var want []string
				copies := map[string]int{}
				whole := search(t, f.archive, plain)
				for _, h := range whole.Hits {
					story := index.Story(h.Report)
					if copies[story]++; copies[story] == 1 {
						want = append(want, h.Report.ID)
					}
				}
				for _, limit := range somewhat([]int{4, 1, index.MaxLimit}) {
					plain.Collapse, plain.Limit = true, limit
					got := readPages(t, f.archive, plain, func(page *index.Result) {
						if page.Total != whole.Total {
							t.Errorf("%q collapsed: total %d, want %d", q, page.Total, whole.Total)
						}
						for _, h := range page.Hits {
							if h.Copies != copies[index.Story(h.Report)] {
								t.Errorf("%q by %s: %s has %d copies, want %d", q, sort, h.Report.ID, h.Copies, copies[index.Story(h.Report)])
							}
						}
					})
					if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
						t.Errorf("%q collapsed by %s in pages of %d:\n%s", q, sort, limit, diff)
					}
				}
			}
		}
	}
}

// testCollapseWhileWriting adds a copy of every story between the pages: no
// story that was there goes missing, and none is shown twice.
func testCollapseWhileWriting(t *testing.T, open func(t *testing.T) index.Archive) {
	for _, sort := range orders {
		a := opened(t, open)
		write(t, a, append(copies(0), copies(1)...)...)
		shown := map[string]int{}
		next := 2
		readPages(t, a, index.Request{Query: parsed(t, "customs"), Sort: sort, Limit: 5, Collapse: true}, func(page *index.Result) {
			for _, h := range page.Hits {
				shown[h.Report.Story]++
			}
			write(t, a, copies(next)...)
			next++
		})
		for i := range 12 {
			if n := shown[name(i)]; n != 1 {
				t.Errorf("by %s the story %s is shown %d times", sort, name(i), n)
			}
		}
	}
}

// copies makes the nth copy of twelve stories.
func copies(n int) []*news.Report {
	var reports []*news.Report
	for i := range 12 {
		reports = append(reports, copyOf(i, n))
	}
	return reports
}

// copyOf makes the nth copy of a story, each published after the one before.
func copyOf(story, n int) *news.Report {
	r := numbered(story)
	r.Story = r.ID
	r.ID = fmt.Sprintf("%s-copy-%d", r.ID, n)
	r.Published = r.Published.AddDate(0, n, 0)
	r.Seen = r.Seen.AddDate(0, n, 0)
	return r
}
