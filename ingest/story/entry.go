package story

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// entry is a text as the bucket keeps it, under the id of its report and the
// hash of its content.
type entry struct {
	// Story is absent where the writer knew no report of the same text.
	Story     string    `json:"story,omitempty"`
	Published time.Time `json:"published"`
	// Seen is the sequence of the bucket up to which the writer had read:
	// what came later was not looked at.
	Seen   uint64 `json:"seen"`
	Sketch sketch `json:"sketch"`
}

func decodeEntry(data []byte) (entry, error) {
	var e entry
	if err := json.Unmarshal(data, &e); err != nil {
		return entry{}, fmt.Errorf("decode the entry of a text: %w", err)
	}
	return e, nil
}

// MarshalJSON writes the sketch as a string of base 64.
func (s sketch) MarshalJSON() ([]byte, error) { return json.Marshal(s.bytes()) }

// UnmarshalJSON reads what MarshalJSON wrote and refuses anything else.
func (s *sketch) UnmarshalJSON(data []byte) error {
	var raw []byte
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	read, err := readSketch(raw)
	*s = read
	return err
}

// entryKey names the text of the report as it is now.
func entryKey(r *news.Report) string { return r.ID + "." + r.HashContent() }

// entryReport is the id of the report that an entry belongs to.
func entryReport(key string) string {
	if i := strings.LastIndexByte(key, '.'); i >= 0 {
		return key[:i]
	}
	return key
}
