package orgs

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// Find returns the organizations of r, whose text is t, in order of first
// mention. In a language other than English it looks up the gazetteer alone.
func (g *Gazetteer) Find(r *news.Report, t *lexicon.Text, tagged []names.Name) []news.Organization {
	f := &finder{g: g, r: r, words: t.Words, roles: g.roles.Of(t)}
	f.readNations()
	if t.Language != lexicon.English {
		f.home = homes[t.Language]
		f.cover()
		f.lookUp()
		f.weighCountries()
		return f.join()
	}
	f.tagged, f.capitals = tagged, !strings.ContainsFunc(r.Text, unicode.IsLower)
	f.cover()
	f.scan()
	f.keepTagged()
	f.define()
	f.weighCountries()
	return f.join()
}

// homes are the countries whose bodies a text in their language speaks of
// without naming the country.
var homes = map[string]string{"az": "AZ", "tr": "TR"}

// lookUp takes the names and acronyms of the gazetteer alone.
func (f *finder) lookUp() {
	for i := 0; i < len(f.words); {
		m := mention{country: -1}
		n := 0
		if f.words[i].Capital {
			if n, m.bodies = f.g.names.Longest(f.words, i); n > 0 {
				m.country = f.countryBeside(i, i+n, m.bodies)
			}
		}
		for _, acronyms := range []*lexicon.Trie{&f.g.local, &f.g.acronyms} {
			if short, values := acronyms.Longest(f.words, i); short > n && f.inCapitals(i) {
				n, m = short, mention{bodies: values, country: -1, acronym: true}
			}
		}
		if n > 0 {
			f.add(i, i+n, m)
		}
		i += max(n, 1)
	}
}

// countryBeside is the country right before or after the name [i,end), as
// Azerbaijani and Turkish ("Gürcüstan Gəlirlər Xidməti") and Russian ("Служба
// доходов Грузии") write it, or -1.
func (f *finder) countryBeside(i, end int, bodies []int32) int {
	if c, _ := f.countryAt(end); c >= 0 && f.fits(bodies, c) {
		return c
	}
	for k := max(0, i-longestCountry); k < i; k++ {
		if c, after := f.countryAt(k); c >= 0 && after == i && f.fits(bodies, c) {
			return c
		}
	}
	return -1
}

// longestCountry is the number of words a country's name has at most.
const longestCountry = 4

// inCapitals reports whether word i is in capitals up to an ending.
func (f *finder) inCapitals(i int) bool {
	upper := 0
	for _, c := range f.words[i].Text {
		if !unicode.IsUpper(c) {
			break
		}
		upper++
	}
	return upper > 1
}

// mention is a place in the text that names a body.
type mention struct {
	span news.Span
	// bodies are the readings in the gazetteer, none for an unknown body.
	bodies []int32
	// country is the index of the country named with it, or -1.
	country int
	kind    string
	// acronym says that the mention is an acronym.
	acronym bool
}

type finder struct {
	g     *Gazetteer
	r     *news.Report
	words []lexicon.Word
	roles []lexicon.Role // of each word
	// nations are the countries and nations that begin at each word.
	nations []nation
	tagged  []names.Name
	// capitals marks a text that has nothing else, so that they tell nothing.
	capitals bool

	people, places *lexicon.Cover
	// lower are the words that the text has in lower case, nil before they are
	// asked for.
	lower map[string]bool
	// home is the country of a text's language, or "".
	home string
	// surnames are the last words of the tagged people.
	surnames map[string]bool
	mentions []mention
	// blocked are names of events: no part of them is a body.
	blocked []news.Span
	// defined are the acronyms that the text defines, and where their names
	// stand.
	defined map[string]news.Span
	weight  map[string]float64
}

func (f *finder) cover() {
	var people, places []news.Span
	f.surnames = map[string]bool{}
	for _, n := range f.tagged {
		switch n.Kind {
		case names.Person:
			people = append(people, f.personal(n.Span))
		case names.Location:
			places = append(places, n.Span)
		}
	}
	f.people, f.places = lexicon.NewCover(people), lexicon.NewCover(places)
}

// personal notes the surname of a tagged person and returns the span of the
// name without the noun of a body that the tagger took for its beginning.
func (f *finder) personal(span news.Span) news.Span {
	i, end := f.wordsIn(span)
	if i == end {
		return span
	}
	f.surnames[f.words[end-1].Fold] = true
	if end-i > 2 && f.is(i, headNoun) {
		span.Start = f.words[i+1].Span.Start
	}
	return span
}

// wordsIn returns the range of the words that lie in span.
func (f *finder) wordsIn(span news.Span) (i, end int) {
	i, _ = slices.BinarySearchFunc(f.words, span.Start, func(w lexicon.Word, at int) int { return w.Span.Start - at })
	for end = i; end < len(f.words) && f.words[end].Span.End <= span.End; {
		end++
	}
	return i, end
}

// scan goes once through the text and takes the longest name at each word.
func (f *finder) scan() {
	for i := 0; i < len(f.words); {
		i = max(f.at(i), i+1)
	}
}

// at takes the name that begins at word i, if any, and returns the index of
// the word after it.
func (f *finder) at(i int) int {
	w := f.words[i]
	if !w.Letters {
		if end := f.quotedName(i); end > 0 {
			return f.add(i, end, mention{country: -1})
		}
		return i
	}
	if n, values := f.acronym(i); n > 0 && f.written(i, n) {
		return f.add(i, i+n, mention{bodies: values, country: -1, acronym: true})
	}
	if !w.Capital {
		return i
	}
	known := f.known(i)
	chunk, event := f.chunk(i)
	switch {
	case event > 0:
		f.blocked = append(f.blocked, f.span(i, event))
		return event
	case known.end > 0 && (known.end >= chunk || f.words[known.end].Is("for", "on")):
		f.add(i, known.end, known.mention)
		f.nested(i+1, known.end, known.bodies)
		return known.end
	case chunk > 0:
		end := f.add(i, chunk, mention{country: -1})
		f.nested(i+1, chunk, nil)
		return end
	}
	return i
}

// acronym returns the bodies of the longest acronym at word i and its words, 0
// for none. Few words without a capital open one.
func (f *finder) acronym(i int) (n int, bodies []int32) {
	if !f.words[i].Capital && f.words[i].Letters && !f.g.lowerAcronyms {
		return 0, nil
	}
	return f.g.acronyms.Longest(f.words, i)
}

// written reports whether the words stand as an acronym is written. Among
// words that are all in capitals those that are also common words are not.
func (f *finder) written(i, n int) bool {
	if f.g.mixed[f.span(i, i+n).Of(f.r.Text)] {
		return n > 1 || !f.is(i, commonWord) || !f.shouted(i)
	}
	for _, w := range f.words[i : i+n] {
		if w.Letters && !w.Upper {
			return false
		}
	}
	return true
}

// shouted reports whether a word beside word i is in capitals too.
func (f *finder) shouted(i int) bool {
	return i > 0 && f.words[i-1].Upper || i+1 < len(f.words) && f.words[i+1].Upper
}

// nested takes the known bodies within the name of another: acronyms, and names
// after a small word ("Academy of the State Customs Committee"). The readings
// of the whole name are outer.
func (f *finder) nested(i, end int, outer []int32) {
	for ; i < end; i++ {
		if n, values := f.acronym(i); n > 0 && i+n <= end && f.written(i, n) {
			f.add(i, i+n, mention{bodies: values, country: -1, acronym: true})
		} else if k := f.known(i); f.words[i].Capital && !f.words[i-1].Capital && k.end > 0 && k.end <= end && !intersect(k.bodies, outer) {
			i = f.add(i, k.end, k.mention) - 1
		}
	}
}

func intersect(a, b []int32) bool {
	return slices.ContainsFunc(a, func(v int32) bool { return slices.Contains(b, v) })
}

func (f *finder) span(i, end int) news.Span {
	return news.Span{Start: f.words[i].Span.Start, End: f.words[end-1].Span.End}
}

func (f *finder) add(i, end int, m mention) int {
	m.span, m.kind = f.span(i, end), news.MentionName
	f.mentions = append(f.mentions, m)
	return end
}

// knownName is a name of the gazetteer together with the country beside it.
type knownName struct {
	mention
	end int
}

// known reads a name of the gazetteer at word i, with the country before it
// ("Azerbaijan State Customs Committee", "Georgian Foreign Ministry") or after
// it ("Ministry of Finance of Georgia").
func (f *finder) known(i int) knownName {
	country, start := -1, i
	n, values := f.g.names.Longest(f.words, i)
	if n == 0 {
		if country, start = f.countryAt(i); country < 0 {
			return knownName{}
		}
		if start < len(f.words) && f.words[start].Is("'s", "republic's") {
			start++
		}
		if start >= len(f.words) || !f.words[start].Capital {
			return knownName{}
		}
		n, values = f.g.names.Longest(f.words, start)
		if n == 0 || !f.fits(values, country) {
			return knownName{}
		}
	}
	if n == 2 && !f.words[start+1].Capital {
		return knownName{} // "Polish customs"
	}
	end := start + n
	if country < 0 {
		if c, after := f.countryAfter(end); c >= 0 && f.fits(values, c) {
			country, end = c, after
		}
	}
	return knownName{mention{bodies: values, country: country}, end}
}

// countryAt reads a country or nation at word i.
func (f *finder) countryAt(i int) (country, end int) {
	if i >= len(f.words) || !f.words[i].Capital {
		return -1, i
	}
	n := f.nations[i]
	if n.words == 0 {
		return -1, i
	}
	return int(n.country), i + int(n.words)
}

// nation is a country by its index, or its people, and the words that name it,
// 0 for none.
type nation struct{ country, words int32 }

func (f *finder) readNations() {
	f.nations = make([]nation, len(f.words))
	for i := range f.words {
		if !f.words[i].Capital {
			continue
		}
		if n, values := f.g.countries.Longest(f.words, i); n > 0 {
			f.nations[i] = nation{values[0], int32(n)}
		}
	}
}

// countryAfter reads "of [the] COUNTRY" at word i.
func (f *finder) countryAfter(i int) (country, end int) {
	if i >= len(f.words) || !f.words[i].Is("of") {
		return -1, i
	}
	i++
	if i < len(f.words) && f.words[i].Is("the") {
		i++
	}
	return f.countryAt(i)
}

// fits reports whether one of the bodies can be that of the country.
func (f *finder) fits(bodies []int32, country int) bool {
	return slices.ContainsFunc(bodies, func(v int32) bool {
		b := &f.g.bodies[v]
		return b.national || b.Country == f.g.country[country].Code
	})
}
