package elastic

import (
	"context"
	"encoding/json"

	"github.com/dateline-news/dateline/index"
)

// maxWindow is the most hits looked at at once for those that head a story.
const maxWindow = 1000

// head is what is known of the report that stands for its story.
type head struct {
	id     string
	copies int
}

// answerCollapsed reads the hits in order and keeps those that come first of
// their story. (The server's own collapse cannot go on after a hit.)
func (v *view) answerCollapsed(ctx context.Context, req index.Request, q object, from cursor) (*index.Result, error) {
	window := min(maxWindow, 2*req.Limit+1)
	body := v.searchBody(req, q, from)
	body["size"] = window
	first, err := v.run(ctx, body)
	if err != nil {
		return nil, err
	}
	result := &index.Result{Total: first.Hits.Total.Value, Hits: []index.Hit{}}
	if counts(req) {
		if err := v.count(ctx, req, q, first, result); err != nil {
			return nil, err
		}
	}
	plain := index.Request{Sort: req.Sort, Limit: req.Limit, Filters: req.Filters}
	var last json.RawMessage
	for page := first.Hits.Hits; len(page) > 0; {
		heads, err := v.heads(ctx, req, q, page)
		if err != nil {
			return nil, err
		}
		for _, h := range page {
			head := heads[index.Story(h.Source.Report)]
			switch {
			case head.id != h.Source.Report.ID:
				continue
			case len(result.Hits) == req.Limit:
				result.Next, err = newCursor(req, v.kept(req), last)
				return result, err
			}
			last = h.Sort
			one, err := hits([]hit{h}, 1)
			if err != nil {
				return nil, err
			}
			one[0].Copies = head.copies
			result.Hits = append(result.Hits, one[0])
		}
		if len(page) < window {
			break
		}
		body := v.searchBody(plain, q, cursor{After: page[len(page)-1].Sort})
		body["size"], body["track_total_hits"] = window, false
		next, err := v.run(ctx, body)
		if err != nil {
			return nil, err
		}
		page = next.Hits.Hits
	}
	return result, nil
}

// heads returns, by story, the heads of the stories of the hits.
func (v *view) heads(ctx context.Context, req index.Request, q object, page []hit) (map[string]head, error) {
	var stories []string
	seen := map[string]bool{}
	for _, h := range page {
		if _, err := hits([]hit{h}, 1); err != nil {
			return nil, err
		}
		if story := index.Story(h.Source.Report); !seen[story] {
			seen[story] = true
			stories = append(stories, story)
		}
	}
	if clauses := filterClauses(req.Filters, ""); clauses != nil {
		q = object{"bool": object{"must": q, "filter": clauses}}
	}
	answer, err := v.run(ctx, object{
		"query": q, "size": 0, "track_total_hits": false,
		"aggs": object{"story": object{
			"terms": object{"field": "facet." + string(index.FacetStory), "include": stories, "size": len(stories)},
			"aggs": object{"first": object{"top_hits": object{
				"size": 1, "_source": false, "docvalue_fields": []string{"id"}, "sort": sortOrder(req.Sort),
			}}},
		}},
	})
	if err != nil {
		return nil, err
	}
	heads := map[string]head{}
	for _, b := range answer.Aggregations["story"].Buckets {
		story, _ := b.Key.(string)
		heads[story] = head{b.First.id(), b.Count}
	}
	return heads, nil
}
