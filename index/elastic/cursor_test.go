package elastic

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

func FuzzCursor(f *testing.F) {
	req := index.Request{Query: query.All{}, Sort: index.ByPublished}
	good, err := newCursor(req, "", json.RawMessage(`[1425461400000,"r1"]`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add("e30")
	f.Add(base64.RawURLEncoding.EncodeToString([]byte(`{"s":"` + req.Fingerprint() + `","a":{}}`)))
	f.Fuzz(func(t *testing.T, text string) {
		req.Cursor = text
		c, err := readCursor(req)
		switch {
		case err != nil && !errors.Is(err, index.ErrBadCursor):
			t.Errorf("%q: %v", text, err)
		case err == nil && text != "" && !json.Valid(c.After):
			t.Errorf("%q continues after %q", text, c.After)
		}
	})
}
