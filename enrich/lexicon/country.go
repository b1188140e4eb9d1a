package lexicon

import (
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"
)

// Country is a country or territory as configs/gazetteers/countries.yaml
// lists it.
type Country struct {
	// Code is the ISO 3166-1 alpha-2 code.
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	// Aliases are other names; Demonyms are adjectives and nouns of its people.
	Aliases  []string `yaml:"aliases"`
	Demonyms []string `yaml:"demonyms"`
}

// Countries reads gazetteers/countries.yaml of fsys.
func Countries(fsys fs.FS) ([]Country, error) {
	var file struct {
		Countries []Country `yaml:"countries"`
	}
	if err := Load(fsys, "gazetteers/countries.yaml", &file); err != nil {
		return nil, err
	}
	return file.Countries, nil
}

// Load decodes the YAML file at path strictly: an unknown key is an error that
// names its line.
func Load(fsys fs.FS, path string, into any) error {
	b, err := fs.ReadFile(fsys, path)
	if err != nil {
		return fmt.Errorf("reading a gazetteer: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(b, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
