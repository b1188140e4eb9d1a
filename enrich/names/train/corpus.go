package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dateline-news/dateline/enrich/names/internal/chain"
	"github.com/dateline-news/dateline/news"
)

// record is an annotated text; spans are of bytes.
type record struct {
	source string
	text   string
	ents   []entity
	// partial says that the source leaves out some names of the kind MISC.
	partial bool
	weight  float32
	// part is the number of the model that alone learns from the record, or -1
	// when all do.
	part int
}

type entity struct {
	span news.Span
	kind int
}

var kindNames = [chain.Kinds]string{"PER", "ORG", "LOC", "MISC"}

// kindNumbers are the kinds of the corpora; dates are not names.
var kindNumbers = map[string]int{"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}

// toolMade is the corpus that was annotated by a tool and is larger than all
// others together.
const toolMade = "gmb"

// sources says how each corpus is used; one that is not listed is left out.
var sources = map[string]struct {
	weight  float32
	partial bool
}{
	toolMade:            {weight: 0.5},
	"docred":            {weight: 1},
	"gum-other":         {weight: 2, partial: true},
	"wikigold":          {weight: 2},
	"uner-ewt-dev":      {weight: 2, partial: true},
	"crossner-politics": {weight: 1, partial: true},
	"crossner-other":    {weight: 1, partial: true},
	"re3d-centcom":      {weight: 2, partial: true},
	"wnut17":            {weight: 1, partial: true},
}

// readFolder reads the corpora of a folder, in the order of their names.
func readFolder(dir string) (map[string][]record, []string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil || len(paths) == 0 {
		return nil, nil, fmt.Errorf("no *.jsonl.gz in %s", dir)
	}
	corpora := map[string][]record{}
	var order []string
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".jsonl.gz")
		records, err := readFile(path, name)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", path, err)
		}
		corpora[name] = records
		order = append(order, name)
	}
	return corpora, order, nil
}

func readFile(path, name string) ([]record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var records []record
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		r, err := parseRecord(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(records)+1, err)
		}
		r.source, r.weight, r.partial = name, sources[name].weight, sources[name].partial
		records = append(records, r)
	}
	return records, lines.Err()
}

func parseRecord(line []byte) (record, error) {
	var in struct {
		Text string               `json:"text"`
		Ents [][3]json.RawMessage `json:"ents"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return record{}, err
	}
	offsets := byteOffsets(in.Text)
	r := record{text: in.Text}
	for _, e := range in.Ents {
		var start, end int
		var kind string
		for i, v := range []any{&start, &end, &kind} {
			if err := json.Unmarshal(e[i], v); err != nil {
				return record{}, err
			}
		}
		if start < 0 || end >= len(offsets) || start >= end {
			return record{}, fmt.Errorf("span [%d,%d) is outside the text", start, end)
		}
		if k, ok := kindNumbers[kind]; ok {
			r.ents = append(r.ents, entity{news.Span{Start: offsets[start], End: offsets[end]}, k})
		}
	}
	return r, nil
}

// byteOffsets gives the byte at which each rune of text starts, and its end.
func byteOffsets(text string) []int {
	offsets := make([]int, 0, len(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}
