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

// RunTwo holds two archives on the same data, as two processes have them, to
// what one alone keeps. open returns them new and empty; the suite closes them.
func RunTwo(t *testing.T, open func(t *testing.T) (a, b index.Archive)) {
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			a, b := open(t)
			testTwoWriters(t, opened(t, func(*testing.T) index.Archive { return a }), opened(t, func(*testing.T) index.Archive { return b }), seed)
		})
	}
}

// newYear is before any later revision than the first is seen.
var newYear = time.Date(2015, 1, 20, 0, 0, 0, 0, time.UTC)

// testTwoWriters has two writers revise reports at once, each in an order of
// its own and with replays, while searches as of several times are asked. What
// was known before any revision stays as it was all the time, no report counts
// twice as of any time, and the end is that of the in-order run.
func testTwoWriters(t *testing.T, a, b index.Archive, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 17))
	first, later, final := revisions(random, 7)
	for _, d := range first {
		write(t, a, d.Report)
	}
	before := fixture{a, known(first, newYear)}
	var writers, readers sync.WaitGroup
	for _, to := range []index.Archive{a, b} {
		docs := slices.Clone(later)
		random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		docs = docs[:len(docs)*3/4]
		if to == b {
			docs = append(docs, later...)
		}
		sizes := rand.New(rand.NewPCG(seed, random.Uint64()))
		writers.Go(func() {
			for len(docs) > 0 {
				n := 1 + sizes.IntN(min(5, len(docs)))
				for i, err := range to.Write(context.Background(), docs[:n]) {
					if err != nil && !errors.Is(err, index.ErrStale) {
						t.Errorf("writing %s: %v", docs[i].Report.ID, err)
					}
				}
				docs = docs[n:]
			}
		})
	}
	done := make(chan struct{})
	for _, of := range []index.Archive{a, b} {
		readers.Go(func() {
			for i := 0; ; i++ {
				before.askThen(t, of, i)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	compareArchive(t, b, final)
	compareAsOf(t, b, append(first, later...), random)
}

// askThen asks what was known before any revision, which the fixture holds,
// and of another time no more than that each report counts once.
func (f *fixture) askThen(t *testing.T, of index.Archive, i int) {
	text := query.Word{Text: "text"}
	then := func(at time.Time) *index.Result {
		result, err := of.Search(context.Background(), index.Request{
			Query: query.AsOf{Node: text, At: at, Source: "then"}, Facets: []index.Facet{index.FacetOrg}, FacetSize: 100,
			Limit: index.MaxLimit, Sort: []index.Sort{index.ByPublished, index.ByRelevance, index.BySeen}[i%3], Collapse: i%4 == 3,
		})
		if err != nil {
			t.Errorf("as of %s: %v", at, err)
			return &index.Result{}
		}
		return result
	}
	result := then(newYear)
	var got []*news.Report
	for _, h := range result.Hits {
		got = append(got, h.Report)
	}
	want := f.matching(text)
	slices.SortFunc(got, latestFirst)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || result.Total != len(want) {
		t.Errorf("before any revision, total %d:\n%s", result.Total, diff)
	}
	if diff := cmp.Diff(counted(want, index.FacetOrg), result.Facets[index.FacetOrg], cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("before any revision counts:\n%s", diff)
	}
	at := newYear.AddDate(0, 0, i*5%90)
	result = then(at)
	reports := 0
	for _, c := range result.Facets[index.FacetOrg] {
		if strings.HasPrefix(c.Value, ownOrg) {
			reports++
			if c.Count != 1 {
				t.Errorf("%s counts %d times as of %s", c.Value, c.Count, at)
			}
		}
	}
	if reports != len(result.Hits) || result.Total != len(result.Hits) {
		t.Errorf("as of %s: %d hits, total %d and %d reports", at, len(result.Hits), result.Total, reports)
	}
}

// ownOrg begins the name of the organization that only one report names.
const ownOrg = "Office of "

// revisions makes reports whose later revisions are seen after newYear, some
// before an earlier one; a text may come back and a report be withdrawn.
func revisions(random *rand.Rand, n int) (first, later []index.Document, final []*news.Report) {
	for i := range n {
		last := revisionOf(i, 1, 0, random)
		last.Seen = newYear.Add(-time.Duration(1+random.IntN(200)) * time.Hour)
		first = append(first, index.Document{Report: last, Enricher: enricher})
		seen := newYear.Add(24 * time.Hour)
		for revision := 2; revision <= 1+random.IntN(5); revision++ {
			seen = seen.Add(time.Duration(random.IntN(300)-20) * time.Hour)
			withdrawn := random.IntN(6) == 0
			for enriched := range 1 + random.IntN(2) {
				last = revisionOf(i, revision, enriched, random)
				last.Seen = seen
				if seen.Before(newYear) {
					last.Seen = newYear
				}
				if withdrawn {
					last.Status, last.Text, last.Organizations = news.StatusWithdrawn, "", nil
				}
				later = append(later, index.Document{Report: last, Enricher: enricher + enriched})
			}
		}
		final = append(final, last)
	}
	return first, later, final
}

func revisionOf(i, revision, enriched int, random *rand.Rand) *news.Report {
	r := numbered(i)
	r.Revision = revision
	r.Text = []string{"Alpha text of customs.", "Beta text of trade.", "Gamma text."}[random.IntN(3)]
	r.Tags = []string{fmt.Sprintf("enriched %d times", enriched)}
	r.Organizations = []news.Organization{{ID: "o", Name: fmt.Sprintf("Body %d", random.IntN(3))}, {ID: r.ID, Name: ownOrg + r.ID}}
	return r
}
