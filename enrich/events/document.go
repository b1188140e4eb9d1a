package events

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// reach is how many words around an event are looked at within its sentence.
const reach = 60

// phrase is a range of words.
type phrase = lexicon.Phrase

// document is a report's words with the annotations that lie over them.
type document struct {
	*lexicon.Text
	r    *news.Report
	text string
	body int // first word after the dateline
	// What annotation covers each word: one more than its index, 0 for none.
	date, place, org, person, quote []int32
	places                          []placeMention
	placeNamed                      map[string]*news.Place
	orgNamed                        map[string]*news.Organization
	orgs                            []orgMention
	people                          []personMention
	anchor                          time.Time // the day of publication, zero when unknown
	vocabulary                      map[string]bool
}

type placeMention struct {
	place *news.Place
	words phrase
	kind  string
}

type orgMention struct {
	org   *news.Organization
	words phrase
	kind  string
}

type personMention struct {
	person *news.Person
	words  phrase
}

func newDocument(r *news.Report, t *lexicon.Text) *document {
	d := &document{Text: t, r: r, text: r.Text}
	if a := r.Anchor(); !a.IsZero() {
		d.anchor = news.DayOf(a).Time
	} else if r.Dateline != nil {
		d.anchor = r.Dateline.Date.Time
	}
	d.layAnnotations()
	return d
}

func (d *document) layAnnotations() {
	n := len(d.Words)
	d.date, d.place, d.org, d.person, d.quote = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	if d.r.Dateline != nil {
		for d.body < n && d.Words[d.body].Span.Start < d.r.Dateline.Span.End {
			d.body++
		}
	}
	for i := range d.r.Dates {
		d.lay(d.date, d.r.Dates[i].Span, i)
	}
	d.skipLead()
	for i := range d.r.Quotes {
		if d.r.Quotes[i].Kind == "direct" {
			d.lay(d.quote, d.r.Quotes[i].Span, i)
		}
	}
	d.placeNamed = make(map[string]*news.Place, len(d.r.Places))
	d.orgNamed = make(map[string]*news.Organization, len(d.r.Organizations))
	for i := range d.r.Places {
		d.placeNamed[d.r.Places[i].Name] = &d.r.Places[i]
		for _, m := range d.r.Places[i].Mentions {
			p := d.lay(d.place, m.Span, len(d.places))
			d.places = append(d.places, placeMention{&d.r.Places[i], p, m.Kind})
		}
	}
	for i := range d.r.Organizations {
		d.orgNamed[d.r.Organizations[i].Name] = &d.r.Organizations[i]
		for _, m := range d.r.Organizations[i].Mentions {
			p := d.lay(d.org, m.Span, len(d.orgs))
			d.orgs = append(d.orgs, orgMention{&d.r.Organizations[i], p, m.Kind})
		}
	}
	for i := range d.r.People {
		for _, m := range d.r.People[i].Mentions {
			p := d.lay(d.person, m.Span, len(d.people))
			d.people = append(d.people, personMention{&d.r.People[i], p})
		}
	}
}

// skipLead moves the beginning of the body over what is left of a dateline:
// names, numbers and marks up to a dash or colon.
func (d *document) skipLead() {
	dated := false
	for i := d.body; i < len(d.Words) && i < d.body+20; i++ {
		w := &d.Words[i]
		switch {
		case d.date[i] != 0 && d.Words[i].Text != "-":
			dated = true
		case d.Is(i, "-", "–", "—", "--", ":") && (d.Is(i, ":") || d.before(i) == ' '):
			if (dated || d.Is(i-1, ")")) && i+1 < len(d.Words) {
				d.body = i + 1
			}
			return
		case w.Letters && !w.Capital, d.Is(i, ";", "?", "!"):
			return
		}
	}
}

// before is the byte before word i.
func (d *document) before(i int) byte {
	if start := d.Words[i].Span.Start; start > 0 {
		return d.text[start-1]
	}
	return ' '
}

// lay writes index+1 over the words of span.
func (d *document) lay(over []int32, span news.Span, index int) phrase {
	from := d.WordAt(span.Start)
	to := from
	for to < len(d.Words) && d.Words[to].Span.Start < span.End {
		over[to] = int32(index + 1)
		to++
	}
	return phrase{From: from, To: to}
}

// string is the text of a phrase with single spaces.
func (d *document) string(p phrase) string {
	if p.Empty() {
		return ""
	}
	return strings.Join(strings.Fields(d.SpanOf(p).Of(d.text)), " ")
}

// contains reports whether the words of name stand in p.
func (d *document) contains(p phrase, name string) bool {
	want := strings.Fields(strings.ToLower(name))
	for i := p.From; i+len(want) <= p.To; i++ {
		n := 0
		for n < len(want) && d.Words[i+n].Fold == want[n] {
			n++
		}
		if n == len(want) {
			return true
		}
	}
	return false
}

// speaksOf reports whether a word stands anywhere in the report.
func (d *document) speaksOf(word string) bool {
	if d.vocabulary == nil {
		d.vocabulary = make(map[string]bool, len(d.Words)/2)
		for i := range d.Words {
			d.vocabulary[d.Words[i].Fold] = true
		}
	}
	for w := range strings.FieldsSeq(strings.ToLower(word)) {
		if !d.vocabulary[w] {
			return false
		}
	}
	return true
}
