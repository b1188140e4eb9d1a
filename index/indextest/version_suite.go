package indextest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// testOutcomes writes good and bad documents in one batch.
func testOutcomes(t *testing.T, a index.Archive) {
	good, again := numbered(1), numbered(1)
	noID, noText, badSpan, noRevision, longID, lost := numbered(2), numbered(3), numbered(4), numbered(5), numbered(6), numbered(8)
	noID.ID, noText.Text, noRevision.Revision, longID.ID = "", "", 0, strings.Repeat("x", index.MaxIDLength+1)
	badSpan.Places = []news.Place{{ID: "x", Name: "X", Mentions: []news.Mention{{Span: news.Span{Start: 5, End: 4000}}}}}
	latitude := 91.0
	lost.Places = []news.Place{{ID: "x", Name: "X", Lat: &latitude}}
	newer := numbered(7)
	newer.Revision = 2
	for i, want := range []struct {
		doc     index.Document
		outcome error
	}{
		{index.Document{Report: good, Enricher: 3}, nil},
		{index.Document{Report: noID}, index.ErrRejected},
		{index.Document{Report: again, Enricher: 3}, index.ErrStale},
		{index.Document{Report: again, Enricher: 2}, index.ErrStale},
		{index.Document{Report: noText}, index.ErrRejected},
		{index.Document{Report: badSpan}, index.ErrRejected},
		{index.Document{Report: noRevision}, index.ErrRejected},
		{index.Document{Report: longID}, index.ErrRejected},
		{index.Document{Report: lost}, index.ErrRejected},
		{index.Document{}, index.ErrRejected},
		{index.Document{Report: numbered(7), Enricher: 1_000_000}, index.ErrRejected},
		{index.Document{Report: newer}, nil},
		{index.Document{Report: numbered(7), Enricher: 9}, index.ErrStale},
		{index.Document{Report: again, Enricher: 4}, nil},
	} {
		if got := a.Write(context.Background(), []index.Document{want.doc})[0]; !errors.Is(got, want.outcome) {
			t.Errorf("document %d alone gives %v, want %v", i, got, want.outcome)
		}
	}
	batch := []index.Document{{Report: noID}, {Report: numbered(20)}, {Report: again, Enricher: 4}, {Report: numbered(21)}, {Report: numbered(20), Enricher: 1}, {Report: numbered(21)}}
	got := a.Write(context.Background(), batch)
	for i, want := range []error{index.ErrRejected, nil, index.ErrStale, nil, nil, index.ErrStale} {
		if !errors.Is(got[i], want) {
			t.Errorf("document %d of a batch gives %v, want %v", i, got[i], want)
		}
	}
	if diff := cmp.Diff([]string{name(21), name(20), name(7), name(1)}, latest(t, a, query.All{})); diff != "" {
		t.Errorf("after all of them:\n%s", diff)
	}
}

func testWithdrawal(t *testing.T, a index.Archive) {
	r := numbered(1)
	write(t, a, r, numbered(2))
	gone := &news.Report{ID: r.ID, Revision: 2, Agency: "APA", Status: news.StatusWithdrawn, Published: r.Published}
	write(t, a, gone)
	got, err := a.Get(context.Background(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(gone, got); diff != "" {
		t.Errorf("the withdrawn report:\n%s", diff)
	}
	if diff := cmp.Diff([]string{name(2)}, latest(t, a, parsed(t, "customs"))); diff != "" {
		t.Errorf("the withdrawn text is still found:\n%s", diff)
	}
	if diff := cmp.Diff([]string{name(2), name(1)}, latest(t, a, parsed(t, "agency:APA"))); diff != "" {
		t.Errorf("the withdrawn report is not found:\n%s", diff)
	}
}

// testRevision changes everything that a report is found and counted by.
func testRevision(t *testing.T, a index.Archive) {
	first := dispatch("r", "APA", "2015-01-01T00:00:00Z", "Old title", "Old words stand here.").
		person("Old Person").role("Chief", "").org("Old Body", "OB").place("Oldtown", "AZ").
		event("Old", "2015-02-01", "2015-02-02").date("2015-02-03", "2015-02-04").quote("Old words", "Old Person", "")
	second := dispatch("r", "AFP", "2016-01-01T00:00:00Z", "New title", "New terms stand here.").in("fr").
		person("New Person").role("Head", "").org("New Body", "NB").place("Newtown", "AZ").
		event("New", "2016-02-01", "2016-02-02").date("2016-02-03", "2016-02-04").quote("New terms", "New Person", "")
	second.Revision = 2
	write(t, a, &first.Report)
	write(t, a, &second.Report)
	for old, fresh := range map[string]string{
		"old": "new", `"old words"`: `"new terms"`, "wor*": "ter*", "title:old": "title:new", "person:old": "person:new",
		"org:OB": "org:NB", "place:oldtown": "place:newtown", "role:chief": "role:head", "speaker:old": "speaker:new",
		"agency:APA": "agency:AFP", "source:apa": "source:afp", "lang:en": "lang:fr", "published:2015": "published:2016",
		"seen:2015": "seen:2016", "event:2015": "event:2016", "mentioned:2015": "mentioned:2016",
	} {
		if got := latest(t, a, parsed(t, old)); len(got) != 0 {
			t.Errorf("%s still finds %v", old, got)
		}
		if got := latest(t, a, parsed(t, fresh)); len(got) != 1 {
			t.Errorf("%s finds %v", fresh, got)
		}
	}
	result := search(t, a, index.Request{Facets: index.AllFacets()})
	for _, f := range index.AllFacets() {
		want := counted([]*news.Report{&second.Report}, f)
		if diff := cmp.Diff(want, result.Facets[f], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("facet %s:\n%s", f, diff)
		}
	}
}

// testVersions writes the histories of several reports, in which a text may
// come back and a report be withdrawn and issued again, in any order, with replays, in batches of any size: the archive
// ends as if each last version had been written alone, and knows as of any time what was the last revision seen by then.
func testVersions(t *testing.T, open func(t *testing.T) index.Archive) {
	seeds := uint64(4)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 3))
			docs, final := histories(random, 8)
			docs = append(docs, docs[:len(docs)/2]...)
			all := slices.Clone(docs)
			random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
			a := opened(t, open)
			for len(docs) > 0 {
				n := 1 + random.IntN(min(7, len(docs)))
				for i, err := range a.Write(context.Background(), docs[:n]) {
					if err != nil && !errors.Is(err, index.ErrStale) {
						t.Fatalf("writing %s: %v", docs[i].Report.ID, err)
					}
				}
				docs = docs[n:]
			}
			compareArchive(t, a, final)
			compareAsOf(t, a, all, random)
		})
	}
}

// histories makes documents of n reports, and the last version of each.
func histories(random *rand.Rand, n int) (docs []index.Document, final []*news.Report) {
	for i := range n {
		var last *news.Report
		seen := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
		for revision := 1; revision <= 1+random.IntN(4); revision++ {
			withdrawn := random.IntN(5) == 0
			seen = seen.Add(time.Duration(random.IntN(100)-10) * time.Hour) // a clock may be put back
			for enricher := range 1 + random.IntN(3) {
				r := numbered(i)
				r.Revision, r.Seen = revision, seen
				r.Text = []string{"Alpha text of customs.", "Beta text of trade.", "Gamma text."}[random.IntN(3)]
				r.Tags = []string{fmt.Sprintf("enriched by %d", enricher)}
				r.Organizations = []news.Organization{{ID: "o", Name: fmt.Sprintf("Body %d", random.IntN(3))}}
				if withdrawn {
					r.Status, r.Text, r.Organizations = news.StatusWithdrawn, "", nil
				}
				docs = append(docs, index.Document{Report: r, Enricher: enricher})
				last = r
			}
		}
		final = append(final, last)
	}
	return docs, final
}

// compareArchive checks that the archive holds the reports and nothing else.
func compareArchive(t *testing.T, a index.Archive, want []*news.Report) {
	t.Helper()
	f := fixture{a, want}
	for _, r := range want {
		got, err := a.Get(context.Background(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, got); diff != "" {
			t.Errorf("%s is not its last version:\n%s", r.ID, diff)
		}
	}
	for _, q := range []string{"", "alpha", "beta OR gamma", "org:\"Body 1\"", "-text", "cus*"} {
		result := search(t, a, index.Request{Query: parsed(t, q), Facets: []index.Facet{index.FacetOrg}, Limit: index.MaxLimit})
		matching := f.matching(parsed(t, q))
		if result.Total != len(matching) || len(result.Hits) != len(matching) {
			t.Errorf("%q finds %d, want %d", q, result.Total, len(matching))
		}
		want := counted(matching, index.FacetOrg)
		if diff := cmp.Diff(want, result.Facets[index.FacetOrg], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q counts:\n%s", q, diff)
		}
	}
}

// testConcurrentUse writes the same reports from several goroutines while
// others search: of each version one write is taken, and no search sees a
// report half written.
func testConcurrentUse(t *testing.T, a index.Archive) {
	const writers, reports = 3, 20
	var mu sync.Mutex
	taken := map[string]int{}
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for i := range reports {
				r := numbered(i)
				err := a.Write(context.Background(), []index.Document{{Report: r}})[0]
				if err != nil && !errors.Is(err, index.ErrStale) {
					t.Errorf("writing %s: %v", r.ID, err)
				}
				if err == nil {
					mu.Lock()
					taken[r.ID]++
					mu.Unlock()
				}
			}
		})
	}
	for range 2 {
		group.Go(func() {
			for range reports {
				result, err := a.Search(context.Background(), index.Request{Query: query.Word{Text: "customs"}, Limit: index.MaxLimit, Facets: []index.Facet{index.FacetAgency}})
				switch {
				case err != nil:
					t.Errorf("searching: %v", err)
				case result.Total != len(result.Hits) || result.Total > 0 && result.Facets[index.FacetAgency][0].Count != result.Total:
					t.Errorf("total %d, %d hits, facets %v", result.Total, len(result.Hits), result.Facets)
				}
			}
		})
	}
	group.Wait()
	for i := range reports {
		if taken[name(i)] != 1 {
			t.Errorf("%s was taken %d times", name(i), taken[name(i)])
		}
	}
}
