// Package strictjson reads JSON that programs send: a value of another type
// than the one that is expected, a null too, is an error that names its field.
package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Decode reads content, one JSON value, into the value that into points to. A
// field that it does not have is an error.
func Decode(content []byte, into any) error {
	if err := check(content, reflect.TypeOf(into), true); err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

// Check says what of content, one JSON value, has another type than a T has
// there. Fields that it does not have are passed over, and so is what a text
// says.
func Check[T any](content []byte) error { return check(content, reflect.TypeFor[T](), false) }

func check(content []byte, t reflect.Type, all bool) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var value any
	var syntax *json.SyntaxError
	switch err := decoder.Decode(&value); {
	case errors.As(err, &syntax):
		return fmt.Errorf("this is not JSON: %w at byte %d", err, syntax.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the JSON breaks off")
	case err != nil:
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more follows the JSON value; send one alone")
	}
	return fits(value, t, "", all)
}

// fits compares a value with the type of the field at the path. All says that
// a field which the type does not have is an error.
func fits(value any, t reflect.Type, path string, all bool) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	want := kindOf(t)
	got, name := kindOfValue(value)
	switch {
	case got == null:
		return fmt.Errorf("%s: null is given; leave out what is not to be set", whole(path))
	case want != anything && got != want && !(want == number && got == integer):
		return fmt.Errorf("%s: %s is given; send %s", whole(path), name, want)
	}
	switch v := value.(type) {
	case []any:
		for i, one := range v {
			if err := fits(one, elementOf(t, want), fmt.Sprintf("%s[%d]", path, i), all); err != nil {
				return err
			}
		}
	case map[string]any:
		return fieldsFit(v, t, path, all)
	}
	return nil
}

func fieldsFit(object map[string]any, t reflect.Type, path string, all bool) error {
	known := fieldsOf(t)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := strings.TrimPrefix(path+"."+name, ".")
		field, ok := known[name]
		if t.Kind() != reflect.Struct {
			field, ok = elementOf(t, kindOf(t)), true
		}
		switch {
		case !ok && all:
			return fmt.Errorf("unknown field %q; there are %s", at, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		case !ok:
			continue
		}
		if err := fits(object[name], field, at, all); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf are the types of the fields of a struct by their names in JSON.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	if t.Kind() != reflect.Struct {
		return fields
	}
	for f := range t.Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func elementOf(t reflect.Type, k kind) reflect.Type {
	if k == anything {
		return t
	}
	return t.Elem()
}

// kind is a type of JSON, as an error calls it.
type kind string

const (
	null     kind = "null"
	boolean  kind = "true or false"
	text     kind = "a string"
	integer  kind = "a whole number"
	number   kind = "a number"
	array    kind = "an array"
	object   kind = "an object"
	anything kind = "anything"
)

var textual = reflect.TypeFor[encoding.TextUnmarshaler]()

func kindOf(t reflect.Type) kind {
	if reflect.PointerTo(t).Implements(textual) {
		return text
	}
	switch t.Kind() {
	case reflect.Bool:
		return boolean
	case reflect.String:
		return text
	case reflect.Slice, reflect.Array:
		return array
	case reflect.Float32, reflect.Float64:
		return number
	case reflect.Struct, reflect.Map:
		return object
	case reflect.Interface:
		return anything
	}
	return integer
}

// kindOfValue is the kind of what was sent, and how an error calls it.
func kindOfValue(value any) (kind, string) {
	k := null
	switch v := value.(type) {
	case bool:
		return boolean, strconv.FormatBool(v)
	case json.Number:
		k = number
		if _, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			k = integer
		}
		return k, "the number " + v.String()
	case string:
		k = text
	case []any:
		k = array
	case map[string]any:
		k = object
	}
	return k, string(k)
}

func whole(path string) string {
	if path == "" {
		return "the whole"
	}
	return path
}
