package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
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

// choose returns the better of the two extractors' texts. The first is more
// precise, unless it gave up, lost the article (it has less than half of the
// other's) or its structure (all is a single paragraph).
func choose(precise, broad string) string {
	if utf8.RuneCountInString(broad) < shortest {
		return precise
	}
	gaveUp := utf8.RuneCountInString(precise) < guessed
	lost := len(broad) > 2*len(precise)
	shapeless := !strings.Contains(precise, "\n\n") && (strings.Contains(broad, "\n\n") || strings.Contains(precise, broad))
	if gaveUp || lost || shapeless {
		return broad
	}
	return precise
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
	return paragraphs(found.Node)
}

// Text returns the text of an HTML fragment as paragraphs separated by an
// empty line.
func Text(fragment string) string {
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return ""
	}
	return paragraphs(doc)
}
