package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/strictyaml"
)

// AddSources writes sources into the configuration file named path, behind
// those that are there, and leaves everything else in it as it is, comments
// too. Where there is no such file one is made from the shipped
// configuration. What would not be a good configuration is not written.
func AddSources(path string, sources []ingest.Source) error {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		content, err = Shipped(), nil
	}
	if err != nil {
		return fmt.Errorf("reading the configuration: %w", err)
	}
	content, err = withSources(content, sources)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := check(path, content); err != nil {
		return err
	}
	return replaceFile(path, content)
}

// check reports what is wrong with content as a configuration.
func check(path string, content []byte) error {
	c := new(Config)
	if err := strictyaml.Decode(path, content, c); err != nil {
		return err
	}
	c.complete(nil)
	if err := c.Validate(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// replaceFile writes a file whole or not at all.
func replaceFile(path string, content []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".dateline-*.yaml")
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	defer os.Remove(temporary.Name()) // gone already when all went well
	_, err = temporary.Write(content)
	err = errors.Join(err, temporary.Chmod(mode), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	return nil
}

var (
	sourcesKey = regexp.MustCompile(`^sources:\s*(.*?)\s*(?:#.*)?$`)
	listEntry  = regexp.MustCompile(`^(\s*)-(?:\s|$)`)
)

var errFlow = errors.New("sources is written on one line; write each source on lines of its own, as `dateline config show` does, and try again")

// withSources inserts sources behind the last one of content.
func withSources(content []byte, sources []ingest.Source) ([]byte, error) {
	newline := "\n"
	if bytes.Contains(content, []byte("\r\n")) {
		newline = "\r\n"
	}
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n"), "\n")
	at, indent, err := endOfSources(lines)
	if err != nil {
		return nil, err
	}
	if at < 0 {
		if lines = append(lines, "", "sources:"); len(content) == 0 {
			lines = lines[2:]
		}
		at = len(lines)
	}
	var added []string
	for _, s := range sources {
		entry, err := sourceLines(s, indent)
		if err != nil {
			return nil, err
		}
		added = append(append(added, ""), entry...)
	}
	if strings.TrimSpace(lines[at-1]) == "sources:" {
		added = added[1:]
	}
	out := append(append(append([]string{}, lines[:at]...), added...), lines[at:]...)
	return []byte(strings.Join(out, newline) + newline), nil
}

// endOfSources is behind which line sources are written, and how far they are
// indented; -1 when there is no list. A list that is there but empty loses its
// brackets.
func endOfSources(lines []string) (at int, indent string, err error) {
	indent = "  "
	start := -1
	for i, line := range lines {
		if m := sourcesKey.FindStringSubmatch(line); m != nil {
			start = i
			switch m[1] {
			case "":
			case "[]", "null", "~":
				lines[i] = "sources:"
			default:
				return 0, "", errFlow
			}
		}
	}
	if start < 0 {
		return -1, indent, nil
	}
	end, found := start+1, false
	for i, line := range lines[start+1:] {
		m := listEntry.FindStringSubmatch(line)
		trimmed := strings.TrimSpace(line)
		switch {
		case m != nil && !found:
			indent, found = m[1], true
		case trimmed == "" || strings.HasPrefix(trimmed, "#") && line[0] == '#':
			continue // of what follows, unless the list goes on
		case line[0] != ' ' && m == nil:
			return end, indent, nil
		}
		end = start + 1 + i + 1
	}
	return end, indent, nil
}

// sourceLines are the lines of a source, without the keys that have their
// default.
func sourceLines(s ingest.Source, indent string) ([]string, error) {
	var lines []string
	key := func(at, name, value string) error {
		if value == "" {
			return nil
		}
		quoted, err := yaml.Marshal(value)
		if err != nil {
			return err
		}
		lines = append(lines, at+name+": "+strings.TrimSuffix(string(quoted), "\n"))
		return nil
	}
	inner := indent + "  "
	err := errors.Join(
		key(inner, "name", s.Name), key(inner, "agency", s.Agency), key(inner, "kind", s.Kind), key(inner, "url", s.URL),
		key(inner, "schedule", s.Schedule), key(inner, "time_zone", s.TimeZone), key(inner, "language", s.Language),
	)
	if s.Local {
		lines = append(lines, inner+"local: true")
	}
	if s.Selectors.Item != "" {
		lines = append(lines, inner+"selectors:")
		at := inner + "  "
		err = errors.Join(err,
			key(at, "item", s.Selectors.Item), key(at, "link", s.Selectors.Link), key(at, "title", s.Selectors.Title),
			key(at, "date", s.Selectors.Date), key(at, "next", s.Selectors.Next),
		)
	}
	if len(lines) > 0 {
		lines[0] = indent + "- " + strings.TrimPrefix(lines[0], inner)
	}
	return lines, err
}
