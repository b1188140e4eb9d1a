package places

import (
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names"
)

// Settle returns the tagged names of a text with the organizations that bear the
// name of a country, a capital or a place of gazetteers/places.yaml made places:
// "Astana hosts the forum".
func (g *Gazetteer) Settle(t *lexicon.Text, tagged []names.Name) []names.Name {
	for i, n := range tagged {
		if n.Kind != names.Organization {
			continue
		}
		at := t.WordAt(n.Span.Start)
		if at < len(t.Words) && t.Words[at].Span.Start == n.Span.Start && g.wellPlaced(t.Words, at, n.Span.End) {
			tagged[i].Kind = names.Location
		}
	}
	return tagged
}

// wellPlaced reports whether the words from i to the byte end are the name of
// such a place.
func (g *Gazetteer) wellPlaced(words []lexicon.Word, i, end int) bool {
	n, values := g.longest(words, i)
	if n == 0 || words[i+n-1].Span.End != end || len(words[i].Fold) < 4 {
		return false
	}
	for _, v := range values {
		if e := g.entry(v); e.capital || e.own && form(v&3) == mainName || e.kind == Country {
			return true
		}
	}
	return false
}
