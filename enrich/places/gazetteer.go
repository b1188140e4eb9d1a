// Package places finds the countries, regions, cities and sites a report
// speaks of and says where they lie. A name counts only with evidence that it
// is a place there: Jordan may be a man, Reading a word, Tbilisi an avenue in
// Baku; and of several places of one name the report's own context decides.
//
// The coordinates and names come from GeoNames (CC BY 4.0); see build.
package places

import (
	"io/fs"
	"math"
	"slices"
	"strconv"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// The kinds of news.Place.
const (
	Country = "country"
	Region  = "region"
	City    = "city"
	Site    = "site"
)

// entry is a place of the gazetteer.
type entry struct {
	id, name, country, region, kind string
	capital                         bool
	// own marks a place of gazetteers/places.yaml, which was added on purpose.
	own        bool
	lat, lon   float64
	population int
}

// form says how a phrase names its entry.
type form int32

const (
	mainName form = iota
	otherName
	demonym
)

// Gazetteer knows places by name. It is safe for concurrent use.
type Gazetteer struct {
	table *table
	// countries are those of gazetteers/countries.yaml by code.
	countries map[string]lexicon.Country
	// own are the places of gazetteers/places.yaml; their values in names follow
	// those of the table. names also holds the names of countries.
	own   []entry
	names lexicon.Trie
	// sizes are the logarithms of the populations of countries by code.
	sizes map[string]float64
}

// size tells how large a country is, from 0 to 10.
func (g *Gazetteer) size(code string) float64 { return g.sizes[code] }

// New returns the gazetteer of the binary with the countries and places that
// gazetteers/countries.yaml and gazetteers/places.yaml of fsys add.
func New(fsys fs.FS) (*Gazetteer, error) {
	countries, err := lexicon.Countries(fsys)
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{table: newTable(data), countries: map[string]lexicon.Country{}, sizes: map[string]float64{}}
	for _, c := range countries {
		g.countries[c.Code] = c
	}
	g.nameCountries()
	return g, g.readOwn(fsys)
}

// nameCountries adds the names and demonyms of the countries, which are the
// first lines of the table.
func (g *Gazetteer) nameCountries() {
	for i := range g.table.places {
		e := g.table.entry(i)
		if e.kind != Country {
			return
		}
		g.sizes[e.country] = math.Log10(float64(e.population) + 1)
		c, ok := g.countries[e.country]
		if !ok {
			continue
		}
		g.names.Add(c.Name, value(i, mainName))
		for _, name := range c.Aliases {
			g.names.Add(name, value(i, otherName))
		}
		for _, name := range c.Demonyms {
			g.names.Add(name, value(i, demonym))
		}
	}
}

// value is what is stored under a name: the number of the entry and how the
// name names it.
func value(i int, f form) int32 { return int32(i)<<2 | int32(f) }

// entry returns the place of a value.
func (g *Gazetteer) entry(v int32) entry {
	i := int(v >> 2)
	if i >= len(g.table.places) {
		return g.own[i-len(g.table.places)]
	}
	e := g.table.entry(i)
	if c, ok := g.countries[e.country]; ok && e.kind == Country {
		e.name = c.Name
	}
	return e
}

// longest returns the values of the longest name that begins at words[i], and
// the number of words it takes.
func (g *Gazetteer) longest(words []lexicon.Word, i int) (n int, values []int32) {
	n, values = g.table.longest(words, i)
	m, own := g.names.Longest(words, i)
	switch {
	case m > n:
		return m, own
	case m == n && m > 0:
		return n, union(values, own)
	}
	return n, values
}

// union is a and those of b whose places a lacks.
func union(a, b []int32) []int32 {
	for _, v := range b {
		if !slices.ContainsFunc(a, func(w int32) bool { return w>>2 == v>>2 }) {
			a = append(a, v)
		}
	}
	return a
}

// ownPlace is a place in gazetteers/places.yaml.
type ownPlace struct {
	Name string `yaml:"name"`
	// GeoNames is the id there of a city of the table that the names are added
	// to.
	GeoNames int      `yaml:"geonames"`
	Aliases  []string `yaml:"aliases"`
	Country  string   `yaml:"country"`
	Region   string   `yaml:"region"`
	Kind     string   `yaml:"kind"`
	Lat      float64  `yaml:"lat"`
	Lon      float64  `yaml:"lon"`
}

func (g *Gazetteer) readOwn(fsys fs.FS) error {
	var file struct {
		Places []ownPlace `yaml:"places"`
	}
	if err := lexicon.Load(fsys, "gazetteers/places.yaml", &file); err != nil {
		return err
	}
	for _, p := range file.Places {
		v := value(len(g.table.places)+len(g.own), mainName)
		id := news.Slug(p.Name)
		if p.GeoNames != 0 {
			id = "geonames:" + strconv.Itoa(p.GeoNames)
		}
		g.own = append(g.own, entry{
			id: id, name: p.Name, country: p.Country, region: p.Region, kind: p.Kind,
			lat: p.Lat, lon: p.Lon, own: true,
		})
		g.names.Add(p.Name, v)
		for _, name := range p.Aliases {
			g.names.Add(name, v)
		}
	}
	return nil
}
