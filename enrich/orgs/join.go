package orgs

import (
	"math"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// weighCountries counts how often the text names each country, by code, and
// the bodies of each.
func (f *finder) weighCountries() {
	f.weight = map[string]float64{}
	for i := 0; i < len(f.words); i++ {
		if c, end := f.countryAt(i); c >= 0 {
			if end == len(f.words) || !f.is(end, foreign) {
				f.weight[f.g.country[c].Code]++
			}
			i = end - 1
		}
	}
	if f.home != "" {
		f.weight[f.home]++
	}
	for _, m := range f.mentions {
		if len(m.bodies) == 1 && f.g.bodies[m.bodies[0]].Country != "" {
			f.weight[f.g.bodies[m.bodies[0]].Country] += 0.5
		}
	}
}

// foreigners are the nouns before which a country is that of a guest.
const foreigners = "ambassador embassy envoy consul counterpart delegation"

// mainCountry is the country that the text names more than all others
// together, or "".
func (f *finder) mainCountry() string {
	var main string
	var most, all float64
	for code, w := range f.weight {
		all += w
		if w > most || w == most && code < main {
			main, most = code, w
		}
	}
	if most*2 <= all {
		return ""
	}
	return main
}

// join resolves the mentions and gathers those of each body.
func (f *finder) join() []news.Organization {
	j := joiner{finder: f, at: map[string]int{}, main: f.mainCountry(), national: map[int32]string{}, named: map[int32]bool{}}
	f.sort()
	for i := range f.mentions {
		m := &f.mentions[i]
		if len(m.bodies) == 1 {
			j.named[m.bodies[0]] = true
		}
		if m.country >= 0 {
			for _, v := range m.bodies {
				j.national[v] = f.g.country[m.country].Code
			}
		}
	}
	for i := range f.mentions {
		j.place(&f.mentions[i])
	}
	j.nouns()
	j.aliases()
	return j.found
}

type joiner struct {
	*finder
	found []news.Organization
	// at is the index in found by id.
	at   map[string]int
	main string
	// national is the country that a national body is named with in the text.
	national map[int32]string
	// named are the bodies that some mention names and no other.
	named map[int32]bool
}

// place adds a mention to the body it names.
func (j *joiner) place(m *mention) {
	o := j.read(m)
	if o.ID == "" {
		return
	}
	n, ok := j.at[o.ID]
	if !ok {
		n = len(j.found)
		j.at[o.ID] = n
		j.found = append(j.found, o)
	}
	if j.found[n].Acronym == "" {
		j.found[n].Acronym = o.Acronym
	}
	j.found[n].Mentions = append(j.found[n].Mentions, news.Mention{Span: m.span, Kind: m.kind})
}

// read says which organization the mention names.
func (j *joiner) read(m *mention) news.Organization {
	if short := m.span.Of(j.r.Text); m.acronym || len(m.bodies) == 0 {
		if name := j.definition(short); name != nil && name != m {
			o := j.spelled(name) // not read: acronyms may define each other
			if o.Acronym == "" {
				o.Acronym = short
			}
			return o
		}
	}
	return j.spelled(m)
}

// definition is the mention that the text explains the acronym by, nil when it
// explains it by none.
func (j *joiner) definition(short string) *mention {
	span, ok := j.defined[short]
	if !ok {
		return nil
	}
	i, found := slices.BinarySearchFunc(j.mentions, span, func(m mention, s news.Span) int { return compareSpans(m.span, s) })
	if !found {
		return nil
	}
	return &j.mentions[i]
}

// spelled says which organization the mention names by itself, whatever the
// text defines.
func (j *joiner) spelled(m *mention) news.Organization {
	if b := j.choose(m); b != nil {
		return b.organization(j.countryOf(m))
	}
	name := news.NormalSpace(m.span.Of(j.r.Text))
	if strings.ContainsAny(name, "\"“”«»") {
		name = unquoted.Replace(name)
	}
	return news.Organization{ID: news.Slug(name), Name: name}
}

// unquoted takes the quotation marks out of a name.
var unquoted = strings.NewReplacer("\"", "", "“", "", "”", "", "«", "", "»", "")

// choose returns the body of the gazetteer that the mention names, nil when
// there is none or the text does not tell which.
func (j *joiner) choose(m *mention) *body {
	bodies := m.bodies
	if m.country >= 0 {
		bodies = slices.DeleteFunc(slices.Clone(bodies), func(v int32) bool { return !j.fits([]int32{v}, m.country) })
	}
	if len(bodies) == 1 {
		return &j.g.bodies[bodies[0]]
	}
	best, most := (*body)(nil), 0.0
	for _, v := range bodies {
		b := &j.g.bodies[v]
		w := j.weight[b.Country]
		switch {
		case b.national && j.main != "":
			w = 0.1
		case b.national:
			w = 0.05
		case b.Country == "":
			w = 0.07 // of all the world, where no country is at home in the text
		}
		switch {
		case j.named[v]:
			w = math.Inf(1)
		case j.parentNamed(b):
			w += 0.5
		}
		switch {
		case w > most:
			best, most = b, w
		case w == most:
			best = nil
		}
	}
	return best
}

// parentNamed reports whether the text names the body that b is part of.
func (j *joiner) parentNamed(b *body) bool {
	if b.Parent == "" {
		return false
	}
	for v := range j.named {
		if j.g.bodies[v].Name == b.Parent {
			return true
		}
	}
	return false
}

// countryOf is the country whose national body the mention names: the one
// named with it, or with the same body elsewhere, or the report's own.
func (j *joiner) countryOf(m *mention) *lexicon.Country {
	if m.country >= 0 {
		return &j.g.country[m.country]
	}
	code := j.main
	for _, v := range m.bodies {
		if c, ok := j.national[v]; ok {
			code = c
		}
	}
	i, ok := j.g.codes[code]
	if !ok {
		return nil
	}
	return &j.g.country[i]
}

// mostAliases is how many names besides its own a body is given.
const mostAliases = 16

// aliases notes the names that the report uses besides the body's own.
func (j *joiner) aliases() {
	for n := range j.found {
		o := &j.found[n]
		for _, m := range o.Mentions {
			name := news.NormalSpace(m.Span.Of(j.r.Text))
			if len(o.Aliases) < mostAliases && m.Kind == news.MentionName && name != o.Name && name != o.Acronym && !slices.Contains(o.Aliases, name) {
				o.Aliases = append(o.Aliases, name)
			}
		}
	}
}

// nouns adds "the committee" and its like to the body that was last named with
// that noun.
func (j *joiner) nouns() {
	var at []int
	for i := 1; i < len(j.words); i++ {
		if j.is(i, headNoun) && !j.is(i, massNoun) && j.words[i-1].Is("the") && !j.continues(i) {
			at = append(at, i)
		}
	}
	if len(at) > 0 {
		j.addNouns(at)
	}
	for n := range j.found {
		slices.SortFunc(j.found[n].Mentions, func(a, b news.Mention) int { return a.Span.Start - b.Span.Start })
	}
}

// addNouns adds those of the nouns at the words that a body was named with.
func (j *joiner) addNouns(at []int) {
	last := map[string]int{}
	type named struct {
		end, org int
	}
	var order []named
	for n, o := range j.found {
		for _, m := range o.Mentions {
			order = append(order, named{m.Span.End, n})
		}
	}
	slices.SortFunc(order, func(a, b named) int { return a.end - b.end })
	nouns := make([][]string, len(j.found))
	for n, o := range j.found {
		for _, w := range lexicon.Words(o.Name) {
			if j.g.is(w.Fold, headNoun) && !j.g.is(w.Fold, massNoun) {
				nouns[n] = append(nouns[n], w.Fold)
			}
		}
	}
	taken := j.taken()
	for _, i := range at {
		w := &j.words[i]
		for len(order) > 0 && order[0].end <= w.Span.Start {
			for _, noun := range nouns[order[0].org] {
				last[noun] = order[0].org
			}
			order = order[1:]
		}
		if org, ok := last[w.Fold]; ok && !taken.Overlaps(w.Span) {
			j.found[org].Mentions = append(j.found[org].Mentions, news.Mention{Span: w.Span, Kind: news.MentionNoun})
		}
	}
}

// continues reports whether the noun at i goes on to say which one it is: "the
// committee of ministers", "the bank account".
func (j *joiner) continues(i int) bool {
	return i+1 < len(j.words) && (j.words[i+1].Is("of", "for") || j.words[i+1].Capital && !strings.Contains(j.r.Text[j.words[i].Span.End:j.words[i+1].Span.Start], "\n"))
}
