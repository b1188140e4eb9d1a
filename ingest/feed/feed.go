// Package feed reads the lists in which agencies announce their reports: RSS,
// RDF, Atom, JSON Feed, and HTML pages by CSS selectors. It promises to read
// times in the source's zone where the feed names none, and to return the
// items that are whole when the rest of a feed is cut off or broken.
package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"slices"
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
	// Next is the address of the page that continues the list into the past,
	// or "".
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
// items is ErrEmpty; anything else that yields none is ErrNotFeed. An item
// that says nothing, neither where its page is nor what it is about, is none.
func Parse(data []byte, contentType, base string, zone *time.Location) (*List, error) {
	list, err := parse(data, contentType, base, zone)
	if err != nil {
		return nil, err
	}
	list.Items = slices.DeleteFunc(list.Items, func(it Item) bool { return it.URL == "" && it.GUID == "" })
	if len(list.Items) == 0 {
		return nil, ErrEmpty
	}
	return list, nil
}

// parse reads a feed with every item in it.
func parse(data []byte, contentType, base string, zone *time.Location) (*List, error) {
	text, _, err := charset.Decode(data, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotFeed, err)
	}
	text = quoteBodies(nameRDFItems(utf8Declaration(text)))
	parsed, damage, err := parseOrSalvage(text)
	if err != nil {
		return nil, err
	}
	list := &List{Title: plain(parsed.Title), Damage: damage, Items: readItems(parsed, base, zone)}
	if next := nextPage(text); next != "" {
		list.Next, _ = canonical.Absolute(base, next)
	}
	if !anyNamed(list.Items) {
		if whole := readItems(salvage(text), base, zone); anyNamed(whole) {
			list.Items = whole
		}
	}
	if len(list.Items) == 0 && !looksLikeFeed(text) {
		return nil, ErrNotFeed
	}
	return list, nil
}

// anyNamed reports whether the feed itself names one of the items.
func anyNamed(items []Item) bool {
	return slices.ContainsFunc(items, func(it Item) bool {
		return it.URL != "" || it.GUID != "" && !strings.HasPrefix(it.GUID, ownPrefix)
	})
}

func readItems(f *gofeed.Feed, base string, zone *time.Location) []Item {
	var out []Item
	for _, it := range f.Items {
		out = append(out, readItem(it, f, base, zone))
	}
	return out
}

// parseOrSalvage reads the feed whole, or else the items that are whole.
func parseOrSalvage(text string) (parsed *gofeed.Feed, damage string, err error) {
	parsed, err = newParser().ParseString(text)
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

func readItem(it *gofeed.Item, f *gofeed.Feed, base string, zone *time.Location) Item {
	out := Item{
		GUID: strings.TrimSpace(it.GUID), Title: plain(it.Title), Byline: authors(it), Tags: tags(it.Categories),
		Content: charset.Mend(cmp.Or(it.Content, it.Custom["fullitem"], it.Custom["body"])), Summary: charset.Mend(it.Description), Language: f.Language,
		Published: readTime(it.Published, it.PublishedParsed, zone, f.Language),
		Updated:   readTime(it.Updated, it.UpdatedParsed, zone, f.Language),
	}
	if out.Published.IsZero() {
		out.Published = dublinCoreDate(it, zone)
	}
	if out.Updated.IsZero() {
		out.Updated = termsModified(it, zone)
	}
	out.URL = address(it, base)
	if out.URL == "" && out.GUID == "" {
		out.GUID = ownName(&out)
	}
	return out
}

// address is the page of an item: its link, else a guid that is one.
func address(it *gofeed.Item, base string) string {
	for _, link := range append([]string{it.Link}, it.Links...) {
		if u, err := canonical.Absolute(base, link); err == nil && link != "" {
			return u
		}
	}
	if it.Custom[opaqueGUID] != "" || !strings.Contains(it.GUID, "://") {
		return ""
	}
	u, err := canonical.Absolute(base, it.GUID)
	if err != nil {
		return ""
	}
	return u
}

// ownPrefix begins the names that we give.
const ownPrefix = "text:"

// ownName names an item that the feed gives neither link nor guid, by what it
// says; "" when it says nothing.
func ownName(it *Item) string {
	what := strings.TrimSpace(it.Title + "\n" + it.Content)
	if what == "" {
		what = strings.TrimSpace(it.Summary)
	}
	if what == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(what))
	return ownPrefix + hex.EncodeToString(sum[:12])
}

// readTime reads a time of a feed; agencies write its days and months in
// their own language too.
func readTime(raw string, parsed *time.Time, zone *time.Location, language string) time.Time {
	if t, _, ok := when.Parse(raw, zone); ok {
		return t
	}
	if parsed != nil {
		return *parsed
	}
	t, _, _ := when.ParseAny(raw, zone, language)
	return t
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

// termsModified is the time of change in the Dublin Core terms.
func termsModified(it *gofeed.Item, zone *time.Location) time.Time {
	for _, e := range it.Extensions["dcterms"]["modified"] {
		if t, _, ok := when.Parse(e.Value, zone); ok {
			return t
		}
	}
	return time.Time{}
}

// authors are the names of an item's authors; those that the feed gives by
// their address of e-mail alone have none.
func authors(it *gofeed.Item) []string {
	var out []string
	add := func(name string) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, a := range it.Authors {
		if a == nil {
			continue
		}
		name := a.Name
		if box, err := mail.ParseAddress(a.Email); name == "" && err == nil {
			name = box.Name
		}
		add(name)
	}
	if it.DublinCoreExt != nil && len(it.DublinCoreExt.Creator) > 1 {
		for _, creator := range it.DublinCoreExt.Creator {
			add(creator)
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
