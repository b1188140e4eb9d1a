package config

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
)

// decode reads YAML strictly: an unknown key is an error with its line and,
// where one is near, the key that was probably meant.
func decode(name string, content []byte) (*Config, error) {
	c := new(Config)
	err := yaml.UnmarshalWithOptions(content, c, yaml.Strict())
	var unknown *yaml.UnknownFieldError
	var located interface{ GetMessage() string }
	switch {
	case err == nil, errors.Is(err, io.EOF): // a file without content
		return c, nil
	case errors.As(err, &unknown):
		key := unknown.Token.Value
		hint := ""
		if near := nearest(key, keys(reflect.TypeFor[Config]())); near != "" {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		return nil, fmt.Errorf("%s:%d: unknown key %q%s", name, unknown.Token.Position.Line, key, hint)
	case errors.As(err, &located):
		return nil, fmt.Errorf("%s is not valid YAML for Dateline:\n%s", name, yaml.FormatError(err, false, true))
	default:
		return nil, fmt.Errorf("%s: %w", name, err)
	}
}

// keys returns every key that may stand anywhere in a value of type t.
func keys(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var found []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		found = append(found, name)
		found = append(found, keys(f.Type)...)
	}
	return found
}

// nearest returns the candidate that takes the fewest edits to reach from
// word, or "" when all are further than a third of the word's length.
func nearest(word string, candidates []string) string {
	best, distance := "", len(word)/3+1
	for _, c := range candidates {
		if d := editDistance(word, c); d < distance || d == distance && best == "" {
			best, distance = c, d
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
