package discover

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const site = "https://example.org"

// finder looks at a site of pages by their paths.
func finder(pages map[string]string) *Finder {
	return &Finder{
		Get: func(_ context.Context, address string) (*Document, error) {
			body, ok := pages[strings.TrimPrefix(address, site)]
			if !ok {
				return nil, errors.New("not found")
			}
			return &Document{URL: address, Body: []byte(body)}, nil
		},
		Now: func() time.Time { return time.Date(2014, 12, 10, 0, 0, 0, 0, time.UTC) },
	}
}

func rss(title string) string {
	return `<rss version="2.0"><channel><title>` + title + `</title><item><title>One</title><link>/1</link><pubDate>Mon, 08 Dec 2014 17:20:00 GMT</pubDate></item></channel></rss>`
}

const front = `<html lang="en"><head><title>News | Agency</title><meta property="og:site_name" content="Agency">%s</head><body>
<nav><ul><li><a href="/about">A long link about what the agency is</a></li><li><a href="/jobs">A long link to the jobs it has</a></li><li><a href="/a">A long link to something else</a></li><li><a href="/b">Another long link to something</a></li></ul></nav>%s</body></html>`

// entries is a list of reports.
func entries(n int, entry string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, entry, i+1, fmt.Sprintf("Heads of the training centres meet, part %d", i+1), i%9+1)
	}
	return b.String()
}

func TestFind(t *testing.T) {
	newest := time.Date(2014, 12, 8, 17, 20, 0, 0, time.UTC)
	const newsSitemap = `<urlset><url><loc>/1</loc><lastmod>2014-12-08T17:20:00Z</lastmod></url></urlset>`
	const list = `<main><ul class="news">%s</ul></main>`
	const item = `<li class="item item-%[1]d"><a href="/news/%[1]d"><img src="x"></a><h3><a href="/news/%[1]d">%[2]s</a></h3><time datetime="2014-12-0%[3]dT17:20:00Z">x</time></li>`
	tests := []struct {
		name  string
		pages map[string]string
		want  Found
	}{
		{"the address is a feed", map[string]string{"/": rss("Agency")},
			Found{Kind: KindFeed, URL: site + "/", Title: "Agency", Items: 1, Newest: newest}},
		{"the address is a sitemap", map[string]string{"/": newsSitemap},
			Found{Kind: KindSitemap, URL: site + "/", Items: 1, Newest: newest}},
		{"the page names its feed", map[string]string{
			"/": fmt.Sprintf(front, `<link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="alternate" type="application/rss+xml" href="en.rss">`, ""), "/comments/feed": rss("Comments"), "/en.rss": rss("English")},
			Found{Kind: KindFeed, URL: site + "/en.rss", Title: "Agency", Language: "en", Items: 1, Newest: newest}},
		{"the page links to its feed", map[string]string{"/": fmt.Sprintf(front, "", `<a href="/en/rss/">RSS</a>`), "/en/rss/": rss("English")},
			Found{Kind: KindFeed, URL: site + "/en/rss/", Title: "Agency", Language: "en", Items: 1, Newest: newest}},
		{"a feed at a usual address", map[string]string{"/": fmt.Sprintf(front, "", ""), "/rss.xml": rss("Agency")},
			Found{Kind: KindFeed, URL: site + "/rss.xml", Title: "Agency", Language: "en", Items: 1, Newest: newest}},
		{"a sitemap that robots.txt names", map[string]string{"/": fmt.Sprintf(front, "", ""), "/robots.txt": "User-agent: *\nDisallow: /x\nSitemap: /all.xml\nsitemap: https://example.org/news.xml", "/news.xml": newsSitemap, "/all.xml": newsSitemap},
			Found{Kind: KindSitemap, URL: site + "/news.xml", Title: "Agency", Language: "en", Items: 1, Newest: newest}},
		{"a sitemap at a usual address", map[string]string{"/": fmt.Sprintf(front, "", ""), "/sitemap.xml": newsSitemap},
			Found{Kind: KindSitemap, URL: site + "/sitemap.xml", Title: "Agency", Language: "en", Items: 1, Newest: newest}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := finder(tt.pages).Find(t.Context(), site+"/")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got[0]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("a listing", func(t *testing.T) {
		html := fmt.Sprintf(front, "", fmt.Sprintf(list, entries(6, item))+`<a rel="next" href="?page=2">Older</a>`)
		got, err := finder(map[string]string{"/": html}).Find(t.Context(), site+"/")
		if err != nil {
			t.Fatal(err)
		}
		f := got[0]
		if f.Kind != KindListing || f.Items != 6 || f.Selectors.Item != "ul.news > li.item" || f.Selectors.Date != "time" || f.Selectors.Next != "a[rel=next]" || f.Newest.IsZero() {
			t.Errorf("got %+v", f)
		}
	})
}

func TestListingsOfManyShapes(t *testing.T) {
	tests := []struct{ name, body, item, date string }{
		{"cards that are links", `<div id="latest">` + entries(5, `<a class="card" href="/n/%[1]d"><b>%[2]s</b><span class="card-date">%[3]d December 2014</span></a>`) + `</div>`, "div#latest > a.card", ".card-date"},
		{"rows of a table", `<table class="archive"><tbody>` + entries(5, `<tr><td>%[3]d.12.2014</td><td><a href="/n/%[1]d">%[2]s</a></td></tr>`) + `</tbody></table>`, "table.archive > tbody > tr", ""},
		{"articles", `<main>` + entries(5, `<article class="post"><h2><a href="/n/%[1]d">%[2]s</a></h2><p>Words.</p><time datetime="2014-12-0%[3]d"></time></article>`) + `</main>`, "main > article.post", "time"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, ok := listing(fmt.Sprintf(front, "", tt.body), site+"/")
			if !ok || found.Items != 5 || found.Selectors.Item != tt.item || found.Selectors.Date != tt.date {
				t.Errorf("got %+v, %v", found, ok)
			}
		})
	}
}

func TestWhatIsNoListing(t *testing.T) {
	for name, body := range map[string]string{
		"a menu":               `<ul>` + entries(9, `<li><a href="/%[1]d">Menu</a></li>`) + `</ul>`,
		"links to other sites": `<ul>` + entries(9, `<li><a href="https://other.example/%[1]d">%[2]s</a></li>`) + `</ul>`,
		"one link many times":  `<ul>` + entries(9, `<li><a href="/same">%[2]s</a></li>`) + `</ul>`,
		"an article":           `<article><h1>Title</h1><p>Words and words.</p></article>`,
	} {
		if found, ok := listing(fmt.Sprintf(front, "", body), site+"/"); ok {
			t.Errorf("%s: got %+v", name, found)
		}
	}
	_, err := finder(map[string]string{"/": fmt.Sprintf(front, "", "")}).Find(t.Context(), site+"/")
	if !errors.Is(err, ErrNothing) {
		t.Errorf("got %v", err)
	}
	if _, err := finder(nil).Find(t.Context(), site+"/"); err == nil || errors.Is(err, ErrNothing) {
		t.Errorf("a site that does not answer: %v", err)
	}
}

func FuzzListing(f *testing.F) {
	f.Add(fmt.Sprintf(front, "", `<ul>`+entries(5, `<li class="a b"><a href="/%[1]d">%[2]s</a></li>`)+`</ul>`))
	f.Fuzz(func(t *testing.T, html string) {
		if found, ok := listing(html, site+"/"); ok && found.Items < minEntries {
			t.Errorf("got %+v", found)
		}
	})
}
