// Package strictyaml reads YAML that people write: an unknown key is an error
// with its line and, where one is near, the key that was probably meant.
package strictyaml

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/internal/nearest"
)

// Decode reads content into the value that into points to. A file without
// content leaves it as it is. Errors begin with name, which says what was read.
func Decode(name string, content []byte, into any) error {
	err := yaml.UnmarshalWithOptions(content, into, yaml.Strict())
	var unknown *yaml.UnknownFieldError
	var located interface{ GetMessage() string }
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &unknown):
		key := unknown.Token.Value
		hint := ""
		if near := nearest.Word(key, keys(reflect.TypeOf(into)), len(key)/3+1); near != "" {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		return fmt.Errorf("%s:%d: unknown key %q%s", name, unknown.Token.Position.Line, key, hint)
	case errors.As(err, &located):
		return fmt.Errorf("%s is not valid YAML for Dateline:\n%s", name, yaml.FormatError(err, false, true))
	default:
		return fmt.Errorf("%s: %w", name, err)
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
