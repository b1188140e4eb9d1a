// Package sitemap reads the lists of pages that sites keep for crawlers:
// sitemaps with the news extension, indexes of sitemaps, plain lists of
// addresses, each also with gzip, and feeds in their place. It promises to
// read them in bounded memory, without entities of the document's own, and to
// return the pages that a damaged one still names.
package sitemap

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/when"
)

// ErrNotSitemap: the document is no sitemap of a known kind.
var ErrNotSitemap = errors.New("not a sitemap: want a urlset, a sitemapindex or a list of addresses, plain or with gzip")

// Bounds of one document: the protocol's own number of entries and length.
const (
	maxEntries = 50_000
	maxPlain   = 50 << 20
)

// Sitemap is one document: pages, or further sitemaps, or both.
type Sitemap struct {
	// Items are the pages, in the document's order. A page outside the news
	// extension has no title, and only the time of its last change.
	Items []feed.Item
	// Children are the sitemaps that an index names.
	Children []Child
	// Damage says what was wrong with one that was read in part, or "".
	Damage string
}

// Child is a sitemap that an index names.
type Child struct {
	URL string
	// Modified is zero where the index does not say.
	Modified time.Time
}

// Parse reads a sitemap in the encoding of the server. base is the address it
// was read from, zone the source's zone (nil for UTC). An empty one is
// feed.ErrEmpty.
func Parse(data []byte, contentType, base string, zone *time.Location) (*Sitemap, error) {
	damage := ""
	if bytes.HasPrefix(data, []byte{0x1F, 0x8B}) {
		plain, err := gunzip(data)
		if err != nil {
			damage = fmt.Sprintf("the sitemap is damaged (%v)", err)
		}
		data, contentType = plain, ""
	}
	text, _, err := charset.Decode(data, contentType)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotSitemap, err)
	}
	out, err := parseText(strings.TrimLeft(text, " \t\r\n"), base, zone)
	if err != nil {
		return nil, err
	}
	out.Damage = cmp.Or(damage, out.Damage)
	return out, nil
}

// gunzip returns what can be decompressed, up to the limit.
func gunzip(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(z, maxPlain+1))
	if len(plain) > maxPlain {
		return plain[:maxPlain], fmt.Errorf("it is longer than the %d MiB that a sitemap may have", maxPlain>>20)
	}
	return plain, err
}

func parseText(text, base string, zone *time.Location) (*Sitemap, error) {
	switch {
	case text == "":
		return nil, fmt.Errorf("%w (it is empty)", ErrNotSitemap)
	case text[0] != '<' && text[0] != '{':
		return parseLines(text)
	}
	r := reader{base: base, zone: zone, out: &Sitemap{}}
	r.read(text)
	if len(r.out.Items)+len(r.out.Children) > 0 {
		return r.out, nil
	}
	if r.isSitemap {
		return nil, feed.ErrEmpty
	}
	return parseFeed(text, base, zone)
}

// parseLines reads a list of addresses, one a line.
func parseLines(text string) (*Sitemap, error) {
	out := &Sitemap{}
	for line := range strings.Lines(text) {
		u, err := canonical.Absolute("", strings.TrimSpace(line))
		if err == nil && len(out.Items) < maxEntries {
			out.Items = append(out.Items, feed.Item{URL: u})
		}
	}
	if len(out.Items) == 0 {
		return nil, ErrNotSitemap
	}
	return out, nil
}

// parseFeed reads a feed in a sitemap's place.
func parseFeed(text, base string, zone *time.Location) (*Sitemap, error) {
	list, err := feed.Parse([]byte(text), "", base, zone)
	if errors.Is(err, feed.ErrNotFeed) {
		return nil, ErrNotSitemap
	}
	if err != nil {
		return nil, err
	}
	return &Sitemap{Items: list.Items, Damage: list.Damage}, nil
}

// reader reads the elements of a sitemap by their local names, since real
// ones have many a namespace.
type reader struct {
	base      string
	zone      *time.Location
	out       *Sitemap
	isSitemap bool

	// path are the open elements below the root; entry is what the open url
	// or sitemap says.
	path  []string
	entry map[string]string
}

// read reads on behind each place where the XML is broken.
func (r *reader) read(text string) {
	for {
		decoder := xml.NewDecoder(strings.NewReader(text))
		decoder.Strict = false
		// The text is decoded already, whatever it says.
		decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		err := r.tokens(decoder)
		if err == nil {
			return
		}
		r.out.Damage = fmt.Sprintf("the sitemap is damaged (%v); %d entries could be read", err, len(r.out.Items)+len(r.out.Children))
		r.entry, r.path = nil, nil
		rest := text[min(int(decoder.InputOffset()), len(text)):]
		next := nextEntry(rest)
		if next < 0 {
			return
		}
		text = rest[next:]
	}
}

// nextEntry is where the next entry begins in text, or -1.
func nextEntry(text string) int {
	url, sitemap := strings.Index(text, "<url>"), strings.Index(text, "<sitemap>")
	if url < 0 || sitemap >= 0 && sitemap < url {
		return sitemap
	}
	return url
}

func (r *reader) tokens(decoder *xml.Decoder) error {
	for {
		token, err := decoder.RawToken()
		if err == io.EOF {
			if r.entry != nil {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.start(strings.ToLower(t.Name.Local))
		case xml.CharData:
			r.text(string(t))
		case xml.EndElement:
			r.end(strings.ToLower(t.Name.Local))
		}
		if len(r.out.Items)+len(r.out.Children) >= maxEntries {
			return nil
		}
	}
}

func (r *reader) start(name string) {
	switch {
	case name == "urlset" || name == "sitemapindex":
		r.isSitemap = true
	case name == "url" || name == "sitemap":
		r.isSitemap = true
		r.entry, r.path = map[string]string{}, nil
	case r.entry != nil:
		r.path = append(r.path, name)
	}
}

// maxField bounds what an element of an entry says, in bytes.
const maxField = 8 << 10

func (r *reader) text(s string) {
	if r.entry == nil || len(r.path) > 3 {
		return
	}
	key := strings.Join(r.path, ">")
	if len(r.entry[key])+len(s) <= maxField {
		r.entry[key] += s
	}
}

func (r *reader) end(name string) {
	if r.entry == nil {
		return
	}
	if name == "url" || name == "sitemap" {
		r.add(name)
		r.entry, r.path = nil, nil
		return
	}
	if i := lastIndex(r.path, name); i >= 0 {
		r.path = r.path[:i]
	}
}

func lastIndex(path []string, name string) int {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == name {
			return i
		}
	}
	return -1
}

func (r *reader) field(key string) string { return strings.TrimSpace(r.entry[key]) }

func (r *reader) time(key string) time.Time {
	t, _, _ := when.Parse(r.field(key), r.zone)
	return t
}

// add takes up the entry that has ended. Some sites leave <loc> out and write
// the address into the entry itself.
func (r *reader) add(name string) {
	address, err := canonical.Absolute(r.base, cmp.Or(r.field("loc"), r.field("")))
	if err != nil || cmp.Or(r.field("loc"), r.field("")) == "" {
		return
	}
	if name == "sitemap" {
		r.out.Children = append(r.out.Children, Child{URL: address, Modified: r.time("lastmod")})
		return
	}
	r.out.Items = append(r.out.Items, feed.Item{
		URL: address, Title: strings.Join(strings.Fields(r.field("news>title")), " "),
		Published: r.time("news>publication_date"), Updated: r.time("lastmod"),
		Tags: keywords(r.field("news>keywords")), Language: r.field("news>publication>language"),
	})
}

func keywords(s string) []string {
	var out []string
	for word := range strings.SplitSeq(s, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// Changed is when the page was published or changed, whichever came last; the
// zero time where the sitemap does not say.
func Changed(it feed.Item) time.Time {
	if it.Updated.After(it.Published) {
		return it.Updated
	}
	return it.Published
}

// SortNewest orders pages by their last change, newest first; those without a
// time stand behind, in their order.
func SortNewest(items []feed.Item) {
	slices.SortStableFunc(items, func(a, b feed.Item) int { return Changed(b).Compare(Changed(a)) })
}
