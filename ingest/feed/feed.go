// Package feed reads the lists in which agencies announce their reports: RSS,
// RDF, Atom, JSON Feed, and HTML pages by CSS selectors. It promises to read
// times in the source's zone where the feed names none, and to return the
// items that are whole when the rest of a feed is cut off or broken.
package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/when"
)

var (
	// ErrNotFeed: the document is no feed of a known kind.
	ErrNotFeed = errors.New("not a feed: want RSS, Atom or JSON Feed; for an HTML page use kind: listing with selectors")
	// ErrEmpty: the document is in order and lists nothing.
	ErrEmpty = errors.New("it lists no items")
)

// List is what a feed or a listing page announces, in its order.
type List struct {
	Title string
	Items []Item
	// Next is the address of the page that continues the list, or "".
	Next string
	// Damage says what was wrong with a list that was read in part, or "".
	Damage string
}

// Item announces one report.
type Item struct {
	// GUID is the feed's own name for the item; URL the page. One of them may
	// be empty.
	GUID, URL          string
	Title              string
	Byline             []string
	Tags               []string
	Published, Updated time.Time
	// Content is the article's HTML where the feed carries it, and Summary
	// the teaser.
	Content, Summary string
	Language         string
}

// Key names the item within its source: its canonical URL, else its GUID.
func (it *Item) Key() string {
	if u, err := canonical.URL(it.URL); err == nil {
		return u
	}
	return it.GUID
}

// Fingerprint changes when the feed says something new of the item.
func (it *Item) Fingerprint() string {
	h := sha256.New()
	for _, s := range []string{it.Title, it.Content, it.Summary, stamp(it.Published), stamp(it.Updated)} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Parse reads a feed in the encoding of the server. base is the address it
// was read from, zone the source's zone (nil for UTC). An intact feed without
// items is ErrEmpty; anything else that yields none is ErrNotFeed.
func Parse(data []byte, contentType, base string, zone *time.Location) (*List, error) {
	text, _, err := charset.Decode(data, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotFeed, err)
	}
	text = utf8Declaration(text)
	parsed, damage, err := parseOrSalvage(text)
	if err != nil {
		return nil, err
	}
	list := &List{Title: strings.TrimSpace(parsed.Title), Damage: damage, Items: readItems(parsed, base, zone)}
	if len(list.Items) == 0 {
		list.Items = readItems(salvage(text), base, zone)
	}
	switch {
	case len(list.Items) > 0:
		return list, nil
	case !looksLikeFeed(text):
		return nil, ErrNotFeed
	}
	return nil, ErrEmpty
}

func readItems(f *gofeed.Feed, base string, zone *time.Location) []Item {
	var out []Item
	for _, it := range f.Items {
		if item, ok := readItem(it, f, base, zone); ok {
			out = append(out, item)
		}
	}
	return out
}

// parseOrSalvage reads the feed whole, or else the items that are whole.
func parseOrSalvage(text string) (parsed *gofeed.Feed, damage string, err error) {
	parsed, err = gofeed.NewParser().ParseString(text)
	if err == nil {
		return parsed, "", nil
	}
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) && !looksLikeFeed(text) {
		return nil, "", ErrNotFeed
	}
	if parsed = salvage(text); len(parsed.Items) == 0 {
		return nil, "", fmt.Errorf("%w (%w)", ErrNotFeed, err)
	}
	return parsed, fmt.Sprintf("the feed is damaged (%v); %d items could be read", err, len(parsed.Items)), nil
}

func readItem(it *gofeed.Item, f *gofeed.Feed, base string, zone *time.Location) (Item, bool) {
	out := Item{
		GUID: strings.TrimSpace(it.GUID), Title: plain(it.Title), Byline: authors(it), Tags: tags(it.Categories),
		Content: it.Content, Summary: it.Description, Language: f.Language,
		Published: readTime(it.Published, it.PublishedParsed, zone),
		Updated:   readTime(it.Updated, it.UpdatedParsed, zone),
	}
	if out.Published.IsZero() {
		out.Published = dublinCoreDate(it, zone)
	}
	for _, link := range append([]string{it.Link}, append(it.Links, it.GUID)...) {
		if u, err := canonical.Absolute(base, link); err == nil && link != "" && (link != it.GUID || strings.Contains(link, "://")) {
			out.URL = u
			break
		}
	}
	return out, out.URL != "" || out.GUID != ""
}

func readTime(raw string, parsed *time.Time, zone *time.Location) time.Time {
	if t, _, ok := when.Parse(raw, zone); ok {
		return t
	}
	if parsed != nil {
		return *parsed
	}
	return time.Time{}
}

func dublinCoreDate(it *gofeed.Item, zone *time.Location) time.Time {
	if it.DublinCoreExt == nil {
		return time.Time{}
	}
	for _, d := range it.DublinCoreExt.Date {
		if t, _, ok := when.Parse(d, zone); ok {
			return t
		}
	}
	return time.Time{}
}

func authors(it *gofeed.Item) []string {
	var out []string
	for _, a := range it.Authors {
		if a != nil && strings.TrimSpace(a.Name) != "" {
			out = append(out, strings.TrimSpace(a.Name))
		}
	}
	return out
}

func tags(categories []string) []string {
	var out []string
	for _, c := range categories {
		if c = plain(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}
