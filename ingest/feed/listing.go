package feed

import (
	"fmt"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/selector"
	"github.com/dateline-news/dateline/ingest/when"
)

// Selectors are the CSS selectors of a listing page. Link, Title and Date are
// looked for within each Item. A selector may end in "@name" to read an
// attribute instead of the text, as in "time@datetime".
type Selectors struct {
	// Item is each entry of the list.
	Item string `yaml:"item"`
	// Link is the link to the report; the default is the entry itself where it
	// is a link, else its first link.
	Link string `yaml:"link"`
	// Title is the headline; the default is the link's text.
	Title string `yaml:"title"`
	// Date is the time of publication.
	Date string `yaml:"date"`
	// Next is the link to the page that continues the list.
	Next string `yaml:"next"`
}

// ParseListing reads a listing page. base is its address, zone the source's
// zone, language its language for dates in words. ErrEmpty means that the
// item selector matches nothing with a link.
func ParseListing(html, base string, sel Selectors, zone *time.Location, language string) (*List, error) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		return nil, fmt.Errorf("read listing %s: %w", base, err)
	}
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if b, err := canonical.Absolute(base, href); err == nil {
			base = b
		}
	}
	list := &List{Title: plain(doc.Find("title").First().Text())}
	seen := map[string]bool{}
	doc.Find(sel.Item).Each(func(_ int, s *goquery.Selection) {
		item, ok := listingItem(s, base, sel, zone, language)
		if ok && !seen[item.Key()] {
			seen[item.Key()] = true
			list.Items = append(list.Items, item)
		}
	})
	if sel.Next != "" {
		if next := nextLink(doc.Selection, sel.Next); next != "" {
			list.Next, _ = canonical.Absolute(base, next)
		}
	}
	if len(list.Items) == 0 {
		return nil, fmt.Errorf("%w: the selector item: %q finds no link", ErrEmpty, sel.Item)
	}
	return list, nil
}

func listingItem(s *goquery.Selection, base string, sel Selectors, zone *time.Location, language string) (Item, bool) {
	link := findLink(s, sel.Link)
	href, _ := link.Attr("href")
	address, err := canonical.Absolute(base, href)
	if err != nil || href == "" {
		return Item{}, false
	}
	item := Item{URL: address, Title: selector.Text(link)}
	if sel.Title != "" {
		item.Title = selector.Value(s, sel.Title)
	}
	if sel.Date != "" {
		item.Published = listingDate(s, sel.Date, zone, language)
	}
	return item, true
}

func findLink(s *goquery.Selection, css string) *goquery.Selection {
	if css != "" {
		return s.Find(css).First()
	}
	if s.Is("a[href]") {
		return s
	}
	return s.Find("a[href]").First()
}

func listingDate(s *goquery.Selection, css string, zone *time.Location, language string) time.Time {
	if !selector.HasAttribute(css) {
		if t, _, ok := when.Parse(selector.Value(s, css+"@datetime"), zone); ok {
			return t
		}
	}
	t, _, _ := when.ParseAny(selector.Value(s, css), zone, language)
	return t
}

func nextLink(s *goquery.Selection, css string) string {
	if !selector.HasAttribute(css) {
		css += "@href"
	}
	return selector.Value(s, css)
}
