package body

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// Paragraphs returns the text of the nodes: one paragraph for each block of
// text, separated by an empty line, white space folded, in Unicode NFC.
func Paragraphs(nodes ...*html.Node) string {
	var texts []string
	for _, b := range blocks(nodes...) {
		texts = append(texts, b.text)
	}
	return norm.NFC.String(strings.Join(texts, "\n\n"))
}

// block is one paragraph with the place it was read from.
type block struct {
	text string
	// within is the innermost block element around its first letter; nil where
	// there is none.
	within *html.Node
	// linked is how many of its bytes are the text of links, with a space before.
	linked int
}

// blocks returns the paragraphs of the nodes in their order.
func blocks(nodes ...*html.Node) []block {
	var w paragraphWriter
	for _, n := range nodes {
		if n != nil {
			w.node(n)
			w.end()
		}
	}
	return w.done
}

type paragraphWriter struct {
	done    []block
	current strings.Builder
	// within is the block element that is being read, first the one in which
	// the current paragraph began.
	within, first *html.Node
	// links is how many links are open; linked see block.
	links, linked int
	// gap says that white space is due before the next letter; breaks counts
	// the line breaks since the last one.
	gap    bool
	breaks int
}

func (w *paragraphWriter) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	// Not n.DataAtom, which the extractors leave stale when they rename.
	tag := atom.Lookup([]byte(n.Data))
	switch {
	case n.Type != html.ElementNode:
		tag = 0
	case isHidden(tag):
		return
	case tag == atom.Br || tag == atom.Hr:
		w.lineBreak(tag == atom.Hr)
		return
	}
	outer := w.within
	switch {
	case isBlock(tag):
		w.end()
		w.within = n
	case tag == atom.A:
		w.links++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	switch {
	case isBlock(tag):
		w.end()
		w.within = outer
	case tag == atom.A:
		w.links--
	case tag == atom.Td || tag == atom.Th:
		w.gap = true
	}
}

// lineBreak ends the paragraph at the second break in a row; a single one is
// white space.
func (w *paragraphWriter) lineBreak(rule bool) {
	w.breaks++
	w.gap = true
	if rule || w.breaks > 1 {
		w.end()
	}
}

func (w *paragraphWriter) text(s string) {
	before := w.current.Len()
	if before == 0 {
		w.first = w.within
	}
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.gap = true
		case isInvisible(r):
		default:
			if w.gap && w.current.Len() > 0 {
				w.current.WriteByte(' ')
			}
			w.gap, w.breaks = false, 0
			w.current.WriteRune(r)
		}
	}
	if w.links > 0 {
		w.linked += w.current.Len() - before
	}
}

// isInvisible recognises control characters, soft hyphens and zero-width
// spaces, which split words for a reader of bytes alone.
func isInvisible(r rune) bool {
	return unicode.IsControl(r) || r == '\u00AD' || r == '\u200B' || r == '\uFEFF' || r == '\u2060'
}

func (w *paragraphWriter) end() {
	if w.current.Len() > 0 {
		w.done = append(w.done, block{text: w.current.String(), within: w.first, linked: w.linked})
	}
	w.current.Reset()
	w.linked = 0
	w.gap, w.breaks = false, 0
}

// isHidden recognises elements whose text is not read.
func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Button, atom.Select, atom.Textarea, atom.Head:
		return true
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Blockquote,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Pre,
		atom.Table, atom.Tr, atom.Caption, atom.Figure, atom.Figcaption, atom.Address, atom.Form, atom.Details, atom.Summary, atom.Body:
		return true
	}
	return false
}
