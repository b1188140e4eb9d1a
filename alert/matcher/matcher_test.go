package matcher

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
)

// queries are written ones, expanded as the search does, and many random ones.
func queries(t *testing.T) []query.Node {
	t.Helper()
	now := time.Date(2015, 9, 20, 8, 0, 0, 0, time.UTC)
	acronyms := []query.Acronym{{Short: "WCO", Long: "World Customs Organization"}}
	nodes := indextest.RandomQueries(600)
	for _, text := range []string{
		"", "*", "customs", "-customs", "customs -baku", "train* baku", "tr*", `"customs training"~5`, "WCO", "org:WCO", "world customs organization",
		"title:picard", "source:nowhere", "lang:en customs", "agency:report.az OR lang:az", "published:2015 OR customs",
		"person:aliyev (baku OR tbilisi)", "-(person:aliyev OR customs)", "event:2015-09", "NOT (NOT customs)",
	} {
		node, err := query.Parse(text, now, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, node, query.Expand(node, acronyms))
	}
	return nodes
}

func TestTheIndexFindsWhatEachQueryMatches(t *testing.T) {
	nodes := queries(t)
	counted := new(Frequency)
	for _, r := range indextest.Reports() {
		counted.Count(match.New(r))
	}
	for name, f := range map[string]*Frequency{"nothing counted": nil, "counted": counted} {
		x := New(nodes, f)
		hits := 0
		for _, r := range indextest.Reports() {
			s := match.New(r)
			var want []int
			for i, n := range nodes {
				if s.Matches(n) {
					want = append(want, i)
				}
			}
			hits += len(want)
			for range 2 { // the second time with what the first left behind
				if diff := cmp.Diff(want, x.Match(s)); diff != "" {
					t.Fatalf("%s: report %s: %s", name, r.ID, diff)
				}
			}
		}
		if hits == 0 {
			t.Error("no query matches any report")
		}
	}
}

func TestAQueryIsFiledUnderItsRarestWord(t *testing.T) {
	f := new(Frequency)
	for _, r := range indextest.Reports() {
		f.Count(match.New(r))
	}
	node := query.And{Nodes: []query.Node{query.Word{Text: "customs"}, query.Word{Text: "quux"}, query.Word{Text: "cu", Prefix: true}}}
	x := New([]query.Node{node}, f)
	if n := x.terms.number("quux"); len(x.filed) != 1 || x.filedFrom[n] != 0 || x.filedFrom[n+1] != 1 || len(x.always) != 0 {
		t.Errorf("filed as %v from %v under %d", x.filed, x.filedFrom, n)
	}
}

func TestWordsAndPairsAreFoundAsInMaps(t *testing.T) {
	numbers, couples := map[string]int32{"": 0}, map[[2]int32]int32{}
	for i := range int32(5000) {
		word := strconv.Itoa(int(i))
		if i%7 == 0 {
			word = strings.Repeat("long", 1+int(i)%9) + word
		}
		numbers[word] = i
		couples[[2]int32{i % 50, i / 50}] = i
	}
	w, p := newWords(numbers), newPairs(couples, 200)
	for word, n := range numbers {
		if got := w.number(word); got != n {
			t.Fatalf("%q is %d, want %d", word, got, n)
		}
		if got := w.number(word + "x"); got != none {
			t.Fatalf("%qx is %d, want none", word, got)
		}
	}
	for first := int32(-1); first < 200; first++ {
		for second := int32(-1); second < 200; second++ {
			want, ok := couples[[2]int32{first, second}]
			if !ok {
				want = none
			}
			if got := p.number(first, second); got != want {
				t.Fatalf("%d %d is %d, want %d", first, second, got, want)
			}
		}
	}
	if newWords(nil).number("a") != none || newPairs(nil, 1).number(0, 0) != none {
		t.Error("an empty table has something")
	}
}

func TestFrequencyStaysBounded(t *testing.T) {
	f := &Frequency{counts: map[key]int{}}
	for i := range manyKeys {
		f.counts[key{"x", strconv.Itoa(i)}] = 1
	}
	f.counts[key{kindTerm, "custom"}] = 8
	for _, r := range indextest.Reports() {
		f.Count(match.New(r))
	}
	if len(f.counts) > manyKeys/2 || f.counts[key{kindTerm, "custom"}] < 4 {
		t.Errorf("%d keys, customs in %d", len(f.counts), f.counts[key{kindTerm, "custom"}])
	}
}

func TestClausesSayWhatHeld(t *testing.T) {
	now := time.Date(2015, 9, 20, 8, 0, 0, 0, time.UTC)
	for _, r := range indextest.Reports() {
		if r.ID != "baku-training" {
			continue
		}
		node, err := query.Parse("(tbilisi OR baku) picard -football", now, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"baku", "picard", "-football"}, Clauses(node, match.New(r))); diff != "" {
			t.Error(diff)
		}
		return
	}
	t.Error("the fixture has no report baku-training")
}
