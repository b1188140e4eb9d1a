package elastic

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/index"
)

// cursor is what a page's Next holds. The zero cursor is the beginning.
type cursor struct {
	// Search is the fingerprint of the request.
	Search string `json:"s"`
	// Snapshot is the id of the point in time that the pages show, for
	// relevance.
	Snapshot string `json:"p,omitempty"`
	// Now is that of the request for the first page.
	Now time.Time `json:"n,omitzero"`
	// After holds the sort values of the last hit.
	After json.RawMessage `json:"a"`
}

func newCursor(req index.Request, snapshot string, after json.RawMessage) (string, error) {
	b, err := json.Marshal(cursor{req.Fingerprint(), snapshot, req.Now, after})
	if err != nil {
		return "", fmt.Errorf("cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// readCursor returns the cursor of the request.
func readCursor(req index.Request) (cursor, error) {
	if req.Cursor == "" {
		return cursor{}, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(req.Cursor)
	if err != nil {
		return cursor{}, index.ErrBadCursor
	}
	var c cursor
	if json.Unmarshal(b, &c) != nil || c.Search != req.Fingerprint() || (c.Snapshot != "") != frozen(req) {
		return cursor{}, index.ErrBadCursor
	}
	var values []any
	if json.Unmarshal(c.After, &values) != nil || len(values) == 0 {
		return cursor{}, index.ErrBadCursor
	}
	return c, nil
}
