package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/wire"
)

// heldList is a source's list as it was read last, kept where every process
// finds it: the next one can then ask for changes alone, and looks at the
// items again when there are none.
type heldList struct {
	URL string `json:"url"`
	// Reader is how the list was read: by which version, and as which source.
	Reader       string      `json:"reader"`
	ETag         string      `json:"etag,omitempty"`
	LastModified string      `json:"last_modified,omitempty"`
	Items        []feed.Item `json:"items"`
}

// maxHeld bounds a kept list, in bytes of its compressed form. A longer one is
// read whole every time.
const maxHeld = 256 << 10

func listKey(source string) string { return "list." + source }

// held is the list that was read from the address before; without items if
// there is none.
func (r *runner) held(ctx context.Context, address string) (heldList, error) {
	var packed []byte
	if _, err := load(ctx, r.state.poll, listKey(r.source.Name), &packed); err != nil {
		return heldList{}, err
	}
	var list heldList
	if packed == nil {
		return list, nil
	}
	if err := unpack(packed, &list); err != nil || list.URL != address || list.Reader != r.reader() {
		return heldList{}, nil // read whole, which writes it again
	}
	return list, nil
}

// reader changes when a list would be read otherwise: with another version of
// the program, or another configuration of the source.
func (r *runner) reader() string {
	s := r.source
	return shortHash(fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%+v", wire.BuildVersion(), s.kind(), s.TimeZone, s.Language, s.Selectors))
}

// hold keeps the list, unless a server that tells no changes makes that
// useless.
func (r *runner) hold(ctx context.Context, list heldList) error {
	if list.ETag == "" && !r.tellsChanges(list.LastModified) {
		return nil
	}
	list.Reader = r.reader()
	packed, err := pack(list)
	if err != nil {
		return err
	}
	if len(packed) > maxHeld {
		return nil
	}
	return save(ctx, r.state.poll, listKey(r.source.Name), packed)
}

// tellsChanges reports whether a time of last modification is long enough ago
// that a later change must have another: it is given in whole seconds, and a
// list may change twice in one.
func (r *runner) tellsChanges(lastModified string) bool {
	t, err := http.ParseTime(lastModified)
	return err == nil && r.Now().Sub(t) >= time.Minute // clocks differ
}

func pack(list heldList) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if err := json.NewEncoder(z).Encode(list); err != nil {
		return nil, fmt.Errorf("keep the list: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("keep the list: %w", err)
	}
	return out.Bytes(), nil
}

func unpack(packed []byte, list *heldList) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("read the kept list: %w", err)
	}
	if err := json.NewDecoder(z).Decode(list); err != nil {
		return fmt.Errorf("read the kept list: %w", err)
	}
	return nil
}
