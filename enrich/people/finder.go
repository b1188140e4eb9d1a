// Package people finds the persons a report speaks of: who they are, what
// office they hold or held, and every mention of each, be it the full name,
// the surname, a noun for the office or a pronoun. It prefers silence to a
// guess: a mention that could be of two persons is left out, and two persons
// of one surname stay two.
package people

import (
	"io/fs"
	"strings"
	"unicode"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// Finder finds people. It is safe for concurrent use.
type Finder struct {
	titles map[string]bool
	given  map[string]lexicon.Gender
	roles  lexicon.Roles
}

// The roles of words.
const (
	givenName  lexicon.Role = 1 << iota
	title                   // the noun of an office
	modifier                // it qualifies an office
	department              // the noun of a part of a body or a field of work
	body                    // the noun of a body
	small                   // one of smallWords
	titleNoun               // one of titleNouns
	passing                 // one of passingWords
	verb                    // one of verbs
	address                 // a form of address
	pronoun
	family   // a family name that is written first
	syllable // a part of a given name after one: see readFamilyFirst
)

// New reads gazetteers/people.yaml of fsys: the nouns of offices and the given
// names.
func New(fsys fs.FS) (*Finder, error) {
	offices, err := lexicon.ReadOffices(fsys)
	if err != nil {
		return nil, err
	}
	given, err := lexicon.GivenNames()
	if err != nil {
		return nil, err
	}
	for w := range offices.Men {
		given[w] = lexicon.Male
	}
	for w := range offices.Women {
		given[w] = lexicon.Female
		if offices.Men[w] {
			given[w] = lexicon.Either
		}
	}
	f := &Finder{titles: offices.Titles, given: given}
	lexicon.AddSet(&f.roles, givenName, given)
	lexicon.AddSet(&f.roles, title, offices.Titles)
	lexicon.AddSet(&f.roles, modifier, offices.Modifiers)
	lexicon.AddSet(&f.roles, department, offices.Departments)
	lexicon.AddSet(&f.roles, body, offices.Bodies)
	lexicon.AddSet(&f.roles, small, lexicon.Set(smallWords))
	lexicon.AddSet(&f.roles, titleNoun, lexicon.Set(titleNouns))
	lexicon.AddSet(&f.roles, passing, lexicon.Set(passingWords))
	lexicon.AddSet(&f.roles, verb, lexicon.Set(verbs))
	lexicon.AddSet(&f.roles, address, honorifics)
	lexicon.AddSet(&f.roles, pronoun, pronouns)
	lexicon.AddSet(&f.roles, family, eastAsian)
	return f, nil
}

// Find returns the people of r, whose text is t, in order of first mention. It
// uses the tagged names, and r.Organizations and r.Places where they are set.
// In a language other than English it returns nobody.
func (f *Finder) Find(r *news.Report, t *lexicon.Text, tagged []names.Name) []news.Person {
	if t.Language != lexicon.English {
		return nil
	}
	d := newDocument(f, r, t, tagged)
	d.findNames()
	d.readRoles()
	d.link()
	d.findNouns()
	d.findPronouns()
	return d.people()
}

// document is a report while its people are read.
type document struct {
	*Finder
	r        *news.Report
	text     string
	words    []lexicon.Word
	sentence []int32 // of each word
	bounds   []int   // first word of each sentence, and the number of words
	tagged   []names.Name
	// org and place are the index of the organization or place that each word
	// is part of, or -1; orgEnd is the word after that mention.
	org, place []int
	orgEnd     []int
	mentions   []*mention
	mentionAt  []int // index of the name mention each word is part of, or -1
	persons    []*person
	// byWord is the people by the sound of each part of their names.
	byWord map[string][]*person
	quoted []bool // each word: within a direct quotation
	// roles are those of the words.
	roles []lexicon.Role
	// uncapital says that the text has no capitals at all.
	uncapital bool
}

func newDocument(f *Finder, r *news.Report, t *lexicon.Text, tagged []names.Name) *document {
	d := &document{Finder: f, r: r, byWord: map[string][]*person{}, text: r.Text, words: t.Words, tagged: tagged}
	n := len(d.words)
	d.sentence, d.quoted, d.roles = t.Sentence, make([]bool, n), f.roles.Of(t)
	none := filled(4 * n)
	d.org, d.place, d.orgEnd, d.mentionAt = none[:n:n], none[n:2*n:2*n], none[2*n:3*n:3*n], none[3*n:]
	for _, s := range t.Sentences {
		d.bounds = append(d.bounds, s.From)
	}
	d.bounds = append(d.bounds, n)
	d.markQuotes()
	d.uncapital = !strings.ContainsFunc(r.Text, unicode.IsUpper)
	for i, o := range r.Organizations {
		for _, m := range o.Mentions {
			d.cover(t, m.Span, func(at, end int) {
				if d.orgEnd[at] < end {
					d.org[at], d.orgEnd[at] = i, end
				}
			})
		}
	}
	for i, p := range r.Places {
		for _, m := range p.Mentions {
			d.cover(t, m.Span, func(at, _ int) { d.place[at] = i })
		}
	}
	return d
}

func filled(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

// cover visits the words of span.
func (d *document) cover(t *lexicon.Text, span news.Span, visit func(at, end int)) {
	first := t.WordAt(span.Start)
	if first == len(d.words) || d.words[first].Span.Start != span.Start {
		return
	}
	end := first
	for end < len(d.words) && d.words[end].Span.Start < span.End {
		end++
	}
	for i := first; i < end; i++ {
		visit(i, end)
	}
}

// markQuotes marks the words between quotation marks; a paragraph's end closes
// a quotation that is left open.
func (d *document) markQuotes() {
	open := false
	for i, w := range d.words {
		if i > 0 && strings.Contains(d.text[d.words[i-1].Span.End:w.Span.Start], "\n\n") {
			open = false
		}
		switch w.Text {
		case "“", "«", "„":
			open = true
		case "”", "»":
			open = false
		case "\"", "''", "``":
			open = !open
		}
		d.quoted[i] = open
	}
}

func (d *document) span(i, end int) news.Span {
	return news.Span{Start: d.words[i].Span.Start, End: d.words[end-1].Span.End}
}

func (d *document) phrase(i, end int) string {
	if i >= end {
		return ""
	}
	return news.NormalSpace(d.span(i, end).Of(d.text))
}
