package rule

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/goccy/go-yaml"

	"github.com/dateline-news/dateline/internal/strictyaml"
)

// MaxSource is the longest written form of a rule, in bytes.
const MaxSource = 64 << 10

// Decode reads a rule as YAML, of which JSON is a part, strictly. Name says
// in errors what was read.
func Decode(name string, source []byte) (Rule, error) {
	var r Rule
	switch {
	case len(source) > MaxSource:
		return r, fmt.Errorf("%s is longer than %d bytes", name, MaxSource)
	case len(bytes.TrimSpace(source)) == 0:
		return r, fmt.Errorf("%s is empty: the rule is missing", name)
	}
	err := strictyaml.Decode(name, source, &r)
	return r, err
}

// YAML writes the rule as a person would, without what is not set.
func (r Rule) YAML() ([]byte, error) {
	source, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write rule %s: %w", r.Name, err)
	}
	written, err := yaml.JSONToYAML(bytes.TrimSpace(source))
	if err != nil {
		return nil, fmt.Errorf("write rule %s: %w", r.Name, err)
	}
	return written, nil
}
