// Package orgs finds the organizations a report speaks of and joins their
// mentions: the full name, the acronym that the gazetteer or the text itself
// gives, the other names, the noun that stands for the body. A body the
// gazetteer lacks is kept as the report names it; the name of an event is not
// an organization; an acronym that several bodies share is resolved by the
// report or left open.
package orgs

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// body is an organization of gazetteers/organizations.yaml.
type body struct {
	Name    string   `yaml:"name"`
	Acronym string   `yaml:"acronym"`
	Aliases []string `yaml:"aliases"`
	Kind    string   `yaml:"kind"`
	Country string   `yaml:"country"`
	Parent  string   `yaml:"parent"`
	// Local are acronyms that mean the body in other languages than English
	// alone: AB, the European Union in Turkish.
	Local []string `yaml:"local"`
	// national marks a body that every country has its own of.
	national bool
}

// Gazetteer knows organizations by name. It is safe for concurrent use.
type Gazetteer struct {
	bodies []body
	// names holds the names of bodies and acronyms their acronyms.
	names, acronyms lexicon.Trie
	// local holds the acronyms of other languages than English.
	local lexicon.Trie
	// mixed are the acronyms as they are written: AfDB.
	mixed map[string]bool
	// lowerAcronyms says that one of them begins with no capital letter: eu-LISA.
	lowerAcronyms bool
	// countries holds the names and demonyms of countries.
	countries lexicon.Trie
	country   []lexicon.Country
	codes     map[string]int // of the countries, by code
	roles     lexicon.Roles
}

// New reads gazetteers/organizations.yaml, customs.yaml, countries.yaml and
// people.yaml of fsys.
func New(fsys fs.FS) (*Gazetteer, error) {
	countries, err := lexicon.Countries(fsys)
	if err != nil {
		return nil, err
	}
	given, err := lexicon.GivenNames()
	if err != nil {
		return nil, err
	}
	offices, err := lexicon.ReadOffices(fsys)
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{country: countries, mixed: map[string]bool{}, codes: map[string]int{}}
	g.learn(offices, given)
	for i, c := range slices.Backward(countries) {
		g.codes[c.Code] = i
	}
	for i, c := range countries {
		for _, name := range append(append([]string{c.Name}, c.Aliases...), c.Demonyms...) {
			g.countries.Add(name, int32(i))
		}
	}
	if err := g.read(fsys, "gazetteers/organizations.yaml", ""); err != nil {
		return nil, err
	}
	return g, g.read(fsys, "gazetteers/customs.yaml", "customs")
}

// titles are the nouns of offices and forms of address: they open no body's
// name, and a name they stand before is a person's.
func titles(o *lexicon.Offices) map[string]bool {
	all := lexicon.Set("mr mrs ms dr prof sir lady lord sheikh maj col gen lt capt sgt adm sen rep gov vice former acting prime")
	for w := range o.Titles {
		all[w] = true
	}
	return all
}

// work are the words of fields of work and the words that qualify offices.
func work(o *lexicon.Offices) map[string]bool {
	all := map[string]bool{}
	for _, set := range []map[string]bool{o.Departments, o.Modifiers} {
		for w := range set {
			if !o.Bodies[w] {
				all[w] = true
			}
		}
	}
	return all
}

// read adds the bodies of the file at path; kind is that of those without one.
func (g *Gazetteer) read(fsys fs.FS, path, kind string) error {
	var file struct {
		Organizations []body `yaml:"organizations"`
		National      []body `yaml:"national"`
	}
	if err := lexicon.Load(fsys, path, &file); err != nil {
		return err
	}
	for i := range file.National {
		file.National[i].national = true
	}
	for i, b := range append(file.Organizations, file.National...) {
		if b.Name == "" {
			return fmt.Errorf("%s: organization %d has no name", path, i+1)
		}
		if b.Kind == "" {
			b.Kind = kind
		}
		g.add(b)
	}
	return nil
}

func (g *Gazetteer) add(b body) {
	at := int32(len(g.bodies))
	g.bodies = append(g.bodies, b)
	g.names.Add(b.Name, at)
	for _, alias := range b.Aliases {
		if acronymLike(alias) {
			g.acronyms.Add(alias, at)
		} else {
			g.names.Add(alias, at)
		}
	}
	for _, short := range b.Local {
		g.local.Add(short, at)
	}
	if b.Acronym != "" {
		g.acronyms.Add(b.Acronym, at)
		g.mixed[b.Acronym] = true
		first, _ := utf8.DecodeRuneInString(b.Acronym)
		g.lowerAcronyms = g.lowerAcronyms || unicode.IsLetter(first) && !unicode.IsUpper(first)
	}
}

// acronymLike reports whether s is one word without a lower-case run: WCO,
// UNHCR, OPEC+.
func acronymLike(s string) bool {
	return len(s) > 1 && !strings.Contains(s, " ") && s == strings.ToUpper(s)
}

// Acronym is a short form and the name it stands for.
type Acronym struct{ Short, Long string }

// Acronyms returns every acronym of the gazetteer with its name, in the order
// of the file; one acronym may stand for several bodies.
func (g *Gazetteer) Acronyms() []Acronym {
	var pairs []Acronym
	for _, b := range g.bodies {
		if b.Acronym != "" && !b.national {
			pairs = append(pairs, Acronym{Short: b.Acronym, Long: b.Name})
		}
	}
	return pairs
}

// organization is what a report's annotation says of the body.
func (b *body) organization(country *lexicon.Country) news.Organization {
	o := news.Organization{Name: b.Name, Acronym: b.Acronym, Kind: b.Kind, Country: b.Country}
	if b.national && country != nil {
		o.Name, o.Country = b.Name+" of "+country.Name, country.Code
	}
	o.ID = news.Slug(o.Name)
	return o
}
