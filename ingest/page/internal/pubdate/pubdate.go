// Package pubdate tells when a page was published. A page says that in many
// places, and most pages name other days as well: of edits, comments, events
// and other articles. It promises to answer with a day that the page names, on
// the publisher's own calendar, or with nothing; and with the exact time where
// the page gives one for that day.
//
// Each day that a page names is described by who says it and where it stands;
// a forest, trained on labelled pages, tells how likely it is that of the
// publication.
package pubdate

import (
	_ "embed"
	"net/url"
	"time"

	"golang.org/x/net/html"

	"github.com/dateline-news/dateline/ingest/page/internal/forest"
)

// Kind is who names a time.
type Kind int

// The kinds, of the page's metadata first, then of its elements, scripts,
// address and text.
const (
	LinkedPublished Kind = iota // JSON-LD of the article
	LinkedCreated
	LinkedModified
	LinkedOther // JSON-LD of something else, such as the page
	MetaPublished
	MetaDate // a meta tag that does not say of what
	MetaModified
	ItemPublished // microdata
	ItemModified
	TimePublished // <time>, by its class or attribute
	TimeModified
	TimeElement
	ScriptPublished // data for scripts that is not JSON-LD
	HeadText        // the title or description in the page's head
	Address
	Visible
	kinds
)

// Named is a time that the page's metadata names.
type Named struct {
	Kind  Kind
	Value string
}

// Options say what is known of the page.
type Options struct {
	URL *url.URL
	// Title is the headline.
	Title string
	// Language is a BCP 47 tag or "".
	Language string
	// Location is the publisher's zone: that of times that name none, and that
	// whose calendar counts for times in UTC. nil means UTC for the former, and
	// that nothing is known for the latter.
	Location *time.Location
	Named    []Named
	// Image is the address of the lead image, whose path may name a month.
	Image string
}

// Page is a page whose days are known.
type Page struct {
	opts Options
	days []*candidate

	blocks int
	// titled says that the headline is known.
	titled bool
	// alike counts the dates that readers see in elements of one make.
	alike map[string]int
	// inAddress is the day, month or year that the address names, inImage that
	// of the lead image's.
	inAddress, inImage day
	// strengths are how strongly each day is named: see strength.
	strengths []float32
	// latest is the last day that the page names, and firstStamp the earliest
	// that its mark-up calls that of publication.
	latest, firstStamp int
	// given are the kinds that name any day.
	given [kinds]bool
}

// Read finds the days that a page names.
func Read(root *html.Node, opts Options) *Page {
	g := gatherer{opts: opts, page: &Page{opts: opts}, byDay: map[day]*candidate{}}
	g.gather(root)
	return g.page
}

// Published is the time of publication, or the zero time. dayOnly says that
// the page gives no time of that day; it is then midnight of the publisher's
// zone.
func (p *Page) Published() (t time.Time, dayOnly bool) { return p.PublishedBy(model(), LeastSure) }

// LeastSure is how probable a day must be to be given.
const LeastSure = .3

// PublishedBy is Published by another forest and bar.
func (p *Page) PublishedBy(f *forest.Forest, sure float64) (t time.Time, dayOnly bool) {
	var best *candidate
	var row []float32
	for i, c := range p.days {
		row = p.row(row[:0], i)
		if probability := f.Probability(row); probability >= sure {
			best, sure = c, probability
		}
	}
	if best == nil {
		return time.Time{}, false
	}
	return p.time(best)
}

// Len is the number of days that the page names.
func (p *Page) Len() int { return len(p.days) }

// Day is the ith of them, as 2006-01-02.
func (p *Page) Day(i int) string { return p.days[i].String() }

// Features describe the ith of them for training.
func (p *Page) Features(i int) []float32 { return p.row(nil, i) }

//go:embed model.json
var encoded []byte

// model is the trained forest.
var model = forest.Embedded("ingest/page/internal/pubdate/model.json", encoded)
