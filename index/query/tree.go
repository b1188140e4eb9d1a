// Package query is the search language: a parser that turns what an analyst
// types into a tree, and the tree that every archive and the alert matcher
// evaluate. Nothing of a backend's own query syntax is reachable from it.
package query

import "github.com/dateline-news/dateline/news"

// Node is one node of a parsed query. String prints the canonical form, which
// parses to the same tree.
type Node interface {
	String() string
	node()
}

// All matches every report; it is what an empty query means.
type All struct{}

// And matches what every one of its nodes matches. It has at least two.
type And struct{ Nodes []Node }

// Or matches what any of its nodes matches. It has at least two.
type Or struct{ Nodes []Node }

// Not matches what its node does not.
type Not struct{ Node Node }

// Word matches reports whose title or text holds the word, compared as the
// analyzer sees words (folded and stemmed). A word that the analyzer splits is
// a phrase of its parts.
type Word struct {
	Text string
	// Prefix matches every word that begins with Text, folded, not stemmed.
	Prefix bool
}

// Phrase matches reports whose title or text holds the words, compared as
// Word compares them. With a Slop of 0 they stand in order with nothing
// between; with more they stand in any order with at most Slop other words
// among them in all, and a word given twice counts once. Title and text are
// apart: no phrase reaches from one to the other.
type Phrase struct {
	Text string
	Slop int
}

// Term matches reports whose field has the value: person, org, place, role,
// speaker, title, source, agency, lang, country, entity, quoted, story.
//
// Names (person, org, place, role, speaker) are compared as a phrase of
// folded, unstemmed words within the name or one of its aliases; title as a
// phrase of stemmed words within the title; the others whole, folded. An
// entity, also one that is quoted, is a kind and an id, as in
// person/aydin-aliyev; a country is the
// two-letter code of a place's.
type Term struct {
	Field Field
	Value string
}

// Range matches reports whose field has a time or an interval that overlaps
// the half-open interval [From,To): published, seen, mentioned, event. A zero
// end is open. The ends are instants for published and seen, and calendar
// days for mentioned and event, which are compared with the calendar day at
// the place of the event.
type Range struct {
	Field    Field
	From, To news.Moment
	// Source is the value as it was written, for printing: 2015-09,
	// 2014-12..2015-03, >2015-09-01, 7d.
	Source string
}

// Expansion is a word or term together with the forms that mean the same: an
// acronym and its long name. It matches what any of Node and Forms matches.
// It prints as Node alone: forms come from Expand, not from what was typed.
type Expansion struct {
	Node  Node
	Forms []Node
}

// Walk calls visit with node and, as long as visit returns true, with the nodes
// below it, in order.
func Walk(node Node, visit func(Node) bool) {
	if !visit(node) {
		return
	}
	switch n := node.(type) {
	case And:
		walkAll(n.Nodes, visit)
	case Or:
		walkAll(n.Nodes, visit)
	case Not:
		Walk(n.Node, visit)
	case AsOf:
		Walk(n.Node, visit)
	case Expansion:
		Walk(n.Node, visit)
		walkAll(n.Forms, visit)
	}
}

func walkAll(nodes []Node, visit func(Node) bool) {
	for _, n := range nodes {
		Walk(n, visit)
	}
}

// Field names what a Term or Range looks at.
type Field string

// The fields of the language.
const (
	Person    Field = "person"
	Org       Field = "org"
	Place     Field = "place"
	Role      Field = "role"
	Speaker   Field = "speaker"
	Source    Field = "source"
	Agency    Field = "agency"
	Lang      Field = "lang"
	Country   Field = "country"
	Entity    Field = "entity"
	Quoted    Field = "quoted"
	Story     Field = "story"
	Title     Field = "title"
	Published Field = "published"
	Seen      Field = "seen"
	Mentioned Field = "mentioned"
	EventTime Field = "event"
)

func (All) node()       {}
func (And) node()       {}
func (Or) node()        {}
func (Not) node()       {}
func (Word) node()      {}
func (Phrase) node()    {}
func (Term) node()      {}
func (Range) node()     {}
func (Expansion) node() {}
