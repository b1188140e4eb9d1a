package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// The words that a report's likes are found by: the telling ones among the
// candidates, which stand most often in it.
const (
	likeCandidates = 30
	likeWords      = 12
	// minLikeRunes leaves out the words that nearly all reports have.
	minLikeRunes = 4
	// likeTitle is how much more a word of the title counts.
	likeTitle = 3
)

// Like returns the reports that are most like r, one of each story and none
// of its own: those that rank first for the words that stand often in r and
// seldom in the archive.
func Like(ctx context.Context, a Archive, r *news.Report, limit int) ([]Hit, error) {
	telling, err := tellingWords(ctx, a, r)
	if err != nil || len(telling) == 0 {
		return nil, err
	}
	var asked query.Node = query.Or{Nodes: telling}
	if len(telling) == 1 {
		asked = telling[0]
	}
	found, err := a.Search(ctx, Request{Query: asked, Sort: ByRelevance, Limit: min(limit+1, MaxLimit), Collapse: true})
	if err != nil {
		return nil, fmt.Errorf("looking for reports like %s: %w", r.ID, err)
	}
	var hits []Hit
	for _, h := range found.Hits {
		if Story(h.Report) != Story(r) && len(hits) < limit {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// weighed is a word with what it counts.
type weighed struct {
	word   string
	weight float64
}

// tellingWords returns the words of r that tell it from others.
func tellingWords(ctx context.Context, a Archive, r *news.Report) ([]query.Node, error) {
	all, err := a.Search(ctx, Request{Sort: ByPublished, Limit: 1})
	if err != nil {
		return nil, err
	}
	candidates := frequentWords(r)
	var telling []weighed
	for _, c := range candidates {
		found, err := a.Search(ctx, Request{Query: query.Word{Text: c.word}, Sort: ByPublished, Limit: 1})
		if err != nil {
			return nil, fmt.Errorf("counting the reports with %q: %w", c.word, err)
		}
		if found.Total > 1 {
			telling = append(telling, weighed{c.word, c.weight * math.Log(float64(all.Total+1)/float64(found.Total))})
		}
	}
	slices.SortFunc(telling, heaviest)
	var nodes []query.Node
	for _, w := range telling[:min(len(telling), likeWords)] {
		nodes = append(nodes, query.Word{Text: w.word})
	}
	return nodes, nil
}

func heaviest(a, b weighed) int {
	return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.word, b.word))
}

// frequentWords returns the words that stand most often in r.
func frequentWords(r *news.Report) []weighed {
	weights, words := map[string]float64{}, map[string]string{}
	count := func(text string, weight float64) {
		for _, t := range analysis.Tokens(text) {
			if utf8.RuneCountInString(t.Folded) < minLikeRunes {
				continue
			}
			if _, ok := words[t.Term]; !ok {
				words[t.Term] = t.Folded
			}
			weights[t.Term] += weight
		}
	}
	count(r.Title, likeTitle)
	count(r.Text, 1)
	var all []weighed
	for term, weight := range weights {
		all = append(all, weighed{words[term], weight})
	}
	slices.SortFunc(all, heaviest)
	return all[:min(len(all), likeCandidates)]
}
