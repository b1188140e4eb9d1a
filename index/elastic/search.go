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

// Search implements index.Archive. Pages by published and seen are stable
// while reports are written: what was shown is not shown again and what was
// behind it is not left out.
func (a *Archive) Search(ctx context.Context, req index.Request) (*index.Result, error) {
	req, err := req.Normal()
	if err != nil {
		return nil, err
	}
	body, err := searchBody(req)
	if err != nil {
		return nil, err
	}
	found, err := a.run(ctx, body, req.Fingerprint())
	if err != nil {
		return nil, err
	}
	result := &index.Result{Total: found.Hits.Total.Value}
	if err := addHits(result, found.Hits.Hits, req); err != nil {
		return nil, err
	}
	if len(req.Facets) > 0 {
		result.Facets, err = a.facets(ctx, req, body["query"].(object), found)
	}
	if err != nil {
		return nil, err
	}
	return result, nil
}

// searchBody returns the request in Elasticsearch's form.
func searchBody(req index.Request) (object, error) {
	q, err := plan(req.Query)
	if err != nil {
		return nil, err
	}
	body := object{
		"query": q, "sort": sortOrder(req.Sort), "size": req.Limit + 1,
		"track_total_hits": true,
		"_source":          []string{"report"},
	}
	if req.Cursor != "" {
		after, err := readCursor(req)
		if err != nil {
			return nil, err
		}
		body["search_after"] = after
	}
	if len(req.Facets) > 0 {
		body["aggs"] = facetAggregations(req, req.FacetSize)
	}
	return body, nil
}

// sortOrder is total: it ends with the id. A report without the time that is
// sorted by comes after all others.
func sortOrder(s index.Sort) []object {
	order := object{string(s): object{"order": "desc", "missing": "_last"}}
	if s == index.ByRelevance {
		order = object{"_score": "desc"}
	}
	return []object{order, {"id": "asc"}}
}

// found is Elasticsearch's answer to a search.
type found struct {
	TimedOut bool   `json:"timed_out"`
	Shards   shards `json:"_shards"`
	Hits     struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []hit `json:"hits"`
	} `json:"hits"`
	Aggregations map[index.Facet]buckets `json:"aggregations"`
}

type hit struct {
	ID     string          `json:"_id"`
	Score  *float64        `json:"_score"`
	Source stored          `json:"_source"`
	Sort   json.RawMessage `json:"sort"`
}

// run performs a search. What only a part of the shards answered is an error.
// Searches with the same preference ask the same copies of the shards, whose
// scores agree.
func (a *Archive) run(ctx context.Context, body object, preference string) (*found, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	partial := false
	var answer found
	err = a.cluster.do(ctx, esapi.SearchRequest{
		Index: []string{a.names.read}, Body: bytes.NewReader(encoded),
		AllowPartialSearchResults: &partial, Preference: preference,
	}, &answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("search: %w", a.explainSearch(err))
	case answer.TimedOut:
		return nil, fmt.Errorf("search: %w: Elasticsearch ran out of time", index.ErrUnavailable)
	}
	if err := answer.Shards.err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return &answer, nil
}

// explainSearch makes the limits of the cluster on queries unsupported
// features.
func (a *Archive) explainSearch(err error) error {
	var failed *serverError
	if errors.As(err, &failed) && failed.Status == http.StatusBadRequest && failed.final() {
		return errors.Join(&index.UnsupportedError{Feature: "this search: " + failed.Reason}, err)
	}
	return a.explain(err)
}

// addHits adds a page of hits. One more than the page was asked for, which
// tells whether there is another.
func addHits(result *index.Result, hits []hit, req index.Request) error {
	if len(hits) > req.Limit {
		hits = hits[:req.Limit]
		next, err := newCursor(req, hits[len(hits)-1].Sort)
		if err != nil {
			return err
		}
		result.Next = next
	}
	for _, h := range hits {
		if h.Source.Report == nil {
			return fmt.Errorf("search: the index holds a document %q that is no report; delete it", h.ID)
		}
		score := 0.0
		if h.Score != nil {
			score = *h.Score
		}
		result.Hits = append(result.Hits, index.Hit{Report: h.Source.Report, Score: score})
	}
	return nil
}
