package query

import (
	"fmt"
	"strings"
)

func (All) String() string { return "*" }

func (n And) String() string {
	parts := make([]string, len(n.Nodes))
	for i, part := range n.Nodes {
		parts[i] = part.String()
		if isOr(part) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " ")
}

func (n Or) String() string {
	parts := make([]string, len(n.Nodes))
	for i, part := range n.Nodes {
		parts[i] = part.String()
	}
	return strings.Join(parts, " OR ")
}

func (n Not) String() string {
	s := n.Node.String()
	if isOr(n.Node) || isAnd(n.Node) {
		return "-(" + s + ")"
	}
	return "-" + s
}

func (n Word) String() string {
	switch {
	case n.Prefix:
		return n.Text + "*"
	case standsAlone(n.Text):
		return n.Text
	default:
		return quoted(n.Text)
	}
}

func (n Phrase) String() string {
	if n.Slop > 0 {
		return fmt.Sprintf("%s~%d", quoted(n.Text), n.Slop)
	}
	return quoted(n.Text)
}

func (n Term) String() string {
	if wordLength(n.Value) == len(n.Value) && n.Value != "" {
		return string(n.Field) + ":" + n.Value
	}
	return string(n.Field) + ":" + quoted(n.Value)
}

func (n Range) String() string {
	if wordLength(n.Source) == len(n.Source) {
		return string(n.Field) + ":" + n.Source
	}
	return string(n.Field) + ":" + quoted(n.Source)
}

func (n Expansion) String() string { return n.Node.String() }

func isAnd(n Node) bool {
	if e, ok := n.(Expansion); ok {
		return isAnd(e.Node)
	}
	_, ok := n.(And)
	return ok
}

func isOr(n Node) bool {
	if e, ok := n.(Expansion); ok {
		return isOr(e.Node)
	}
	_, ok := n.(Or)
	return ok
}

// standsAlone reports whether the text is read as one word.
func standsAlone(text string) bool {
	all, err := scan(text)
	return err == nil && len(all) == 2 && all[0].kind == kindWord && all[0].text == text && !strings.ContainsAny(text, "*~")
}

// quoted returns the text in quotation marks; those in it separate words just
// as the spaces that replace them do.
func quoted(text string) string {
	return `"` + strings.Map(func(r rune) rune {
		if strings.ContainsRune(quotationMarks, r) {
			return ' '
		}
		return r
	}, text) + `"`
}
