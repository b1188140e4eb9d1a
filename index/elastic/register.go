package elastic

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

var _ register.Store = (*Archive)(nil)

// registerJSON holds the mapping of the index of the event register, in which
// a document is a reading or a record.
//
//go:embed register.json
var registerJSON []byte

// eventIndex is the index of the event register.
type eventIndex struct {
	alias   string
	archive *Archive
	sender  *sender
	refresh *refresher
}

// events is the alias of the event register.
func (n names) events() string { return n.read + "-events" }

// setUpEvents creates the index of the event register where it is missing.
// Fields that a later version adds are added to its mapping.
func setUpEvents(ctx context.Context, c *cluster, n names, shards int) error {
	if err := n.explain(createEvents(ctx, c, n, shards)); err != nil {
		return fmt.Errorf("set up index %s: %w", n.events(), err)
	}
	return nil
}

func createEvents(ctx context.Context, c *cluster, n names, shards int) error {
	err := c.do(ctx, esapi.IndicesPutMappingRequest{Index: []string{n.events()}, Body: bytes.NewReader(registerJSON)}, nil)
	var failed *serverError
	if !errors.As(err, &failed) || failed.Type != "index_not_found_exception" {
		return err
	}
	body, err := json.Marshal(object{
		"settings": object{"index": object{"number_of_shards": shards, "auto_expand_replicas": "0-1", "refresh_interval": "5s"}},
		"mappings": json.RawMessage(registerJSON),
		"aliases":  object{n.events(): object{"is_write_index": true}},
	})
	if err != nil {
		return err
	}
	err = c.do(ctx, esapi.IndicesCreateRequest{Index: n.events() + "-000001", Body: bytes.NewReader(body)}, nil)
	if err != nil && !(errors.As(err, &failed) && failed.Type == "resource_already_exists_exception") {
		return err
	}
	return started(ctx, c, n.events())
}

func (a *Archive) openEvents() *eventIndex {
	alias := a.names.events()
	sender := *a.sender
	sender.alias = alias
	return &eventIndex{
		alias: alias, archive: a, sender: &sender,
		refresh: newRefresher(func(ctx context.Context) error { return refreshIndex(ctx, a.cluster, alias) }),
	}
}

// write stores documents under their external versions and makes them
// visible, those included that were there already.
func (e *eventIndex) write(ctx context.Context, items []*item) error {
	if len(items) == 0 {
		return nil
	}
	e.sender.send(ctx, items)
	for _, it := range items {
		if err := *it.outcome; err != nil && !errors.Is(err, index.ErrStale) {
			return fmt.Errorf("write to %s: %w", e.alias, e.archive.explain(err))
		}
	}
	if err := e.refresh.do(ctx); err != nil {
		return fmt.Errorf("show %s: %w", e.alias, e.archive.explain(err))
	}
	return nil
}

func newEventItem(id string, version int64, body object) (*item, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	action := object{"index": object{"_id": id, "version": version, "version_type": "external"}}
	if err := errors.Join(encoder.Encode(action), encoder.Encode(body)); err != nil {
		return nil, err
	}
	return &item{id: id, line: b.Bytes(), outcome: new(error)}, nil
}

// mget reads documents by their ids into what each says; what is not there is
// left out.
func mget[T any](ctx context.Context, e *eventIndex, ids []string) (map[string]T, error) {
	body, err := json.Marshal(object{"ids": ids})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Docs []struct {
			ID     string `json:"_id"`
			Found  bool
			Source T `json:"_source"`
			Error  *cause
		}
	}
	if err := e.archive.cluster.do(ctx, esapi.MgetRequest{Index: e.alias, Body: bytes.NewReader(body)}, &answer); err != nil {
		return nil, fmt.Errorf("read %s: %w", e.alias, e.archive.explain(err))
	}
	found := map[string]T{}
	for _, doc := range answer.Docs {
		if doc.Error != nil {
			return nil, fmt.Errorf("read %s: %w: %s", e.alias, index.ErrUnavailable, doc.Error.reason())
		}
		if doc.Found {
			found[doc.ID] = doc.Source
		}
	}
	return found, nil
}

// eventHits is the answer to a search.
type eventHits struct {
	Shards   shards `json:"_shards"`
	TimedOut bool   `json:"timed_out"`
	Hits     struct {
		Hits []struct {
			Source json.RawMessage   `json:"_source"`
			Sort   []json.RawMessage `json:"sort"`
		}
	}
	Aggregations struct {
		Tags struct {
			Buckets []struct{ Key struct{ Tag string } }
		}
	}
}

// search performs a search; what only some shards answered is an error.
func (e *eventIndex) search(ctx context.Context, body object) (*eventHits, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	partial := false
	var answer eventHits
	err = e.archive.cluster.do(ctx, esapi.SearchRequest{Index: []string{e.alias}, AllowPartialSearchResults: &partial, Body: bytes.NewReader(encoded)}, &answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("search %s: %w", e.alias, e.archive.explain(err))
	case answer.TimedOut:
		return nil, fmt.Errorf("search %s: %w: Elasticsearch ran out of time", e.alias, index.ErrUnavailable)
	}
	if err := answer.Shards.err(); err != nil {
		return nil, fmt.Errorf("search %s: %w", e.alias, err)
	}
	return &answer, nil
}

// eventPage is how many documents a request reads, and how many values one asks for.
const eventPage = 1000

// all hands every document that the query finds to visit, in the order of
// sort, which ends with what is unique.
func (e *eventIndex) all(ctx context.Context, query object, sort []string, visit func(source json.RawMessage) error) error {
	body := object{"query": query, "sort": sort, "size": eventPage, "track_total_hits": false}
	for {
		answer, err := e.search(ctx, body)
		if err != nil {
			return err
		}
		hits := answer.Hits.Hits
		for _, h := range hits {
			if err := visit(h.Source); err != nil {
				return err
			}
		}
		if len(hits) < eventPage {
			return nil
		}
		body["search_after"] = hits[len(hits)-1].Sort
	}
}

// storedReading is a document of the readings.
type storedReading struct {
	Report   string           `json:"report"`
	Revision int              `json:"revision"`
	Tags     []string         `json:"tags"`
	Reading  register.Reading `json:"reading"`
}

func readingID(r register.Reading) string {
	sum := sha256.Sum256([]byte(r.Report + "\x00" + strconv.Itoa(r.Revision)))
	return "reading-" + hex.EncodeToString(sum[:16])
}

// PutReadings implements register.Store.
func (a *Archive) PutReadings(ctx context.Context, readings []register.Reading) error {
	latest := map[string]register.Reading{}
	var ids []string
	for _, r := range readings {
		id := readingID(r)
		before, known := latest[id]
		switch {
		case !known:
			ids = append(ids, id)
			latest[id] = r
		case before.Enricher < r.Enricher:
			latest[id] = r.Replacing(before)
		}
	}
	stored, err := mget[storedReading](ctx, a.events, ids)
	if err != nil {
		return err
	}
	var items []*item
	for _, id := range ids {
		r := latest[id]
		if old, ok := stored[id]; ok && old.Reading.Enricher < r.Enricher {
			r = r.Replacing(old.Reading)
		}
		it, err := newEventItem(id, int64(r.Enricher)+1, object{"report": r.Report, "revision": r.Revision, "tags": r.Tags, "reading": r})
		if err != nil {
			return fmt.Errorf("reading of report %s: %w", r.Report, err)
		}
		items = append(items, it)
	}
	return a.events.write(ctx, items)
}

// ReadingsOf implements register.Store.
func (a *Archive) ReadingsOf(ctx context.Context, reports []string) ([]register.Reading, error) {
	var all []register.Reading
	for some := range slices.Chunk(reports, eventPage) {
		err := a.events.all(ctx, object{"terms": object{"report": some}}, []string{"report", "revision"}, func(source json.RawMessage) error {
			var s storedReading
			if err := decode(source, &s); err != nil {
				return err
			}
			all = append(all, s.Reading)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ReadingsTagged implements register.Store.
func (a *Archive) ReadingsTagged(ctx context.Context, tags []string) ([]register.Reading, error) {
	var reports []string
	for some := range slices.Chunk(tags, eventPage) {
		err := a.events.all(ctx, object{"terms": object{"tags": some}}, []string{"report", "revision"}, func(source json.RawMessage) error {
			var s struct{ Report string }
			if err := decode(source, &s); err != nil {
				return err
			}
			reports = append(reports, s.Report)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(reports)
	return a.ReadingsOf(ctx, slices.Compact(reports))
}

// Tags implements register.Store.
func (a *Archive) Tags(ctx context.Context, after string, limit int) ([]string, error) {
	composite := object{"size": limit, "sources": []object{{"tag": object{"terms": object{"field": "tags"}}}}}
	if after != "" {
		composite["after"] = object{"tag": after}
	}
	answer, err := a.events.search(ctx, object{"size": 0, "track_total_hits": false, "aggs": object{"tags": object{"composite": composite}}})
	if err != nil {
		return nil, err
	}
	var tags []string
	for _, b := range answer.Aggregations.Tags.Buckets {
		tags = append(tags, b.Key.Tag)
	}
	return tags, nil
}

// PutRecords implements register.Store.
func (a *Archive) PutRecords(ctx context.Context, records []*register.Record) error {
	var items []*item
	for _, r := range records {
		from, to := r.Interval()
		it, err := newEventItem(recordID(r.ID), int64(r.Entry), object{
			"id": r.ID, "listed": r.Listed(), "series": r.Series, "kind": r.Kind, "status": r.Status, "place": news.Fold(r.Place),
			"country": r.Country, "starts": from, "ends": to, "record": r,
		})
		if err != nil {
			return fmt.Errorf("event %s: %w", r.ID, err)
		}
		items = append(items, it)
	}
	return a.events.write(ctx, items)
}

func recordID(id string) string { return "record-" + id }

// storedRecord is what of a stored record is read back.
type storedRecord struct {
	Record *register.Record `json:"record"`
}

// Record implements register.Store.
func (a *Archive) Record(ctx context.Context, id string) (*register.Record, error) {
	if len(id) > index.MaxIDLength-len(recordID("")) {
		return nil, fmt.Errorf("%w: %.40s…", register.ErrNoEvent, id)
	}
	found, err := mget[storedRecord](ctx, a.events, []string{recordID(id)})
	if err != nil {
		return nil, err
	}
	record := found[recordID(id)].Record
	if record == nil {
		return nil, fmt.Errorf("%w: %s", register.ErrNoEvent, id)
	}
	return record, nil
}

// Records implements register.Store.
func (a *Archive) Records(ctx context.Context, f register.Filter) (*register.Page, error) {
	f, err := f.Normal()
	if err != nil {
		return nil, err
	}
	body := object{
		"query": object{"bool": object{"filter": recordFilters(f)}},
		"sort":  []string{"starts", "id"}, "size": f.Limit + 1, "track_total_hits": false,
	}
	if f.Cursor != "" {
		from, id, _ := f.After() // checked by Normal
		body["search_after"] = []any{from, id}
	}
	answer, err := a.events.search(ctx, body)
	if err != nil {
		return nil, err
	}
	var found []*register.Record
	for _, h := range answer.Hits.Hits {
		var s storedRecord
		if err := decode(h.Source, &s); err != nil {
			return nil, err
		}
		found = append(found, s.Record)
	}
	return register.NewPage(found, f.Limit), nil
}

func recordFilters(f register.Filter) []object {
	filters := []object{{"term": object{"listed": true}}}
	for field, value := range map[string]string{"series": f.Series, "kind": f.Kind, "status": f.Status, "country": f.Country, "place": f.Place} {
		if value != "" {
			filters = append(filters, object{"term": object{field: value}})
		}
	}
	from, to := f.Bounds()
	if !f.From.IsZero() {
		filters = append(filters, object{"range": object{"ends": object{"gt": from}}})
	}
	if !f.To.IsZero() {
		filters = append(filters, object{"range": object{"starts": object{"lt": to}}})
	}
	return filters
}
