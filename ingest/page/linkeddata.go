package page

import (
	"cmp"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/dateline-news/dateline/ingest/canonical"
)

// linkedData is what the page's JSON-LD says of the article (schema.org
// Article and its kinds). Its articleBody is not read: it is often cut short
// and has lost its paragraphs.
type linkedData struct {
	headline, published, created, modified string
	// otherPublished is the time of publication of what is no article, such as
	// the page.
	otherPublished               string
	section, language, publisher string
	authors, keywords            []string
	image                        string
	// notFree says that the article is not accessible for free, words how many
	// it has, 0 where that is not said.
	notFree bool
	words   int
}

// readLinkedData returns the page's article; never nil.
func readLinkedData(doc *goquery.Document, pageURL string) *linkedData {
	var articles []map[string]any
	other := ""
	doc.Find(`script[type^="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		data := parseJSON(s.Text())
		articles = append(articles, articlesIn(data, 0)...)
		if other == "" {
			other = otherPublished(data, 0)
		}
	})
	if len(articles) == 0 {
		return &linkedData{otherPublished: other}
	}
	best := articles[0]
	for _, a := range articles {
		if describes(a, pageURL) {
			best = a
			break
		}
	}
	d := articleData(best)
	d.otherPublished = other
	return d
}

// otherPublished is the first time of publication in the document that is not
// an article's.
func otherPublished(v any, depth int) string {
	if depth > maxDepth {
		return ""
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if s := otherPublished(e, depth+1); s != "" {
				return s
			}
		}
	case map[string]any:
		if !isArticle(v) {
			if s := cmp.Or(first(texts(v["datePublished"])), first(texts(v["uploadDate"]))); s != "" {
				return s
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "video"} {
			if s := otherPublished(v[key], depth+1); s != "" {
				return s
			}
		}
	}
	return ""
}

var control = regexp.MustCompile(`[\x00-\x1F]+`)

// parseJSON reads JSON as pages write it: with raw line breaks inside
// strings, in comments or CDATA, or with a semicolon behind it.
func parseJSON(s string) any {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, cut))
	}
	for _, cut := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, cut))
	}
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v
	}
	if json.NewDecoder(strings.NewReader(control.ReplaceAllString(s, " "))).Decode(&v) == nil {
		return v
	}
	return nil
}

// maxDepth bounds the nesting that is searched for an article.
const maxDepth = 6

// articlesIn returns the articles of a JSON-LD document, outermost first.
func articlesIn(v any, depth int) []map[string]any {
	if depth > maxDepth {
		return nil
	}
	var out []map[string]any
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, articlesIn(e, depth+1)...)
		}
	case map[string]any:
		if isArticle(v) {
			out = append(out, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
			out = append(out, articlesIn(v[key], depth+1)...)
		}
	}
	return out
}

var articleTypes = []string{
	"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
	"ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting", "PressRelease", "Report", "TechArticle",
	"ScholarlyArticle", "SocialMediaPosting", "AdvertiserContentArticle", "SatiricalArticle",
}

func isArticle(v map[string]any) bool {
	for _, t := range texts(v["@type"]) {
		if slices.Contains(articleTypes, strings.TrimPrefix(strings.TrimPrefix(t, "schema:"), "https://schema.org/")) {
			return true
		}
	}
	return false
}

// describes reports whether the article says it is the one of this page.
func describes(a map[string]any, pageURL string) bool {
	own, err := canonical.URL(pageURL)
	if err != nil {
		return false
	}
	for _, key := range []string{"url", "mainEntityOfPage", "@id"} {
		for _, s := range texts(a[key]) {
			if u, err := canonical.Resolve(pageURL, s); err == nil && u == own {
				return true
			}
		}
	}
	return false
}

func articleData(a map[string]any) *linkedData {
	d := &linkedData{
		headline: first(texts(a["headline"])), published: first(texts(a["datePublished"])), modified: first(texts(a["dateModified"])),
		created: first(texts(a["dateCreated"])),
		section: first(texts(a["articleSection"])), language: first(texts(a["inLanguage"])), publisher: first(texts(a["publisher"])),
		authors: texts(a["author"]), image: imageAddress(a["image"]), notFree: isFalse(a["isAccessibleForFree"]), words: wholeNumber(a["wordCount"]),
	}
	if d.headline == "" {
		d.headline = first(texts(a["name"]))
	}
	for _, k := range texts(a["keywords"]) {
		d.keywords = append(d.keywords, splitKeywords(k)...)
	}
	return d
}

// isFalse reads a truth value as pages write it.
func isFalse(v any) bool {
	if b, ok := v.(bool); ok {
		return !b
	}
	s := strings.ToLower(first(texts(v)))
	return s == "false" || strings.HasSuffix(s, "schema.org/false")
}

// wholeNumber reads a number or the digits of one; 0 for anything else.
func wholeNumber(v any) int {
	if f, ok := v.(float64); ok && f > 0 && f < 1e6 {
		return int(f)
	}
	n, err := strconv.Atoi(first(texts(v)))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// imageAddress is the address of the first image.
func imageAddress(v any) string {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if s := imageAddress(e); s != "" {
				return s
			}
		}
	case map[string]any:
		for _, key := range []string{"url", "contentUrl", "@id"} {
			if s := first(texts(v[key])); s != "" {
				return s
			}
		}
	case string:
		return strings.TrimSpace(v)
	}
	return ""
}

// texts returns the strings of a JSON-LD value: a string, an object by its
// name or id, or a list of these.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if s := strings.Join(strings.Fields(html.UnescapeString(v)), " "); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, texts(e)...)
		}
		return out
	case map[string]any:
		for _, key := range []string{"name", "@value", "@id", "url"} {
			if s := texts(v[key]); len(s) > 0 {
				return s
			}
		}
	}
	return nil
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

func splitKeywords(s string) []string {
	var out []string
	for k := range strings.SplitSeq(s, ",") {
		if k = strings.TrimSpace(k); k != "" {
			out = append(out, k)
		}
	}
	return out
}
