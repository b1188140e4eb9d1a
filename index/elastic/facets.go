package elastic

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// maxBuckets is the most values Elasticsearch counts in one answer, by
// default.
const maxBuckets = 65_536

// aggregation is the answer to a count: buckets, or, where filters bear on
// it, those within "counted".
type aggregation struct {
	// Error is how far a count may be off, because a shard left out values.
	Error   int `json:"doc_count_error_upper_bound"`
	Buckets []struct {
		// Key is text, the milliseconds of a day, or those of each source.
		Key   any   `json:"key"`
		Count int   `json:"doc_count"`
		First *tops `json:"first"`
		Last  *tops `json:"last"`
	} `json:"buckets"`
	// After is where the next buckets begin, when they come in pages.
	After   object       `json:"after_key"`
	Counted *aggregation `json:"counted"`
}

type tops struct {
	Hits struct {
		Hits []hit `json:"hits"`
	} `json:"hits"`
}

// inner is the aggregation that holds the buckets.
func (a aggregation) inner() aggregation {
	if a.Counted != nil {
		return *a.Counted
	}
	return a
}

// aggregations asks each shard for its shardSize most frequent values.
func (v *view) aggregations(req index.Request, shardSize int) object {
	aggs := object{}
	for _, f := range req.Facets {
		terms := v.countTerms(f, req.FacetSize, shardSize)
		aggs["facet "+string(f)] = filtered(req.Filters, f, object{"terms": terms})
	}
	for i, t := range req.Tallies {
		aggs[tallyName(i)] = filtered(req.Filters, "", v.tallyAggregation(t, shardSize))
	}
	if h := req.Histogram; h != nil {
		aggs["histogram"] = filtered(req.Filters, "", object{"date_histogram": object{
			"field": "day." + string(h.Field), "calendar_interval": h.Unit, "min_doc_count": 1,
		}})
	}
	return aggs
}

func tallyName(i int) string { return fmt.Sprintf("tally %d", i) }

func (v *view) countTerms(f index.Facet, size, shardSize int) object {
	terms := object{
		"field": "facet." + string(f),
		"size":  size, "shard_size": max(size, min(shardSize, maxBuckets)),
		"order": []object{{"_count": "desc"}, {"_key": "asc"}},
	}
	if v.few {
		terms["execution_hint"] = "map"
	}
	return terms
}

// fewReports is up to how many reports it takes less to count their values as
// they come than to make room for all values that the index has, as
// Elasticsearch does on its own.
const fewReports = 1000

// measure finds out whether few reports match, when values are to be counted for
// the first page.
func (v *view) measure(ctx context.Context, req index.Request, q object) error {
	if len(req.Facets)+len(req.Tallies) == 0 || req.Cursor != "" {
		return nil
	}
	answer, err := v.run(ctx, object{"query": q, "size": 0, "track_total_hits": fewReports + 1})
	if err != nil {
		return err
	}
	v.few = answer.Hits.Total.Value <= fewReports
	return nil
}

func (v *view) tallyAggregation(t index.Tally, shardSize int) object {
	terms := v.countTerms(t.Facet, cmp.Or(t.Size, index.DefaultFacetSize), shardSize)
	switch {
	case len(t.Values) > 0:
		terms["include"] = t.Values
	case t.Prefix != "":
		terms["include"] = literal(t.Prefix) + ".*"
	}
	agg := object{"terms": terms}
	if t.Evidence {
		agg["aggs"] = object{"first": evidence("asc"), "last": evidence("desc")}
	}
	return agg
}

// evidence asks for the report that was published first or last.
func evidence(order string) object {
	return object{"top_hits": object{
		"size": 1, "_source": false, "docvalue_fields": []string{"id"},
		"sort": []object{{"published": object{"order": order, "missing": "_last"}}, {"id": "asc"}},
	}}
}

var notPlain = regexp.MustCompile(`[^\pL\pN]`)

// literal writes s as a regular expression of Lucene.
func literal(s string) string {
	return notPlain.ReplaceAllStringFunc(s, func(c string) string { return `\` + c })
}

// filtered has the filters, those on the facet apart left out, bear on an
// aggregation.
func filtered(filters []index.Filter, apart index.Facet, agg object) object {
	clauses := filterClauses(filters, apart)
	if clauses == nil {
		return agg
	}
	return object{"filter": clauses, "aggs": object{"counted": agg}}
}

// filterClauses is the query that the filters are, those on the facet apart
// left out; nil when none are left.
func filterClauses(filters []index.Filter, apart index.Facet) object {
	var must, mustNot []object
	for _, f := range index.AllFacets() {
		var values []string
		for _, filter := range filters {
			switch {
			case filter.Facet != f || f == apart:
			case filter.Exclude:
				mustNot = append(mustNot, object{"term": object{"facet." + string(f): filter.Value}})
			default:
				values = append(values, filter.Value)
			}
		}
		if values != nil {
			must = append(must, object{"terms": object{"facet." + string(f): values}})
		}
	}
	if must == nil && mustNot == nil {
		return nil
	}
	return object{"bool": object{"filter": must, "must_not": mustNot}}
}

// count sets the counts of the result. With several shards, values that are
// rare in one and frequent in another can make the first answer inexact; the
// shards are then asked for more until it is exact.
func (v *view) count(ctx context.Context, req index.Request, q object, first *found, result *index.Result) error {
	answer := first
	for size := max(1000, 10*req.FacetSize); !exact(answer); size *= 8 {
		if size > 8*maxBuckets {
			return &index.UnsupportedError{Feature: fmt.Sprintf("facets of more than %d values over several shards", maxBuckets)}
		}
		var err error
		body := object{"query": q, "size": 0, "track_total_hits": false, "aggs": v.aggregations(req, size)}
		if answer, err = v.run(ctx, body); err != nil {
			return err
		}
	}
	result.Facets = make(map[index.Facet][]index.Count, len(req.Facets))
	for _, f := range req.Facets {
		result.Facets[f] = answer.counts("facet "+string(f), "")
	}
	for i, t := range req.Tallies {
		result.Tallies = append(result.Tallies, answer.counts(tallyName(i), t.Prefix))
	}
	if req.Histogram != nil {
		result.Histogram = answer.bins()
	}
	return nil
}

func exact(answer *found) bool {
	for _, a := range answer.Aggregations {
		if a.inner().Error > 0 {
			return false
		}
	}
	return true
}

// counts returns the values counted that begin with the prefix.
func (f *found) counts(name, prefix string) []index.Count {
	counts := []index.Count{}
	for _, b := range f.Aggregations[name].inner().Buckets {
		value, _ := b.Key.(string)
		if strings.HasPrefix(value, prefix) {
			counts = append(counts, index.Count{Value: value, Count: b.Count, First: b.First.id(), Last: b.Last.id()})
		}
	}
	return counts
}

// id is the id of the one report there is; that of its document is another
// when it is a superseded revision.
func (t *tops) id() string {
	if t == nil || len(t.Hits.Hits) == 0 {
		return ""
	}
	ids := t.Hits.Hits[0].Fields.ID
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

func (f *found) bins() []index.Bin {
	bins := []index.Bin{}
	for _, b := range f.Aggregations["histogram"].inner().Buckets {
		ms, _ := b.Key.(float64)
		bins = append(bins, index.Bin{Start: news.DayOf(timeOf(int64(ms))), Count: b.Count})
	}
	return bins
}
