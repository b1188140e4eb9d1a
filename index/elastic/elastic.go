// Package elastic is the archive on Elasticsearch 8.
//
// Reports live in a versioned index behind two aliases, one that is read and
// one that is written, so that an index can be replaced while both go on. A
// document is stored under the report's id with its version as external
// version: whatever arrives late, twice or out of order, the latest stays.
//
// The package promises that Write tells the outcome of each document, that
// what it calls stored is durable and found by the next Search, and that
// Search never returns fewer reports than match: a shard that fails or a
// feature that is missing is an error. Words are cut, folded and stemmed as
// package analysis does it.
package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/news"
)

// Options says where the cluster is and how to use it. One of Addresses and
// CloudID is required; everything else has a default.
type Options struct {
	// Addresses are the URLs of the nodes, such as http://127.0.0.1:9200.
	Addresses []string
	// CloudID names a deployment on Elastic Cloud, instead of Addresses.
	CloudID string
	// Username and Password, or APIKey (as Elasticsearch shows it, in
	// base 64), are what the cluster knows us by.
	Username, Password string
	APIKey             string
	// CACert holds PEM certificates to trust instead of the system's.
	CACert []byte
	// Name is the alias that is searched; Name-write is the alias that is
	// written and Name-000001 the first index. "" means dateline-reports.
	Name string
	// Shards is the number of primary shards of a new index, 0 means 1.
	Shards int
	// InFlight is the most bulk requests under way at a time, 0 means 4.
	InFlight int
	// Timeout is the longest a single request may take, 0 means 30 s.
	Timeout time.Duration
	// Transport performs HTTP requests; nil means one of our own. CACert
	// needs nil or an *http.Transport.
	Transport http.RoundTripper
	// Random returns numbers of [0,1) that spread retries; nil means
	// math/rand/v2. It is called concurrently.
	Random func() float64
	// Logger gets warnings about retries; nil means slog.Default().
	Logger *slog.Logger
}

// Archive is the archive in one index of a cluster.
type Archive struct {
	client  *elasticsearch.Client
	cluster *cluster
	names   names
	sender  *sender
	refresh *refresher
	logger  *slog.Logger
	events  *eventIndex

	// pastRefresh shows superseded revisions.
	pastRefresh *refresher
}

var _ index.Archive = (*Archive)(nil)

// Open connects to the cluster and creates index, aliases and template where
// they are missing; processes may do so at the same time. The error is
// index.ErrUnavailable when the cluster cannot be reached, and names what to
// do when an index is there whose schema is not the one of this program.
func Open(ctx context.Context, o Options) (*Archive, error) {
	o = o.withDefaults()
	client, err := newClient(o)
	if err != nil {
		return nil, err
	}
	c := &cluster{transport: client, addresses: addresses(o), timeout: o.Timeout}
	n := namesOf(o.Name)
	for _, of := range []names{n, n.past()} {
		if err := setUp(ctx, c, of, o.Shards); err != nil {
			_ = client.Close(context.WithoutCancel(ctx))
			return nil, err
		}
	}
	if err := setUpEvents(ctx, c, n, o.Shards); err != nil {
		_ = client.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	a := &Archive{
		client:  client,
		cluster: c,
		names:   n,
		logger:  o.Logger,
		sender: &sender{
			cluster: c, alias: n.write, slots: newLimiter(o.InFlight),
			random: o.Random, wait: wait, logger: o.Logger,
		},
		refresh: newRefresher(func(ctx context.Context) error { return refreshIndex(ctx, c, n.write) }),
	}
	a.pastRefresh = newRefresher(func(ctx context.Context) error { return refreshIndex(ctx, c, n.past().write) })
	a.events = a.openEvents()
	return a, nil
}

func (o Options) withDefaults() Options {
	if o.Name == "" {
		o.Name = "dateline-reports"
	}
	if o.Shards <= 0 {
		o.Shards = 1
	}
	if o.InFlight <= 0 {
		o.InFlight = 4
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Get implements index.Archive.
func (a *Archive) Get(ctx context.Context, id string) (*news.Report, error) {
	if id == "" {
		return nil, index.ErrNotFound
	}
	ids, err := json.Marshal(object{"ids": []string{id}})
	if err != nil {
		return nil, fmt.Errorf("get report %s: %w", id, err)
	}
	var answer struct {
		Docs []struct {
			Found  bool
			Source stored `json:"_source"`
			Error  *cause
		}
	}
	// Unlike a request for one document, this one tells a report that is not
	// there from an index that is not there.
	err = a.cluster.do(ctx, esapi.MgetRequest{Index: a.names.read, Body: bytes.NewReader(ids), SourceIncludes: []string{"report"}}, &answer)
	switch {
	case err != nil:
		return nil, fmt.Errorf("get report %s: %w", id, a.explain(err))
	case len(answer.Docs) != 1:
		return nil, fmt.Errorf("get report %s: %w: Elasticsearch gave %d answers", id, index.ErrUnavailable, len(answer.Docs))
	}
	doc := answer.Docs[0]
	switch {
	case doc.Error != nil:
		failed := &serverError{Status: http.StatusServiceUnavailable, Type: doc.Error.Type, Reason: doc.Error.reason()}
		return nil, fmt.Errorf("get report %s: %w", id, a.explain(failed))
	case !doc.Found || doc.Source.Report == nil:
		return nil, fmt.Errorf("%w: %s", index.ErrNotFound, id)
	}
	return doc.Source.Report, nil
}

// Ping implements index.Archive: it asks every shard, and for the alias that
// is written.
func (a *Archive) Ping(ctx context.Context) error {
	v := &view{archive: a}
	if _, err := v.run(ctx, object{"size": 0, "track_total_hits": false}); err != nil {
		return err
	}
	if err := a.cluster.do(ctx, esapi.IndicesGetAliasRequest{Name: []string{a.names.write}}, nil); err != nil {
		return a.explain(err)
	}
	return nil
}

// Close waits for a refresh under way and drops the connections.
func (a *Archive) Close() error {
	a.refresh.close()
	a.pastRefresh.close()
	a.events.refresh.close()
	return a.client.Close(context.Background())
}

// Write implements index.Archive. A document is sent again, for about twelve
// seconds, while the cluster is too busy for it; what it still has not taken
// then is index.ErrUnavailable.
func (a *Archive) Write(ctx context.Context, docs []index.Document) []error {
	outcomes := make([]error, len(docs))
	for i, d := range docs {
		outcomes[i] = d.Check()
	}
	known, later := a.keepOlder(ctx, docs, outcomes)
	items := a.send(ctx, docs, outcomes)
	written := taken(items)
	// A refresh takes longer than to ask for marks.
	var shown error
	var showing sync.WaitGroup
	showing.Go(func() { shown = a.show(ctx, written) })
	overtaken := a.keepOvertaken(ctx, docs, known, outcomes)
	showing.Wait()
	if shown != nil {
		fail(written, shown)
		return outcomes
	}
	a.end(ctx, docs, outcomes, append(later, overtaken...))
	return outcomes
}

// send sends the documents without an outcome, and sets it.
func (a *Archive) send(ctx context.Context, docs []index.Document, outcomes []error) []*item {
	var items []*item
	for i, d := range docs {
		if outcomes[i] != nil {
			continue
		}
		it, err := newItem(d, &outcomes[i])
		if err != nil {
			outcomes[i] = err
			continue
		}
		items = append(items, it)
	}
	a.sender.send(ctx, items)
	for _, it := range items {
		*it.outcome = a.explain(*it.outcome)
	}
	return items
}

// show makes what was written visible. It does so for stale documents too:
// a process may have died between writing a document and showing it.
func (a *Archive) show(ctx context.Context, written []*item) error {
	if len(written) == 0 {
		return nil
	}
	if err := a.refresh.do(ctx); err != nil {
		return fmt.Errorf("show what was written: %w", a.explain(err))
	}
	return nil
}

// taken returns the items that the archive has, or later versions of them.
func taken(items []*item) []*item {
	kept := items[:0:0]
	for _, it := range items {
		if there(*it.outcome) {
			kept = append(kept, it)
		}
	}
	return kept
}

// stored is what of a stored document is read back.
type stored struct {
	ID     string       `json:"id"`
	Report *news.Report `json:"report"`
	// Until is that of a superseded revision, where it is asked for.
	Until *int64 `json:"until"`
}

// object is a JSON object of a request.
type object = map[string]any

// explain adds what to do to the errors that only an operator can mend.
func (a *Archive) explain(err error) error { return a.names.explain(err) }

// decode reads JSON that the cluster sent.
func decode(b []byte, into any) error {
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%w: Elasticsearch sent an answer that cannot be read: %w", index.ErrUnavailable, err)
	}
	return nil
}
