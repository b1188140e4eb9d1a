package places

import (
	"slices"
	"strings"

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
	case tag == names.Person || tag == names.Organization && !f.national(c):
		return false
	case tag == names.Location && longer:
		return f.national(c) || f.wellKnown(c) && f.endsTag(c)
	case tag == names.Location:
		return true
	}
	if f.foreign && !f.national(c) && f.surnameFollows(c) {
		return false
	}
	return f.national(c) || f.locative(c) || f.wellKnown(c) && (f.foreign || !f.opensSentence(c))
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
		case e.capital && len(f.words[c.from].Fold) > 3:
			return true
		case (form(v&3) == mainName || f.foreign) && (e.kind != City || e.population >= wellKnown) && !ordinary[f.words[c.from].Fold]:
			return true
		}
	}
	return false
}

// locative reports whether a word before the candidate says that a place
// follows: "in Ganja".
func (f *finder) locative(c *candidate) bool {
	if c.from == 0 {
		return false
	}
	return f.words[c.from-1].Is("in", "at", "near", "from", "outside", "visited", "visit", "city", "town", "village", "port")
}

func (f *finder) opensSentence(c *candidate) bool {
	return c.from == 0 || f.words[c.from-1].Is(".", "!", "?", "\"", "”", "“")
}

// ordinary are names of cities that are more often something else.
var ordinary = map[string]bool{"nice": true, "reading": true, "mobile": true, "orange": true, "split": true, "bath": true, "victoria": true}
