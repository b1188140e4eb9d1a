package events

import (
	"slices"
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
	r     *news.Report
	text  string
	dates []news.Date // of the report, each with a start
	body  int         // first word after the dateline
	// roles are those of each word.
	roles []lexicon.Role
	// What annotation covers each word: one more than its index, 0 for none.
	date, place, org, person, quote []int32
	places                          []placeMention
	byName                          *namesakes
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

func newDocument(r *news.Report, t *lexicon.Text, s *scratch) *document {
	s.roles = roles.AppendOf(s.roles[:0], t)
	d := &document{Text: t, r: r, text: r.Text, roles: s.roles, dates: started(r.Dates)}
	if a := r.Anchor(); !a.IsZero() {
		d.anchor = news.DayOf(a).Time
	} else if r.Dateline != nil {
		d.anchor = r.Dateline.Date.Time
	}
	d.layAnnotations(s)
	return d
}

// started are dates of which the ones that tell only a last day ("no later than
// 1 March") begin on that day.
func started(dates []news.Date) []news.Date {
	open := func(date news.Date) bool { return date.Start.IsZero() && date.End.Day }
	if !slices.ContainsFunc(dates, open) {
		return dates
	}
	dates = slices.Clone(dates)
	for i := range dates {
		if open(dates[i]) {
			dates[i].Start = dates[i].End.AddDays(-1)
		}
	}
	return dates
}

func (d *document) layAnnotations(s *scratch) {
	n := len(d.Words)
	s.cover = slices.Grow(s.cover[:0], 5*n)[:5*n]
	all := s.cover
	clear(all)
	d.date, d.place, d.org, d.person, d.quote = all[:n], all[n:2*n], all[2*n:3*n], all[3*n:4*n], all[4*n:]
	if d.r.Dateline != nil {
		for d.body < n && d.Words[d.body].Span.Start < d.r.Dateline.Span.End {
			d.body++
		}
	}
	for i := range d.dates {
		d.lay(d.date, d.dates[i].Span, i)
	}
	d.skipLead()
	for i := range d.r.Quotes {
		if d.r.Quotes[i].Kind == "direct" {
			d.lay(d.quote, d.r.Quotes[i].Span, i)
		}
	}
	d.places = make([]placeMention, 0, len(d.r.Places))
	d.orgs = make([]orgMention, 0, len(d.r.Organizations))
	d.people = make([]personMention, 0, len(d.r.People))
	for i := range d.r.Places {
		for _, m := range d.r.Places[i].Mentions {
			p := d.lay(d.place, m.Span, len(d.places))
			d.places = append(d.places, placeMention{&d.r.Places[i], p, m.Kind})
		}
	}
	for i := range d.r.Organizations {
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

// namesakes are the places and organizations of a report by their names.
type namesakes struct {
	place map[string]*news.Place
	org   map[string]*news.Organization
}

// named is filled when it is first asked for, which most reports never do.
func (d *document) named() *namesakes {
	if d.byName != nil {
		return d.byName
	}
	d.byName = &namesakes{make(map[string]*news.Place, len(d.r.Places)), make(map[string]*news.Organization, len(d.r.Organizations))}
	for i := range d.r.Places {
		d.byName.place[d.r.Places[i].Name] = &d.r.Places[i]
	}
	for i := range d.r.Organizations {
		d.byName.org[d.r.Organizations[i].Name] = &d.r.Organizations[i]
	}
	return d.byName
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

// contains reports whether the folded words stand in p.
func (d *document) contains(p phrase, want []string) bool {
	for i := p.From; i < p.To; i++ {
		if d.reads(i, p.To, want) {
			return true
		}
	}
	return false
}

// reads reports whether the folded words stand at word i, before word to.
func (d *document) reads(i, to int, want []string) bool {
	if i+len(want) > to {
		return false
	}
	for n, w := range want {
		if d.Words[i+n].Fold != w {
			return false
		}
	}
	return true
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
