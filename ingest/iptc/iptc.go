// Package iptc reads the formats in which agencies deliver their reports to
// subscribers: NewsML-G2, NITF and ninjs, the standards of the International
// Press Telecommunications Council. It promises to expand no entity that a
// document declares itself, to keep the dateline with the text, and to return
// the items of a message that are whole when the rest is damaged.
package iptc

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/news"
)

// What can be wrong with a document, for errors.Is.
var (
	ErrUnknown = errors.New("it is none of NewsML-G2, NITF and ninjs; convert it, or save the text as .txt")
	ErrDamaged = errors.New("it is cut off or broken; deliver it again")
	ErrNoText  = errors.New("none of its items holds a text; pictures, packages and text elsewhere are not read")
)

// Item is a report with the name that the agency gave it.
type Item struct {
	// GUID stays the same through all versions of the item.
	GUID   string
	Report *news.Report
}

// ReadXML reads a NewsML-G2 message, a single NewsML-G2 item or a NITF
// document. zone is that of times that name none, nil for UTC. With items
// there may be an error too, of those that could not be read.
func ReadXML(data []byte, zone *time.Location) ([]Item, error) {
	text, _, err := charset.Decode(data, "")
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrUnknown, err)
	}
	root, damage := parseXML(text)
	if damage != nil {
		damage = fmt.Errorf("%w (%w)", ErrDamaged, damage)
	}
	r := reader{zone: zone}
	switch {
	case root == nil:
		return nil, cmp.Or(damage, ErrUnknown)
	case root.name == "nitf":
		if damage != nil {
			return nil, damage
		}
		r.add(r.nitf(root))
	case root.name == "newsMessage" || root.name == "newsItem":
		for _, item := range root.all("newsItem") {
			if item.closed {
				r.add(r.newsItem(item))
			}
		}
	default:
		return nil, fmt.Errorf("%w (its root is %.100q)", ErrUnknown, root.name)
	}
	if len(r.items) == 0 {
		return nil, cmp.Or(damage, ErrNoText)
	}
	return r.items, damage
}

// reader collects the items of a document.
type reader struct {
	zone  *time.Location
	items []Item
}

// add takes up an item with a text, or one that withdraws an earlier one.
func (r *reader) add(it Item) {
	if it.Report.Text != "" || it.Report.Status == news.StatusWithdrawn && it.GUID != "" {
		r.items = append(r.items, it)
	}
}

// nitf reads a NITF document, or one inside another item.
func (r *reader) nitf(root *node) Item {
	head, data := root.find("head"), root.find("head", "docdata")
	body, front := root.find("body"), root.find("body", "body.head")
	report := &news.Report{
		Title:    oneLine(cmp.Or(front.find("hedline", "hl1").content(), front.find("hedline").content(), head.find("title").content())),
		Section:  oneLine(cmp.Or(head.find("pubdata").attr("position.section"), head.find("tobject").attr("tobject.type"))),
		Agency:   oneLine(cmp.Or(front.find("distributor", "org").content(), front.find("distributor").content(), data.find("doc.copyright").attr("holder"), head.find("pubdata").attr("name"))),
		Language: page.LanguageTag(cmp.Or(root.attr("lang"), body.attr("lang"))),
		URL:      webAddress(head.find("pubdata").attr("ex-ref")),
		Status:   status(data.attr("management-status")),
	}
	report.Published = r.time(data.find("date.issue").attr("norm"), data.find("date.release").attr("norm"), head.find("pubdata").attr("date.publication"), front.find("dateline", "story.date").attr("norm"))
	for _, b := range front.all("byline") {
		report.Byline = append(report.Byline, byline(cmp.Or(b.find("person").content(), b.ownText()))...)
	}
	for _, k := range data.find("key-list").all("keyword") {
		report.Tags = appendNew(report.Tags, oneLine(k.attr("key")))
	}
	report.Text = withDateline(front.find("dateline").content(), page.Text(body.find("body.content").html()))
	return Item{GUID: cmp.Or(data.find("doc-id").attr("id-string"), data.find("du-key").attr("key")), Report: report}
}

// newsItem reads an item of NewsML-G2.
func (r *reader) newsItem(item *node) Item {
	meta, content := item.find("itemMeta"), item.find("contentMeta")
	body := r.body(item.find("contentSet"))
	report := &news.Report{
		Title:    cmp.Or(headline(content), oneLine(meta.find("title").content()), body.Title),
		Agency:   cmp.Or(name(content.find("infoSource")), name(meta.find("provider")), name(content.find("creator")), body.Agency),
		Section:  cmp.Or(oneLine(content.find("genre", "name").content()), body.Section),
		Language: page.LanguageTag(cmp.Or(content.find("language").attr("tag"), item.attr("lang"), body.Language)),
		Status:   cmp.Or(status(meta.find("pubStatus").attr("qcode")), signal(meta)),
		URL:      body.URL,
	}
	report.Published = r.time(content.find("contentCreated").content(), meta.find("firstCreated").content(), meta.find("versionCreated").content())
	report.Modified = r.time(content.find("contentModified").content(), meta.find("versionCreated").content())
	if !report.Modified.After(report.Published) {
		report.Modified = time.Time{}
	}
	for _, by := range content.all("by") {
		report.Byline = append(report.Byline, byline(by.content())...)
	}
	if len(report.Byline) == 0 {
		report.Byline = body.Byline
	}
	for _, tag := range append(content.all("subject"), content.all("keyword")...) {
		report.Tags = appendNew(report.Tags, cmp.Or(oneLine(tag.find("name").content()), oneLine(tag.ownText())))
	}
	for _, link := range append(meta.all("link"), content.all("altId")...) {
		report.URL = cmp.Or(report.URL, webAddress(link.attr("href")))
	}
	report.Text = withDateline(content.find("dateline").content(), body.Text)
	if class := meta.find("itemClass").attr("qcode"); class != "" && !strings.HasSuffix(class, ":text") && !strings.HasSuffix(class, ":composite") {
		report.Text = ""
	}
	return Item{GUID: item.attr("guid"), Report: report}
}

// body reads the first content that holds a text: NITF, XHTML or plain.
func (r *reader) body(set *node) *news.Report {
	if set == nil {
		return &news.Report{}
	}
	for _, c := range set.children {
		switch c.name {
		case "inlineXML":
			if inner := c.find("nitf"); inner != nil {
				if it := r.nitf(inner); it.Report.Text != "" {
					return it.Report
				}
				continue
			}
			if text := page.Text(c.html()); text != "" {
				return &news.Report{Text: text}
			}
		case "inlineData":
			if text := inlineText(c); text != "" {
				return &news.Report{Text: text}
			}
		}
	}
	return &news.Report{}
}

// inlineText is content that is written as text, which may be mark-up in its
// turn.
func inlineText(c *node) string {
	text := c.rawText()
	if strings.Contains(c.attr("contenttype"), "html") {
		return page.Text(text)
	}
	return plainText(text)
}

// plainText keeps the paragraphs of a text that has its own.
func plainText(text string) string {
	var out []string
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = oneLine(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, "\n\n")
}

// headline is the main one of several.
func headline(content *node) string {
	first := ""
	for _, h := range content.all("headline") {
		text := oneLine(h.content())
		if role := h.attr("role"); strings.HasSuffix(role, ":main") || strings.HasSuffix(role, ":headline") {
			return text
		}
		first = cmp.Or(first, text)
	}
	return first
}

// name is that of a party.
func name(party *node) string {
	return oneLine(cmp.Or(party.find("name").content(), party.attr("literal"), afterColon(party.attr("qcode"))))
}

func afterColon(qcode string) string {
	_, code, _ := strings.Cut(qcode, ":")
	return code
}

// status reads a publishing status of any of the formats.
func status(s string) string {
	switch strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "stat:") {
	case "canceled", "cancelled", "withdrawn", "withheld":
		return news.StatusWithdrawn
	}
	return ""
}

// signal tells a correction.
func signal(meta *node) string {
	for _, s := range meta.all("signal") {
		if strings.Contains(strings.ToLower(s.attr("qcode")), "correct") {
			return news.StatusCorrected
		}
	}
	return ""
}

// time is the first of the candidates that is one.
func (r *reader) time(candidates ...string) time.Time { return firstTime(r.zone, candidates...) }

var by = regexp.MustCompile(`(?i)^\s*by\s+`)

// byline splits the names of a byline.
func byline(s string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(by.ReplaceAllString(oneLine(s), ""), " and ", ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// withDateline puts a dateline that stands apart before the text, unless the
// text begins with one of that place.
func withDateline(dateline, text string) string {
	dateline = oneLine(dateline)
	words := strings.FieldsFunc(dateline, func(r rune) bool { return strings.ContainsRune(" ,.;:-–—()/", r) })
	if len(words) == 0 || text == "" {
		return text
	}
	if strings.Contains(strings.ToLower(text[:min(len(text), datelineWindow)]), strings.ToLower(words[0])) {
		return text
	}
	if strings.HasSuffix(dateline, "-") || strings.HasSuffix(dateline, "–") || strings.HasSuffix(dateline, "—") || strings.HasSuffix(dateline, ".") {
		return dateline + " " + text
	}
	return dateline + " – " + text
}

// datelineWindow is how far into a text its dateline may stand, in bytes.
const datelineWindow = 60

func webAddress(s string) string {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	if s == "" {
		return list
	}
	return append(list, s)
}
