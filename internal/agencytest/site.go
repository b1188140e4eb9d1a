// Package agencytest is a news agency's web site for tests: a feed, a listing
// page and article pages on a loopback port, whose articles a test adds and
// edits, and whose faults it switches on.
package agencytest

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Article is one article of the site.
type Article struct {
	Slug      string // last part of its address
	Title     string
	Text      string // paragraphs separated by an empty line
	Published time.Time
	Modified  time.Time // zero when never edited
}

// Site is the running agency. Its methods are safe for concurrent use.
type Site struct {
	*httptest.Server
	mu       sync.Mutex
	articles []Article
	fault    http.HandlerFunc
	hits     map[string]int
	listed   map[string]time.Time
}

// New starts a site with the articles; Close stops it.
func New(articles ...Article) *Site {
	s := &Site{articles: articles, hits: map[string]int{}, listed: map[string]time.Time{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "User-agent: *\nAllow: /")
	})
	mux.HandleFunc("GET /rss.xml", s.feed)
	mux.HandleFunc("GET /news", s.listing)
	mux.HandleFunc("GET /news/{slug}", s.article)
	s.Server = httptest.NewServer(s.faulty(mux))
	return s
}

// FeedURL is the address of the RSS feed.
func (s *Site) FeedURL() string { return s.URL + "/rss.xml" }

// ListingURL is the address of the listing page; its items are `.item`, each
// with a link and a <time>.
func (s *Site) ListingURL() string { return s.URL + "/news" }

// Put adds an article, or replaces the one with its slug.
func (s *Site) Put(a Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.articles {
		if s.articles[i].Slug == a.Slug {
			s.articles[i] = a
			return
		}
	}
	s.articles = append(s.articles, a)
}

// Break makes every request but robots.txt answer with f; nil mends the site.
func (s *Site) Break(f http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// Listed is when a poll first found the article in the feed; zero before.
func (s *Site) Listed(slug string) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed[slug]
}

func (s *Site) noteListed(slug string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed[slug].IsZero() {
		s.listed[slug] = time.Now()
	}
}

// Hits is the number of requests for a path so far.
func (s *Site) Hits(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

func (s *Site) faulty(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.hits[r.URL.Path]++
		fault := s.fault
		s.mu.Unlock()
		if fault != nil && r.URL.Path != "/robots.txt" {
			fault(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Site) list() []Article {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Article(nil), s.articles...)
}

type rssItem struct {
	Title   string `xml:"title"`
	Link    string `xml:"link"`
	GUID    string `xml:"guid"`
	PubDate string `xml:"pubDate"`
	Updated string `xml:"http://www.w3.org/2005/Atom updated,omitempty"`
}

func (s *Site) feed(w http.ResponseWriter, _ *http.Request) {
	var rss struct {
		XMLName xml.Name  `xml:"rss"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"channel>title"`
		Link    string    `xml:"channel>link"`
		Items   []rssItem `xml:"channel>item"`
	}
	rss.Version, rss.Title, rss.Link = "2.0", "Local agency", s.URL
	for _, a := range s.list() {
		item := rssItem{Title: a.Title, Link: s.address(a), GUID: s.address(a), PubDate: a.Published.Format(time.RFC1123Z)}
		if !a.Modified.IsZero() {
			item.Updated = a.Modified.Format(time.RFC3339)
		}
		rss.Items = append(rss.Items, item)
		s.noteListed(a.Slug)
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprint(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(rss) // the reader may have gone
}

func (s *Site) listing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!doctype html><title>News</title><h1>News</h1><ul>")
	for _, a := range s.list() {
		fmt.Fprintf(w, `<li class="item"><a href="/news/%s">%s</a> <time datetime="%s">%s</time></li>`,
			a.Slug, html.EscapeString(a.Title), a.Published.Format(time.RFC3339), a.Published.Format("2 January 2006"))
	}
	fmt.Fprint(w, "</ul>")
}

func (s *Site) article(w http.ResponseWriter, r *http.Request) {
	for _, a := range s.list() {
		if a.Slug == r.PathValue("slug") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, s.page(a))
			return
		}
	}
	http.NotFound(w, r)
}

func (s *Site) address(a Article) string { return s.URL + "/news/" + a.Slug }

// page is the article as agencies print it: amid navigation, with metadata in
// JSON-LD.
func (s *Site) page(a Article) string {
	var body strings.Builder
	for _, p := range strings.Split(a.Text, "\n\n") {
		fmt.Fprintf(&body, "<p>%s</p>\n", html.EscapeString(p))
	}
	modified := ""
	if !a.Modified.IsZero() {
		modified = fmt.Sprintf(`,"dateModified":%q`, a.Modified.Format(time.RFC3339))
	}
	return fmt.Sprintf(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>%[1]s | Local agency</title>
<link rel="canonical" href="%[2]s">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":%[3]q,"datePublished":%[4]q%[5]s}</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About</a></li></ul></nav>
<main><article><h1>%[1]s</h1>
%[6]s</article></main>
<footer><p>All rights belong to the local agency.</p></footer>
</body></html>`, html.EscapeString(a.Title), s.address(a), a.Title, a.Published.Format(time.RFC3339), modified, body.String())
}
