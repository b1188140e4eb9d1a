package matcher

import (
	"slices"

	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// key is something that a report has or has not: a term, a word that begins
// so, a word of a name in a field, the value of a field.
type key struct{ kind, word string }

// The kinds of a key that are no field.
const (
	kindTerm   = "\x00term"
	kindPrefix = "\x00prefix"
	// kindPair is two terms side by side, written with a space between.
	kindPair = "\x00pair"
)

// require returns groups of keys such that a report which the node finds has
// at least one key of each group. Having them is not enough: nothing but the
// evaluation of the node decides. A node that this function does not know
// requires nothing, and is then evaluated on every report.
func require(node query.Node, f *Frequency) [][]key {
	switch n := node.(type) {
	case query.And:
		var groups [][]key
		for _, part := range n.Nodes {
			groups = append(groups, require(part, f)...)
		}
		return groups
	case query.Or:
		return requireAny(n.Nodes, f)
	case query.Expansion:
		return requireAny(append([]query.Node{n.Node}, n.Forms...), f)
	case query.Word:
		if n.Prefix {
			return prefix(n.Text)
		}
		return inOrder(analysis.Terms(n.Text))
	case query.Phrase:
		if n.Slop > 0 {
			return each(kindTerm, analysis.Terms(n.Text))
		}
		return inOrder(analysis.Terms(n.Text))
	case query.Term:
		return requireTerm(n)
	}
	return nil
}

// requireAny joins the rarest group of each node. Where one of the nodes
// requires nothing, neither does any of them.
func requireAny(nodes []query.Node, f *Frequency) [][]key {
	var joined []key
	for _, n := range nodes {
		groups := require(n, f)
		rarest := f.rarest(groups)
		if rarest < 0 {
			return nil
		}
		for _, k := range groups[rarest] {
			if !slices.Contains(joined, k) {
				joined = append(joined, k)
			}
		}
	}
	if len(joined) == 0 {
		return nil
	}
	return [][]key{joined}
}

func requireTerm(t query.Term) [][]key {
	switch {
	case t.Field == query.Title:
		return each(kindTerm, analysis.Terms(t.Value))
	case t.Field.IsWhole():
		return [][]key{{{string(t.Field), analysis.Fold(t.Value)}}}
	case slices.Contains(nameFields, t.Field):
		return each(string(t.Field), analysis.Words(t.Value))
	}
	return nil
}

// exact reports whether the node finds every report that has a key of each of
// its groups: single words and values, and what is made of them.
func exact(node query.Node) bool {
	switch n := node.(type) {
	case query.And:
		return !slices.ContainsFunc(n.Nodes, func(n query.Node) bool { return !exact(n) })
	case query.Or:
		return !slices.ContainsFunc(n.Nodes, func(n query.Node) bool { return !exactOne(n) })
	case query.Expansion:
		return exactOne(n.Node) && !slices.ContainsFunc(n.Forms, func(n query.Node) bool { return !exactOne(n) })
	case query.Word, query.Phrase, query.Term:
		return exactOne(n)
	}
	return false
}

// exactOne reports whether one key is all that the node asks for.
func exactOne(node query.Node) bool {
	if t, ok := node.(query.Term); ok && t.Field == query.Title {
		return false
	}
	if p, ok := node.(query.Phrase); ok && p.Slop > 0 {
		return len(analysis.Terms(p.Text)) == 1
	}
	switch node.(type) {
	case query.Word, query.Phrase, query.Term:
		return len(require(node, nil)) == 1
	}
	return false
}

func prefix(text string) [][]key {
	words := analysis.Words(text)
	if len(words) != 1 {
		return nil
	}
	return [][]key{{{kindPrefix, words[0]}}}
}

// inOrder requires terms that stand side by side, pair by pair.
func inOrder(terms []string) [][]key {
	if len(terms) < 2 {
		return each(kindTerm, terms)
	}
	groups := make([][]key, len(terms)-1)
	for i := range groups {
		groups[i] = []key{{kindPair, terms[i] + " " + terms[i+1]}}
	}
	return groups
}

func each(kind string, words []string) [][]key {
	groups := make([][]key, len(words))
	for i, w := range words {
		groups[i] = []key{{kind, w}}
	}
	return groups
}
