package elastic

import (
	"fmt"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/analysis"
	"github.com/dateline-news/dateline/index/query"
)

// maxDepth is how deep a query may nest: Elasticsearch lets 30 nest by default,
// and what is known at a time and how recent a report is are wrapped around it.
const maxDepth = 28

// titleWeight is how much more a word of the title counts than one of the
// text.
const titleWeight = 4

// The fields that words are looked for in.
const (
	titleField = "report.title"
	textField  = "report.text"
)

// plan returns the query in Elasticsearch's form. The error is an
// *index.UnsupportedError.
func plan(node query.Node) (object, error) {
	p, err := planNode(node)
	if err != nil {
		return nil, err
	}
	if p.depth > maxDepth {
		return nil, &index.UnsupportedError{Feature: "queries that nest this deep; use fewer parentheses"}
	}
	return p.query, nil
}

// clause is a planned node.
type clause struct {
	query object
	// scored says that the query's score says how well a report matches, and
	// constant that it has a score that means nothing.
	scored, constant bool
	depth            int
}

func planNode(node query.Node) (clause, error) {
	switch n := node.(type) {
	case nil, query.All:
		return filter(object{"match_all": object{}}), nil
	case query.And:
		return planAnd(n.Nodes)
	case query.Or:
		return planOr(n.Nodes)
	case query.Not:
		return planAnd([]query.Node{n})
	case query.Expansion:
		return planOr(append([]query.Node{n.Node}, n.Forms...))
	case query.Word:
		return planWord(n), nil
	case query.Phrase:
		return planPhrase(n), nil
	case query.Term:
		return planTerm(n)
	case query.Range:
		return planRange(n)
	case query.Group:
		return planGroup(n)
	case query.Near:
		return planNearPoint(n)
	default:
		return clause{}, &index.UnsupportedError{Feature: fmt.Sprintf("queries of the kind %T", node)}
	}
}

func filter(q object) clause { return clause{query: q, constant: true, depth: 1} }

func nothing() clause { return filter(object{"match_none": object{}}) }

// planAnd makes one bool query of the nodes; what is negated among them, and
// what an Or under a negation holds, becomes a part of it, which keeps the
// nesting flat.
func planAnd(nodes []query.Node) (clause, error) {
	parts := map[string][]object{}
	all := clause{}
	add := func(occur string, n query.Node) error {
		c, err := planNode(n)
		if err != nil {
			return err
		}
		if occur == "must" && !c.scored {
			occur = "filter"
		}
		all.scored = all.scored || occur == "must"
		all.depth = max(all.depth, c.depth)
		parts[occur] = append(parts[occur], c.query)
		return nil
	}
	for _, n := range nodes {
		occur, operands := occurrence(n)
		for _, operand := range operands {
			if err := add(occur, operand); err != nil {
				return clause{}, err
			}
		}
	}
	all.depth++
	all.query = object{"bool": parts}
	return all, nil
}

// occurrence says how a node of an And takes part in a bool query, and what
// of it.
func occurrence(n query.Node) (occur string, operands []query.Node) {
	occur = "must"
	for {
		not, ok := n.(query.Not)
		if !ok {
			break
		}
		n = not.Node
		if occur == "must" {
			occur = "must_not"
		} else {
			occur = "must"
		}
	}
	if or, ok := n.(query.Or); ok && occur == "must_not" {
		return occur, or.Nodes
	}
	return occur, []query.Node{n}
}

func planOr(nodes []query.Node) (clause, error) {
	any := clause{}
	var should []object
	for _, n := range nodes {
		c, err := planNode(n)
		if err != nil {
			return clause{}, err
		}
		if c.constant {
			c = clause{query: object{"bool": object{"filter": c.query}}, depth: c.depth + 1}
		}
		any.scored = any.scored || c.scored
		any.depth = max(any.depth, c.depth)
		should = append(should, c.query)
	}
	any.depth++
	any.query = object{"bool": object{"should": should, "minimum_should_match": 1}}
	return any, nil
}

func planWord(w query.Word) clause {
	words := analysis.Words(w.Text)
	switch {
	case len(words) == 0:
		return nothing()
	case w.Prefix && len(words) == 1:
		return planPrefix(words[0])
	}
	return planPhrase(query.Phrase{Text: w.Text})
}

// planPrefix scores each report alike: the words that begin with a prefix are
// too many to weigh.
func planPrefix(prefix string) clause {
	either := []object{
		{"prefix": object{titleField + ".folded": prefix}},
		{"prefix": object{textField + ".folded": prefix}},
	}
	return clause{scored: true, depth: 3, query: object{"constant_score": object{"filter": object{"bool": object{"should": either}}}}}
}

func planPhrase(p query.Phrase) clause {
	words := analysis.Words(p.Text)
	if p.Slop > 0 {
		words = distinctTerms(words)
	}
	switch {
	case len(words) == 0:
		return nothing()
	case len(words) > 1 && p.Slop > 0:
		return planNear(words, p.Slop)
	}
	match := object{
		"query":  strings.Join(words, " "),
		"type":   "most_fields",
		"fields": []string{fmt.Sprintf("%s^%d", titleField, titleWeight), textField},
	}
	if len(words) > 1 {
		match["type"] = "phrase"
	}
	return clause{query: object{"multi_match": match}, scored: true, depth: 1}
}

// distinctTerms returns the words whose terms differ.
func distinctTerms(words []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, w := range words {
		if term := analysis.Stem(w); !seen[term] {
			seen[term] = true
			kept = append(kept, w)
		}
	}
	return kept
}

// planNear matches by intervals and scores by the words: intervals know
// nothing of how rare a word is.
func planNear(words []string, slop int) clause {
	text := strings.Join(words, " ")
	in := func(field string, boost int) object {
		return object{"bool": object{
			"must":   object{"match": object{field: object{"query": text, "operator": "and", "boost": boost}}},
			"filter": object{"intervals": object{field: object{"match": object{"query": text, "max_gaps": slop, "ordered": false}}}},
		}}
	}
	return clause{scored: true, depth: 3, query: object{"bool": object{
		"should":               []object{in(titleField, titleWeight), in(textField, 1)},
		"minimum_should_match": 1,
	}}}
}

func planTerm(t query.Term) (clause, error) {
	words := analysis.Words(t.Value)
	switch {
	case t.Field.IsWhole():
		return filter(object{"term": object{"exact." + string(t.Field): analysis.Fold(t.Value)}}), nil
	case len(words) == 0:
		return nothing(), nil
	case t.Field == query.Title:
		phrase := object{"query": strings.Join(words, " "), "boost": titleWeight}
		return clause{query: object{"match_phrase": object{titleField: phrase}}, scored: true, depth: 1}, nil
	case t.Field.IsName():
		name := object{"name." + string(t.Field): strings.Join(words, " ")}
		return clause{query: object{"match_phrase": name}, scored: true, depth: 1}, nil
	}
	return clause{}, &index.UnsupportedError{Feature: fmt.Sprintf("values of the field %q", t.Field)}
}

func planRange(r query.Range) (clause, error) {
	bounds := object{}
	switch r.Field {
	case query.Published, query.Seen:
	case query.Mentioned, query.EventTime:
		bounds["relation"] = "intersects"
	default:
		return clause{}, &index.UnsupportedError{Feature: fmt.Sprintf("times of the field %q", r.Field)}
	}
	if !r.From.IsZero() && !r.To.IsZero() && !r.From.Before(r.To) {
		return nothing(), nil
	}
	if !r.From.IsZero() {
		bounds["gte"] = r.From.Time.UnixMilli()
	}
	if !r.To.IsZero() {
		bounds["lt"] = r.To.Time.UnixMilli()
	}
	if r.From.IsZero() && r.To.IsZero() {
		return filter(object{"exists": object{"field": string(r.Field)}}), nil
	}
	return filter(object{"range": object{string(r.Field): bounds}}), nil
}
