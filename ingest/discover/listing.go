package discover

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/selector"
)

// What a list of reports has at least: so many entries, with headlines of so
// many characters on average.
const (
	minEntries  = 4
	minHeadline = 20
)

// listing finds the part of a page that repeats: entries of one shape in one
// parent, each with a headline that links to a page of the site.
func listing(text, base string) (Found, bool) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return Found{}, false
	}
	doc.Find("script, style, nav, header, footer, aside, form").Remove()
	best, bestScore := feed.Selectors{}, 0
	doc.Find("body *").Each(func(_ int, parent *goquery.Selection) {
		for _, entries := range alike(parent) {
			if score, sel := weigh(entries, base); score > bestScore {
				best, bestScore = sel, score
			}
		}
	})
	if bestScore == 0 {
		return Found{}, false
	}
	best.Next = nextSelector(doc)
	list, err := feed.ParseListing(text, base, best, nil, "")
	if err != nil || len(list.Items) < minEntries {
		return Found{}, false
	}
	found := Found{Kind: KindListing, URL: base, Selectors: best, Title: list.Title, Items: len(list.Items)}
	for _, it := range list.Items {
		found.note(it)
	}
	return found, true
}

// alike are the children of an element that have one shape, by shapes.
func alike(parent *goquery.Selection) [][]*goquery.Selection {
	groups := map[string][]*goquery.Selection{}
	var order []string
	parent.Children().Each(func(_ int, child *goquery.Selection) {
		key := shape(child)
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], child)
	})
	var out [][]*goquery.Selection
	for _, key := range order {
		if len(groups[key]) >= minEntries {
			out = append(out, groups[key])
		}
	}
	return out
}

// plainClass is a class that can stand in a selector and is not one of a
// single entry.
var plainClass = regexp.MustCompile(`^[A-Za-z_][A-Za-z_-]*$`)

// shape is the selector of an element alone: its tag and its plain classes.
func shape(s *goquery.Selection) string {
	out := goquery.NodeName(s)
	classes := slices.DeleteFunc(strings.Fields(s.AttrOr("class", "")), func(c string) bool {
		return !plainClass.MatchString(c) || slices.Contains([]string{"first", "last", "odd", "even", "active"}, c)
	})
	for _, c := range classes[:min(len(classes), 2)] {
		out += "." + c
	}
	return out
}

// weigh returns how much the entries look like a list of reports, 0 for not
// at all, and the selectors that read it.
func weigh(entries []*goquery.Selection, base string) (int, feed.Selectors) {
	addresses, letters, dated, headed := map[string]bool{}, 0, 0, 0
	for _, e := range entries {
		link := headline(e)
		u, err := canonical.Absolute(base, link.AttrOr("href", ""))
		if err != nil || !canonical.SameSite(u, base) || addresses[u] {
			continue
		}
		addresses[u] = true
		letters += min(utf8.RuneCountInString(selector.Text(link)), 120)
		if e.Find("time").Length() > 0 {
			dated++
		}
		if e.Find("h1 a[href], h2 a[href], h3 a[href], h4 a[href]").Length() > 0 {
			headed++
		}
	}
	n := len(addresses)
	if n < minEntries || letters/n < minHeadline || 2*n < len(entries) {
		return 0, feed.Selectors{}
	}
	sel := feed.Selectors{Item: itemSelector(entries[0])}
	if headed == len(entries) {
		sel.Link = "h1 a[href], h2 a[href], h3 a[href], h4 a[href]"
	}
	if 2*dated > n {
		sel.Date = "time"
	} else if date := dateSelector(entries); date != "" {
		sel.Date, dated = date, n
	}
	return letters * (1 + min(dated, n)/n + min(headed, n)/n), sel
}

// headline is the link with the most words in an entry.
func headline(e *goquery.Selection) *goquery.Selection {
	if e.Is("a[href]") {
		return e
	}
	best := e.Find("a[href]").First()
	e.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if len(selector.Text(a)) > len(selector.Text(best)) {
			best = a
		}
	})
	return best
}

// itemSelector names the entries by their shape within the nearest elements
// above that have a name.
func itemSelector(entry *goquery.Selection) string {
	out := shape(entry)
	steps := 0
	for p := entry.Parent(); p.Length() > 0 && steps < 2 && p.Get(0).Type == html.ElementNode; p = p.Parent() {
		name := goquery.NodeName(p)
		if name == "body" || name == "html" {
			break
		}
		id := p.AttrOr("id", "")
		if plainClass.MatchString(id) {
			return name + "#" + id + " > " + out
		}
		out = shape(p) + " > " + out
		steps++
		if strings.Contains(shape(p), ".") {
			break
		}
	}
	return out
}

var dateClass = regexp.MustCompile(`(?i)date|time|published`)

// dateSelector is the class by which most entries name their date.
func dateSelector(entries []*goquery.Selection) string {
	counts := map[string]int{}
	for _, e := range entries {
		seen := map[string]bool{}
		e.Find("[class]").Each(func(_ int, s *goquery.Selection) {
			for _, c := range strings.Fields(s.AttrOr("class", "")) {
				if plainClass.MatchString(c) && dateClass.MatchString(c) && strings.ContainsAny(s.Text(), "0123456789") && !seen[c] {
					seen[c] = true
					counts[c]++
				}
			}
		})
	}
	best := ""
	for c, n := range counts {
		if 2*n > len(entries) && (best == "" || cmp.Or(n-counts[best], strings.Compare(best, c)) > 0) {
			best = c
		}
	}
	if best == "" {
		return ""
	}
	return "." + best
}

// nextSelector finds the link to the list's next page.
func nextSelector(doc *goquery.Document) string {
	for _, sel := range []string{"a[rel=next]", "link[rel=next]", "a.next", ".next > a", ".pagination a.next", ".pager-next a"} {
		if doc.Find(sel).Length() > 0 {
			return sel
		}
	}
	return ""
}
