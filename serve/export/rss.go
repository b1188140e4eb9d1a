package export

import (
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/news"
)

// rssWriter writes an RSS 2.0 channel, one item at a time.
type rssWriter struct {
	w     io.Writer
	about About
	begun bool
}

type rssItem struct {
	XMLName     xml.Name `xml:"item"`
	Title       string   `xml:"title,omitempty"`
	Link        string   `xml:"link,omitempty"`
	Description string   `xml:"description,omitempty"`
	Categories  []string `xml:"category,omitempty"`
	GUID        rssGUID  `xml:"guid"`
	PubDate     string   `xml:"pubDate,omitempty"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
}

func (w *rssWriter) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	_, err := fmt.Fprintf(w.w, xml.Header+"<rss version=\"2.0\"><channel>\n<title>%s</title>\n<link>%s</link>\n<description>%s</description>\n<lastBuildDate>%s</lastBuildDate>\n",
		escaped(plainTitle(w.about.Title)), escaped(w.about.Link), escaped(html.EscapeString(w.about.Title)), w.about.Made.UTC().Format(time.RFC1123Z))
	return err
}

func (w *rssWriter) Write(r *news.Report) error {
	if err := w.begin(); err != nil {
		return err
	}
	item := rssItem{
		Title: plainTitle(printable(r.Title)), Link: webLink(r.URL), GUID: rssGUID{ID: r.ID},
		Description: html.EscapeString(printable(summary(r.Text))), // RSS has HTML there
	}
	for _, tag := range r.Tags {
		item.Categories = append(item.Categories, printable(tag))
	}
	if !r.Published.IsZero() {
		item.PubDate = r.Published.Format(time.RFC1123Z)
	}
	b, err := xml.Marshal(item)
	if err != nil {
		return err
	}
	_, err = w.w.Write(append(b, '\n'))
	return err
}

func (w *rssWriter) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	_, err := io.WriteString(w.w, "</channel></rss>\n")
	return err
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(printable(s))) // a strings.Builder does not fail
	return b.String()
}

// tagLike is where a feed reader that takes a title for HTML begins to read a
// tag.
var tagLike = regexp.MustCompile(`<([A-Za-z/!?])`)

// plainTitle keeps a title from being run as HTML. RSS does not say which of
// plain text and HTML a title is, and readers differ.
func plainTitle(title string) string { return tagLike.ReplaceAllString(title, "&lt;$1") }

// printable leaves out the characters that no XML document may hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

// webLink returns an address that a reader can follow, else "".
func webLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// summaryRunes is about how long a summary is.
const summaryRunes = 500

// summary is the first paragraph of a text, cut between words when it is long.
func summary(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if utf8.RuneCountInString(first) <= summaryRunes {
		return first
	}
	short := string([]rune(first)[:summaryRunes])
	if i := strings.LastIndex(short, " "); i > 0 {
		short = short[:i]
	}
	return short + " …"
}
