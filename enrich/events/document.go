package events

import (
	"strings"
	"time"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// reach is how many words around an event are looked at within its sentence.
const reach = 60

// phrase is a half-open range of words.
type phrase struct{ from, to int }

func (p phrase) empty() bool         { return p.from >= p.to }
func (p phrase) holds(word int) bool { return p.from <= word && word < p.to }

// document is a report's words with the annotations that lie over them.
type document struct {
	r         *news.Report
	text      string
	words     []lexicon.Word
	sentences []phrase
	sentence  []int32
	body      int // first word after the dateline
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

func newDocument(r *news.Report) *document {
	tokens := prose.Tokens(r.Text)
	d := &document{r: r, text: r.Text, words: make([]lexicon.Word, len(tokens)), sentence: make([]int32, len(tokens))}
	for i, t := range tokens {
		d.words[i] = lexicon.NewWord(r.Text, t.Span)
	}
	n := 0
	for _, group := range prose.Group(r.Text, tokens) {
		for range group {
			d.sentence[n] = int32(len(d.sentences))
			n++
		}
		d.sentences = append(d.sentences, phrase{n - len(group), n})
	}
	if a := r.Anchor(); !a.IsZero() {
		d.anchor = news.DayOf(a).Time
	} else if r.Dateline != nil {
		d.anchor = r.Dateline.Date.Time
	}
	d.layAnnotations()
	return d
}

func (d *document) layAnnotations() {
	n := len(d.words)
	d.date, d.place, d.org, d.person, d.quote = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	if d.r.Dateline != nil {
		for d.body < n && d.words[d.body].Span.Start < d.r.Dateline.Span.End {
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
	for i := d.body; i < len(d.words) && i < d.body+20; i++ {
		w := &d.words[i]
		switch {
		case d.date[i] != 0 && d.words[i].Text != "-":
			dated = true
		case d.is(i, "-", "–", "—", "--", ":") && (d.is(i, ":") || d.before(i) == ' '):
			if (dated || d.is(i-1, ")")) && i+1 < len(d.words) {
				d.body = i + 1
			}
			return
		case w.Letters && !w.Capital, d.is(i, ";", "?", "!"):
			return
		}
	}
}

// before is the byte before word i.
func (d *document) before(i int) byte {
	if start := d.words[i].Span.Start; start > 0 {
		return d.text[start-1]
	}
	return ' '
}

// lay writes index+1 over the words of span.
func (d *document) lay(over []int32, span news.Span, index int) phrase {
	from := d.wordAt(span.Start)
	to := from
	for to < len(d.words) && d.words[to].Span.Start < span.End {
		over[to] = int32(index + 1)
		to++
	}
	return phrase{from, to}
}

// wordAt is the first word that ends after byte offset.
func (d *document) wordAt(offset int) int {
	low, high := 0, len(d.words)
	for low < high {
		mid := (low + high) / 2
		if d.words[mid].Span.End <= offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func (d *document) fold(i int) string {
	if i < 0 || i >= len(d.words) {
		return ""
	}
	return d.words[i].Fold
}

func (d *document) is(i int, forms ...string) bool {
	return i >= 0 && i < len(d.words) && d.words[i].Is(forms...)
}

func (d *document) inSentence(i int) phrase { return d.sentences[d.sentence[i]] }

func (d *document) span(p phrase) news.Span {
	return news.Span{Start: d.words[p.from].Span.Start, End: d.words[p.to-1].Span.End}
}

// string is the text of a phrase with single spaces.
func (d *document) string(p phrase) string {
	if p.empty() {
		return ""
	}
	return strings.Join(strings.Fields(d.span(p).Of(d.text)), " ")
}

// contains reports whether the words of name stand in p.
func (d *document) contains(p phrase, name string) bool {
	want := strings.Fields(strings.ToLower(name))
	for i := p.from; i+len(want) <= p.to; i++ {
		n := 0
		for n < len(want) && d.words[i+n].Fold == want[n] {
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
		d.vocabulary = make(map[string]bool, len(d.words)/2)
		for i := range d.words {
			d.vocabulary[d.words[i].Fold] = true
		}
	}
	for w := range strings.FieldsSeq(strings.ToLower(word)) {
		if !d.vocabulary[w] {
			return false
		}
	}
	return true
}
