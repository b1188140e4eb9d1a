package events

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

// seriesFile is where the gazetteer of series lies.
const seriesFile = "gazetteers/series.yaml"

// seriesEntry is one series of the gazetteer; see the comments of the file.
type seriesEntry struct {
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"`
	LongName string   `yaml:"long_name"`
	Aliases  []string `yaml:"aliases"`
	Kind     string   `yaml:"kind"`
	Owner    string   `yaml:"owner"`
	Rhythm   string   `yaml:"rhythm"`
	Numbered []string `yaml:"numbered"`
	Near     []string `yaml:"near"`
	Never    []string `yaml:"never"`

	never [][]string // the words of Never
}

// series is the gazetteer, ready to be matched against text.
type series struct {
	entries []seriesEntry
	names   lexicon.Trie
}

func readSeries(fsys fs.FS) (*series, error) {
	content, err := fs.ReadFile(fsys, seriesFile)
	if err != nil {
		return nil, fmt.Errorf("reading the series of events: %w", err)
	}
	var file struct {
		Series []seriesEntry `yaml:"series"`
	}
	if err := yaml.UnmarshalWithOptions(content, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", seriesFile, err)
	}
	s := &series{entries: file.Series}
	seen := map[string]bool{}
	for i, e := range file.Series {
		if err := e.validate(); err != nil {
			return nil, fmt.Errorf("%s: entry %d (%q): %w", seriesFile, i+1, e.ID, err)
		}
		if seen[e.ID] {
			return nil, fmt.Errorf("%s: two series have the id %q; give one of them another", seriesFile, e.ID)
		}
		seen[e.ID] = true
		for _, never := range e.Never {
			s.entries[i].never = append(s.entries[i].never, strings.Fields(strings.ToLower(never)))
		}
		for _, name := range append([]string{e.Name, e.LongName}, e.Aliases...) {
			s.names.Add(name, int32(i))
			if last := name[strings.LastIndexByte(name, ' ')+1:]; headNouns[strings.ToLower(last)] != "" && !strings.HasSuffix(last, "s") {
				s.names.Add(name+"s", int32(i)) // the SCO and BRICS summits
			}
		}
	}
	return s, nil
}

func (e seriesEntry) validate() error {
	switch {
	case e.ID == "" || strings.ContainsAny(e.ID, " ./"):
		return errors.New("the id must be one word without stops and slashes")
	case e.Name == "":
		return errors.New("a name is needed")
	case e.Kind != "" && !kinds[e.Kind]:
		return fmt.Errorf("kind %q is not known; use one of %s", e.Kind, strings.Join(kindNames, ", "))
	}
	switch e.Rhythm {
	case "", "yearly", "biennial", "irregular", "quarterly", "monthly":
		return nil
	}
	return fmt.Errorf("rhythm %q is not known; use monthly, quarterly, yearly, biennial or irregular", e.Rhythm)
}

// editionOn tells apart the editions that a series has in one year, by when
// they begin: 2026-03 in a monthly series, 2026-Q1 in a quarterly one, which
// reports that count them and reports that do not have in common. It is "" for
// other series, whose editions have a year each, and without a day.
func (e *seriesEntry) editionOn(start news.Moment) string {
	if start.IsZero() {
		return ""
	}
	year, month, _ := start.Time.Date()
	switch e.Rhythm {
	case "monthly":
		return fmt.Sprintf("%d-%02d", year, month)
	case "quarterly":
		return fmt.Sprintf("%d-Q%d", year, (month+2)/3)
	}
	return ""
}

func (e *seriesEntry) whyEdition(counted string) string {
	why := "the time of its start, in a " + e.Rhythm + " series"
	if counted != "" {
		why += "; the text counts it as " + counted
	}
	return why
}

// at is the series whose name begins at word i and how many words it takes.
func (s *series) at(d *document, i int) (n, entry int) {
	if !d.Words[i].Capital && !d.has(i, headNoun) {
		return 0, -1
	}
	n, values := s.names.Longest(d.Words, i)
	if n == 0 {
		return s.numbered(d, i)
	}
	for _, v := range values {
		if s.fits(d, i, n, int(v)) {
			return n, int(v)
		}
	}
	return 0, -1
}

// numbered is the series of which the word at i is an acronym with the number
// of the edition: COP29.
func (s *series) numbered(d *document, i int) (n, entry int) {
	word := d.Words[i].Text
	if last := word[len(word)-1]; last < '0' || last > '9' {
		return 0, -1
	}
	letters := strings.TrimRight(word, "0123456789")
	if letters == "" || !d.Words[i].Capital {
		return 0, -1
	}
	for e := range s.entries {
		if slices.Contains(s.entries[e].Numbered, letters) {
			return 1, e
		}
	}
	return 0, -1
}

// fits reports whether the name at words [i,i+n) means the series: an acronym
// is in capitals, or an event noun follows it, and the words around it speak
// of the series and not of something with the same name.
func (s *series) fits(d *document, i, n, entry int) bool {
	e := &s.entries[entry]
	if !s.shaped(d, i, n, entry) {
		return false
	}
	sentence := d.SentenceOf(i)
	low, high := max(sentence.From, i-reach), min(sentence.To, i+reach)
	for _, never := range e.never {
		if d.contains(phrase{From: low, To: high}, never) {
			return false
		}
	}
	if len(e.Near) == 0 {
		return true
	}
	if d.Words[i].Upper && (d.yearAt(i+n) > 0 || d.has(i+n, headNoun) || n > 1 && d.has(i+n-1, headNoun)) {
		return true // PICARD 2015, PICARD conference
	}
	for _, near := range e.Near {
		if d.speaksOf(near) {
			return true
		}
	}
	return false
}

// shaped reports whether the words are written as a name of the series is.
func (s *series) shaped(d *document, i, n, entry int) bool {
	if n == 1 && isAcronym(s.spelling(d.Words[i].Fold, entry)) {
		return d.Words[i].Upper || i+1 < len(d.Words) && d.has(i+1, headNoun)
	}
	return d.Words[i].Capital || n > 1 && d.Words[i+1].Capital
}

// spelling is the name of the series that folds to the word.
func (s *series) spelling(folded string, entry int) string {
	e := &s.entries[entry]
	if strings.EqualFold(e.Name, folded) {
		return e.Name
	}
	for _, name := range e.Aliases {
		if strings.EqualFold(name, folded) {
			return name
		}
	}
	return ""
}

func isAcronym(s string) bool { return s != "" && s == strings.ToUpper(s) }
