package feed

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/mmcdole/gofeed"

	"github.com/dateline-news/dateline/ingest/charset"
)

var declaration = regexp.MustCompile(`^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["'][^"']*["']`)

// utf8Declaration drops the encoding from an XML declaration, because the
// text has been decoded, and what stands before the first mark-up.
func utf8Declaration(text string) string {
	if i := strings.IndexAny(text, "<{"); i > 0 {
		text = text[i:]
	}
	return declaration.ReplaceAllString(text, "$1")
}

// rdfItem is the start of an item of RSS 0.90 or 1.0 with the name of the
// resource it describes.
var rdfItem = regexp.MustCompile(`(?i)<((?:[a-z]\w*:)?)item\b[^>]*?\s(?:[a-z]\w*:)?about\s*=\s*(?:"([^"<]*)"|'([^'<]*)')(?:[^>]*[^/>])?>`)

// nameRDFItems writes the names of RDF items where RSS 2.0 has them, since
// the parser does not look at attributes.
func nameRDFItems(text string) string {
	if !rdfRoot.MatchString(text[:min(len(text), 4096)]) {
		return text
	}
	return rdfItem.ReplaceAllString(text, "$0<${1}guid>$2$3</${1}guid>")
}

// feedLink is a link element of Atom, as it stands in feeds of every kind.
var (
	feedLink = regexp.MustCompile(`(?i)<(?:[a-z]\w*:)?link\s[^>]*>`)
	linkRel  = regexp.MustCompile(`(?i)\srel\s*=\s*["'](next|prev-archive)["']`)
	linkHref = regexp.MustCompile(`(?i)\shref\s*=\s*["']([^"']+)["']`)
)

// nextPage is the address of the page that continues a feed into the past
// (RFC 5005), as the feed's head gives it, or "".
func nextPage(text string) string {
	head := text
	if m := itemTag.FindStringIndex(text); m != nil {
		head = text[:m[0]]
	}
	for _, link := range feedLink.FindAllString(head, -1) {
		if href := linkHref.FindStringSubmatch(link); href != nil && linkRel.MatchString(link) {
			return html.UnescapeString(href[1])
		}
	}
	return ""
}

// xhtmlBody is the article as XHTML amid the feed's own elements.
var xhtmlBody = regexp.MustCompile(`(?is)<(?:xhtml:body|body\s+xmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml["'])[^>]*>(.*?)</(?:xhtml:)?body\s*>`)

// quoteBodies writes such articles as text, since the parser keeps neither
// their mark-up nor the order of their parts.
func quoteBodies(text string) string {
	return xhtmlBody.ReplaceAllStringFunc(text, func(body string) string {
		inner := xhtmlBody.FindStringSubmatch(body)[1]
		return "<fullitem><![CDATA[" + strings.ReplaceAll(inner, "]]>", "") + "]]></fullitem>"
	})
}

var (
	rootTag  = regexp.MustCompile(`(?is)<(rss|rdf:RDF|feed|(?:[a-z]+:)feed)\b[^>]*>`)
	rdfRoot  = regexp.MustCompile(`(?i)<(?:[a-z]\w*:)?rdf\b`)
	itemTag  = regexp.MustCompile(`(?i)<((?:[a-z]+:)?(?:item|entry))[\s>]`)
	jsonFeed = regexp.MustCompile(`^\s*\{[^{]{0,1000}?"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/`)
)

func looksLikeFeed(text string) bool {
	return jsonFeed.MatchString(text) || rootTag.MatchString(text[:min(len(text), 4096)])
}

// salvage reads a damaged feed item by item and keeps those that are whole.
func salvage(text string) *gofeed.Feed {
	if jsonFeed.MatchString(text) {
		return salvageJSON(text)
	}
	out := &gofeed.Feed{}
	root := rootTag.FindStringSubmatch(text)
	if root == nil {
		return out
	}
	before, after := frame(root)
	parser := newParser()
	for _, item := range wholeItems(text) {
		if f, err := parser.ParseString(before + item + after); err == nil {
			out.Items = append(out.Items, f.Items...)
		}
	}
	return out
}

// frame is the document around a single item.
func frame(root []string) (before, after string) {
	name := root[1]
	if strings.EqualFold(name, "rss") {
		return root[0] + "<channel>", "</channel></" + name + ">"
	}
	return root[0], "</" + name + ">"
}

// maxItems bounds the items of a damaged feed.
const maxItems = 2000

// wholeItems cuts the items that have an end out of text. An item that lost
// its end tag ends where the next begins, and is left out.
func wholeItems(text string) []string {
	var out []string
	starts := itemTag.FindAllStringSubmatchIndex(text, maxItems)
	for i, m := range starts {
		stop := len(text)
		if i+1 < len(starts) {
			stop = starts[i+1][0]
		}
		part := text[m[0]:stop]
		end := "</" + text[m[2]:m[3]] + ">"
		if j := strings.LastIndex(part, end); j >= 0 {
			out = append(out, part[:j+len(end)])
		}
	}
	return out
}

// salvageJSON reads the items of a JSON Feed up to the damage.
func salvageJSON(text string) *gofeed.Feed {
	out := &gofeed.Feed{}
	i := strings.Index(text, `"items"`)
	if i < 0 {
		return out
	}
	start := strings.IndexByte(text[i:], '[')
	if start < 0 {
		return out
	}
	decoder := json.NewDecoder(strings.NewReader(text[i+start:]))
	if _, err := decoder.Token(); err != nil {
		return out
	}
	parser := newParser()
	for decoder.More() && len(out.Items) < maxItems {
		var item json.RawMessage
		if decoder.Decode(&item) != nil {
			break
		}
		if f, err := parser.ParseString(`{"version":"https://jsonfeed.org/version/1.1","items":[` + string(item) + `]}`); err == nil {
			out.Items = append(out.Items, f.Items...)
		}
	}
	return out
}

// plain returns the text of a title, in which agencies put mark-up and
// doubly escaped characters.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		if doc, err := goquery.NewDocumentFromReader(strings.NewReader(s)); err == nil {
			doc.Find("script, style").Remove()
			s = doc.Text()
		}
	}
	s = charset.Mend(s)
	return strings.Join(strings.Fields(s), " ")
}
