package embedded

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// TestSpreadsAreThoseCountedAnew writes reports and revisions of them at
// random, some late and some again, and counts after each batch, and when the
// archive was opened again, how many last revisions have each stem.
func TestSpreadsAreThoseCountedAnew(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	some := func() string {
		words := []string{"tariff", "tariffs", "border", "borders", "bordering", "customs", "a", "conference", "conferences"}
		var all []string
		for range random.IntN(6) {
			all = append(all, words[random.IntN(len(words))])
		}
		return strings.Join(append(all, fmt.Sprintf("word%d", random.IntN(400))), " ")
	}
	path := filepath.Join(t.TempDir(), "archive.db")
	reopen := func() *Archive {
		a, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := reopen()
	seen := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 30 {
		var docs []index.Document
		for range 1 + random.IntN(20) {
			r := &news.Report{
				ID: fmt.Sprintf("r%d", random.IntN(60)), Revision: 1 + random.IntN(4), Source: "s", URL: "https://a.example/x",
				Title: some(), Text: some(), Seen: seen.Add(time.Duration(random.IntN(1000)) * time.Hour),
			}
			docs = append(docs, index.Document{Report: r, Enricher: 1 + random.IntN(2)})
		}
		for i, err := range a.Write(t.Context(), docs) {
			if err != nil && !errors.Is(err, index.ErrStale) {
				t.Fatalf("writing %s: %v", docs[i].Report.ID, err)
			}
		}
		if diff := cmp.Diff(countedAnew(a), spelledSpreads(a)); diff != "" {
			t.Fatalf("the spread of stems:\n%s", diff)
		}
	}
	want := spelledSpreads(a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = reopen()
	if diff := cmp.Diff(want, spelledSpreads(a)); diff != "" {
		t.Errorf("the spread of stems when the archive is opened again:\n%s", diff)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// countedAnew counts the last revisions that have each stem, in the title and in the text.
func countedAnew(a *Archive) map[string][2]int32 {
	counted := map[string][2]int32{}
	for _, s := range a.lexicon.stems {
		var n [2]int32
		a.columns.postings.having(s.words).each(1, a.columns.len, func(p posting) {
			if !a.columns.present.has(int(p.key)) {
				return
			}
			n[0] += int32(min(1, p.title()))
			n[1] += int32(min(1, p.text()))
		})
		counted[s.text] = n
	}
	return counted
}

func spelledSpreads(a *Archive) map[string][2]int32 {
	spelled := map[string][2]int32{}
	for i, s := range a.lexicon.stems {
		n := a.columns.spreads.of(uint32(i))
		spelled[s.text] = [2]int32{n.titles, n.texts}
	}
	return spelled
}
