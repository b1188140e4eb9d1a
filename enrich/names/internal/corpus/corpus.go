// Package corpus reads annotated texts: one JSON object a line, compressed with
// gzip, with the offsets of names in runes.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dateline-news/dateline/news"
)

// Document is an annotated text.
type Document struct {
	Text  string
	Names []Name
}

// Name is a name in a text; Kind counts from 0 for PER.
type Name struct {
	Span news.Span
	Kind int
}

// kindNumbers are the kinds of the corpora; dates are not names.
var kindNumbers = map[string]int{"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}

// ReadFolder reads the corpora of a folder and returns them by name, with the
// names in order.
func ReadFolder(dir string) (map[string][]Document, []string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil || len(paths) == 0 {
		return nil, nil, fmt.Errorf("no *.jsonl.gz in %s", dir)
	}
	corpora := map[string][]Document{}
	var order []string
	for _, path := range paths {
		documents, err := readFile(path)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", path, err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".jsonl.gz")
		corpora[name] = documents
		order = append(order, name)
	}
	return corpora, order, nil
}

func readFile(path string) ([]Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var documents []Document
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		d, err := Parse(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(documents)+1, err)
		}
		documents = append(documents, d)
	}
	return documents, lines.Err()
}

// Parse reads a line of a corpus.
func Parse(line []byte) (Document, error) {
	var in struct {
		Text string               `json:"text"`
		Ents [][3]json.RawMessage `json:"ents"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return Document{}, err
	}
	offsets := byteOffsets(in.Text)
	d := Document{Text: in.Text}
	for _, e := range in.Ents {
		var start, end int
		var kind string
		for i, v := range []any{&start, &end, &kind} {
			if err := json.Unmarshal(e[i], v); err != nil {
				return Document{}, err
			}
		}
		if start < 0 || end >= len(offsets) || start >= end {
			return Document{}, fmt.Errorf("span [%d,%d) is outside the text", start, end)
		}
		if k, ok := kindNumbers[kind]; ok {
			d.Names = append(d.Names, Name{news.Span{Start: offsets[start], End: offsets[end]}, k})
		}
	}
	return d, nil
}

// byteOffsets gives the byte at which each rune of text starts, and its end.
func byteOffsets(text string) []int {
	offsets := make([]int, 0, len(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}
