package register

import (
	"encoding/json"
	"fmt"

	"github.com/dateline-news/dateline/wire"
)

// Entry is a message of the EVENTS stream: a record as it is now, and what is
// new in it.
type Entry struct {
	Record Record `json:"record"`
	// Changes are the changes that no entry before had, in order. They are
	// also among those of the record's versions.
	Changes []Change `json:"changes,omitempty"`
}

// DecodeEntry reads the body of a message of the EVENTS stream. The error
// wraps wire.ErrUndecodable: no further try can help.
func DecodeEntry(body []byte) (*Entry, error) {
	entry := new(Entry)
	if err := json.Unmarshal(body, entry); err != nil {
		return nil, fmt.Errorf("%w: %w", wire.ErrUndecodable, err)
	}
	if entry.Record.ID == "" {
		return nil, fmt.Errorf("%w: an event entry without a record id", wire.ErrUndecodable)
	}
	return entry, nil
}
