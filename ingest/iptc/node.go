package iptc

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"
)

// node is an element of a document, or a run of text when it has no name.
// The methods of a nil node find nothing, so that paths need no checks.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	data     string
	// closed says that the element's end was read.
	closed bool
}

// maxDepth bounds how deep elements may nest.
const maxDepth = 200

var errDeep = errors.New("its elements nest too deep")

// parseXML reads a document as far as it is whole. Namespaces are dropped:
// within these formats no two elements differ by them alone.
func parseXML(text string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity // never those of the document's own
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var root *node
	var open []*node
	for {
		token, err := decoder.Token()
		if err == io.EOF && len(open) == 0 {
			return root, nil
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return root, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := element(t)
			switch {
			case len(open) == maxDepth:
				return root, errDeep
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.children = append(parent.children, n)
			case root == nil:
				root = n
			}
			open = append(open, n)
		case xml.EndElement:
			open[len(open)-1].closed = true
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, &node{data: string(t)})
			}
		}
	}
}

func element(t xml.StartElement) *node {
	n := &node{name: t.Name.Local, attrs: make(map[string]string, len(t.Attr))}
	for _, a := range t.Attr {
		n.attrs[a.Name.Local] = a.Value
	}
	return n
}

// find returns the first element at a path of names, each below the other at
// any depth.
func (n *node) find(path ...string) *node {
	for _, name := range path {
		if n = n.first(name); n == nil {
			return nil
		}
	}
	return n
}

func (n *node) first(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	for _, c := range n.children {
		if found := c.first(name); found != nil {
			return found
		}
	}
	return nil
}

// all returns every element of that name, the node itself included, none
// inside another.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	if n.name == name {
		return []*node{n}
	}
	var out []*node
	for _, c := range n.children {
		out = append(out, c.all(name)...)
	}
	return out
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.attrs[name])
}

// content is all text below the node as one line.
func (n *node) content() string { return oneLine(n.rawText()) }

func (n *node) rawText() string {
	var b strings.Builder
	n.walk(func(text *node) { b.WriteString(text.data) })
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// ownText is the text of the node itself, without that of elements in it.
func (n *node) ownText() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range n.children {
		if c.name == "" {
			b.WriteString(c.data)
		}
	}
	return oneLine(b.String())
}

func (n *node) walk(visit func(*node)) {
	if n == nil {
		return
	}
	if n.name == "" {
		visit(n)
	}
	for _, c := range n.children {
		c.walk(visit)
	}
}

// hidden are elements of NITF and XHTML that hold no text of the article.
var hidden = map[string]bool{
	"media": true, "head": true, "style": true, "script": true, "body.head": true, "body.end": true, "tagline": true,
	"figure": true, "figcaption": true, "img": true, "fn": true,
}

// asHTML are the blocks of NITF and XHTML by the tag of HTML that they are.
var asHTML = map[string]string{
	"p": "p", "lead": "p", "hl1": "h2", "hl2": "h2", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "block": "div", "div": "div", "section": "div",
	"ul": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd", "bq": "blockquote", "blockquote": "blockquote", "pre": "pre",
	"table": "table", "tr": "tr", "td": "td", "th": "th", "caption": "caption", "br": "br", "hr": "hr", "note": "div", "credit": "p",
}

// html is the node's content as HTML of blocks and text alone.
func (n *node) html() string {
	var b strings.Builder
	n.writeHTML(&b)
	return b.String()
}

func (n *node) writeHTML(b *strings.Builder) {
	if n == nil || hidden[n.name] {
		return
	}
	if n.name == "" {
		b.WriteString(html.EscapeString(strings.ToValidUTF8(n.data, "\uFFFD")))
		return
	}
	tag := asHTML[n.name]
	if tag != "" {
		b.WriteString("<" + tag + ">")
	}
	for _, c := range n.children {
		c.writeHTML(b)
	}
	if tag != "" && tag != "br" && tag != "hr" {
		b.WriteString("</" + tag + ">")
	}
}
