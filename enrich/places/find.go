package places

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// Find returns the places of r, whose text is t, in order of first mention. It
// uses the tagged names in English alone, and r.Organizations where they are
// set.
func (g *Gazetteer) Find(r *news.Report, t *lexicon.Text, tagged []names.Name) []news.Place {
	f := finder{g: g, r: r, words: t.Words, language: t.Language, foreign: t.Language != lexicon.English, entries: map[int32]*entry{}}
	if !f.foreign {
		f.tagged = tagged
	}
	f.uncapital = !strings.ContainsFunc(r.Text, unicode.IsUpper)
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

	// uncapital marks a text that has no capitals at all, foreign one in another
	// language than English.
	uncapital, foreign bool

	language string

	organizations *lexicon.Cover

	entries    map[int32]*entry // those read so far, by number
	candidates []candidate
	sites      []site
	weight     map[string]float64 // by country code: how much the report speaks of it
	// times is how often each name stands, by its first reading.
	times map[int32]float64
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
		if !f.words[i].Capital && !f.taggedWithoutCapital(i) {
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

// taggedWithoutCapital reports whether word i is tagged as part of a place in a
// text that has no capitals at all.
func (f *finder) taggedWithoutCapital(i int) bool {
	if !f.uncapital {
		return false
	}
	kind, _ := f.tag(f.words[i].Span)
	return kind == names.Location
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
	f.weight, f.times = map[string]float64{}, map[int32]float64{}
	for i := range f.candidates {
		c := &f.candidates[i]
		f.times[c.values[0]] += f.loudness(c)
		for k, v := range c.values {
			if country := f.entry(v).country; !f.readsEarlier(c, k, country) {
				f.weight[country] += f.loudness(c) * f.vote(c, country)
			}
		}
	}
	for _, o := range f.r.Organizations {
		f.weight[o.Country] += 0.5
	}
	if home := map[string]string{"az": "AZ", "tr": "TR", "ru": "RU"}[f.language]; home != "" {
		f.weight[home]++
	}
	delete(f.weight, "")
}

// readsEarlier reports whether a reading of the candidate before the one with
// the number is of the country.
func (f *finder) readsEarlier(c *candidate, number int, country string) bool {
	return slices.ContainsFunc(c.values[:number], func(v int32) bool { return f.entry(v).country == country })
}

// loudness is how much a candidate counts: one in the dateline counts twice.
func (f *finder) loudness(c *candidate) float64 {
	if f.r.Dateline != nil && f.r.Dateline.Span.Overlaps(c.span) {
		return 2
	}
	return 1
}

// vote is how much a candidate speaks for a country.
func (f *finder) vote(c *candidate, country string) float64 {
	only, state, capital := true, false, false
	for _, v := range c.values {
		e := f.entry(v)
		if e.country != country {
			only = false
			continue
		}
		state, capital = state || e.kind == Country, capital || e.capital
	}
	switch {
	case state && only:
		return 1
	case state, capital, only:
		return 0.5
	}
	return 0
}

// support is what speaks for a country besides the name of the candidate.
func (f *finder) support(c *candidate, country string) float64 {
	return max(0, f.weight[country]-f.times[c.values[0]]*f.vote(c, country))
}

// places resolves every candidate and gathers the mentions of each place.
func (f *finder) places() []news.Place {
	var found []news.Place
	at := map[string]int{} // by id
	for i := range f.candidates {
		c := &f.candidates[i]
		v := f.resolve(i)
		id := f.entry(v).id
		n, ok := at[id]
		if !ok {
			n = len(found)
			at[id] = n
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
	c, e := &f.candidates[i], f.entry(v)
	score := math.Log10(float64(e.population) + 1)
	switch {
	case e.kind == Country:
		score += 3
	case e.capital:
		score += 3
	case e.kind == Region:
		score += 5.2 + f.g.size(e.country)/10 + f.regional(i, e)
	}
	switch {
	case form(v&3) != otherName:
	case strings.HasPrefix(news.Fold(e.name), f.words[c.from].Fold[:1]):
		score -= 0.5 // a spelling: Odessa
	default:
		score -= 1.8 // a name of another day: Poti for Teresina
	}
	if e.own {
		score += 9
	}
	score += 2 * math.Min(f.support(c, e.country), 2)
	if f.besides(i, e) {
		score += 10
	}
	if e.kind == Country && (f.paired(i, isCountry) || f.governs(c)) {
		score += 6
	}
	return score
}

// regional is what speaks for a region, and what against it: the cities in it
// and the regions beside it that the report names, and the city of its name,
// which is meant where no word such as "province" follows.
func (f *finder) regional(i int, region *entry) float64 {
	c := &f.candidates[i]
	switch {
	case f.saysRegion(c):
		return 4
	case f.citySpelled(c, region):
		return -3
	}
	score := 0.0
	if f.paired(i, func(e *entry) bool { return e.kind == Region && e.country == region.country }) {
		score += 6
	}
	sibling := 0.0
	for k := range f.candidates[:min(len(f.candidates), mostNeighbours)] {
		other := &f.candidates[k]
		if other.values[0] == c.values[0] {
			continue
		}
		best := 0.0
		for n, v := range other.values {
			e := f.entry(v)
			switch {
			case region.holds(e) && n == f.largest(other):
				best = max(best, 4)
			case region.holds(e):
				best = max(best, 1.5)
			case e.kind == Region && e.country == region.country:
				sibling = 1.2
			}
		}
		score += best
	}
	return math.Min(score+sibling, 8)
}

// citySpelled reports whether the candidate is also a city in the region, by its
// name or another spelling of it: Odessa, but not Oklahoma City.
func (f *finder) citySpelled(c *candidate, region *entry) bool {
	return slices.ContainsFunc(c.values, func(v int32) bool {
		e := f.entry(v)
		spelling := strings.HasPrefix(news.Fold(e.name), f.words[c.from].Fold[:1]) && !strings.Contains(e.name, " ")
		return region.holds(e) && (form(v&3) == mainName || spelling)
	})
}

// mostNeighbours is how many of the places of a report are looked at for a
// region.
const mostNeighbours = 40

// largest is the index of the reading of a candidate with most people.
func (f *finder) largest(c *candidate) int {
	best := 0
	for n, v := range c.values {
		if f.entry(v).population > f.entry(c.values[best]).population {
			best = n
		}
	}
	return best
}

// saysRegion reports whether a word beside the candidate says that it is a
// region.
func (f *finder) saysRegion(c *candidate) bool {
	next := c.from + c.n
	after := next < len(f.words) && f.words[next].Is("region", "province", "oblast", "state", "district", "governorate", "prefecture", "county", "canton", "krai", "voivodeship")
	return after || c.from > 1 && f.words[c.from-1].Is("of") && f.words[c.from-2].Is("region", "province", "state", "district", "governorate", "county", "canton")
}

// governs reports whether what follows belongs to a state: "Georgia's
// parliament".
func (f *finder) governs(c *candidate) bool {
	i := c.from + c.n
	if i+1 >= len(f.words) || !f.words[i].Is("'s", "’s") {
		return false
	}
	i++
	if f.words[i].Is("foreign", "prime", "customs", "defence", "defense", "finance", "economy", "interior") && i+1 < len(f.words) {
		return true
	}
	return f.words[i].Is("president", "parliament", "premier", "ambassador", "army", "government", "capital", "embassy", "revenue", "border", "minister", "ministry")
}

func isCountry(e *entry) bool { return e.kind == Country }

// paired reports whether "and" joins candidate i to a name that can be of one
// that fits: "Georgia and Azerbaijan".
func (f *finder) paired(i int, fits func(*entry) bool) bool {
	return f.joined(i, i+1) && f.anyEntry(i+1, fits) || f.joined(i-1, i) && f.anyEntry(i-1, fits)
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

// listed reports whether candidates i and next are written as a place and what
// it lies in: with a comma alone between them, or "in northern".
func (f *finder) listed(i, next int) bool {
	if i < 0 || next >= len(f.candidates) {
		return false
	}
	from, end := f.candidates[i].from+f.candidates[i].n, f.candidates[next].from
	if end == from+1 {
		return f.words[from].Is(",", "in")
	}
	if end <= from || end > from+4 {
		return false
	}
	within := false
	for _, w := range f.words[from:end] {
		switch {
		case w.Is("in"):
			within = true
		case !w.Is(",", "the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern",
			"northwestern", "southeastern", "southwestern"):
			return false
		}
	}
	return within
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
