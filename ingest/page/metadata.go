package page

import (
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/RadhiFadlillah/whatlanggo"
	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"github.com/dateline-news/dateline/ingest/page/internal/pubdate"
	"github.com/dateline-news/dateline/ingest/selector"
	"github.com/dateline-news/dateline/news"
)

// meta returns the content of the first meta tag that has one of the names
// and is not empty.
func (p *reading) meta(names ...string) string {
	if p.metas == nil {
		p.metas = readMetas(p.doc)
	}
	for _, name := range names {
		for _, key := range []metaKey{{"name", strings.ToLower(name)}, {"property", strings.ToLower(name)}} {
			if v := p.metas[key]; v != "" {
				return v
			}
		}
	}
	return ""
}

// metaKey is an attribute of a meta tag and its value in lower case.
type metaKey struct{ attribute, value string }

// readMetas returns the first content of each name that is not empty.
func readMetas(doc *goquery.Document) map[metaKey]string {
	metas := map[metaKey]string{}
	doc.Find("meta[content]").Each(func(_ int, e *goquery.Selection) {
		content := strings.TrimSpace(e.AttrOr("content", ""))
		for _, attribute := range []string{"name", "property"} {
			key := metaKey{attribute, strings.ToLower(e.AttrOr(attribute, ""))}
			if metas[key] == "" {
				metas[key] = content
			}
		}
	})
	return metas
}

func (p *reading) title() string {
	if sel := p.opts.Selectors.Title; sel != "" {
		if t := selector.Value(p.doc.Selection, sel); t != "" {
			return t
		}
	}
	title := p.namedTitle()
	if h := p.heading(title); h != "" {
		return h
	}
	return title
}

// namedTitle is the title in the page's metadata.
func (p *reading) namedTitle() string {
	for _, c := range []string{
		p.linked.headline, p.meta("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
		selector.Value(p.doc.Selection, `[itemprop="headline"]`), selector.Value(p.doc.Selection, "head title"),
	} {
		if t := withoutSite(news.NormalSpace(html.UnescapeString(c)), p.siteName()); t != "" {
			return t
		}
	}
	return ""
}

// minHeading is the length in bytes below which a heading is more likely the
// name of a section than a headline.
const minHeading = 20

// heading is the headline that readers see: an h1 that the named title begins
// or ends with, since sites put their sections and names around it, else the
// page's h1 where it has one alone.
func (p *reading) heading(named string) string {
	headings := selector.Values(p.doc.Selection, "h1")
	slug := news.Slug(named)
	for _, h := range headings {
		own := news.Slug(h)
		if own != "" && (strings.HasPrefix(slug, own) || strings.HasSuffix(slug, own)) && 3*len(own) >= len(slug) {
			return news.NormalSpace(h)
		}
	}
	if p.linked.headline == "" && len(headings) == 1 && len(headings[0]) >= minHeading && !sameName(headings[0], p.siteName()) {
		return news.NormalSpace(headings[0])
	}
	return ""
}

var titleSeparator = regexp.MustCompile(`\s+(?:[|•·»:]|[-–—]{1,2})\s+`)

// withoutSite removes the site's name from the end of a title.
func withoutSite(title, site string) string {
	seps := titleSeparator.FindAllStringIndex(title, -1)
	if len(seps) == 0 || site == "" {
		return title
	}
	last := seps[len(seps)-1]
	if sameName(title[last[1]:], site) {
		return title[:last[0]]
	}
	return title
}

func sameName(a, b string) bool { return news.Slug(a) == news.Slug(b) }

func (p *reading) siteName() string {
	for _, s := range []string{p.meta("og:site_name", "application-name"), p.linked.publisher} {
		if s != "" && !strings.Contains(s, "://") {
			return s
		}
	}
	if p.base != nil {
		return strings.TrimPrefix(p.base.Hostname(), "www.")
	}
	return ""
}

func (p *reading) section() string {
	if p.linked.section != "" {
		return p.linked.section
	}
	return p.meta("article:section", "parsely-section", "section")
}

func (p *reading) tags() []string {
	tags := p.linked.keywords
	if len(tags) == 0 {
		tags = selector.Values(p.doc.Selection, `meta[property="article:tag"]@content`)
	}
	if len(tags) == 0 {
		tags = splitKeywords(p.meta("news_keywords", "keywords", "parsely-tags"))
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// The meta tags that name times, by what they say the time is of.
var (
	publishedMetas = []string{
		"article:published_time", "og:article:published_time", "datePublished", "article:published", "og:published_time", "parsely-pub-date",
		"sailthru.date", "publish-date", "publish_date", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created",
		"dc.date.created", "cXenseParse:recs:publishtime", "article.published", "published-date", "originalpublicationdate", "release_date",
		"article.created", "date.release", "citation_publication_date", "citation_date", "citation_online_date", "rnews:datepublished",
		"displaydate", "datecreated", "date_published", "published_date", "og:pubdate", "vr:published_time", "article_date_original", "iso-8601-publish-date",
	}
	dateMetas     = []string{"date", "dc.date", "dcterms.date", "dcterms.available", "article:date", "article_date", "og:release_date", "last-published"}
	modifiedMetas = []string{"article:modified_time", "og:updated_time", "dateModified", "lastmod", "dcterms.modified", "dc.date.modified", "last-modified", "revised"}
)

// namedTimes are the times that the page's metadata names.
func (p *reading) namedTimes() []pubdate.Named {
	out := []pubdate.Named{
		{Kind: pubdate.LinkedPublished, Value: p.linked.published}, {Kind: pubdate.LinkedCreated, Value: p.linked.created},
		{Kind: pubdate.LinkedModified, Value: p.linked.modified}, {Kind: pubdate.LinkedOther, Value: p.linked.otherPublished},
		{Kind: pubdate.HeadText, Value: selector.Value(p.doc.Selection, "head title")}, {Kind: pubdate.HeadText, Value: p.meta("description", "og:description")},
	}
	for _, group := range []struct {
		kind  pubdate.Kind
		names []string
	}{{pubdate.MetaPublished, publishedMetas}, {pubdate.MetaDate, dateMetas}, {pubdate.MetaModified, modifiedMetas}} {
		for _, name := range group.names {
			if value := p.meta(name); value != "" {
				out = append(out, pubdate.Named{Kind: group.kind, Value: value})
			}
		}
	}
	return out
}

func (p *reading) modifiedStrings() []string {
	return append([]string{p.linked.modified, p.meta(modifiedMetas...)},
		p.attributes(`[itemprop="dateModified"]`)...)
}

// attributes returns, for each selector, the machine-readable time of the
// first element it finds, or its text.
func (p *reading) attributes(selectors ...string) []string {
	var out []string
	for _, sel := range selectors {
		found := p.doc.Find(sel).First()
		for _, attribute := range []string{"datetime", "content", ""} {
			v := selector.Text(found)
			if attribute != "" {
				v, _ = found.Attr(attribute)
			}
			if v = strings.TrimSpace(v); v != "" {
				out = append(out, v)
				break
			}
		}
	}
	return out
}

// days are the days that the page names, for its time of publication.
func (p *reading) days() *pubdate.Page {
	return pubdate.Read(p.doc.Get(0), pubdate.Options{
		URL: p.base, Title: p.title(), Language: p.declaredLanguage(), Location: p.home, Named: p.namedTimes(),
		Image: p.meta("og:image"),
	})
}

// minForDetection is how many bytes of text make its language known.
const minForDetection = 60

// language is what the page says of itself, else what its text looks like,
// else what the source says.
func (p *reading) language(text string) string {
	if tag := p.declaredLanguage(); tag != "" {
		return tag
	}
	if p.opts.Language != "" {
		return p.opts.Language
	}
	return DetectLanguage(text)
}

// declaredLanguage is the language that the page says it is in, or "".
func (p *reading) declaredLanguage() string {
	for _, s := range []string{
		selector.Value(p.doc.Selection, "html@lang"), selector.Value(p.doc.Selection, "html@xml:lang"), p.linked.language, p.meta("og:locale"),
		selector.Value(p.doc.Selection, `meta[http-equiv="content-language" i]@content`),
	} {
		if tag := LanguageTag(s); tag != "" {
			return tag
		}
	}
	return ""
}

// LanguageTag returns the canonical BCP 47 tag for what a page or feed names
// as its language, such as "en-GB" for "en_gb", or "" when it is none.
func LanguageTag(s string) string {
	tag, err := language.Parse(strings.TrimSpace(s))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// DetectLanguage returns the ISO 639-1 code of the language that text is most
// likely in, or "" where it is too short to tell.
func DetectLanguage(text string) string {
	if len(text) < minForDetection {
		return ""
	}
	info := whatlanggo.Detect(text)
	if info.Confidence < 0.5 {
		return ""
	}
	return whatlanggo.LangToStringShort(info.Lang)
}
