// Package opml reads and writes lists of feeds as readers of feeds exchange
// them (OPML 2.0, opml.org). It promises to expand no entity that a document
// declares itself, and to find every feed at whatever depth of folders.
package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/charset"
)

// ErrNotOPML: the document is no list of feeds.
var ErrNotOPML = errors.New("not OPML: want <opml> with an <outline xmlUrl=\"…\"> for each feed")

// Feed is one feed of a list.
type Feed struct {
	Title string
	// URL is the feed, Site the site's own page, "" where none is named.
	URL, Site string
	// Language is the list's word on it, "" for none.
	Language string
}

// maxDepth bounds folders within folders.
const maxDepth = 100

// Read returns the feeds of a list in their order, each once.
func Read(data []byte) ([]Feed, error) {
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNotOPML, err)
	}
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var out []Feed
	seen, depth, isOPML := map[string]bool{}, 0, false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil && len(out) == 0 {
			return nil, fmt.Errorf("%w (%w)", ErrNotOPML, err)
		}
		if err != nil {
			return out, fmt.Errorf("the list is cut off or broken (%w); %d feeds before that were read", err, len(out))
		}
		switch t := token.(type) {
		case xml.StartElement:
			isOPML = isOPML || strings.EqualFold(t.Name.Local, "opml")
			if depth++; depth > maxDepth {
				return nil, fmt.Errorf("%w: its folders nest too deep", ErrNotOPML)
			}
			if f, ok := feedOf(t); ok && !seen[f.URL] {
				seen[f.URL] = true
				out = append(out, f)
			}
		case xml.EndElement:
			depth--
		}
	}
	if !isOPML || len(out) == 0 {
		return nil, ErrNotOPML
	}
	return out, nil
}

func feedOf(t xml.StartElement) (Feed, bool) {
	if !strings.EqualFold(t.Name.Local, "outline") {
		return Feed{}, false
	}
	attributes := map[string]string{}
	for _, a := range t.Attr {
		attributes[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	f := Feed{Title: attributes["title"], URL: attributes["xmlurl"], Site: attributes["htmlurl"], Language: attributes["language"]}
	if f.Title == "" {
		f.Title = attributes["text"]
	}
	return f, f.URL != ""
}

type document struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Created string    `xml:"head>dateCreated"`
	Feeds   []outline `xml:"body>outline"`
}

type outline struct {
	Type     string `xml:"type,attr"`
	Text     string `xml:"text,attr"`
	Title    string `xml:"title,attr"`
	URL      string `xml:"xmlUrl,attr"`
	Site     string `xml:"htmlUrl,attr,omitempty"`
	Language string `xml:"language,attr,omitempty"`
}

// Write writes a list of feeds that was made at the time now.
func Write(w io.Writer, title string, feeds []Feed, now time.Time) error {
	d := document{Version: "2.0", Title: title, Created: now.UTC().Format(time.RFC1123Z)}
	for _, f := range feeds {
		d.Feeds = append(d.Feeds, outline{Type: "rss", Text: f.Title, Title: f.Title, URL: f.URL, Site: f.Site, Language: f.Language})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(d); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
