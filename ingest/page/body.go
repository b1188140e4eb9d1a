package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// body returns the article's text, or "" where there is none.
func (p *reading) body() string {
	if sel := p.opts.Selectors.Body; sel != "" {
		if text := paragraphs(p.doc.Find(sel).Nodes...); text != "" {
			return text
		}
	}
	return p.foundBody()
}

// shortest is how many characters an article has at least when nothing but
// the shape of the page speaks for it.
const shortest = 80

func (p *reading) foundBody() string {
	text := choose(byTrafilatura(p.doc.Get(0), p.base), byReadability(p.doc.Get(0), p.base))
	if utf8.RuneCountInString(text) < shortest {
		return ""
	}
	return text
}

// guessed is the length in characters below which the first extractor gives
// up and takes all the text it can find.
const guessed = 250

// choose returns the better of the two extractors' texts, by their lengths
// alone. The first is taken unless it gave up, or lost the structure (all is a
// single paragraph), or lost the article (the other has far more); or unless
// the other is the same article without what surrounds it (a little less).
// The bounds lie on a plateau: moving any by a tenth changes the mean F1 of
// bench/extract.md by less than .001.
func choose(first, other string) string {
	if utf8.RuneCountInString(other) < shortest {
		return first
	}
	share := float64(len(other)) / float64(max(len(first), 1))
	gaveUp := utf8.RuneCountInString(first) < guessed
	shapeless := !strings.Contains(first, "\n\n") && (strings.Contains(other, "\n\n") || strings.Contains(first, other))
	if gaveUp || shapeless || share > 1.7 || 0.3 < share && share < 0.9 {
		return other
	}
	return first
}

// byTrafilatura and byReadability return "" where the library finds nothing
// or breaks: a page that a library panics on costs a candidate, not a process.
func byTrafilatura(doc *html.Node, base *url.URL) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	found, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL: base, ExcludeComments: true, EnableFallback: false,
		// The time is read elsewhere; looking for it here takes as long as the rest.
		HtmlDateOverride: &htmldate.Result{},
	})
	if err != nil || found == nil {
		return ""
	}
	return paragraphs(found.ContentNode)
}

func byReadability(doc *html.Node, base *url.URL) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	found, err := parser.ParseDocument(doc, base)
	if err != nil || found.Node == nil {
		return ""
	}
	dropSurroundings(found.Node)
	return paragraphs(found.Node)
}

// dropSurroundings takes captions, asides and blocks of links out of an
// article's node.
func dropSurroundings(n *html.Node) {
	article := goquery.NewDocumentFromNode(n)
	article.Find("figure, figcaption, aside, nav, footer, form").Remove()
	article.Find("ul, ol, p, div, section, table, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
		all := len(strings.TrimSpace(s.Text()))
		if all == 0 || all > longestLinks {
			return
		}
		links := 0
		s.Find("a").Each(func(_ int, a *goquery.Selection) { links += len(strings.TrimSpace(a.Text())) })
		if 10*links > 7*all {
			s.Remove()
		}
	})
}

// longestLinks is the longest block, in bytes, that is dropped because most
// of it is links.
const longestLinks = 600

// Text returns the text of an HTML fragment as paragraphs separated by an
// empty line.
func Text(fragment string) string {
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return ""
	}
	return paragraphs(doc)
}
