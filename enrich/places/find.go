package places

import (
	"math"
	"slices"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// Find returns the places of r, whose text is t, in order of first mention. It
// uses the tagged names in English alone, and r.Organizations where they are
// set.
func (g *Gazetteer) Find(r *news.Report, t *lexicon.Text, tagged []names.Name) []news.Place {
	f := finder{g: g, r: r, words: t.Words, foreign: t.Language != lexicon.English, entries: map[int32]*entry{}}
	if !f.foreign {
		f.tagged = tagged
	}
	f.organizations = organizationCover(r)
	f.collect()
	f.weighCountries()
	return f.places()
}

// candidate is a phrase of the text that names one or more entries.
type candidate struct {
	span   news.Span
	values []int32
	from   int // index of its first word
	n      int
}

type finder struct {
	g      *Gazetteer
	r      *news.Report
	words  []lexicon.Word
	tagged []names.Name

	// foreign marks a text in another language than English.
	foreign bool

	organizations *lexicon.Cover

	entries    map[int32]*entry // those read so far, by number
	candidates []candidate
	sites      []site
	weight     map[string]float64 // by country code: how much the report speaks of it
}

func organizationCover(r *news.Report) *lexicon.Cover {
	var spans []news.Span
	for _, o := range r.Organizations {
		for _, m := range o.Mentions {
			spans = append(spans, m.Span)
		}
	}
	return lexicon.NewCover(spans)
}

// collect gathers the candidates with evidence that they are places.
func (f *finder) collect() {
	for i := 0; i < len(f.words); i++ {
		if !f.words[i].Capital {
			continue
		}
		if s, ok := f.siteAt(i); ok {
			f.sites = append(f.sites, s)
			i = s.end - 1
			continue
		}
		n, values := f.g.longest(f.words, i)
		if n == 0 {
			continue
		}
		c := candidate{
			span:   news.Span{Start: f.words[i].Span.Start, End: f.words[i+n-1].Span.End},
			values: values, from: i, n: n,
		}
		if f.evident(&c) {
			f.candidates = append(f.candidates, c)
			i += n - 1
		}
	}
}

// entry returns the place of a value.
func (f *finder) entry(v int32) *entry {
	if e, ok := f.entries[v>>2]; ok {
		return e
	}
	e := f.g.entry(v)
	f.entries[v>>2] = &e
	return &e
}

// weighCountries counts what speaks for each country: the countries, the
// capitals and the nations named, the dateline and the organizations.
func (f *finder) weighCountries() {
	f.weight = map[string]float64{}
	for _, c := range f.candidates {
		for _, v := range c.values {
			e := f.entry(v)
			switch {
			case e.kind == Country && len(c.values) == 1:
				f.weight[e.country]++
			case e.kind == Country:
				f.weight[e.country] += 0.5
			case e.capital || len(c.values) == 1:
				f.weight[e.country] += 0.5
			}
		}
	}
	for _, o := range f.r.Organizations {
		f.weight[o.Country] += 0.5
	}
	delete(f.weight, "")
}

// places resolves every candidate and gathers the mentions of each place.
func (f *finder) places() []news.Place {
	var found []news.Place
	at := map[int32]int{}
	for i := range f.candidates {
		c := &f.candidates[i]
		v := f.resolve(i)
		n, ok := at[v>>2]
		if !ok {
			n = len(found)
			at[v>>2] = n
			found = append(found, f.entry(v).place())
		}
		kind := news.MentionName
		if form(v&3) == demonym {
			kind = news.MentionNoun
		}
		found[n].Mentions = append(found[n].Mentions, news.Mention{Span: c.span, Kind: kind})
	}
	return f.addSites(found)
}

// addSites adds the sites, each with all its mentions, and puts the places in
// order of first mention.
func (f *finder) addSites(found []news.Place) []news.Place {
	at := map[string]int{}
	for _, s := range f.sites {
		p := f.sitePlace(s)
		if n, ok := at[p.Name]; ok {
			found[n].Mentions = append(found[n].Mentions, p.Mentions...)
			continue
		}
		at[p.Name] = len(found)
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b news.Place) int { return a.Mentions[0].Span.Start - b.Mentions[0].Span.Start })
	return found
}

// resolve chooses among the entries of candidate i.
func (f *finder) resolve(i int) int32 {
	c := &f.candidates[i]
	best, bestScore := c.values[0], math.Inf(-1)
	for _, v := range c.values {
		if s := f.score(v, i); s > bestScore {
			best, bestScore = v, s
		}
	}
	return best
}

// score says how likely the reading v of candidate i is.
func (f *finder) score(v int32, i int) float64 {
	e := f.entry(v)
	score := math.Log10(float64(e.population) + 1)
	switch {
	case e.kind == Country:
		score += 3
	case e.capital:
		score += 2
	case e.kind == Region:
		score += 5.2
	}
	if form(v&3) == otherName {
		score--
	}
	if e.own {
		score += 6
	}
	score += 2 * math.Min(f.weight[e.country], 3)
	if f.besides(i, e) {
		score += 10
	}
	if e.kind == Country && f.paired(i) {
		score += 6
	}
	return score
}

// paired reports whether "and" joins candidate i to the name of a country:
// "Georgia and Azerbaijan".
func (f *finder) paired(i int) bool {
	isCountry := func(e *entry) bool { return e.kind == Country }
	return f.joined(i, i+1) && f.anyEntry(i+1, isCountry) || f.joined(i-1, i) && f.anyEntry(i-1, isCountry)
}

// joined reports whether "and" alone stands between candidates i and next.
func (f *finder) joined(i, next int) bool {
	if i < 0 || next >= len(f.candidates) {
		return false
	}
	between := f.candidates[i].from + f.candidates[i].n
	return f.candidates[next].from == between+1 && f.words[between].Is("and", "və", "ve", "и")
}

// besides reports whether candidate i and the next one are written as a place
// and the country or region it lies in, "Paris, Texas", with e as one of them.
func (f *finder) besides(i int, e *entry) bool {
	if next := i + 1; f.listed(i, next) && f.anyEntry(next, func(outer *entry) bool { return outer.holds(e) }) {
		return true
	}
	previous := i - 1
	return f.listed(previous, i) && f.anyEntry(previous, func(inner *entry) bool { return e.holds(inner) })
}

// listed reports whether a comma alone stands between candidates i and next.
func (f *finder) listed(i, next int) bool {
	if i < 0 || next >= len(f.candidates) {
		return false
	}
	c := &f.candidates[i]
	return f.candidates[next].from == c.from+c.n+1 && f.words[c.from+c.n].Text == ","
}

func (f *finder) anyEntry(i int, fits func(*entry) bool) bool {
	return slices.ContainsFunc(f.candidates[i].values, func(v int32) bool { return fits(f.entry(v)) })
}

// holds reports whether e is the country or region of inner.
func (e *entry) holds(inner *entry) bool {
	return e.country == inner.country && inner.kind == City && (e.kind == Country || e.kind == Region && e.name == inner.region)
}

func (e *entry) place() news.Place {
	lat, lon := e.lat, e.lon
	p := news.Place{ID: e.id, Name: e.name, Country: e.country, Kind: e.kind}
	if lat != 0 || lon != 0 {
		p.Lat, p.Lon = &lat, &lon
	}
	return p
}
