package lexicon

import (
	"io/fs"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// Offices are the words of gazetteers/people.yaml, folded.
type Offices struct {
	// Titles are the nouns of offices, Modifiers the words that qualify them,
	// Departments the nouns of parts of bodies and fields of work, and Bodies
	// the nouns of bodies.
	Titles, Modifiers, Departments, Bodies map[string]bool
	// Men and Women are given names.
	Men, Women map[string]bool
}

// ReadOffices reads gazetteers/people.yaml of fsys.
func ReadOffices(fsys fs.FS) (*Offices, error) {
	var file struct {
		Titles      string `yaml:"titles"`
		Modifiers   string `yaml:"modifiers"`
		Departments string `yaml:"departments"`
		Bodies      string `yaml:"bodies"`
		Men         string `yaml:"men"`
		Women       string `yaml:"women"`
	}
	if err := Load(fsys, "gazetteers/people.yaml", &file); err != nil {
		return nil, err
	}
	return &Offices{
		Titles: Set(file.Titles), Modifiers: Set(file.Modifiers), Departments: Set(file.Departments),
		Bodies: Set(file.Bodies), Men: Set(file.Men), Women: Set(file.Women),
	}, nil
}

// Set is the set of the words of s, folded.
func Set(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[news.Fold(w)] = true
	}
	return set
}
