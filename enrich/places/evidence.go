package places

import (
	"slices"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
	"github.com/dateline-news/dateline/news"
)

// wellKnown is the population from which a city's own name is evidence
// enough where nothing speaks against it.
const wellKnown = 200_000

// evident reports whether a candidate is a place where it stands.
func (f *finder) evident(c *candidate) bool {
	if f.inOrganization(c.span) {
		return false
	}
	switch tag, longer := f.tag(c.span); {
	case tag == names.Person && f.capital(c) && f.locative(c):
		return true
	case tag == names.Person || tag == names.Organization && !f.national(c):
		return false
	case generic[f.words[c.from].Fold] && c.n == 1:
		return false
	case tag == names.Location && longer:
		return f.national(c) || f.wellKnown(c) && f.endsTag(c)
	case tag == names.Location:
		return true
	}
	if f.foreign && !f.national(c) && f.surnameFollows(c) {
		return false
	}
	if f.foreign && f.inflected(c) {
		return true
	}
	return f.national(c) || f.locative(c) || f.lies(c) || f.wellKnown(c) && (f.foreign || !f.opensSentence(c) || f.capital(c))
}

// surnameFollows reports whether the word after the candidate is written like
// the surname of the person that the candidate may be the given name of: "Aydın
// Əliyev".
func (f *finder) surnameFollows(c *candidate) bool {
	next := c.from + c.n
	if c.n > 1 || next >= len(f.words) || !f.words[next].Capital {
		return false
	}
	for _, ending := range []string{"ov", "ev", "ova", "eva", "yev", "yeva", "li", "lu", "zada", "oglu", "ов", "ев", "ова", "ева", "ин", "ский"} {
		if strings.HasSuffix(f.words[next].Fold, ending) {
			return true
		}
	}
	return false
}

// tag is the kind of the tagged name that overlaps span, or "", and whether
// that name goes on with further words.
func (f *finder) tag(span news.Span) (kind names.Kind, longer bool) {
	i, _ := slices.BinarySearchFunc(f.tagged, span.Start, func(n names.Name, at int) int {
		if n.Span.End <= at {
			return -1
		}
		return 1
	})
	if i == len(f.tagged) || !f.tagged[i].Span.Overlaps(span) {
		return "", false
	}
	t := f.tagged[i]
	return t.Kind, t.Span.Len() > span.Len()+1
}

// endsTag reports whether no capitalised word follows the candidate.
func (f *finder) endsTag(c *candidate) bool {
	next := c.from + c.n
	return next >= len(f.words) || !f.words[next].Capital
}

func (f *finder) inOrganization(span news.Span) bool { return f.organizations.Overlaps(span) }

// national reports whether the candidate names a country or its people.
func (f *finder) national(c *candidate) bool {
	for _, v := range c.values {
		if f.entry(v).kind == Country {
			return true
		}
	}
	return false
}

func (f *finder) wellKnown(c *candidate) bool {
	for _, v := range c.values {
		e := f.entry(v)
		switch {
		case e.own, e.capital && len(f.words[c.from].Fold) > 3:
			return true
		case (form(v&3) == mainName || f.foreign) && (e.kind != City || e.population >= wellKnown) && !ordinary[f.words[c.from].Fold]:
			return true
		}
	}
	return false
}

// capital reports whether the candidate can be a country's capital, of a name
// that is hardly anything else.
func (f *finder) capital(c *candidate) bool {
	return len(f.words[c.from].Fold) > 4 && !ordinary[f.words[c.from].Fold] && f.endsTag(c) &&
		slices.ContainsFunc(c.values, func(v int32) bool { return f.entry(v).capital })
}

// locative reports whether a word before the candidate says that a place
// follows: "in Ganja".
func (f *finder) locative(c *candidate) bool {
	if c.from == 0 {
		return false
	}
	if c.from > 1 && f.words[c.from-1].Is("of") {
		return f.words[c.from-2].Is("port", "city", "town", "village", "district", "airport", "mayor", "outskirts", "east", "west", "north", "south")
	}
	return f.words[c.from-1].Is("in", "at", "near", "from", "outside", "visited", "visit", "reached", "city", "town", "village", "port")
}

// inflected reports whether a text in another language says that a place stands
// there: with an ending ("Şuşada", "Batum'da"), a noun after it ("Ağdam
// şəhəri") or a preposition before it ("в порту Поти").
func (f *finder) inflected(c *candidate) bool {
	if c.from > 0 && f.words[c.from-1].Is("в", "во", "из", "через", "под", "порту", "порта", "порт", "городе", "города", "город", "районе", "области") {
		return true
	}
	if next := c.from + c.n; next < len(f.words) {
		for _, noun := range []string{"seher", "sahar", "rayon", "kand", "qasaba", "liman", "vilayat", "sehri", "sehir", "kenti", "ilce", "havaliman"} {
			if strings.HasPrefix(f.words[next].Fold, noun) {
				return true
			}
		}
	}
	last := f.words[c.from+c.n-1]
	for _, ending := range []string{"da", "de", "ta", "te", "dan", "den", "tan", "ten"} {
		if strings.HasSuffix(last.Fold, ending) && !f.named(c, last.Fold) {
			return true
		}
	}
	return false
}

// named reports whether the candidate is so called with the ending of its last
// word.
func (f *finder) named(c *candidate, last string) bool {
	return slices.ContainsFunc(c.values, func(v int32) bool { return strings.HasSuffix(news.Fold(f.entry(v).name), last) })
}

// lies reports whether the country of the candidate follows it: "Guba,
// Azerbaijan".
func (f *finder) lies(c *candidate) bool {
	next := c.from + c.n
	if next+1 >= len(f.words) || !f.words[next].Is(",") || !f.words[next+1].Capital {
		return false
	}
	_, outer := f.g.longest(f.words, next+1)
	return slices.ContainsFunc(outer, func(o int32) bool {
		country := f.entry(o)
		return country.kind == Country && form(o&3) != demonym &&
			slices.ContainsFunc(c.values, func(v int32) bool { return f.entry(v).country == country.country })
	})
}

func (f *finder) opensSentence(c *candidate) bool {
	return c.from == 0 || f.words[c.from-1].Is(".", "!", "?", "\"", "”", "“")
}

// generic are words that some small place bears and that are hardly ever it.
var generic = lexicon.Set(`january february march april may june july august september october november december
	east eastern west western north northern south southern central gulf republic hurricane union province state states capital
	most police most island islands center centre best young mission enterprise independence liberty commerce industry`)

// ordinary are names of cities that are more often something else.
var ordinary = map[string]bool{"nice": true, "reading": true, "mobile": true, "orange": true, "split": true, "bath": true, "victoria": true}
