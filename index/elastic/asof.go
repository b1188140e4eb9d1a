package elastic

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/dateline-news/dateline/index"
)

// The bounds of a search as of a time.
const (
	// lookAtOnce is how many superseded revisions are looked at at once.
	lookAtOnce = 10_000
	// maxDoubled is how many reports that count twice are looked at at once.
	maxDoubled = 1000
	// maxSnapshots is how often a snapshot is taken until it is whole.
	maxSnapshots = 20
)

// knownAt is the query for what was the last revision known just before a
// moment, in milliseconds since 1970.
func knownAt(at int64) object {
	missingOr := func(field string, bound object) object {
		return object{"bool": object{"should": []object{
			{"bool": object{"must_not": object{"exists": object{"field": field}}}},
			{"range": object{field: bound}},
		}}}
	}
	return object{"bool": object{"filter": []object{
		missingOr("seen", object{"lt": at}),
		missingOr("until", object{"gte": at}),
	}}}
}

// superseded is the query for all that is not the last revision.
func superseded() object { return object{"exists": object{"field": "until"}} }

func both(queries ...object) object { return object{"bool": object{"filter": queries}} }

// asOf narrows a query to what was known just before a moment, each report
// once. The last revisions and those they superseded lie in two indexes, which
// are not written in one step: while a revision moves from one to the other it
// may be in both, and what a later one ended may not say so yet. Of several
// revisions that were known the last index decides, then the highest revision.
//
// A fresh view takes its snapshot here.
func (v *view) asOf(ctx context.Context, q object, at int64, fresh bool) (object, error) {
	past := &past{view: v, query: both(q, knownAt(at), superseded()), known: knownAt(at)}
	whole := !fresh
	for try := 0; fresh && !whole && try < maxSnapshots; try++ {
		v.release(ctx)
		if err := v.freeze(ctx); err != nil {
			return nil, err
		}
		var err error
		if whole, err = past.whole(ctx); err != nil {
			return nil, err
		}
	}
	if !whole {
		return nil, fmt.Errorf("search: %w: revisions are written too fast to look at the past; try again", index.ErrUnavailable)
	}
	if err := past.look(ctx, v, past.findDoubled); err != nil {
		return nil, err
	}
	narrowed := object{"must": q, "filter": knownAt(at)}
	if len(past.hidden) > 0 {
		narrowed["must_not"] = object{"ids": object{"values": past.hidden}}
	}
	return object{"bool": narrowed}, nil
}

// past is what a search as of a time sees of superseded revisions.
type past struct {
	view *view
	// query is for the superseded revisions that the search finds, and known
	// for all revisions that were the last ones known.
	query, known object
	// hidden are the documents whose reports count by another one.
	hidden []string
}

// whole reports whether the snapshot has all that is superseded by what it
// has: the snapshot of one index may be a moment older than that of the other,
// and a revision have moved in between.
func (p *past) whole(ctx context.Context) (bool, error) {
	now := *p.view
	now.snapshot = ""
	whole := true
	err := p.look(ctx, &now, func(ctx context.Context, ids []string) error {
		counts, err := p.count(ctx, ids)
		whole = whole && len(counts) == len(ids)
		return err
	})
	return whole, err
}

// look calls each with the ids of the reports of which the search finds a
// superseded revision in a view, in portions.
func (p *past) look(ctx context.Context, in *view, each func(context.Context, []string) error) error {
	pages := object{"size": lookAtOnce, "sources": []object{{"id": object{"terms": object{"field": "id"}}}}}
	for {
		answer, err := in.run(ctx, object{
			"query": p.query, "size": 0, "track_total_hits": false,
			"aggs": object{"reports": object{"composite": pages}},
		})
		if err != nil {
			return err
		}
		reports := answer.Aggregations["reports"]
		var ids []string
		for _, b := range reports.Buckets {
			key, _ := b.Key.(object)
			id, _ := key["id"].(string)
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := each(ctx, ids); err != nil {
			return err
		}
		if len(ids) < lookAtOnce {
			return nil
		}
		pages["after"] = reports.After
	}
}

// count returns how many revisions of reports seem the last one known; a
// report without one is not there.
func (p *past) count(ctx context.Context, ids []string) (map[string]int, error) {
	answer, err := p.view.run(ctx, object{
		"query": both(p.known, object{"terms": object{"id": ids}}), "size": 0, "track_total_hits": false,
		"aggs": object{"reports": object{"terms": object{"field": "id", "size": len(ids)}}},
	})
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, b := range answer.Aggregations["reports"].Buckets {
		id, _ := b.Key.(string)
		counts[id] = b.Count
	}
	return counts, nil
}

// findDoubled hides what is not the last revision known of the reports that
// seem to have several.
func (p *past) findDoubled(ctx context.Context, ids []string) error {
	counts, err := p.count(ctx, ids)
	if err != nil {
		return err
	}
	var doubled []string
	for id, n := range counts {
		if n > 1 {
			doubled = append(doubled, id)
		}
	}
	for ids := range slices.Chunk(doubled, maxDoubled) {
		answer, err := p.view.run(ctx, object{
			"query": both(p.known, object{"terms": object{"id": ids}}), "size": lookAtOnce,
			"track_total_hits": false, "_source": []string{"id", "report.revision", "until"},
		})
		if err != nil {
			return err
		}
		if len(answer.Hits.Hits) == lookAtOnce {
			return fmt.Errorf("search: %w: too many revisions are written at once to look at the past; try again", index.ErrUnavailable)
		}
		p.hide(answer.Hits.Hits)
	}
	return nil
}

// hide keeps of each report the document that counts.
func (p *past) hide(found []hit) {
	slices.SortFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.Source.ID, b.Source.ID), cmp.Compare(b.rank(), a.rank()))
	})
	for i, h := range found {
		if i > 0 && found[i-1].Source.ID == h.Source.ID {
			p.hidden = append(p.hidden, h.ID)
		}
	}
}

// rank orders the revisions of a report by which of them counts.
func (h hit) rank() int {
	switch {
	case h.Source.Until == nil:
		return 1 << 62 // it is the last one
	case h.Source.Report == nil:
		return 0
	}
	return h.Source.Report.Revision
}
