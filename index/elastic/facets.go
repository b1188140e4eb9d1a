package elastic

import (
	"context"
	"fmt"

	"github.com/dateline-news/dateline/index"
)

// maxBuckets is the most values Elasticsearch counts in one answer, by
// default.
const maxBuckets = 65_536

// buckets are the counts of a facet.
type buckets struct {
	// Error is how far a count may be off, because a shard left out values.
	Error   int `json:"doc_count_error_upper_bound"`
	Buckets []struct {
		Key   string `json:"key"`
		Count int    `json:"doc_count"`
	} `json:"buckets"`
}

// facetAggregations asks each shard for its shardSize most frequent values.
func facetAggregations(req index.Request, shardSize int) object {
	aggs := object{}
	for _, f := range req.Facets {
		aggs[string(f)] = object{"terms": object{
			"field": "facet." + string(f),
			"size":  req.FacetSize, "shard_size": max(req.FacetSize, min(shardSize, maxBuckets)),
			"order": []object{{"_count": "desc"}, {"_key": "asc"}},
		}}
	}
	return aggs
}

// facets returns the counts of the facets. With several shards, values that
// are rare in one and frequent in another can make the first answer inexact;
// the shards are then asked for more until it is exact.
func (v *view) facets(ctx context.Context, req index.Request, q object, first *found) (map[index.Facet][]index.Count, error) {
	answer := first
	for size := max(1000, 10*req.FacetSize); !exact(answer); size *= 8 {
		if size > 8*maxBuckets {
			return nil, &index.UnsupportedError{Feature: fmt.Sprintf("facets of more than %d values over several shards", maxBuckets)}
		}
		var err error
		body := object{"query": q, "size": 0, "track_total_hits": false, "aggs": facetAggregations(req, size)}
		if answer, err = v.run(ctx, body); err != nil {
			return nil, err
		}
	}
	counts := make(map[index.Facet][]index.Count, len(req.Facets))
	for _, f := range req.Facets {
		counts[f] = []index.Count{}
		for _, b := range answer.Aggregations[f].Buckets {
			counts[f] = append(counts[f], index.Count{Value: b.Key, Count: b.Count})
		}
	}
	return counts, nil
}

func exact(answer *found) bool {
	for _, b := range answer.Aggregations {
		if b.Error > 0 {
			return false
		}
	}
	return true
}
