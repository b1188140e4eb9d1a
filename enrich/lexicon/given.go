package lexicon

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed data/given.txt.gz
var givenData []byte

// Gender is what a given name tells of a person.
type Gender uint8

// The genders; a name that men and women bear is Either.
const (
	Unknown Gender = iota
	Male
	Female
	Either
)

// GivenNames returns the common given names of many countries, folded, with
// their gender. They come from the Faker package (MIT License); see build.
func GivenNames() (map[string]Gender, error) {
	gz, err := gzip.NewReader(bytes.NewReader(givenData))
	if err != nil {
		return nil, fmt.Errorf("reading the embedded given names: %w", err)
	}
	names := make(map[string]Gender, 20_000)
	lines := bufio.NewScanner(gz)
	lines.Buffer(nil, 1<<20)
	for gender := Male; lines.Scan(); gender++ {
		for name := range strings.FieldsSeq(lines.Text()) {
			names[name] |= gender // a name of both is Either
		}
	}
	return names, lines.Err()
}
