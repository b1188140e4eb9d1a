package sitemap

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/internal/corpustest"
)

var baku = time.FixedZone("Asia/Baku", 4*3600)

const (
	base     = "https://example.org/sitemap.xml"
	newsHead = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">`
	newsOne  = `<url><loc>https://example.org/1?a=1&amp;b=2</loc><lastmod>2014-12-08</lastmod><image:image><image:loc>https://example.org/1.jpg</image:loc><image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Agency</news:name><news:language>en</news:language></news:publication><news:publication_date>2014-12-08T17:20</news:publication_date><news:title><![CDATA[Heads  meet]]></news:title><news:keywords>customs, training,</news:keywords></news:news></url>`
	newsTwo  = `<url><loc>/2</loc></url>`
	newsFoot = `</urlset>`
)

func gzipped(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParseReadsANewsSitemapWhole(t *testing.T) {
	want := &Sitemap{Items: []feed.Item{
		{URL: "https://example.org/1?a=1&b=2", Title: "Heads meet", Tags: []string{"customs", "training"}, Language: "en",
			Published: time.Date(2014, 12, 8, 17, 20, 0, 0, baku), Updated: time.Date(2014, 12, 8, 0, 0, 0, 0, baku)},
		{URL: "https://example.org/2"},
	}}
	for name, data := range map[string][]byte{
		"plain":           []byte(newsHead + newsOne + newsTwo + newsFoot),
		"gzip":            gzipped(t, newsHead+newsOne+newsTwo+newsFoot),
		"upper case":      []byte(strings.NewReplacer("<url>", "<URL>", "</url>", "</URL>", "<loc>", "<Loc>", "</loc>", "</Loc>").Replace(newsHead + newsOne + newsTwo + newsFoot)),
		"another prefix":  []byte(strings.NewReplacer("news:", "n:", "<url", "<s:url", "</url", "</s:url").Replace(newsHead + newsOne + newsTwo + newsFoot)),
		"words before it": []byte("\n\n  " + newsHead + newsOne + newsTwo + newsFoot),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(data, "application/xml", base, baku)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseReadsAnIndex(t *testing.T) {
	got, err := Parse([]byte(`<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2014-12-08T17:20:00Z</lastmod></sitemap><sitemap>
https://example.org/b.xml
</sitemap></sitemapindex>`), "", base, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := &Sitemap{Children: []Child{
		{URL: "https://example.org/a.xml.gz", Modified: time.Date(2014, 12, 8, 17, 20, 0, 0, time.UTC)}, {URL: "https://example.org/b.xml"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestADamagedSitemapYieldsThePagesItHas(t *testing.T) {
	one, two, both := "https://example.org/1?a=1&b=2", "https://example.org/2", []string{"https://example.org/1?a=1&b=2", "https://example.org/2"}
	packed := gzipped(t, newsHead+strings.Repeat(newsOne, 200)+newsFoot)
	tests := []struct {
		name string
		data []byte
		want []string
	}{
		{"cut off in an entry", []byte(newsHead + newsOne + newsTwo[:12]), []string{one}},
		{"cut off between entries", []byte(newsHead + newsOne + newsTwo), both},
		{"a control character", []byte(newsHead + newsOne + "<url><loc>https://example.org/\x01bad</loc></url>" + newsTwo + newsFoot), both},
		{"mark-up that is broken", []byte(newsHead + newsOne + "<url><loc <<</url>" + newsTwo + newsFoot), both},
		{"an entry that never ends", []byte(newsHead + "<url><loc>https://example.org/lost" + newsOne + newsTwo + newsFoot), both},
		{"a bare ampersand", []byte(newsHead + strings.ReplaceAll(newsOne, "&amp;", "&") + newsTwo + newsFoot), both},
		{"an entity of its own", []byte(`<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>` + newsHead + "<url><loc>https://example.org/&b;&a;</loc></url>" + newsTwo + newsFoot), []string{"https://example.org/&b;&a;", two}},
		{"gzip that is cut off", packed[:len(packed)-10], nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.data, "", base, baku)
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == nil {
				if len(got.Items) < 100 || got.Damage == "" {
					t.Errorf("%d items, damage %q", len(got.Items), got.Damage)
				}
				return
			}
			if diff := cmp.Diff(tt.want, addresses(got.Items)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func addresses(items []feed.Item) []string {
	var out []string
	for _, it := range items {
		out = append(out, it.URL)
	}
	return out
}

func TestWhatIsNoSitemap(t *testing.T) {
	for data, want := range map[string]error{
		newsHead + newsFoot:            feed.ErrEmpty,
		"":                             ErrNotSitemap,
		"hello":                        ErrNotSitemap,
		"<html><body>hi</body></html>": ErrNotSitemap,
		"\x1F\x8Bnonsense":             ErrNotSitemap,
		"%PDF\x00\x01\x02\x03\x04":     ErrNotSitemap,
	} {
		if got, err := Parse([]byte(data), "", base, nil); !errors.Is(err, want) {
			t.Errorf("%.40q: got %v, %v, want %v", data, got, err, want)
		}
	}
}

// site is a site of sitemaps by their paths.
func site(pages map[string]string) (Get, *[]string) {
	var asked []string
	return func(_ context.Context, address string) (*Document, error) {
		asked = append(asked, strings.TrimPrefix(address, "https://example.org"))
		body, ok := pages[strings.TrimPrefix(address, "https://example.org")]
		if !ok {
			return nil, errors.New("not found")
		}
		return &Document{URL: address, Body: []byte(body)}, nil
	}, &asked
}

func entry(path string, day int) string {
	if day == 0 {
		return fmt.Sprintf("<url><loc>%s</loc></url>", path)
	}
	return fmt.Sprintf("<url><loc>%s</loc><lastmod>2014-12-%02d</lastmod></url>", path, day)
}

func TestLatestReadsTheNewestSitemaps(t *testing.T) {
	now := time.Date(2014, 12, 10, 12, 0, 0, 0, time.UTC)
	get, asked := site(map[string]string{
		"/new.xml":    "<urlset>" + entry("/a", 8) + entry("/old", 1) + entry("/b", 9) + "</urlset>",
		"/news-1.xml": "<urlset>" + entry("/c", 7) + entry("/undated", 0) + "</urlset>",
		"/index2.xml": "<sitemapindex><sitemap><loc>/deep.xml</loc></sitemap><sitemap><loc>/index2.xml</loc></sitemap></sitemapindex>",
		"/deep.xml":   "<urlset>" + entry("/d", 6) + "</urlset>",
	})
	root := &Document{URL: base, Body: []byte(`<sitemapindex>
<sitemap><loc>/old.xml</loc><lastmod>2013-01-01</lastmod></sitemap><sitemap><loc>/new.xml</loc><lastmod>2014-12-09</lastmod></sitemap>
<sitemap><loc>/news-1.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/index2.xml</loc></sitemap></sitemapindex>`)}
	got, err := Latest(t.Context(), get, root, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"https://example.org/b", "https://example.org/a", "https://example.org/c", "https://example.org/d", "https://example.org/undated"}
	if diff := cmp.Diff(want, addresses(got.Items)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/news-1.xml", "/new.xml", "/gone.xml", "/index2.xml", "/deep.xml"}, *asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if !strings.Contains(got.Damage, "1 of its sitemaps could not be read") {
		t.Errorf("damage %q", got.Damage)
	}
}

func TestLatestSaysWhenThereIsNothing(t *testing.T) {
	get, _ := site(nil)
	now := time.Date(2014, 12, 10, 12, 0, 0, 0, time.UTC)
	if _, err := Latest(t.Context(), get, &Document{URL: base, Body: []byte("<urlset>" + entry("/old", 1) + "</urlset>")}, nil, now); !errors.Is(err, feed.ErrEmpty) {
		t.Errorf("got %v", err)
	}
	if _, err := Latest(t.Context(), get, &Document{URL: base, Body: []byte("<html></html>")}, nil, now); !errors.Is(err, ErrNotSitemap) {
		t.Errorf("got %v", err)
	}
}

// TestSitemapsOfTheCorpora reads every sitemap of the corpora: what it holds
// was counted by hand.
func TestSitemapsOfTheCorpora(t *testing.T) {
	files := corpustest.Tar(t, "feeds", "crawler-commons-sitemaps.tar.gz")
	deviations := corpustest.Open(t, "testdata/deviations.txt")
	want := map[string]struct {
		items, children int
		first           string
	}{
		"sitemaps/sitemap.txt":                                      {2, 0, "http://www.domain.com/page1.html"},
		"sitemaps/sitemap.txt.gz":                                   {5, 0, "http://www.example.com/"},
		"sitemaps/sitemap.badns.xml":                                {2, 0, "http://www.example.com/1"},
		"sitemaps/sitemap.index.xml":                                {0, 15, "https://example.com/sitemap.jss?portalCode=10260&lang=en"},
		"sitemaps/extension/sitemap-images.xml":                     {1, 0, "http://www.example.com/images/some_image_landing_page.html"},
		"sitemaps/extension/hebdenbridgetimes-articles-sitemap.xml": {74, 0, "http://www.hebdenbridgetimes.co.uk/news/local/video-tour-de-yorkshire-in-calderdale-1-7242580"},
		"sitemaps/extension/shinpaideshou-news-sitemap.xml":         {3, 0, "https://shinpaideshou.wordpress.com/2017/04/25/job-opening-reischauer-policy-research-fellow/"},
		"rss/xmlRss_pubDate.xml":                                    {7, 0, "http://www.example.com/article_1"},
	}
	for name, data := range files {
		short := strings.TrimPrefix(name, "crawler-commons-sitemaps/")
		if short == "LICENSE" {
			continue
		}
		w, ok := want[short]
		if !ok {
			t.Fatalf("no expectation for %s", name)
		}
		got, err := Parse(data, "", "http://www.example.com/", time.UTC)
		difference := ""
		if err != nil {
			difference = err.Error()
		} else if first := firstAddress(got); len(got.Items) != w.items || len(got.Children) != w.children || first != w.first {
			difference = fmt.Sprintf("%d pages, %d sitemaps, the first %q", len(got.Items), len(got.Children), first)
		}
		deviations.Case(t, name, difference)
	}
}

func firstAddress(s *Sitemap) string {
	if len(s.Items) > 0 {
		return s.Items[0].URL
	}
	if len(s.Children) > 0 {
		return s.Children[0].URL
	}
	return ""
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(newsHead + newsOne + newsTwo + newsFoot))
	f.Add([]byte("<sitemapindex><sitemap><loc>/a</loc></sitemap><sitemap>https://example.org/b</sitemap>"))
	f.Add([]byte("https://example.org/a\nhttps://example.org/b"))
	f.Add(gzipped(f, newsHead+newsTwo))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(data, "", base, time.UTC)
		if err != nil {
			return
		}
		if len(s.Items)+len(s.Children) == 0 {
			t.Error("nothing and no error")
		}
		for _, it := range s.Items {
			if it.Key() == "" {
				t.Errorf("item %+v", it)
			}
		}
	})
}
