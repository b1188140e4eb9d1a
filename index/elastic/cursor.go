package elastic

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/dateline-news/dateline/index"
)

// cursor is what a page's Next holds: which search it continues, and the sort
// values of the last hit.
type cursor struct {
	Search string          `json:"s"`
	After  json.RawMessage `json:"a"`
}

func newCursor(req index.Request, after json.RawMessage) (string, error) {
	b, err := json.Marshal(cursor{req.Fingerprint(), after})
	if err != nil {
		return "", fmt.Errorf("cursor: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// readCursor returns the sort values to go on after.
func readCursor(req index.Request) (json.RawMessage, error) {
	b, err := base64.RawURLEncoding.DecodeString(req.Cursor)
	if err != nil {
		return nil, index.ErrBadCursor
	}
	var c cursor
	if json.Unmarshal(b, &c) != nil || c.Search != req.Fingerprint() {
		return nil, index.ErrBadCursor
	}
	var values []any
	if json.Unmarshal(c.After, &values) != nil || len(values) != 2 {
		return nil, index.ErrBadCursor
	}
	_, number := values[0].(float64)
	if _, id := values[1].(string); !number || !id {
		return nil, index.ErrBadCursor
	}
	return c.After, nil
}
