package places

import (
	"slices"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// siteNouns close the name of a street, a building or a natural place.
var siteNouns = lexicon.Set(`avenue street road square boulevard prospect lane bridge airport station stadium arena palace hotel tower park
	cemetery highway tunnel canal river lake island peninsula bay strait valley mountains terminal pipeline refinery field crossing checkpoint`)

// longestSite is the number of words the name of a site may have.
const longestSite = 6

// site is a place that the text names and the gazetteer does not know.
type site struct {
	span news.Span
	end  int // index of the word after it
}

// siteAt reads the name of a site at word i: a run of capitalised words that
// closes with the noun of a site. A noun all in capitals is that of a headline,
// where they tell nothing.
func (f *finder) siteAt(i int) (site, bool) {
	end, last := i, 0
	for end < len(f.words) && end < i+longestSite && (f.words[end].Capital || end > i && f.words[end].Is("-")) {
		if end > i && siteNouns[f.words[end].Fold] && !f.words[end].Upper {
			last = end + 1
		}
		end++
	}
	if last == 0 || f.words[i].Is("the", "on", "in", "at") {
		return site{}, false
	}
	span := news.Span{Start: f.words[i].Span.Start, End: f.words[last-1].Span.End}
	return site{span, last}, !f.inOrganization(span)
}

// sitePlace is the site as a place, in the country of the place that is named
// right after it ("Tbilisi Avenue in Baku").
func (f *finder) sitePlace(s site) news.Place {
	name := news.NormalSpace(s.span.Of(f.r.Text))
	p := news.Place{Name: name, Kind: Site, Mentions: []news.Mention{{Span: s.span, Kind: news.MentionName}}}
	i, found := slices.BinarySearchFunc(f.candidates, s.end+1, func(c candidate, at int) int { return c.from - at })
	if found && f.words[s.end].Is("in", ",", "of") {
		p.Country = f.entry(f.resolve(i)).country
	}
	p.ID = news.Slug(name)
	if p.Country != "" {
		p.ID += "-" + news.Slug(p.Country)
	}
	return p
}
