// Package places finds the countries, regions, cities and sites a report
// speaks of and says where they lie. A name counts only with evidence that it
// is a place there: Jordan may be a man, Reading a word, Tbilisi an avenue in
// Baku; and of several places of one name the report's own context decides.
//
// The coordinates and names come from GeoNames (CC BY 4.0); see build.
package places

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

//go:embed data/places.tsv.gz
var data []byte

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
	entries []entry
	trie    lexicon.Trie
	// byCountry is the entry of each country code.
	byCountry map[string]int32
}

// New returns the gazetteer of the binary with the countries and places that
// gazetteers/countries.yaml and gazetteers/places.yaml of fsys add.
func New(fsys fs.FS) (*Gazetteer, error) {
	g := &Gazetteer{byCountry: map[string]int32{}}
	countries, err := lexicon.Countries(fsys)
	if err != nil {
		return nil, err
	}
	own := map[string]lexicon.Country{}
	for _, c := range countries {
		own[c.Code] = c
	}
	if err := g.readData(own); err != nil {
		return nil, fmt.Errorf("reading the embedded gazetteer of places: %w", err)
	}
	return g, g.readOwn(fsys)
}

// readData reads the rows that the build command writes.
func (g *Gazetteer) readData(countries map[string]lexicon.Country) error {
	gz, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(gz)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 9 {
			return fmt.Errorf("row of %d fields", len(fields))
		}
		e := parse(fields)
		names := strings.Split(fields[8], "|")
		if e.kind == Country {
			c, known := countries[e.country]
			if known {
				e.name = c.Name
				names = append(names, c.Aliases...)
			}
			g.byCountry[e.country] = int32(len(g.entries))
			for _, d := range c.Demonyms {
				g.trie.Add(d, g.value(demonym))
			}
		}
		g.add(e, names)
	}
	return lines.Err()
}

func parse(fields []string) entry {
	e := entry{kind: fields[0], id: fields[1], name: fields[2], country: fields[3], region: fields[4]}
	if e.kind == "capital" {
		e.kind, e.capital = City, true
	}
	e.lat, _ = strconv.ParseFloat(fields[5], 64)
	e.lon, _ = strconv.ParseFloat(fields[6], 64)
	e.population, _ = strconv.Atoi(fields[7])
	e.id = "geonames:" + e.id
	return e
}

// value is what the trie holds for the entry that is added next.
func (g *Gazetteer) value(f form) int32 { return int32(len(g.entries))<<2 | int32(f) }

func (g *Gazetteer) add(e entry, names []string) {
	g.trie.Add(e.name, g.value(mainName))
	for _, n := range names {
		g.trie.Add(n, g.value(otherName))
	}
	g.entries = append(g.entries, e)
}

// ownPlace is a place in gazetteers/places.yaml.
type ownPlace struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Country string   `yaml:"country"`
	Region  string   `yaml:"region"`
	Kind    string   `yaml:"kind"`
	Lat     float64  `yaml:"lat"`
	Lon     float64  `yaml:"lon"`
}

func (g *Gazetteer) readOwn(fsys fs.FS) error {
	var file struct {
		Places []ownPlace `yaml:"places"`
	}
	if err := lexicon.Load(fsys, "gazetteers/places.yaml", &file); err != nil {
		return err
	}
	for _, p := range file.Places {
		g.add(entry{
			id: news.Slug(p.Name), name: p.Name, country: p.Country, region: p.Region, kind: p.Kind,
			lat: p.Lat, lon: p.Lon, own: true,
		}, p.Aliases)
	}
	return nil
}
