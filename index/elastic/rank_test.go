package elastic

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/indextest"
	"github.com/dateline-news/dateline/index/query"
)

// minAgreement is how many of the pairs of hits both archives have to put in
// the same order, over all queries, and minFirst of how many queries they have
// to show the same report first. Both score by BM25 in title and text apart.
const minAgreement, minFirst = 0.97, 0.95

func TestRanksAgreeWithTheEmbeddedArchive(t *testing.T) {
	long(t)
	ours := open(t)
	theirs, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := theirs.Close(); err != nil {
			t.Error(err)
		}
	})
	reports := indextest.Reports()
	for i := range 300 {
		reports = append(reports, indextest.Generate(i))
	}
	write(t, ours, reports...)
	write(t, theirs, reports...)
	queries := []string{
		"customs", "conference", "picard baku", "training OR seminar", "tariffs", "customs conference", "university OR school OR port",
		`"single window"`, `"customs reform"~8`, "trade -customs", "smuggling OR tobacco OR cigarettes", "title:picard OR customs",
	}
	for n := 20; n < 620; n += 50 {
		queries = append(queries, indextest.Word(n), indextest.Word(n)+" "+indextest.Word(n/10), indextest.Word(n)+" OR "+indextest.Word(n+7))
	}
	same, pairs, first, asked := 0, 0, 0, 0
	for _, q := range queries {
		node, err := query.Parse(q, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		a, b := ranked(t, ours, node), ranked(t, theirs, node)
		if len(a) != len(b) {
			t.Fatalf("%s finds %d and %d reports", q, len(a), len(b))
		}
		if len(a) < 2 {
			continue
		}
		asked++
		if a[0] == b[0] {
			first++
		}
		s, p := concordance(a, b)
		same, pairs = same+s, pairs+p
	}
	agreement, agreed := float64(same)/float64(pairs), float64(first)/float64(asked)
	t.Logf("of %d queries %.3f have the same first hit; %.3f of %d pairs stand in the same order", asked, agreed, agreement, pairs)
	if agreement < minAgreement {
		t.Errorf("the archives agree on %.3f of the pairs, want %.2f", agreement, minAgreement)
	}
	if agreed < minFirst {
		t.Errorf("the archives show the same report first for %.3f of the queries, want %.2f", agreed, minFirst)
	}
}

// rankTime is in the middle of what is generated.
var rankTime = time.Date(2006, 1, 2, 0, 0, 0, 0, time.UTC)

func ranked(t *testing.T, a index.Archive, node query.Node) []string {
	t.Helper()
	result, err := a.Search(t.Context(), index.Request{Query: node, Sort: index.ByRelevance, Now: rankTime, Limit: index.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range result.Hits {
		ids = append(ids, h.Report.ID)
	}
	return ids
}

// concordance counts the pairs of a, and those that b has in the same order.
func concordance(a, b []string) (same, pairs int) {
	at := map[string]int{}
	for i, id := range b {
		at[id] = i
	}
	for i, first := range a {
		for _, second := range a[i+1:] {
			pairs++
			if at[first] < at[second] {
				same++
			}
		}
	}
	return same, pairs
}
