package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index/analysis"
)

// Group matches reports in which one person (Of is Person) or one quote (Of
// is Quote) has all of the terms together, which are not empty.
//
// A person is looked at in one office at a time: name is one of the person's
// names, role the title and the body of the office, org the body alone. A
// quote's speaker is one of the names of who is quoted, about a phrase of
// stemmed words within the quoted text. In both, id is the id of the person,
// or of who is quoted. Names are compared as in Term.
type Group struct {
	Of    Field
	Terms []Term
}

// The fields within a Group; Role, Org and Speaker are the others.
const (
	Quote Field = "quote"
	Name  Field = "name"
	About Field = "about"
	ID    Field = "id"
)

// inGroup holds the fields within each kind of group; the first is what a
// word without a field stands for.
var inGroup = map[Field][]Field{
	Person: {Name, Role, Org, ID},
	Quote:  {About, Speaker, ID},
}

func (Group) node() {}

func (n Group) String() string {
	parts := make([]string, len(n.Terms))
	for i, t := range n.Terms {
		parts[i] = t.String()
	}
	return string(n.Of) + ":(" + strings.Join(parts, " ") + ")"
}

// group reads person:( … ) or quote:( … ) after its opening parenthesis.
func (p *parser) fieldGroup(of Field) (Node, error) {
	g := Group{Of: of}
	for {
		l := p.next()
		switch l.kind {
		case kindAnd:
			continue
		case kindClose:
			if len(g.Terms) == 0 {
				return nil, p.fault(l, "nothing stands in these parentheses", "write "+groupExample(of))
			}
			return g, nil
		case kindEnd:
			return nil, p.fault(l, "the parenthesis after "+string(of)+": is never closed", "add ) where the group ends")
		}
		if p.nodes++; p.nodes > MaxNodes {
			return nil, p.fault(l, fmt.Sprintf("the query has more than %d parts", MaxNodes), "search for less at once")
		}
		t, err := p.groupTerm(of, l)
		if err != nil {
			return nil, err
		}
		g.Terms = append(g.Terms, t)
	}
}

func (p *parser) groupTerm(of Field, l lexeme) (Term, error) {
	allowed := inGroup[of]
	switch l.kind {
	case kindWord, kindPhrase:
		return p.checkedTerm(allowed[0], l)
	case kindField:
		f, ok := groupField(l.text)
		if !ok || !slices.Contains(allowed, f) {
			return Term{}, p.fault(l, l.text+": cannot stand in "+string(of)+":( )", "the fields there are "+fieldList(allowed))
		}
		value := p.peek()
		if value.at != l.end || value.kind != kindWord && value.kind != kindPhrase {
			return Term{}, &SyntaxError{Query: p.query, Offset: l.end, Message: l.text + ": needs a value at once after the colon",
				Suggestion: "one word, or several in quotes"}
		}
		p.next()
		return p.checkedTerm(f, value)
	}
	return Term{}, p.fault(l, l.text+" cannot stand in "+string(of)+":( )", "all that stands there has to hold of one "+string(of)+"; write "+groupExample(of))
}

// groupField returns the field with the name or alias, those of groups too.
func groupField(name string) (Field, bool) {
	if f := Field(strings.ToLower(name)); f == Name || f == About || f == ID {
		return f, true
	}
	return fieldNamed(name)
}

func groupExample(of Field) string {
	if of == Quote {
		return `quote:(speaker:Aliyev about:"single window")`
	}
	return "person:(name:Aliyev role:chairman)"
}

func fieldList(fields []Field) string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = string(f) + ":"
	}
	return strings.Join(list, " ")
}

// about reads the value of about:, which stands for a group of its own until
// tie finds a speaker beside it.
func (p *parser) about(value lexeme) (Node, error) {
	t, err := p.checkedTerm(About, value)
	if err != nil {
		return nil, err
	}
	return tied{Group{Quote, []Term{t}}}, nil
}

// tied is a group that was written without parentheses; it does not leave the
// parser.
type tied struct{ Group }

// tie joins the about: and speaker: terms of an And to one group, and leaves
// no tied node.
func tie(nodes []Node) []Node {
	at := slices.IndexFunc(nodes, isTied)
	if at < 0 {
		return nodes
	}
	group := Group{Of: Quote}
	var rest []Node
	place := -1
	for _, n := range nodes {
		terms := tiedTerms(n)
		if terms == nil {
			rest = append(rest, n)
			continue
		}
		if place < 0 {
			place = len(rest)
		}
		group.Terms = append(group.Terms, terms...)
	}
	return slices.Insert(rest, place, Node(group))
}

func isTied(n Node) bool {
	_, ok := n.(tied)
	return ok
}

func tiedTerms(n Node) []Term {
	switch n := n.(type) {
	case tied:
		return n.Terms
	case Term:
		if n.Field == Speaker {
			return []Term{n}
		}
	}
	return nil
}

// untied is n, or the group that it stands for.
func untied(n Node) Node {
	if t, ok := n.(tied); ok {
		return t.Group
	}
	return n
}

// hasWords reports whether the analyzer leaves a word of the value.
func hasWords(value string) bool { return len(analysis.Words(value)) > 0 }
