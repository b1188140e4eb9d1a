package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	words "github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/enrich/names/internal/lexicon"
	"github.com/dateline-news/dateline/enrich/prose"
	"github.com/dateline-news/dateline/news"
)

// longestPhrase is how many words a listed name has at most.
const longestPhrase = 5

// phraseWords returns the hashes of the words of a name without its
// diacritics, or none for one with a number.
func phraseWords(name string) []lexicon.Hash {
	if strings.ContainsFunc(name, unicode.IsDigit) {
		return nil
	}
	name = lexicon.Fold(name)
	var hashes []lexicon.Hash
	for _, t := range prose.Tokens(name) {
		hashes = append(hashes, lexicon.HashWord(t.Of(name)))
	}
	return hashes
}

// gazetteers are the names that other parts of the project keep.
type gazetteers struct {
	places, bodies, offices, origins []string
	// areas are the countries and regions, as titles write them.
	areas map[string]bool
}

// readGazetteers reads the places of the folder enrich/places/data, the bodies
// and offices of the folder configs and the companies of the stock.
func readGazetteers(root string) (*gazetteers, error) {
	g := &gazetteers{areas: map[string]bool{}}
	b, err := os.ReadFile(filepath.Join(root, "enrich/places/data/places.txt"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(b)) {
		fields := strings.Split(line, "\t")
		if len(fields) < 3 {
			continue
		}
		g.places = append(g.places, fields[2])
		if fields[0] != "city" {
			g.areas[strings.ReplaceAll(news.Fold(fields[2]), " ", "_")] = true
		}
	}
	if err := g.readConfigs(os.DirFS(filepath.Join(root, "configs"))); err != nil {
		return nil, err
	}
	return g, g.readCompanies(filepath.Join(root, "enrich/names/train/stock/companies.txt"))
}

func (g *gazetteers) readCompanies(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "#") {
			g.bodies = append(g.bodies, name)
		}
	}
	return nil
}

// body is an entry of organizations.yaml.
type body struct {
	Name    string   `yaml:"name"`
	Acronym string   `yaml:"acronym"`
	Aliases []string `yaml:"aliases"`
	Kind    string   `yaml:"kind"`
	Country string   `yaml:"country"`
	Parent  string   `yaml:"parent"`
}

func (g *gazetteers) readConfigs(fsys fs.FS) error {
	for _, name := range []string{"organizations", "customs"} {
		var file struct {
			Organizations []body `yaml:"organizations"`
			National      []body `yaml:"national"`
		}
		if err := words.Load(fsys, "gazetteers/"+name+".yaml", &file); err != nil {
			return err
		}
		for _, o := range append(file.Organizations, file.National...) {
			g.bodies = append(append(g.bodies, o.Name, o.Acronym), o.Aliases...)
		}
	}
	offices, err := words.ReadOffices(fsys)
	if err != nil {
		return err
	}
	g.offices = sorted(offices.Titles)
	countries, err := words.Countries(fsys)
	if err != nil {
		return err
	}
	for _, c := range countries {
		for _, d := range c.Demonyms {
			g.origins = append(g.origins, d, d+"s")
		}
	}
	g.origins = append(g.origins, strings.Fields(religions)...)
	return nil
}

const religions = `Muslim Muslims Islam Islamic Islamist Islamists Christian Christians Christianity Catholic Catholics Protestant
	Protestants Orthodox Jew Jews Jewish Judaism Hindu Hindus Hinduism Buddhist Buddhists Buddhism Sikh Sikhs Sunni Sunnis Shia Shias
	Shiite Shiites Mormon Mormons Evangelical Evangelicals Anglican Anglicans Methodist Baptist Lutheran`
