package elastic

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
)

// Search implements index.Archive. Pages by published and seen are stable
// while reports are written, and their cursors do not expire. By relevance
// the pages after the first show what the first one found, for five minutes
// after each; then their cursors give index.ErrBadCursor.
func (a *Archive) Search(ctx context.Context, req index.Request) (*index.Result, error) {
	req, err := req.Normal()
	if err != nil {
		return nil, err
	}
	q, err := plan(req.Query)
	if err != nil {
		return nil, err
	}
	at, past := req.AsOf()
	from, err := readCursor(req)
	if err != nil {
		return nil, err
	}
	if req.Cursor != "" {
		req.Now = from.Now
	}
	q = favourRecent(q, req.Now)
	v := &view{archive: a, preference: req.Fingerprint(), snapshot: from.Snapshot, past: past}
	fresh := from.Snapshot == "" && (frozen(req) || past)
	switch {
	case past:
		q, err = v.asOf(ctx, q, at.UnixMilli(), fresh)
	case fresh:
		err = v.freeze(ctx)
	}
	var result *index.Result
	if err == nil {
		err = v.measure(ctx, req, q)
	}
	if err == nil {
		answer := v.answer
		if req.Collapse {
			answer = v.answerCollapsed
		}
		result, err = answer(ctx, req, q, from)
	}
	if fresh && (err != nil || result.Next == "" || !frozen(req)) {
		v.release(context.WithoutCancel(ctx))
	}
	if err != nil {
		return nil, err
	}
	return result, nil
}

// favourRecent weighs the scores by when the reports were published, see
// index.Recency.
func favourRecent(q object, now time.Time) object {
	if now.IsZero() {
		return q
	}
	decay := object{"origin": now.UnixMilli(), "scale": fmt.Sprintf("%dms", index.RecencyHalfLife.Milliseconds()), "decay": 0.5}
	return object{"function_score": object{
		"query": q,
		"functions": []object{
			{"weight": 1},
			{"filter": object{"exists": object{"field": "published"}}, "exp": object{"published": decay}},
		},
		"score_mode": "sum", "boost_mode": "multiply",
	}}
}

// frozen reports whether the pages of a search show the index as it was at
// the first: scores change with what is written, and so do the heads of
// stories.
func frozen(req index.Request) bool { return req.Sort == index.ByRelevance || req.Collapse }

// kept is the snapshot that the next page shows too.
func (v *view) kept(req index.Request) string {
	if frozen(req) {
		return v.snapshot
	}
	return ""
}

// counts reports whether the request counts more than its hits.
func counts(req index.Request) bool {
	return len(req.Facets)+len(req.Tallies) > 0 || req.Histogram != nil
}

func (v *view) answer(ctx context.Context, req index.Request, q object, from cursor) (*index.Result, error) {
	found, err := v.run(ctx, v.searchBody(req, q, from))
	if err != nil {
		return nil, err
	}
	result := &index.Result{Total: found.Hits.Total.Value}
	if result.Hits, err = hits(found.Hits.Hits, req.Limit); err != nil {
		return nil, err
	}
	if len(found.Hits.Hits) > req.Limit {
		last := found.Hits.Hits[req.Limit-1]
		if result.Next, err = newCursor(req, v.kept(req), last.Sort); err != nil {
			return nil, err
		}
	}
	if counts(req) {
		err = v.count(ctx, req, q, found, result)
	}
	return result, err
}

// searchBody returns the request in Elasticsearch's form. It asks for one hit
// more than the page holds, which tells whether there is another page.
func (v *view) searchBody(req index.Request, q object, from cursor) object {
	body := object{
		"query": q, "sort": sortOrder(req.Sort), "size": req.Limit + 1,
		"track_total_hits": true,
		"_source":          []string{"report"},
	}
	if from.After != nil {
		body["search_after"] = from.After
	}
	// A filter after the query leaves the facets to count without their own.
	if clauses := filterClauses(req.Filters, ""); clauses != nil {
		body["post_filter"] = clauses
	}
	if counts(req) {
		body["aggs"] = v.aggregations(req, req.FacetSize)
	}
	return body
}

// sortOrder is total: it ends with the id. A report without the time that is
// sorted by comes after all others.
func sortOrder(s index.Sort) []object {
	latest := func(field index.Sort) object {
		return object{string(field): object{"order": "desc", "missing": "_last"}}
	}
	byID := object{"id": "asc"}
	if s == index.ByEvent {
		day := object{"order": "desc", "mode": "max", "missing": "_last"}
		return []object{{"day." + string(query.EventTime): day}, byID}
	}
	if s == index.ByRelevance {
		return []object{{"_score": "desc"}, latest(index.ByPublished), byID}
	}
	return []object{latest(s), byID}
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
	Aggregations map[string]aggregation `json:"aggregations"`
}

type hit struct {
	ID     string   `json:"_id"`
	Score  *float64 `json:"_score"`
	Source stored   `json:"_source"`
	Fields struct {
		ID []string `json:"id"`
	} `json:"fields"`
	Sort json.RawMessage `json:"sort"`
}

// hits returns the reports of a page of at most limit.
func hits(found []hit, limit int) ([]index.Hit, error) {
	page := make([]index.Hit, 0, min(limit, len(found)))
	for _, h := range found[:min(limit, len(found))] {
		if h.Source.Report == nil {
			return nil, fmt.Errorf("search: the index holds a document %q that is no report; delete it", h.ID)
		}
		score := 0.0
		if h.Score != nil {
			score = *h.Score
		}
		page = append(page, index.Hit{Report: h.Source.Report, Score: score})
	}
	return page, nil
}
