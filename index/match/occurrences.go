package match

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
)

// run is a range of tokens [from,to).
type run struct{ from, to int }

// Spans returns the parts of text, a report's title or body, that the words
// and phrases of the query stand for, in order and apart. Words that the query
// excludes are not marked.
func Spans(node query.Node, text string) []news.Span {
	var marked []query.Node
	query.Walk(node, func(n query.Node) bool {
		switch n.(type) {
		case query.Not:
			return false
		case query.Word, query.Phrase, query.Term:
			marked = append(marked, n)
		}
		return true
	})
	if !slices.ContainsFunc(marked, hasText) {
		return nil
	}
	tokens := analysis.Tokens(text)
	var spans []news.Span
	for _, n := range marked {
		for _, r := range occurrences(n, tokens) {
			spans = append(spans, news.Span{Start: tokens[r.from].Span.Start, End: tokens[r.to-1].Span.End})
		}
	}
	return union(spans)
}

// hasText reports whether the node can occur in a text.
func hasText(n query.Node) bool {
	t, ok := n.(query.Term)
	return !ok || t.Field == query.Title
}

// union sorts the spans and joins those that overlap.
func union(spans []news.Span) []news.Span {
	slices.SortFunc(spans, func(a, b news.Span) int { return a.Start - b.Start })
	var joined []news.Span
	for _, s := range spans {
		if n := len(joined); n > 0 && s.Start < joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// occurrences returns where a word or a phrase stands in a text: for near
// words each of them, for a phrase the whole.
func occurrences(node query.Node, tokens []analysis.Token) []run {
	switch n := node.(type) {
	case query.Word:
		if n.Prefix {
			return prefixed(n.Text, tokens)
		}
		return inOrder(analysis.Terms(n.Text), tokens)
	case query.Phrase:
		if n.Slop > 0 {
			return near(analysis.Terms(n.Text), n.Slop, tokens)
		}
		return inOrder(analysis.Terms(n.Text), tokens)
	case query.Term:
		if n.Field == query.Title {
			return inOrder(analysis.Terms(n.Value), tokens)
		}
	}
	return nil
}

func prefixed(text string, tokens []analysis.Token) []run {
	words := analysis.Words(text)
	if len(words) != 1 {
		return nil
	}
	var found []run
	for i, t := range tokens {
		if strings.HasPrefix(t.Folded, words[0]) {
			found = append(found, run{i, i + 1})
		}
	}
	return found
}

func inOrder(terms []string, tokens []analysis.Token) []run {
	var found []run
	for i := 0; len(terms) > 0 && i+len(terms) <= len(tokens); i++ {
		same := slices.EqualFunc(tokens[i:i+len(terms)], terms, func(t analysis.Token, term string) bool { return t.Term == term })
		if same {
			found = append(found, run{i, i + len(terms)})
		}
	}
	return found
}

// near returns the tokens of terms that stand in a stretch of the text that
// holds all of them and at most slop other words.
func near(terms []string, slop int, tokens []analysis.Token) []run {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	if len(terms) == 0 {
		return nil
	}
	var places []int // of tokens that are one of terms
	for i, t := range tokens {
		if _, ok := slices.BinarySearch(terms, t.Term); ok {
			places = append(places, i)
		}
	}
	var found []run
	for i, first := range places {
		missing := slices.Clone(terms)
		for _, at := range places[i:] {
			if at-first+1 > len(terms)+slop {
				break
			}
			if m, ok := slices.BinarySearch(missing, tokens[at].Term); ok {
				missing = slices.Delete(missing, m, m+1)
			}
			if len(missing) == 0 {
				found = appendEach(found, places[i:], at)
				break
			}
		}
	}
	return found
}

// appendEach appends a run for each of places up to last.
func appendEach(found []run, places []int, last int) []run {
	for _, at := range places {
		if at <= last && (len(found) == 0 || found[len(found)-1].from < at) {
			found = append(found, run{at, at + 1})
		}
	}
	return found
}
