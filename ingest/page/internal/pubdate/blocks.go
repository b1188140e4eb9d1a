package pubdate

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a piece of the page's text that readers see as one.
type block struct {
	text string
	place
}

// place says where in the page a block stands.
type place struct {
	aside, comment, footer, nav, article, header, link, dated, listed bool
	// path names the element and its parent by tag and class, so that the
	// entries of a list have one path.
	path string
}

// longestBlock is how much of a block's text is looked at, in bytes: the date
// of an article stands in its first words or by itself.
const longestBlock = 300

// walker reads the blocks of a page.
type walker struct {
	blocks []block
	text   strings.Builder
	places []place
	// heading is the number of the block that is the first h1, or -1.
	heading int
	// stamps are machine-readable times in the page, in their order.
	stamps []stamp
}

// stamp is an attribute that holds a time, at the block it stands before.
type stamp struct {
	kind  Kind
	value string
	block int
	place
}

func readBlocks(root *html.Node) *walker {
	w := &walker{heading: -1}
	w.walk(root, place{}, 0)
	w.flush()
	return w
}

// maxNesting bounds the depth of the elements that are followed.
const maxNesting = 400

func (w *walker) walk(n *html.Node, p place, depth int) {
	switch {
	case depth > maxNesting:
		return
	case n.Type == html.TextNode:
		w.add(n.Data, p)
		return
	case n.Type == html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Select, atom.Textarea, atom.Iframe:
			return
		case atom.Br:
			w.text.WriteByte(' ')
			return
		}
		within := p.in(n)
		own := isBlock(n.DataAtom) || within.dated && !p.dated
		if own {
			w.flush()
		}
		w.readStamps(n, within)
		if n.DataAtom == atom.H1 && w.heading < 0 {
			w.heading = len(w.blocks)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.walk(c, within, depth+1)
		}
		if own {
			w.flush()
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, p, depth+1)
	}
}

func (w *walker) add(text string, p place) {
	if strings.TrimSpace(text) != "" {
		w.places = append(w.places, p)
	}
	if w.text.Len() < 4*longestBlock {
		w.text.WriteString(text)
	}
}

// flush ends a block. It stands where its first words do, and in a link when
// all of them do.
func (w *walker) flush() {
	text := strings.Join(strings.Fields(w.text.String()), " ")
	w.text.Reset()
	places := w.places
	w.places = w.places[:0]
	if text == "" || len(places) == 0 {
		return
	}
	b := block{text: cutText(text), place: places[0]}
	for _, p := range places[1:] {
		b.link = b.link && p.link
		b.dated = b.dated || p.dated
	}
	w.blocks = append(w.blocks, b)
}

func cutText(s string) string {
	if len(s) <= longestBlock {
		return s
	}
	return strings.ToValidUTF8(s[:longestBlock], "")
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Td, atom.Th, atom.Tr, atom.Table,
		atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Main, atom.Figure, atom.Figcaption, atom.Blockquote,
		atom.Dd, atom.Dt, atom.Dl, atom.Time, atom.Address, atom.Form, atom.Button, atom.Pre, atom.Body, atom.Center:
		return true
	}
	return false
}

// Words in the classes and ids of elements, by what they say of the place.
var (
	commentWords = []string{"comment", "disqus", "reply", "kommentar", "respond"}
	asideWords   = []string{"related", "sidebar", "teaser", "widget", "recommend", "popular", "trending", "latest", "ticker", "promo", "more-", "-more",
		"archive", "calendar", "event", "mostread", "most-read", "carousel", "slider", "read-next", "similar", "newsletter", "card"}
	footerWords = []string{"footer", "copyright", "imprint", "legal"}
	datedWords  = []string{"date", "datum", "time", "publish", "posted", "byline", "fecha", "pubdate", "entry-meta", "post-meta", "article-meta", "meta-info", "metadata", "dateline", "stand"}
	articleWord = []string{"article", "post-content", "entry-content", "story", "beitrag", "artikel", "news-detail"}
	headWords   = []string{"article-head", "article__head", "post-head", "entry-head", "story-head", "headline", "page-title", "title"}
)

// in is the place within an element that stands at p.
func (p place) in(n *html.Node) place {
	class := strings.ToLower(attribute(n, "class") + " " + attribute(n, "id"))
	switch n.DataAtom {
	case atom.Aside:
		p.aside = true
	case atom.Footer:
		p.footer = true
	case atom.Nav:
		p.nav = true
	case atom.Article, atom.Main:
		p.article = true
	case atom.Header:
		p.header = true
	case atom.A:
		p.link = true
	case atom.Li:
		p.listed = true
	case atom.Time:
		p.dated = true
	case atom.Body, atom.Html:
		return p
	}
	if len(class) > 1 {
		p.comment = p.comment || containsAny(class, commentWords)
		p.aside = p.aside || containsAny(class, asideWords)
		p.footer = p.footer || containsAny(class, footerWords)
		p.dated = p.dated || containsAny(class, datedWords)
		p.article = p.article || containsAny(class, articleWord)
		p.header = p.header || containsAny(class, headWords)
	}
	if parent := n.Parent; parent != nil {
		p.path = n.Data + "." + attribute(n, "class") + "<" + parent.Data + "." + attribute(parent, "class")
	}
	return p
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// readStamps notes the times in an element's attributes.
func (w *walker) readStamps(n *html.Node, p place) {
	add := func(kind Kind, value string) {
		if value != "" {
			w.stamps = append(w.stamps, stamp{kind, value, len(w.blocks), p})
		}
	}
	switch property := strings.ToLower(attribute(n, "itemprop")); {
	case strings.Contains(property, "datepublished"), strings.Contains(property, "datecreated"):
		add(ItemPublished, firstOf(n, "datetime", "content", "title"))
	case strings.Contains(property, "datemodified"):
		add(ItemModified, firstOf(n, "datetime", "content", "title"))
	case n.DataAtom == atom.Time:
		class := strings.ToLower(attribute(n, "class"))
		kind := TimeElement
		switch {
		case hasAttribute(n, "pubdate"), strings.Contains(class, "publish"), strings.Contains(class, "entry-date"):
			kind = TimePublished
		case strings.Contains(class, "updated"), strings.Contains(class, "modified"):
			kind = TimeModified
		}
		add(kind, attribute(n, "datetime"))
	case n.DataAtom == atom.Abbr, p.dated && n.DataAtom == atom.Span:
		add(TimeElement, firstOf(n, "title", "data-datetime", "data-date", "data-time", "data-timestamp", "data-utime", "content"))
	}
}

func firstOf(n *html.Node, names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(attribute(n, name)); v != "" {
			return v
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
