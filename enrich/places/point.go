package places

import "github.com/dateline-news/dateline/enrich/lexicon"

// Point returns where the place with the name lies: of several, one added on
// purpose, else a country, else the one with the most people.
func (g *Gazetteer) Point(name string) (lat, lon float64, ok bool) {
	words := lexicon.Words(name)
	if len(words) == 0 {
		return 0, 0, false
	}
	n, values := g.longest(words, 0)
	if n == 0 || n != len(words) {
		return 0, 0, false
	}
	var best entry
	for _, v := range values {
		e := g.entry(v)
		if form(v&3) == demonym || e.lat == 0 && e.lon == 0 {
			continue
		}
		if !ok || e.before(best) {
			best, ok = e, true
		}
	}
	return best.lat, best.lon, ok
}

// before reports whether e is meant rather than other when nothing else tells.
func (e entry) before(other entry) bool {
	switch {
	case e.own != other.own:
		return e.own
	case (e.kind == Country) != (other.kind == Country):
		return e.kind == Country
	}
	return e.population > other.population
}
