package quotes

import (
	"strings"

	"github.com/dateline-news/dateline/news"
)

// cast is the people and organizations of a report, ready to be looked up by
// the words that name them.
type cast struct {
	r *news.Report
	d *document
	// by is, for each word, one more than the index in who of the mention that
	// covers it.
	by  []int32
	who []member
	// last is the person who spoke last.
	last *news.Speaker
	// holders are the people by the words of the posts they hold.
	holders map[string][]holder
}

// holder is a person in an office, and the folded names of both.
type holder struct {
	person *news.Person
	role   string
}

// member is a mention of a person or an organization.
type member struct {
	mention news.Mention
	person  *news.Person
	org     *news.Organization
}

func newCast(r *news.Report, d *document) *cast {
	c := &cast{r: r, d: d, by: make([]int32, len(d.Words)), who: make([]member, 0, 2*(len(r.Organizations)+len(r.People)))}
	for i := range r.Organizations {
		o := &r.Organizations[i]
		for _, m := range o.Mentions {
			c.place(member{mention: m, org: o})
		}
	}
	for i := range r.People {
		p := &r.People[i]
		c.noteRoles(p)
		for _, m := range p.Mentions {
			c.place(member{mention: m, person: p})
		}
	}
	return c
}

// noteRoles files a person under the words of the posts they hold.
func (c *cast) noteRoles(p *news.Person) {
	for _, role := range p.Roles {
		h := holder{p, news.Fold(role.Organization + " " + role.Title)}
		for w := range strings.FieldsFuncSeq(news.Fold(role.Title), func(r rune) bool { return r == ' ' || r == '-' }) {
			if c.holders == nil {
				c.holders = map[string][]holder{}
			}
			c.holders[post(w)] = append(c.holders[post(w)], h)
		}
	}
}

// place notes which words a mention covers; people go over organizations.
func (c *cast) place(m member) {
	c.who = append(c.who, m)
	for i := c.d.WordAt(m.mention.Span.Start); i < len(c.d.Words) && c.d.Words[i].Span.Start < m.mention.Span.End; i++ {
		c.by[i] = int32(len(c.who))
	}
}

// quotes gives statements their speakers.
func (c *cast) quotes(statements []statement) []news.Quote {
	var out []news.Quote
	end := -1
	for _, s := range statements {
		if s.span.Start < end {
			continue // inside the quote before
		}
		end = s.span.End
		out = append(out, news.Quote{
			Span:    s.span,
			Text:    c.d.wording(s),
			Kind:    s.kind,
			Cue:     s.cue,
			Speaker: c.speaker(s.speaker),
		})
	}
	return out
}

// wording is the words of a statement without the quotation marks around it.
func (d *document) wording(s statement) string {
	text := strings.TrimSpace(d.SpanOf(s.words).Of(d.text))
	if s.kind == Direct {
		text = strings.TrimRight(text, ",")
	}
	return text
}

// speaker resolves the phrase that names a speaker.
func (c *cast) speaker(p phrase) *news.Speaker {
	if p.Empty() {
		return nil
	}
	if p.To-p.From == 1 && c.d.isPronoun(p.From) {
		return c.pronoun(p)
	}
	s := c.named(p)
	if s == nil {
		s = c.byRole(p)
	}
	if s == nil {
		s = c.unknown(p)
	}
	if s.Kind == SpeakerPerson {
		c.last = s
	}
	return s
}

func (d *document) isPronoun(i int) bool {
	return d.has(i, pronoun) || d.Is(i, "him", "her", "them", "me", "us")
}

// named is the member of the cast whose mention is the head of the phrase.
func (c *cast) named(p phrase) *news.Speaker {
	var org *member
	for i := p.To - 1; i >= p.From; i-- {
		n := c.by[i]
		if n == 0 {
			continue
		}
		m := &c.who[n-1]
		if m.person != nil {
			return personSpeaker(m.person, m.mention.Span)
		}
		if org == nil && i == p.To-1 {
			org = m
		}
	}
	if org == nil || c.titled(p, org.mention.Span) {
		return nil
	}
	return &news.Speaker{Kind: SpeakerOrganization, ID: org.org.ID, Name: org.org.Name, Span: org.mention.Span}
}

// titled reports whether words before the organization in p make the phrase
// one for a person: "the head of the ministry".
func (c *cast) titled(p phrase, org news.Span) bool {
	for i := p.From; i < p.To && c.d.Words[i].Span.Start < org.Start; i++ {
		if !c.d.has(i, determiner) && c.d.Words[i].Letters {
			return true
		}
	}
	return false
}

func personSpeaker(p *news.Person, span news.Span) *news.Speaker {
	return &news.Speaker{Kind: SpeakerPerson, ID: p.ID, Name: p.Name, Span: span}
}

// pronoun resolves he and she by the mention the report has for the word,
// else by whoever spoke last or was named last before it.
func (c *cast) pronoun(p phrase) *news.Speaker {
	span := c.d.SpanOf(p)
	if n := c.by[p.From]; n != 0 && c.who[n-1].person != nil {
		s := personSpeaker(c.who[n-1].person, span)
		c.last = s
		return s
	}
	if !c.d.Is(p.From, "he", "she", "him", "her", "who") {
		return &news.Speaker{Kind: SpeakerUnnamed, Name: span.Of(c.d.text), Span: span}
	}
	if m := c.lastPerson(p.From); m != nil {
		s := personSpeaker(m.person, span)
		c.last = s
		return s
	}
	if c.last != nil {
		s := *c.last
		s.Span = span
		return &s
	}
	return &news.Speaker{Kind: SpeakerUnnamed, Name: span.Of(c.d.text), Span: span}
}

// lastPerson is the person named last before word i, in the sentences just
// before it.
func (c *cast) lastPerson(i int) *member {
	low := max(0, int(c.d.Sentence[i])-3)
	for k := i - 1; k >= c.d.Sentences[low].From; k-- {
		if n := c.by[k]; n != 0 && c.who[n-1].person != nil && c.d.quoted[k] == 0 {
			return &c.who[n-1]
		}
	}
	return nil
}

// byRole is the one person of the report who holds the office that the phrase
// names: "the head of the committee".
func (c *cast) byRole(p phrase) *news.Speaker {
	office, body := c.office(p)
	if office == "" {
		return nil
	}
	var found *news.Person
	for _, h := range c.holders[post(office)] {
		if body != "" && !strings.Contains(h.role, body) {
			continue
		}
		if found != nil && found != h.person {
			return nil
		}
		found = h.person
	}
	if found == nil {
		return nil
	}
	return personSpeaker(found, c.d.SpanOf(p))
}

// office is the head noun of a role phrase and the head noun of the body it
// belongs to.
func (c *cast) office(p phrase) (office, body string) {
	for i := p.From; i < p.To; i++ {
		if c.d.Is(i, "of") && i > p.From {
			return c.d.Fold(i - 1), c.d.Fold(p.To - 1)
		}
	}
	if c.d.has(p.From, determiner) {
		return c.d.Fold(p.To - 1), ""
	}
	return "", ""
}

// posts are words for the same post, by the word that stands for all.
var posts = map[string]string{
	"chief": "head", "chairman": "head", "chairwoman": "head", "chair": "head", "chairperson": "head", "president": "head", "director": "head",
	"leader": "head", "boss": "head", "spokeswoman": "spokesman", "spokesperson": "spokesman", "secretary": "minister",
}

// post is the word that stands for all words of the post.
func post(word string) string {
	if p, ok := posts[word]; ok {
		return p
	}
	return word
}

// unknown is a speaker who is none of the cast, in the words of the text.
func (c *cast) unknown(p phrase) *news.Speaker {
	from := p.To
	for from > p.From && (c.d.isName(from-1) || from < p.To && c.d.has(from-1, nameJoiner) && from-2 >= p.From && c.d.isName(from-2) && !c.d.Is(from-1, "of", "the", "for")) {
		from--
	}
	kind := SpeakerUnnamed
	if from < p.To && from > p.From {
		p.From = from
	}
	if from < p.To && c.d.looksPersonal(p) {
		kind = SpeakerPerson
	}
	if c.d.has(p.From, determiner) && p.To-p.From > 1 && c.d.Is(p.From, "the", "a", "an") && from < p.To {
		p.From++
	}
	span := c.d.SpanOf(p)
	return &news.Speaker{Kind: kind, Name: strings.Join(strings.Fields(span.Of(c.d.text)), " "), Span: span}
}

// looksPersonal reports whether a name is one of a person by its look: two or
// three capitalized words none of which is a word for a body.
func (d *document) looksPersonal(p phrase) bool {
	if p.To-p.From > 4 {
		return false
	}
	for i := p.From; i < p.To; i++ {
		if w := d.Words[i]; !w.Capital && !d.has(i, nameJoiner) || w.Upper && len(w.Text) > 2 || d.has(i, source) || d.has(i, bodyNoun) || d.has(i, determiner) {
			return false
		}
	}
	return true
}
