// Package discover finds out how a site announces its reports: by a feed, a
// sitemap or a listing page. It promises to look at a bounded number of
// addresses, all on the site that was named or that it names itself, and to
// propose nothing that it has not read.
package discover

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/ingest/sitemap"
)

// The kinds of Found, which are those of a source.
const (
	KindFeed    = "feed"
	KindSitemap = "sitemap"
	KindListing = "listing"
)

// ErrNothing: the site announces nothing that can be read.
var ErrNothing = errors.New("no feed, sitemap or list of reports is found there; name the page that lists the reports, or write the source with kind: listing and selectors")

// Found is one way in which a site announces its reports.
type Found struct {
	Kind, URL string
	// Selectors read a listing.
	Selectors feed.Selectors
	// Title is the site's name for itself, and Language that of its pages; ""
	// where it does not say.
	Title, Language string
	// Items is how many reports it lists, the last at Newest.
	Items  int
	Newest time.Time
}

// Document is a fetched document.
type Document = sitemap.Document

// Finder looks for what a site announces.
type Finder struct {
	Get sitemap.Get
	// Now is the clock: a sitemap is judged by how new its pages are.
	Now func() time.Time
}

// usual are the addresses at which feeds are found that no page names.
var usual = []string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"}

// usualSitemaps are those of sitemaps that robots.txt does not name.
var usualSitemaps = []string{"/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml"}

// Bounds of what is looked at.
const (
	maxNamed    = 6
	maxSitemaps = 4
)

// Find returns what the site at address announces, the best first. Its error
// is ErrNothing, or why the address itself could not be read.
func (f *Finder) Find(ctx context.Context, address string) ([]Found, error) {
	doc, err := f.Get(ctx, address)
	if err != nil {
		return nil, err
	}
	if found, ok := f.asFeed(doc); ok {
		return []Found{found}, nil
	}
	if found, ok := f.asSitemap(ctx, doc); ok {
		return []Found{found}, nil
	}
	text, _, err := charset.Decode(doc.Body, doc.ContentType)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doc.URL, err)
	}
	html, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doc.URL, err)
	}
	out := f.feeds(ctx, doc.URL, html)
	out = append(out, f.sitemaps(ctx, doc.URL)...)
	if found, ok := listing(text, doc.URL); ok {
		out = append(out, found)
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: %w", doc.URL, ErrNothing)
	}
	title, language := siteTitle(html), page.LanguageTag(html.Find("html").AttrOr("lang", ""))
	for i := range out {
		out[i].Title, out[i].Language = cmp.Or(title, out[i].Title), cmp.Or(out[i].Language, language)
	}
	slices.SortStableFunc(out, func(a, b Found) int { return rank(a) - rank(b) })
	return out, nil
}

// rank orders the ways: a feed tells most, a sitemap of dated news is as
// complete, a listing needs selectors that may break, and a sitemap without
// times lists what is old.
func rank(f Found) int {
	switch {
	case f.Kind == KindFeed:
		return 0
	case f.Kind == KindSitemap && !f.Newest.IsZero():
		return 1
	case f.Kind == KindListing:
		return 2
	}
	return 3
}

func siteTitle(html *goquery.Document) string {
	name := html.Find(`meta[property="og:site_name"]`).AttrOr("content", "")
	return strings.Join(strings.Fields(cmp.Or(name, html.Find("title").First().Text())), " ")
}

// asFeed reads the document as a feed.
func (f *Finder) asFeed(doc *Document) (Found, bool) {
	list, err := feed.Parse(doc.Body, doc.ContentType, doc.URL, nil)
	if err != nil {
		return Found{}, false
	}
	found := Found{Kind: KindFeed, URL: doc.URL, Title: list.Title, Items: len(list.Items)}
	for _, it := range list.Items {
		found.note(it)
	}
	return found, true
}

func (f *Found) note(it feed.Item) {
	if t := sitemap.Changed(it); t.After(f.Newest) {
		f.Newest = t
	}
	f.Language = cmp.Or(f.Language, page.LanguageTag(it.Language))
}

// asSitemap reads the document as a sitemap with pages of the last days.
func (f *Finder) asSitemap(ctx context.Context, doc *Document) (Found, bool) {
	list, err := sitemap.Latest(ctx, f.Get, doc, nil, f.Now())
	if err != nil {
		return Found{}, false
	}
	found := Found{Kind: KindSitemap, URL: doc.URL, Items: len(list.Items)}
	for _, it := range list.Items {
		found.note(it)
	}
	return found, true
}

// feeds reads the feeds that the page names, else those at the usual
// addresses. Feeds of comments come last.
func (f *Finder) feeds(ctx context.Context, base string, html *goquery.Document) []Found {
	var named []string
	html.Find(`link[rel~="alternate"][href], a[href]`).Each(func(_ int, s *goquery.Selection) {
		kind, href := strings.ToLower(s.AttrOr("type", "")), s.AttrOr("href", "")
		isLink := s.Is("link") && (strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || strings.Contains(kind, "feed+json"))
		if isLink || s.Is("a") && looksLikeFeed(href) {
			if u, err := canonical.Absolute(base, href); err == nil && !slices.Contains(named, u) {
				named = append(named, u)
			}
		}
	})
	slices.SortStableFunc(named, func(a, b string) int { return strings.Count(a, "comment") - strings.Count(b, "comment") })
	out := f.tryFeeds(ctx, named[:min(len(named), maxNamed)])
	if len(out) > 0 {
		return out
	}
	var guesses []string
	for _, path := range usual {
		for _, guess := range []string{strings.TrimPrefix(path, "/"), path} {
			if u, err := canonical.Absolute(folder(base), guess); err == nil && !slices.Contains(guesses, u) && !slices.Contains(named, u) {
				guesses = append(guesses, u)
			}
		}
	}
	found := f.tryFeeds(ctx, guesses)
	return found[:min(len(found), 1)]
}

// folder is the address with a slash, below which a site's part has its feed.
func folder(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	return strings.TrimRight(address, "/") + "/"
}

func looksLikeFeed(href string) bool {
	href = strings.ToLower(href)
	for _, end := range []string{"/rss", "/rss/", ".rss", "/feed", "/feed/", "rss.xml", "atom.xml", "feed.xml", "feed.json"} {
		if strings.HasSuffix(href, end) {
			return true
		}
	}
	return false
}

func (f *Finder) tryFeeds(ctx context.Context, addresses []string) []Found {
	var out []Found
	for _, u := range addresses {
		doc, err := f.Get(ctx, u)
		if err != nil {
			continue
		}
		if found, ok := f.asFeed(doc); ok && !slices.ContainsFunc(out, func(o Found) bool { return o.URL == found.URL }) {
			out = append(out, found)
		}
	}
	return out
}

// sitemaps reads the sitemaps that robots.txt names, those of news first,
// else those at the usual addresses.
func (f *Finder) sitemaps(ctx context.Context, base string) []Found {
	addresses := f.Sitemaps(ctx, base)
	if len(addresses) == 0 {
		for _, path := range usualSitemaps {
			if u, err := canonical.Absolute(base, path); err == nil {
				addresses = append(addresses, u)
			}
		}
	} else {
		addresses = addresses[:min(len(addresses), maxSitemaps)]
	}
	for _, u := range addresses {
		doc, err := f.Get(ctx, u)
		if err != nil {
			continue
		}
		if found, ok := f.asSitemap(ctx, doc); ok {
			return []Found{found}
		}
	}
	return nil
}

// Sitemaps returns the sitemaps that the robots.txt of the site of address
// names, those of news first.
func (f *Finder) Sitemaps(ctx context.Context, address string) []string {
	u, err := canonical.Absolute(address, "/robots.txt")
	if err != nil {
		return nil
	}
	doc, err := f.Get(ctx, u)
	if err != nil {
		return nil
	}
	text, _, err := charset.Decode(doc.Body, doc.ContentType)
	if err != nil {
		return nil
	}
	out := sitemapLines(text, doc.URL)
	slices.SortStableFunc(out, func(a, b string) int { return strings.Count(b, "news") - strings.Count(a, "news") })
	return out
}

// sitemapLines are the addresses in a robots.txt file, which belong to no
// group of it.
func sitemapLines(file, base string) []string {
	var out []string
	for line := range strings.FieldsFuncSeq(file, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := strings.Cut(line, ":")
		if !ok || !strings.EqualFold(strings.TrimSpace(key), "sitemap") {
			continue
		}
		u, err := canonical.Absolute(base, strings.TrimSpace(value))
		if err == nil && strings.TrimSpace(value) != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}
