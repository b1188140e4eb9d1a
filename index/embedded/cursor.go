package embedded

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/dateline-news/dateline/index"
)

// cursor is the place of the last hit of a page.
type cursor struct {
	// Search is the fingerprint of the request.
	Search string `json:"s"`
	// List names the remembered search, for relevance.
	List string  `json:"l,omitempty"`
	Rank float64 `json:"r,omitempty"`
	Time int64   `json:"t"`
	ID   string  `json:"i"`
	// Reach is the greatest key of the first page's archive, when stories are
	// collapsed: a copy that comes later must not take the place of its story.
	Reach int `json:"k,omitempty"`

	// found is what the remembered search found.
	found *set
}

func (c *cursor) place() place { return place{id: c.ID, rank: c.Rank, time: c.Time} }

// newCursor returns the cursor of the page after the one that began at from.
func (v *view) newCursor(req index.Request, last place, list string, from *cursor) string {
	c := cursor{Search: req.Fingerprint(), List: list, Rank: last.rank, Time: last.time, ID: last.id}
	switch {
	case from != nil:
		c.Reach = from.Reach
	case req.Collapse && !v.asOf:
		c.Reach = v.columns.len
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("a cursor of finite numbers does not encode: %v", err))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor returns the cursor of the request, or nil when it has none.
func (a *Archive) readCursor(req index.Request) (*cursor, error) {
	if req.Cursor == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(req.Cursor)
	if err != nil {
		return nil, index.ErrBadCursor
	}
	var c cursor
	if err := json.Unmarshal(b, &c); err != nil || c.Search != req.Fingerprint() || c.Reach < 0 {
		return nil, index.ErrBadCursor
	}
	if req.Sort != index.ByRelevance {
		return &c, nil
	}
	if c.found = a.pages.get(c.List); c.found == nil {
		return nil, index.ErrBadCursor
	}
	return &c, nil
}
