package elastic

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// interruption performs requests, and something else before one of them.
type interruption struct {
	mu     sync.Mutex
	left   int
	before func()
}

// beforeRequest has something done before the nth request from now, the first
// being 0.
func (i *interruption) beforeRequest(n int, before func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.left, i.before = n, before
}

func (i *interruption) RoundTrip(r *http.Request) (*http.Response, error) {
	i.mu.Lock()
	before := i.before
	if i.left--; i.left >= 0 {
		before = nil
	} else {
		i.before = nil
	}
	i.mu.Unlock()
	if before != nil {
		before()
	}
	return http.DefaultTransport.RoundTrip(r)
}

// due reports whether the request to be interrupted is still to come.
func (i *interruption) due() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.before != nil
}

// twoProcesses opens an archive twice; the second can be interrupted.
func twoProcesses(t *testing.T) (a, b *Archive, second *interruption) {
	t.Helper()
	o := options(t)
	a = openWith(t, o)
	second = &interruption{}
	o.Transport = second
	return a, openWith(t, o), second
}

var midnight = time.Date(2015, 3, 4, 0, 0, 0, 0, time.UTC)

// at is a revision, and the hour after midnight at which it was seen.
type at struct{ revision, hour int }

// revise writes revisions of the nth ferry, early or late.
func revise(t *testing.T, a *Archive, n int, revisions []at) {
	t.Helper()
	docs := make([]index.Document, len(revisions))
	for i, of := range revisions {
		r := report(fmt.Sprint("ferry-", n), fmt.Sprintf("Ferry%d sails.", n))
		r.Revision, r.Seen = of.revision, midnight.Add(time.Duration(of.hour)*time.Hour)
		r.Organizations = []news.Organization{{ID: "o", Name: fmt.Sprintf("Port %d", of.revision)}}
		docs[i] = index.Document{Report: r, Enricher: 1}
	}
	for i, err := range a.Write(t.Context(), docs) {
		if err != nil && !errors.Is(err, index.ErrStale) {
			t.Errorf("write revision %d: %v", revisions[i].revision, err)
		}
	}
}

// knownAtHour returns what of the nth ferry a search as of an hour after
// midnight finds, after checking that it counts what it finds.
func knownAtHour(t *testing.T, a *Archive, n, hour int) string {
	t.Helper()
	node := query.AsOf{Node: parse(t, fmt.Sprint("Ferry", n)), At: midnight.Add(time.Duration(hour)*time.Hour + time.Minute), Source: fmt.Sprint(hour)}
	answers := map[string]bool{}
	for _, req := range []index.Request{{Sort: index.ByRelevance}, {Sort: index.ByPublished}, {Collapse: true}} {
		req.Query, req.Facets = node, []index.Facet{index.FacetOrg}
		result, err := a.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		var found, counts []string
		for _, h := range result.Hits {
			found = append(found, fmt.Sprint("Port ", h.Report.Revision, " 1"))
		}
		for _, c := range result.Facets[index.FacetOrg] {
			counts = append(counts, fmt.Sprint(c.Value, " ", c.Count))
		}
		if !slices.Equal(found, counts) || result.Total != len(found) || len(found) > 1 {
			t.Errorf("as of hour %d: %v of %d counted as %v", hour, found, result.Total, counts)
		}
		answers[strings.Join(found, ", ")] = true
	}
	if len(answers) != 1 {
		t.Errorf("as of hour %d the orders find %v", hour, answers)
	}
	for answer := range answers {
		return answer
	}
	return ""
}

// A write is interrupted before each of its requests in turn; what another
// process writes meanwhile must not be lost.
func TestARevisionIsKeptThatAnotherProcessWritesMeanwhile(t *testing.T) {
	for name, test := range map[string]struct {
		there             []at
		meanwhile, writes []at
		highest           int
	}{
		"the first":           {nil, []at{{1, 1}}, []at{{2, 2}}, 2},
		"the one before":      {[]at{{1, 1}}, []at{{2, 2}}, []at{{3, 3}}, 3},
		"the one after":       {[]at{{1, 1}}, []at{{3, 3}}, []at{{2, 2}}, 3},
		"two after the first": {nil, []at{{2, 2}, {3, 3}}, []at{{1, 1}}, 3},
		"two before the last": {nil, []at{{1, 1}, {2, 2}}, []at{{3, 3}}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "the first" && name != "the one after" {
				long(t)
			}
			t.Parallel()
			a, b, second := twoProcesses(t)
			done := false
			for n := 0; !done; n++ {
				revise(t, a, n, test.there)
				second.beforeRequest(n, func() { revise(t, a, n, test.meanwhile) })
				revise(t, b, n, test.writes)
				done = second.due()
				for hour := 1; hour <= test.highest && !done; hour++ {
					if got, want := knownAtHour(t, a, n, hour), fmt.Sprint("Port ", hour, " 1"); got != want {
						t.Errorf("interrupted before request %d: as of hour %d finds %q, want %q", n, hour, got, want)
					}
				}
				if n > 40 {
					t.Fatal("the write does not end")
				}
			}
		})
	}
}

// Before each request of a write all that is written becomes visible, as if
// another process had shown it, and searches as of a time are asked: each must
// answer from before the write or from after it.
func TestSearchesAsOfATimeCountAReportOnceWhileARevisionTakesItsPlace(t *testing.T) {
	for name, test := range map[string]struct {
		there, writes []at
		want          map[int][]int // by hour, the revisions that may be found
	}{
		"a revision": {
			[]at{{1, 1}}, []at{{2, 3}},
			map[int][]int{0: {0}, 2: {1}, 4: {1, 2}},
		},
		"two at once": {
			[]at{{1, 1}}, []at{{2, 3}, {3, 5}},
			map[int][]int{0: {0}, 2: {1}, 4: {1, 2}, 6: {1, 3}},
		},
		"a late one": {
			[]at{{1, 1}, {3, 5}}, []at{{2, 3}},
			map[int][]int{0: {0}, 2: {1}, 4: {1, 2}, 6: {3}},
		},
		"one that was seen before the one before": {
			[]at{{1, 1}, {2, 5}}, []at{{3, 3}},
			map[int][]int{0: {0}, 2: {1}, 4: {1, 3}, 6: {2, 3}},
		},
		"one that was seen before all": {
			[]at{{1, 3}, {2, 5}}, []at{{3, 1}},
			map[int][]int{0: {0}, 2: {0, 3}, 4: {1, 3}, 6: {2, 3}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "a revision" && name != "one that was seen before the one before" {
				long(t)
			}
			t.Parallel()
			a, b, second := twoProcesses(t)
			done := false
			for n := 0; !done; n++ {
				revise(t, a, n, test.there)
				ask := func(state string, of func(revisions []int) []int) {
					for hour, revisions := range test.want {
						var want []string
						for _, r := range of(revisions) {
							want = append(want, map[bool]string{true: fmt.Sprint("Port ", r, " 1"), false: ""}[r > 0])
						}
						if got := knownAtHour(t, a, n, hour); !slices.Contains(want, got) {
							t.Errorf("%s request %d: as of hour %d finds %q, want one of %q", state, n, hour, got, want)
						}
					}
				}
				second.beforeRequest(n, func() {
					for _, alias := range []string{a.names.write, a.names.past().write} {
						if err := refreshIndex(t.Context(), a.cluster, alias); err != nil {
							t.Error(err)
						}
					}
					ask("before", func(revisions []int) []int { return revisions })
				})
				revise(t, b, n, test.writes)
				done = second.due()
				ask("after all, interrupted before", func(revisions []int) []int { return revisions[len(revisions)-1:] })
				if n > 40 {
					t.Fatal("the write does not end")
				}
			}
		})
	}
}

// older has the first snapshot of a search show nothing of the superseded
// revisions, as if it had been taken of them long before that of the rest.
type older struct {
	mu   sync.Mutex
	past string
	done int
}

func (o *older) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/_pit") {
		o.mu.Lock()
		if o.done++; o.done == 1 {
			r.URL.Path = strings.Replace(r.URL.Path, ","+o.past, "", 1)
		}
		o.mu.Unlock()
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestASnapshotThatLacksAMovedRevisionIsTakenAnew(t *testing.T) {
	o := options(t)
	late := &older{past: namesOf(o.Name).past().read}
	o.Transport = late
	a := openWith(t, o)
	revise(t, a, 0, []at{{1, 1}})
	revise(t, a, 0, []at{{2, 3}})
	if got, want := knownAtHour(t, a, 0, 2), "Port 1 1"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	if late.done < 2 {
		t.Errorf("%d snapshots were taken, want another one", late.done)
	}
}
