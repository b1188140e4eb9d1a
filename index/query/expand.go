package query

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
)

// Acronym is a short and a long name of the same organization, such as WCO
// and World Customs Organization.
type Acronym struct{ Short, Long string }

// Expand returns the tree with an Expansion in place of each word, phrase,
// run of words and org: or speaker: term that is one side of an acronym; its
// forms are the other sides. A word is an acronym only when its letters are
// in the same case (WHO is one, who is not); a field's value in any case.
func Expand(node Node, acronyms []Acronym) Node {
	e := newExpander(acronyms)
	return e.expand(node)
}

// expander looks acronyms up.
type expander struct {
	// long and short hold, by the folded words of one side, the other sides.
	long, short map[string][]string
	// cased holds the short sides as they are written.
	cased map[string]bool
}

func newExpander(acronyms []Acronym) expander {
	e := expander{map[string][]string{}, map[string][]string{}, map[string]bool{}}
	for _, a := range acronyms {
		short, long := key(a.Short), key(a.Long)
		if short == "" || long == "" || short == long {
			continue
		}
		e.long[short] = appendNew(e.long[short], a.Long)
		e.short[long] = appendNew(e.short[long], a.Short)
		e.cased[a.Short] = true
	}
	return e
}

// key is what the sides of acronyms are compared by.
func key(s string) string { return strings.Join(analysis.Words(s), " ") }

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func (e expander) expand(node Node) Node {
	switch n := node.(type) {
	case And:
		return both(e.expandRuns(n.Nodes))
	case Or:
		return Or{e.expandAll(n.Nodes)}
	case Not:
		return Not{e.expand(n.Node)}
	case AsOf:
		return within(n, e.expand)
	case Word:
		if !n.Prefix {
			return expansion(n, e.wordForms(n.Text))
		}
	case Phrase:
		if n.Slop == 0 {
			return expansion(n, e.wordForms(n.Text))
		}
	case Term:
		if n.Field == Org || n.Field == Speaker {
			return expansion(n, e.termForms(n))
		}
	case Group:
		return expansion(n, e.groupForms(n))
	}
	return node
}

func (e expander) expandAll(nodes []Node) []Node {
	expanded := make([]Node, len(nodes))
	for i, n := range nodes {
		expanded[i] = e.expand(n)
	}
	return expanded
}

// expandRuns expands the nodes of an And, in which words side by side may
// spell a long name.
func (e expander) expandRuns(nodes []Node) []Node {
	var expanded []Node
	for len(nodes) > 0 {
		n, forms := e.longestRun(nodes)
		if n == 0 {
			expanded = append(expanded, e.expand(nodes[0]))
			nodes = nodes[1:]
			continue
		}
		expanded = append(expanded, expansion(And{nodes[:n:n]}, forms))
		nodes = nodes[n:]
	}
	return expanded
}

// longestRun returns the number of words at the beginning of nodes, two or
// more, that spell a long name, with the forms it has; or 0.
func (e expander) longestRun(nodes []Node) (int, []Node) {
	longest, forms := 0, []Node(nil)
	var spelled []string
	for i, node := range nodes {
		w, ok := node.(Word)
		if !ok || w.Prefix {
			break
		}
		spelled = append(spelled, w.Text)
		shorts := e.short[key(strings.Join(spelled, " "))]
		if i > 0 && len(shorts) > 0 {
			longest, forms = i+1, words(shorts)
		}
	}
	return longest, forms
}

func (e expander) wordForms(text string) []Node {
	k := key(text)
	var forms []Node
	if e.cased[text] {
		for _, long := range e.long[k] {
			forms = append(forms, Phrase{Text: long})
		}
	}
	return append(forms, words(e.short[k])...)
}

func (e expander) termForms(t Term) []Node {
	k := key(t.Value)
	var forms []Node
	for _, other := range slices.Concat(e.long[k], e.short[k]) {
		forms = append(forms, Term{Field: t.Field, Value: other})
	}
	return forms
}

// groupForms are the groups with another form of one of the terms.
func (e expander) groupForms(g Group) []Node {
	var forms []Node
	for i, t := range g.Terms {
		if t.Field != Org && t.Field != Speaker {
			continue
		}
		for _, form := range e.termForms(t) {
			other := Group{g.Of, slices.Clone(g.Terms)}
			other.Terms[i] = form.(Term)
			forms = append(forms, other)
		}
	}
	return forms
}

func words(texts []string) []Node {
	var nodes []Node
	for _, t := range texts {
		nodes = append(nodes, Word{Text: t})
	}
	return nodes
}

func expansion(n Node, forms []Node) Node {
	if len(forms) == 0 {
		return n
	}
	return Expansion{Node: n, Forms: forms}
}
