package config

import (
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
)

func environ(list []string) map[string]string {
	env := make(map[string]string, len(list))
	for _, pair := range list {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	return env
}

// override sets every scalar key from its environment variable: the key's
// path in capitals after DATELINE_, such as DATELINE_NATS_URL. The same name
// with _FILE names a file that holds the value, as orchestrators mount secrets.
func (c *Config) override(env map[string]string) error {
	return overrideFields(reflect.ValueOf(c).Elem(), "DATELINE", env)
}

func overrideFields(v reflect.Value, prefix string, env map[string]string) error {
	for f, field := range v.Fields() {
		name := prefix + "_" + strings.ToUpper(f.Tag.Get("yaml"))
		if field.Kind() == reflect.Struct {
			if err := overrideFields(field, name, env); err != nil {
				return err
			}
			continue
		}
		value, found, err := lookup(name, env)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		if err := setScalar(field, value); err != nil {
			return fmt.Errorf("environment variable %s: %w", name, err)
		}
	}
	return nil
}

func lookup(name string, env map[string]string) (value string, found bool, err error) {
	value, found = env[name]
	file := env[name+"_FILE"]
	if file == "" {
		return value, found, nil
	}
	if found {
		return "", false, fmt.Errorf("%s and %s_FILE are both set: unset one", name, name)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return "", false, fmt.Errorf("%s_FILE: %w", name, err)
	}
	return strings.TrimRight(string(content), "\r\n"), true, nil
}

func setScalar(field reflect.Value, value string) error {
	switch field.Kind() {
	case reflect.String:
		field.SetString(value)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return fmt.Errorf("%q is not a whole number", value)
		}
		field.SetInt(n)
	case reflect.Bool:
		b, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("%q is not true or false", value)
		}
		field.SetBool(b)
	default:
		return fmt.Errorf("a list cannot be set from the environment; use the configuration file")
	}
	return nil
}
