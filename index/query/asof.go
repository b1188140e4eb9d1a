package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// AsOf matches what Node does in the archive as it was known just before At:
// of each report the revision that was the last one seen by then. It holds for
// a whole query, so it is never below another node.
type AsOf struct {
	Node Node
	At   time.Time
	// Source is the value as it was written, for printing: 2014-12-09, 2014-12,
	// yesterday, 7d.
	Source string
}

func (AsOf) node() {}

func (n AsOf) String() string {
	at := n.Source
	if wordLength(at) != len(at) {
		at = quoted(at)
	}
	rest := n.Node.String()
	switch {
	case n.Node == Node(All{}):
		return "asof:" + at
	case isOr(n.Node):
		rest = "(" + rest + ")"
	}
	return "asof:" + at + " " + rest
}

// asOfField is the field of AsOf.
const asOfField Field = "asof"

const asOfExamples = "as in asof:2014-12-09, asof:2014-12, asof:2014-12-09T14:00:00Z, asof:yesterday or asof:7d"

// asOfMark stands in an And where asof: was written; it does not leave the
// parser.
type asOfMark struct{ All }

// asOf reads the value of asof:, which is kept until the whole query is read.
func (p *parser) asOf(field, value lexeme) (Node, error) {
	switch {
	case p.depth > 0:
		return nil, p.fault(field, "asof: cannot stand in parentheses or after a minus sign", "it holds for the whole query; write it once, before or after the rest")
	case p.known != nil:
		return nil, p.fault(field, "asof: stands twice", "a search looks at one state of the archive; leave one of them")
	}
	at, err := p.clock.end(value.text)
	if err != nil {
		return nil, p.fault(value, err.Error(), asOfExamples)
	}
	p.known = &AsOf{At: at.UTC(), Source: value.text}
	p.knownAt = field
	return asOfMark{}, nil
}

// end returns the moment at which a period ends: what is seen before then was
// known in it.
func (c clock) end(value string) (time.Time, error) {
	if m := agoForm.FindStringSubmatch(value); m != nil {
		n, err := strconv.Atoi(m[1])
		switch {
		case err != nil:
			return time.Time{}, err
		case m[2] == "h":
			return c.now.Add(-time.Duration(n) * time.Hour), nil
		case m[2] == "w":
			n *= 7
		}
		return c.day(1 - n), nil
	}
	if strings.Contains(value, "..") || strings.ContainsAny(value, "<>=") {
		return time.Time{}, fmt.Errorf("asof: takes one time, and not a range")
	}
	p, err := c.period(value, Seen)
	return p.to, err
}

// atRoot puts the asof: that was read, if any, above the rest of the query.
func (p *parser) atRoot(n Node) (Node, error) {
	if p.known == nil {
		return n, nil
	}
	if p.ors > 0 {
		return nil, p.fault(p.knownAt, "asof: stands on one side of an OR", "it holds for the whole query; put the rest in parentheses, as in asof:2014-12-09 (a OR b)")
	}
	p.known.Node = n
	return *p.known, nil
}

// within changes the query that an AsOf at the root holds for, or the whole
// query where there is none.
func within(node Node, change func(Node) Node) Node {
	if as, ok := node.(AsOf); ok {
		as.Node = change(as.Node)
		return as
	}
	return change(node)
}
