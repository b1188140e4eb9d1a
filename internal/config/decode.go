package config

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/internal/nearest"
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
		if near := nearest.Word(key, keys(reflect.TypeFor[Config]()), len(key)/3+1); near != "" {
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
