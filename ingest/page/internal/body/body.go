// Package body finds the text of the article in a page.
//
// Two extractors, go-trafilatura and go-readability, each propose a text. A
// forest then decides for every paragraph of the page whether it belongs to
// the article, from what the two took and from its shape and place. It is
// trained by the command in ingest/page/train.
package body

import (
	_ "embed"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"github.com/dateline-news/dateline/ingest/page/internal/forest"
	"github.com/dateline-news/dateline/ingest/selector"
)

// shortest is how many characters an article has at least when nothing but
// the shape of the page speaks for it.
const shortest = 80

// Find returns the text of the article in paragraphs separated by an empty
// line, or "" where the page has none.
func Find(doc *html.Node, base *url.URL) string {
	p := Read(doc, base)
	if utf8.RuneCountInString(p.chosen) < shortest {
		return ""
	}
	return p.TextBy(model())
}

// maxBlocks is how many paragraphs of a page are weighed; what has more is no
// article, and the better extractor's text serves.
const maxBlocks = 20_000

// wanted is the probability above which a paragraph is taken.
const wanted = .45

// Page is a page as the forest sees it.
type Page struct {
	blocks []block
	about  *describer
	// chosen is the better of the extractors' texts.
	chosen string
}

// Read returns the paragraphs of a page and what is known of them.
func Read(doc *html.Node, base *url.URL) *Page {
	first, second := byTrafilatura(doc, base), byReadability(doc, base)
	found := blocks(doc)
	if len(found) > maxBlocks {
		found = nil
	}
	title := selector.Value(goquery.NewDocumentFromNode(doc).Selection, `meta[property="og:title"]@content`)
	return &Page{blocks: found, about: newDescriber(found, first, second, title), chosen: choose(first, second)}
}

// Len is how many paragraphs the page has.
func (p *Page) Len() int { return len(p.blocks) }

// Paragraph is the text of a paragraph.
func (p *Page) Paragraph(i int) string { return p.blocks[i].text }

// Features describe a paragraph.
func (p *Page) Features(i int) []float32 { return p.about.row(nil, i) }

// TextBy joins the paragraphs that the forest takes. Where they are so few
// that the article must have been lost, it is the better extractor's text.
func (p *Page) TextBy(f *forest.Forest) string {
	var kept []string
	x := make([]float32, 0, rowSize)
	for i, b := range p.blocks {
		x = p.about.row(x[:0], i)
		if f.Probability(x) > wanted {
			kept = append(kept, b.text)
		}
	}
	text := norm.NFC.String(strings.Join(kept, "\n\n"))
	if len(text) < guessed && 2*len(text) < len(p.chosen) {
		return p.chosen
	}
	return text
}

//go:embed model.json
var encoded []byte

// model is the trained forest.
var model = forest.Embedded("ingest/page/internal/body/model.json", encoded)
