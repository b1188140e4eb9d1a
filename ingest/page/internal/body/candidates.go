package body

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
	return Paragraphs(found.ContentNode)
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
	return Paragraphs(found.Node)
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
	return Paragraphs(doc)
}
