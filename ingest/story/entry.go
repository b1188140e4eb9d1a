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
	Sketch Sketch `json:"-"`
}

// entryRecord is an entry as JSON.
type entryRecord struct {
	entry
	Sketch []byte `json:"sketch"`
}

func (e entry) encode() ([]byte, error) {
	sketch, err := e.Sketch.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return json.Marshal(entryRecord{entry: e, Sketch: sketch})
}

func decodeEntry(data []byte) (entry, error) {
	var r entryRecord
	if err := json.Unmarshal(data, &r); err != nil {
		return entry{}, fmt.Errorf("decode the entry of a text: %w", err)
	}
	err := r.entry.Sketch.UnmarshalBinary(r.Sketch)
	return r.entry, err
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
