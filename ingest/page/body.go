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
	text := byTrafilatura(p.doc.Get(0), p.base)
	if utf8.RuneCountInString(text) >= enough {
		return text
	}
	if other := byReadability(p.doc.Get(0), p.base); len(other) > len(text) {
		text = other
	}
	if utf8.RuneCountInString(text) < shortest {
		return ""
	}
	return text
}

// enough is how many characters of the first extractor's are not questioned.
const enough = 250

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
