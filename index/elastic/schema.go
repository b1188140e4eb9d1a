package elastic

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/dateline-news/dateline/index/analysis"
)

// schemaJSON holds the settings and the mapping of the index, less what
// package analysis decides.
//
//go:embed schema.json
var schemaJSON []byte

// schema is the settings and the mapping of an index.
type schema struct {
	Settings map[string]any `json:"settings"`
	Mappings map[string]any `json:"mappings"`
	// fingerprint tells schemas apart; it is stored with the mapping.
	fingerprint string
}

func newSchema() (*schema, error) {
	var s schema
	if err := json.Unmarshal(schemaJSON, &s); err != nil {
		return nil, fmt.Errorf("schema.json: %w", err)
	}
	parts := s.Settings["analysis"].(object)
	part := func(kind, name string) object { return parts[kind].(object)[name].(object) }
	part("tokenizer", "between_separators")["pattern"] = analysis.SeparatorPattern
	part("filter", "cut")["pattern"] = fmt.Sprintf(`^(.{%d}).+$`, analysis.MaxTermRunes)
	part("filter", "unstemmed")["keywords_pattern"] = analysis.UnstemmedPattern
	part("char_filter", "fold")["mappings"] = foldMappings()

	all, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	hash := sha256.Sum256(all)
	s.fingerprint = hex.EncodeToString(hash[:8])
	s.Mappings["_meta"] = object{"dateline_schema": s.fingerprint}
	return &s, nil
}

// foldMappings writes the fold table in the form of a mapping char filter,
// which applies the longest entry as folding does.
func foldMappings() []string {
	table := analysis.FoldTable()
	mappings := make([]string, 0, len(table)+26)
	for _, f := range table {
		mappings = append(mappings, escape(f.From)+" => "+escape(f.To))
	}
	return mappings
}

// escape writes s in the escapes of a mapping char filter.
func escape(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, `\u%04x`, unit)
	}
	return b.String()
}
