package embedded_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// TestPhrasesAreFoundWhereTheyStand writes and revises reports of few words,
// so that these stand beside one another in every way, and compares what
// phrases find with what each report says.
func TestPhrasesAreFoundWhereTheyStand(t *testing.T) {
	t.Cleanup(embedded.SetKeysAtOnce(16)) // as in a large archive
	random := rand.New(rand.NewPCG(3, 8))
	words := strings.Fields("port ports trade traded border union")
	some := func(most int) string {
		var all []string
		for range random.IntN(most) {
			all = append(all, words[random.IntN(len(words))])
		}
		return strings.Join(all, " ")
	}
	a := open(t, filepath.Join(t.TempDir(), "archive.db"))
	defer closed(t, a)
	reports := map[string]*news.Report{}
	for range 30 {
		var docs []index.Document
		for range 10 {
			r := report(random.IntN(150), 8)
			r.Title, r.Text, r.Revision = some(5), "port "+some(60), 1
			if before, ok := reports[r.ID]; ok {
				r.Revision = before.Revision + 1
			}
			reports[r.ID] = r
			docs = append(docs, index.Document{Report: r, Enricher: 1})
		}
		write(t, a, docs)
	}
	for range 400 {
		p := query.Phrase{Text: some(3) + " " + words[random.IntN(len(words))], Slop: max(0, random.IntN(8)-3)}
		var node query.Node = p
		switch random.IntN(4) {
		case 0:
			node = query.Term{Field: query.Title, Value: p.Text}
		case 1:
			node = query.And{Nodes: []query.Node{query.Word{Text: words[random.IntN(len(words))]}, p}}
		}
		t.Run(fmt.Sprint(node), func(t *testing.T) {
			var want []string
			for id, r := range reports {
				if match.New(r).Matches(node) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			result, err := a.Search(context.Background(), index.Request{Query: node, Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, hit := range result.Hits {
				got = append(got, hit.Report.ID)
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
