package feed

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// manyItems is a feed of n items with the article in each, as agencies list
// their day.
func manyItems(n int) string {
	var b strings.Builder
	b.WriteString(rssHead)
	paragraph := strings.Repeat("The heads of the national centres met on Monday &amp; agreed on a common school. ", 8)
	for i := range n {
		fmt.Fprintf(&b, `<item><title>Heads of centres meet, part %[1]d</title><link>https://example.org/%[1]d</link><guid>g%[1]d</guid>
<pubDate>Mon, 08 Dec 2014 17:20:00 AZT</pubDate><category>Customs</category><description>%[2]s</description><content:encoded><![CDATA[<p>%[2]s</p><p>%[2]s</p>]]></content:encoded></item>`, i, paragraph)
	}
	return b.String() + rssFoot
}

func BenchmarkParse(b *testing.B) {
	const n = 200
	atom := strings.NewReplacer("<item>", "<entry>", "</item>", "</entry>", "<pubDate>Mon, 08 Dec 2014 17:20:00 AZT</pubDate>", "<updated>2014-12-08T17:20:00Z</updated>",
		rssHead, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:content="x">`, rssFoot, "</feed>").Replace(manyItems(n))
	for name, data := range map[string]string{
		"RSS": manyItems(n), "Atom": atom, "cut-off RSS": strings.TrimSuffix(manyItems(n), rssFoot),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if list, err := Parse([]byte(data), "", "https://example.org/feed", baku); err != nil || len(list.Items) != n {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "items/s")
		})
	}
}

// BenchmarkLibrary is the part of reading a feed that the library does.
func BenchmarkLibrary(b *testing.B) {
	const n = 200
	data := manyItems(n)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if f, err := gofeed.NewParser().ParseString(data); err != nil || len(f.Items) != n {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "items/s")
}

func BenchmarkListing(b *testing.B) {
	const n = 100
	var page strings.Builder
	page.WriteString("<html><body><ul>")
	for i := range n {
		fmt.Fprintf(&page, `<li class="item"><a href="/news/%[1]d">Heads of centres meet, part %[1]d</a> <time datetime="2014-12-08T17:20:00">8 December</time><p>Words of the report.</p></li>`, i)
	}
	for b.Loop() {
		if list, err := ParseListing(page.String(), "https://example.org/", Selectors{Item: ".item", Date: "time"}, baku, "en"); err != nil || len(list.Items) != n {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "items/s")
}
