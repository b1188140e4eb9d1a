// Package page finds the article in a page and returns it as a report. It
// promises a text of clean paragraphs separated by an empty line, in which
// the dateline is kept, and never to reach beyond its arguments: no network,
// no clock.
//
// The body is what a forest trained on labelled pages takes of their
// paragraphs, led by what go-trafilatura and go-readability find.
// Title and author are taken from JSON-LD first, then from OpenGraph and other
// meta tags, microdata and the structure of the page. The time of publication
// is that which all of these, <time>, the address and the text agree on best. A
// source's own selectors stand above all of these.
package page

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/page/internal/body"
	"github.com/dateline-news/dateline/ingest/page/internal/pubdate"
	"github.com/dateline-news/dateline/ingest/selector"
	"github.com/dateline-news/dateline/ingest/when"
	"github.com/dateline-news/dateline/news"
)

// ErrNoArticle: the page holds no article, as far as can be told.
var ErrNoArticle = errors.New("no article found on the page; give the source article selectors if there is one")

// Options say what is known of the page's source. The zero value knows
// nothing.
type Options struct {
	// Source and Agency are put into the report. Without an Agency the page's
	// publisher is taken.
	Source, Agency string
	// Location is the publisher's zone: that of times that name none, and the
	// one in which times in UTC are given. nil means the zone of the country
	// that the page's host is in by its name, else UTC.
	Location *time.Location
	// ContentType is the Content-Type header the page came with, or "".
	ContentType string
	// Language is the BCP 47 tag of pages that name none.
	Language string
	// Selectors override what would be found otherwise.
	Selectors Selectors
}

// Selectors are the CSS selectors of an article page. A selector may end in
// "@name" to read an attribute, as in "time@datetime".
type Selectors struct {
	Title  string `yaml:"title"`
	Body   string `yaml:"body"`
	Date   string `yaml:"date"`
	Byline string `yaml:"byline"`
	// Image is the lead image, as in "figure img@src".
	Image string `yaml:"image"`
	// Remove lists elements to take out of the page before anything is read.
	Remove string `yaml:"remove"`
}

// Extract returns the article of a page as a report: id, URLs, title, byline,
// section, tags, times, language and text. The report has no revision and no
// time seen. html is in the encoding of the page; pageURL may be "", then the report has no id
// unless the page names its own address. The error wraps ErrNoArticle where
// the page was read and holds none, and ErrWall where it asks for money,
// consent or proof instead.
func Extract(html []byte, pageURL string, opts Options) (*news.Report, error) {
	text, _, err := charset.Decode(html, opts.ContentType)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNoArticle, err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil { // nested beyond what the parser follows
		return nil, fmt.Errorf("%w (%w)", ErrNoArticle, err)
	}
	p := newReading(doc, pageURL, opts)
	text = p.body()
	if err := p.wall(text); err != nil {
		return nil, err
	}
	if text == "" {
		return nil, ErrNoArticle
	}
	return p.report(pageURL, text), nil
}

// Days returns what a page in UTF-8 names as days, for the training of the
// forest that chooses among them.
func Days(doc *goquery.Document, pageURL string) *pubdate.Page {
	return newReading(doc, pageURL, Options{}).days()
}

func newReading(doc *goquery.Document, pageURL string, opts Options) *reading {
	if opts.Selectors.Remove != "" {
		doc.Find(opts.Selectors.Remove).Remove()
	}
	base, _ := url.Parse(pageURL)
	home := opts.Location
	if home == nil && base != nil {
		home = when.HomeZone(base.Hostname())
	}
	opts.Location = cmp.Or(home, time.UTC)
	return &reading{doc: doc, base: base, opts: opts, home: home, linked: readLinkedData(doc, pageURL)}
}

// reading is one page while it is read.
type reading struct {
	doc    *goquery.Document
	base   *url.URL
	opts   Options
	linked *linkedData
	// home is the publisher's zone, nil where it is not known.
	home *time.Location
	// metas are the page's meta tags; nil before they are asked for.
	metas map[metaKey]string
}

func (p *reading) report(pageURL, text string) *news.Report {
	r := &news.Report{
		Source: p.opts.Source, Agency: p.opts.Agency, URL: pageURL, CanonicalURL: p.canonicalURL(pageURL),
		Title: p.title(), Section: p.section(), Tags: p.tags(), Image: p.image(pageURL),
	}
	if r.Agency == "" {
		r.Agency = p.siteName()
	}
	r.Byline = p.byline(r.Agency)
	r.Language = p.language(text)
	r.Text = p.withoutHead(text, r)
	r.Published = p.published(r.Language)
	r.Modified = p.modified(r.Published)
	if r.CanonicalURL != "" {
		r.ID = news.ReportID(r.Agency, r.CanonicalURL)
	}
	r.ContentHash = r.HashContent()
	return r
}

// canonicalURL is the address the page gives for itself, where that is an
// article of the same site, else the address it was read from.
func (p *reading) canonicalURL(pageURL string) string {
	own, _ := canonical.URL(pageURL)
	for _, sel := range []string{`link[rel="canonical"]@href`, `meta[property="og:url"]@content`} {
		named := selector.Value(p.doc.Selection, sel)
		if named == "" {
			continue
		}
		u, err := canonical.Resolve(pageURL, named)
		if err != nil {
			continue
		}
		if own == "" || canonical.SameSite(u, own) && (!isFrontPage(u) || isFrontPage(own)) {
			return u
		}
	}
	return own
}

// image is the address of the lead image, or "".
func (p *reading) image(pageURL string) string {
	if sel := p.opts.Selectors.Image; sel != "" {
		if u := resolved(pageURL, selector.Value(p.doc.Selection, sel)); u != "" {
			return u
		}
	}
	for _, s := range []string{
		p.linked.image, p.meta("og:image", "og:image:secure_url", "twitter:image", "twitter:image:src"),
		selector.Value(p.doc.Selection, `[itemprop="image"]@content`), selector.Value(p.doc.Selection, `link[rel="image_src"]@href`),
		selector.Value(p.doc.Selection, "article figure img@src"),
	} {
		if u := resolved(pageURL, s); u != "" {
			return u
		}
	}
	return ""
}

// longestAddress bounds an address that is kept, in bytes.
const longestAddress = 2000

// resolved is the web address that s means on the page, or "".
func resolved(pageURL, s string) string {
	if s == "" || len(s) > longestAddress {
		return ""
	}
	u, err := url.Parse(s)
	if base, baseErr := url.Parse(pageURL); err == nil && baseErr == nil {
		u = base.ResolveReference(u)
	}
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// isFrontPage recognises the address that some sites name as the canonical
// one of all their pages.
func isFrontPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// published is the time of publication, or the zero time.
func (p *reading) published(language string) time.Time {
	if sel := p.opts.Selectors.Date; sel != "" {
		if t, ok := p.selectedTime(sel, language); ok {
			return t
		}
	}
	t, _ := p.days().Published()
	return t
}

func (p *reading) selectedTime(sel, language string) (time.Time, bool) {
	if !selector.HasAttribute(sel) {
		if t, _, ok := when.Parse(selector.Value(p.doc.Selection, sel+"@datetime"), p.opts.Location); ok {
			return t, true
		}
	}
	t, _, ok := when.ParseAny(selector.Value(p.doc.Selection, sel), p.opts.Location, language)
	return t, ok
}

// modified is the time of the last change, or the zero time where the page
// gives none that is after its publication.
func (p *reading) modified(published time.Time) time.Time {
	for _, s := range p.modifiedStrings() {
		if t, _, ok := when.Parse(s, p.opts.Location); ok && t.After(published) {
			if t.Location() == time.UTC && !published.IsZero() {
				t = t.In(published.Location())
			}
			return t
		}
	}
	return time.Time{}
}

// body returns the article's text, or "" where there is none.
func (p *reading) body() string {
	if sel := p.opts.Selectors.Body; sel != "" {
		if text := body.Paragraphs(p.doc.Find(sel).Nodes...); text != "" {
			return text
		}
	}
	return body.Find(p.doc.Get(0), p.base)
}

// Text returns the text of an HTML fragment as paragraphs separated by an
// empty line.
func Text(fragment string) string { return body.Text(fragment) }
