package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// neighbours are the countries whose towns of 5,000 people and more are kept,
// with their other names: the region that the shipped sources report from.
var neighbours = map[string]bool{
	"AZ": true, "GE": true, "AM": true, "TR": true, "KZ": true, "KG": true, "UZ": true, "TM": true, "TJ": true,
	"MD": true, "BY": true, "UA": true,
}

const (
	leastPopulation = 15_000
	// wellKnown is the population from which a city's other names are kept.
	wellKnown = 200_000
)

// place is a line of the gazetteer and the names it is found by besides its own.
type place struct {
	row   string
	name  string
	other []string
}

// lines are the lines of the gazetteer: the places (countries, regions, cities),
// each as kind, id, name, country, region, latitude, longitude and population;
// an empty line; and the folded names in order, each with the numbers of the
// lines of its places, an o after the number where it is not the main name.
func (s *sources) lines() []string {
	places := append(append(s.countryPlaces(), s.regionPlaces()...), s.cityPlaces()...)
	names := map[string][]string{}
	var lines []string
	for i, p := range places {
		lines = append(lines, p.row)
		seen := map[string]bool{}
		for k, name := range append([]string{p.name}, p.other...) {
			key, value := key(name), strconv.Itoa(i)
			if k > 0 {
				value += "o"
			}
			if key != "" && !seen[key] {
				names[key] = append(names[key], value)
			}
			seen[key] = true
		}
	}
	lines = append(lines, "")
	for _, name := range slices.Sorted(maps.Keys(names)) {
		lines = append(lines, name+"\t"+strings.Join(names[name], " "))
	}
	return lines
}

// key is a name as the finder compares it: its folded words.
func key(name string) string {
	var words []string
	for _, w := range lexicon.Words(name) {
		words = append(words, w.Fold)
	}
	return strings.Join(words, " ")
}

func (s *sources) countryPlaces() []place {
	centres := centresOf(s.cities, func(c city) string { return c.Country })
	var rows []place
	for _, c := range s.countries {
		p := centres[c.Code]
		rows = append(rows, row("country", strconv.Itoa(c.ID), c.Name, c.Code, "", p, c.Population, translations(c.Code)))
	}
	slices.SortFunc(rows, func(a, b place) int { return strings.Compare(a.row, b.row) })
	return rows
}

// translations are a country's names in the languages of the region.
func translations(code string) []string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return nil
	}
	var names []string
	for _, tag := range []language.Tag{language.Azerbaijani, language.Russian, language.Turkish} {
		names = append(names, display.Regions(tag).Name(region))
	}
	return names
}

func (s *sources) regionPlaces() []place {
	centres := centresOf(s.cities, func(c city) regionKey { return regionKey{c.Country, c.Region} })
	var rows []place
	for k, name := range s.regions {
		rows = append(rows, row("region", k.country+"."+k.code, name, k.country, "", centres[k], 0, nil))
	}
	slices.SortFunc(rows, func(a, b place) int { return strings.Compare(a.row, b.row) })
	return rows
}

func (s *sources) cityPlaces() []place {
	kept := make([]city, 0, len(s.cities))
	for _, c := range s.cities {
		if c.Population >= leastPopulation || neighbours[c.Country] || s.capital(c) {
			kept = append(kept, c)
		}
	}
	slices.SortFunc(kept, func(a, b city) int { return cmp.Compare(a.ID, b.ID) })
	rows := make([]place, 0, len(kept))
	for _, c := range kept {
		kind := "city"
		if s.capital(c) {
			kind = "capital"
		}
		var names []string
		if kind == "capital" || c.Population >= wellKnown || neighbours[c.Country] {
			names = otherNames(c)
		}
		point := centre{c.Lat, c.Lon}
		rows = append(rows, row(kind, strconv.Itoa(c.ID), c.Name, c.Country, s.regions[regionKey{c.Country, c.Region}], point, c.Population, names))
	}
	return rows
}

func (s *sources) capital(c city) bool { return s.capitals[c.Country] == c.ID }

// findCapitals finds the city of each country that is its capital: the largest
// of those that have its name, or else of those that had it, as Astana was
// Nur-Sultan.
func (s *sources) findCapitals() {
	s.capitals = map[string]int{}
	best := map[string]city{}
	for _, named := range []func(c city, capital string) bool{
		func(c city, capital string) bool { return c.Name == capital },
		func(c city, capital string) bool { return slices.Contains(c.Alternates, capital) },
	} {
		clear(best)
		for _, id := range slices.Sorted(maps.Keys(s.cities)) {
			c := s.cities[id]
			capital := s.countries[c.Country].Capital
			if capital != "" && named(c, capital) && c.Population > best[c.Country].Population {
				best[c.Country] = c
			}
		}
		for code, c := range best {
			if s.capitals[code] == 0 {
				s.capitals[code] = c.ID
			}
		}
	}
}

// otherNames are the city's names in Latin and Cyrillic letters that fold to
// something new; codes and transliterations in lower case are left out.
func otherNames(c city) []string {
	seen := map[string]bool{news.Fold(c.Name): true}
	var names []string
	for _, n := range c.Alternates {
		f := news.Fold(n)
		if seen[f] || !properName(n) {
			continue
		}
		seen[f] = true
		names = append(names, n)
	}
	return names
}

func properName(s string) bool {
	lower := 0
	for i, r := range s {
		switch {
		case i == 0 && !unicode.IsUpper(r):
			return false
		case unicode.IsLower(r):
			lower++
		case r == ' ' || r == '-' || unicode.IsUpper(r):
			continue
		default:
			return false
		}
		if !unicode.In(r, unicode.Latin, unicode.Cyrillic) {
			return false
		}
	}
	return lower > 1
}

// centre is a point in degrees.
type centre struct{ lat, lon float64 }

func row(kind, id, name, country, region string, p centre, population int, names []string) place {
	return place{
		row:  strings.Join([]string{kind, id, name, country, region, number(p.lat), number(p.lon), strconv.Itoa(population)}, "\t"),
		name: name, other: names,
	}
}

// centresOf is where the people of each group of cities live on average,
// reckoned on the sphere.
func centresOf[K comparable](cities map[string]city, group func(city) K) map[K]centre {
	type vector struct{ x, y, z float64 }
	sums := map[K]vector{}
	for _, id := range slices.Sorted(maps.Keys(cities)) {
		c := cities[id]
		lat, lon, weight := c.Lat*math.Pi/180, c.Lon*math.Pi/180, float64(c.Population)
		v := sums[group(c)]
		v.x += weight * math.Cos(lat) * math.Cos(lon)
		v.y += weight * math.Cos(lat) * math.Sin(lon)
		v.z += weight * math.Sin(lat)
		sums[group(c)] = v
	}
	centres := make(map[K]centre, len(sums))
	for k, v := range sums {
		centres[k] = centre{math.Atan2(v.z, math.Hypot(v.x, v.y)) * 180 / math.Pi, math.Atan2(v.y, v.x) * 180 / math.Pi}
	}
	return centres
}

// write stores the lines at path.
func write(path string, lines []string) error {
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		return fmt.Errorf("writing the gazetteer: %w", err)
	}
	return nil
}
