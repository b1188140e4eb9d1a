package feed

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

var baku = time.FixedZone("Asia/Baku", 4*3600)

const (
	rssHead = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Agency</title>`
	rssFoot = `</channel></rss>`
	itemOne = `<item><title>One &amp;amp; only</title><link>https://example.org/1?utm_source=rss</link><guid>g1</guid>
<pubDate>Mon, 08 Dec 2014 17:20:00 AZT</pubDate><dc:creator>N. Orb</dc:creator><category>Customs</category><description>Teaser</description><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item>`
	itemTwo = `<item><title>Two</title><link>/2</link><pubDate>Mon, 08 Dec 2014 17:25:00 +0400</pubDate></item>`
)

func addresses(l *List) []string {
	var out []string
	for _, it := range l.Items {
		out = append(out, it.URL)
	}
	return out
}

func TestParseReadsAnItemWhole(t *testing.T) {
	got, err := Parse([]byte(rssHead+itemOne+itemTwo+rssFoot), "application/rss+xml", "https://example.org/feed", baku)
	if err != nil {
		t.Fatal(err)
	}
	want := &List{Title: "Agency", Items: []Item{
		{GUID: "g1", URL: "https://example.org/1?utm_source=rss", Title: "One & only", Byline: []string{"N. Orb"}, Tags: []string{"Customs"},
			Published: time.Date(2014, 12, 8, 17, 20, 0, 0, baku), Summary: "Teaser", Content: "<p>All of it.</p>"},
		{URL: "https://example.org/2", Title: "Two", Published: time.Date(2014, 12, 8, 17, 25, 0, 0, baku)},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if k := got.Items[0].Key(); k != "https://example.org/1" {
		t.Errorf("key %q", k)
	}
}

func TestParseKinds(t *testing.T) {
	feeds := map[string]string{
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:1</id><title>One</title><link href="https://example.org/1"/>
<published>2014-12-08T17:20:00+04:00</published><updated>2014-12-08T18:00:00+04:00</updated></entry></feed>`,
		"rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>A</title></channel>
<item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link><dc:date>2014-12-08T17:20:00+04:00</dc:date></item></rdf:RDF>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{"id":"1","url":"https://example.org/1","title":"One","content_text":"x","date_published":"2014-12-08T17:20:00+04:00"}]}`,
	}
	for name, data := range feeds {
		t.Run(name, func(t *testing.T) {
			got, err := Parse([]byte(data), "", "https://example.org/feed", nil)
			if err != nil {
				t.Fatal(err)
			}
			it := got.Items[0]
			if it.Title != "One" || it.URL != "https://example.org/1" || !it.Published.Equal(time.Date(2014, 12, 8, 13, 20, 0, 0, time.UTC)) {
				t.Errorf("got %+v", it)
			}
		})
	}
}

func TestAFeedNamesThePageThatContinuesIt(t *testing.T) {
	for link, want := range map[string]string{
		`<atom:link rel="next" href="/feed?page=2&amp;x=1"/>`:                   "https://example.org/feed?page=2&x=1",
		`<link href="https://example.org/old" rel='prev-archive'/>`:             "https://example.org/old",
		`<atom:link rel="self" href="/feed"/><link>https://example.org/</link>`: "",
	} {
		got, err := Parse([]byte(rssHead+link+itemTwo+`<item><link>/3</link><atom:link rel="next" href="/4"/></item>`+rssFoot), "", "https://example.org/feed", baku)
		if err != nil || got.Next != want {
			t.Errorf("%s: got %+v, %v, want %q", link, got, err, want)
		}
	}
}

func TestADamagedFeedYieldsTheItemsItHas(t *testing.T) {
	one := []string{"https://example.org/1?utm_source=rss"}
	both := append(one, "https://example.org/2")
	tests := []struct {
		name, data string
		want       []string
	}{
		{"cut off in an item", rssHead + itemOne + itemTwo[:60], one},
		{"cut off between items", rssHead + itemOne + itemTwo, both},
		{"an item with broken mark-up", rssHead + itemOne + `<item><title>Bad <b</title><link>https://example.org/bad</link></item>` + itemTwo + rssFoot, nil},
		{"an item that never ends", rssHead + `<item><title>Lost</title>` + itemOne + rssFoot, one},
		{"words before the feed", "\n<!-- made by hand -->\n\n" + rssHead + itemOne + rssFoot, one},
		{"a cut-off JSON feed", `{"version":"https://jsonfeed.org/version/1","title":"A","items":[{"id":"1","url":"https://example.org/1?utm_source=rss"},{"id":"2","url":"https://ex`, one},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse([]byte(tt.data), "", "https://example.org/feed", baku)
			if err != nil {
				t.Fatal(err)
			}
			have := addresses(got)
			if tt.want == nil { // the good items are there, whatever becomes of the bad one
				if !strings.Contains(strings.Join(have, " "), both[0]) || !strings.Contains(strings.Join(have, " "), both[1]) {
					t.Errorf("got %v", have)
				}
				return
			}
			if diff := cmp.Diff(tt.want, have); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFeedsInOldEncodings(t *testing.T) {
	tests := []struct {
		encoding *charmap.Charmap
		label    string
		title    string
	}{
		{charmap.Windows1251, "windows-1251", "Семинар таможенных инструкторов"},
		{charmap.Windows1254, "windows-1254", "Gümrük eğitmenleri İstanbul'da buluştu"},
		{charmap.ISO8859_9, "iso-8859-9", "Gümrük eğitmenleri şimdi"},
	}
	for _, tt := range tests {
		for where, label := range map[string][2]string{"declared": {tt.label, ""}, "header": {"utf-8", "text/xml; charset=" + tt.label}} {
			t.Run(tt.label+" "+where, func(t *testing.T) {
				xml := `<?xml version="1.0" encoding="` + label[0] + `"?><rss version="2.0"><channel><item><title>` + tt.title + `</title><link>https://example.org/1</link></item></channel></rss>`
				data, err := tt.encoding.NewEncoder().String(xml)
				if err != nil {
					t.Fatal(err)
				}
				got, err := Parse([]byte(data), label[1], "", nil)
				if err != nil {
					t.Fatal(err)
				}
				if got.Items[0].Title != tt.title {
					t.Errorf("title %q, want %q", got.Items[0].Title, tt.title)
				}
			})
		}
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for data, want := range map[string]error{
		rssHead + rssFoot:              ErrEmpty,
		"":                             ErrNotFeed,
		"<html><body>hi</body></html>": ErrNotFeed,
		rssHead + "<item><tit":         ErrNotFeed,
		`{"a":1}`:                      ErrNotFeed,
		"\x00\x01\x02":                 ErrNotFeed,
	} {
		if _, err := Parse([]byte(data), "", "", nil); !errors.Is(err, want) {
			t.Errorf("%.40q: got %v, want %v", data, err, want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	a := Item{Title: "A", Updated: time.Date(2014, 12, 8, 0, 0, 0, 0, time.UTC)}
	b := a
	b.Updated = b.Updated.In(baku)
	if a.Fingerprint() != b.Fingerprint() {
		t.Error("the same time in another zone changes the fingerprint")
	}
	b.Updated = b.Updated.Add(time.Second)
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("a new time of change does not change the fingerprint")
	}
}

const listingPage = `<html><head><title>News</title><base href="https://example.org/en/"></head><body>
<div class="top"><a href="/about">About</a></div>
<ul class="list">
<li><time datetime="2014-12-08T17:20:00">8 December</time> <a href="news/1">First <b>report</b></a></li>
<li><span class="date">8 декабря 2014, 17:25</span> <h3>Second</h3><a class="more" href="/en/news/2">More</a></li>
<li>no link</li>
<li><a href="javascript:void(0)">not a page</a></li>
<li><a href="news/1#comments">First again</a></li>
</ul><a rel="next" href="?page=2">Older</a></body></html>`

func TestParseListing(t *testing.T) {
	got, err := ParseListing(listingPage, "https://example.org/", Selectors{Item: ".list li", Date: "time, .date", Next: "a[rel=next]"}, baku, "ru")
	if err != nil {
		t.Fatal(err)
	}
	want := &List{Title: "News", Next: "https://example.org/en/?page=2", Items: []Item{
		{URL: "https://example.org/en/news/1", Title: "First report", Published: time.Date(2014, 12, 8, 17, 20, 0, 0, baku)},
		{URL: "https://example.org/en/news/2", Title: "More", Published: time.Date(2014, 12, 8, 17, 25, 0, 0, baku)},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := ParseListing(listingPage, "https://example.org/", Selectors{Item: ".none"}, nil, ""); !errors.Is(err, ErrEmpty) || !strings.Contains(err.Error(), `".none"`) {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{rssHead + itemOne + rssFoot, rssHead + itemOne + itemTwo[:60], `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"`, `<feed><entry><id>1`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Parse(data, "", "https://example.org/feed", time.UTC)
		if err != nil {
			return
		}
		for _, it := range list.Items {
			if it.Key() == "" || !strings.HasPrefix(it.URL+"http", "http") {
				t.Errorf("item %+v", it)
			}
		}
	})
}

func FuzzListing(f *testing.F) {
	f.Add(listingPage)
	f.Fuzz(func(t *testing.T, html string) {
		list, err := ParseListing(html, "https://example.org/", Selectors{Item: "li, a", Date: "time", Next: "a[rel=next]"}, time.UTC, "")
		if err == nil && len(list.Items) == 0 {
			t.Error("no items and no error")
		}
	})
}
