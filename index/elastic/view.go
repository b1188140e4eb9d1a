package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// view is what the searches of one request look at.
type view struct {
	archive *Archive
	// preference makes searches ask the same copies of the shards, whose
	// scores agree.
	preference string
	// snapshot is the id of a point in time of the index, or "" for the
	// index as it is.
	snapshot string
	// past says that superseded revisions are looked at as well.
	past bool
	// few says that so few reports are found that values are counted as they
	// come, see measure.
	few bool
}

// indexes are the aliases that are searched.
func (v *view) indexes() []string {
	n := v.archive.names
	if v.past {
		return []string{n.read, n.past().read}
	}
	return []string{n.read}
}

// keepAlive is how long a snapshot lives after its last use.
const keepAlive = "5m"

// freeze takes a snapshot of the index.
func (v *view) freeze(ctx context.Context) error {
	var answer struct {
		ID     string `json:"id"`
		Shards shards `json:"_shards"`
	}
	a := v.archive
	err := a.cluster.do(ctx, esapi.OpenPointInTimeRequest{
		Index: v.indexes(), KeepAlive: keepAlive, Preference: v.preference,
	}, &answer)
	if err == nil {
		err = answer.Shards.err()
	}
	if err != nil {
		return fmt.Errorf("search: %w", a.explain(err))
	}
	v.snapshot = answer.ID
	return nil
}

// release drops the snapshot. When that fails the snapshot goes by itself.
func (v *view) release(ctx context.Context) {
	if v.snapshot == "" {
		return
	}
	body, err := json.Marshal(object{"id": v.snapshot})
	if err == nil {
		err = v.archive.cluster.do(ctx, esapi.ClosePointInTimeRequest{Body: bytes.NewReader(body)}, nil)
	}
	if err != nil {
		v.archive.logger.Debug("a snapshot of the index was not released", "error", err)
	}
	v.snapshot = ""
}

// run performs a search. What only a part of the shards answered is an error.
func (v *view) run(ctx context.Context, body object) (*found, error) {
	partial := false
	search := esapi.SearchRequest{AllowPartialSearchResults: &partial}
	if v.snapshot != "" {
		body["pit"] = object{"id": v.snapshot, "keep_alive": keepAlive}
	} else {
		search.Index, search.Preference = v.indexes(), v.preference
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	search.Body = bytes.NewReader(encoded)
	var answer found
	err = v.archive.cluster.do(ctx, search, &answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("search: %w", v.explain(err, body["search_after"] != nil))
	case answer.TimedOut:
		return nil, fmt.Errorf("search: %w: Elasticsearch ran out of time", index.ErrUnavailable)
	}
	if err := answer.Shards.err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return &answer, nil
}

// explain tells cursors that are forged or expired from the limits that a
// cluster sets to queries.
func (v *view) explain(err error, continued bool) error {
	var failed *serverError
	if !errors.As(err, &failed) {
		return err
	}
	refused := failed.Status == http.StatusBadRequest && failed.final()
	expired := failed.Status == http.StatusNotFound && v.snapshot != "" && failed.Type != "index_not_found_exception"
	switch {
	case continued && (refused || expired):
		return index.ErrBadCursor
	case refused:
		return errors.Join(&index.UnsupportedError{Feature: "this search: " + failed.Reason}, err)
	}
	return v.archive.explain(err)
}
