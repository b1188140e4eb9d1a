package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// The bounds of a bulk request. Elasticsearch takes 100 MB at most, and gains
// little from requests of more than a few.
const (
	maxBulkItems = 500
	maxBulkBytes = 4 << 20
)

// The tries of an item: the pauses between them double from firstPause and
// are spread by half, about twelve seconds in all.
const (
	maxTries   = 7
	firstPause = 200 * time.Millisecond
)

// item is one document on its way to the cluster.
type item struct {
	id   string
	line []byte // the action and the document, each with its line end
	// outcome is where the item's result goes.
	outcome *error
	// unsure says that an earlier try may have stored the document although
	// no answer told so.
	unsure bool
}

func newItem(d index.Document, outcome *error) (*item, error) {
	action := object{"_id": d.Report.ID, "version": d.Version(), "version_type": "external"}
	return encodeItem(d.Report.ID, action, newDocument(d.Report), outcome)
}

func encodeItem(id string, action object, d *document, outcome *error) (*item, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := errors.Join(encoder.Encode(object{"index": action}), encoder.Encode(d)); err != nil {
		return nil, fmt.Errorf("%w: report %s: %w", index.ErrRejected, id, err)
	}
	return &item{id: id, line: b.Bytes(), outcome: outcome}, nil
}

// sender writes items in bulk requests, a bounded number at a time.
type sender struct {
	cluster *cluster
	alias   string
	// concrete says that alias is the name of an index.
	concrete bool
	slots    *limiter
	random   func() float64
	wait     func(context.Context, time.Duration) error
	logger   *slog.Logger
}

// send sets the outcome of every item. It returns when all are set.
func (s *sender) send(ctx context.Context, items []*item) {
	var chunks sync.WaitGroup
	for len(items) > 0 {
		n := chunkLen(items)
		chunk := items[:n]
		items = items[n:]
		chunks.Go(func() { s.deliver(ctx, chunk) })
	}
	chunks.Wait()
}

// chunkLen returns how many of the items make the next request.
func chunkLen(items []*item) int {
	size := 0
	for i, it := range items {
		size += len(it.line)
		if i > 0 && (size > maxBulkBytes || i == maxBulkItems) {
			return i
		}
	}
	return len(items)
}

// deliver sends a chunk, and again what the cluster was too busy for.
func (s *sender) deliver(ctx context.Context, chunk []*item) {
	for try := 1; ; try++ {
		chunk = s.try(ctx, chunk)
		if len(chunk) == 0 || try == maxTries {
			return
		}
		pause := time.Duration(float64(firstPause<<(try-1)) * (0.5 + s.random()))
		s.logger.Warn("elasticsearch did not take all reports; they are sent again",
			"reports", len(chunk), "try", try, "pause", pause, "error", *chunk[0].outcome)
		if s.wait(ctx, pause) != nil {
			return
		}
	}
}

// try sends a chunk once and returns the items to send again; their outcomes
// are index.ErrUnavailable until then.
func (s *sender) try(ctx context.Context, chunk []*item) (again []*item) {
	if err := s.slots.acquire(ctx); err != nil {
		fail(chunk, fmt.Errorf("%w: %w", index.ErrUnavailable, err))
		return nil
	}
	results, err := s.post(ctx, chunk)
	s.slots.release(busy(results, err))

	var failed *serverError
	switch {
	case err == nil:
		return settle(chunk, results)
	case errors.As(err, &failed) && failed.final():
		return s.divide(ctx, chunk, failed)
	}
	fail(chunk, err)
	if ctx.Err() != nil || errors.As(err, &failed) && hopeless(failed) {
		return nil
	}
	for _, it := range chunk {
		it.unsure = it.unsure || !notConnected(err) && (failed == nil || failed.Status >= 500)
	}
	return chunk
}

// divide sends the halves of a request that the cluster refused as a whole,
// down to the one document that is at fault.
func (s *sender) divide(ctx context.Context, chunk []*item, refused *serverError) (again []*item) {
	if half := len(chunk) / 2; half > 0 {
		return append(s.try(ctx, chunk[:half]), s.try(ctx, chunk[half:])...)
	}
	fail(chunk, fmt.Errorf("%w: report %s of %d bytes: %w", index.ErrRejected, chunk[0].id, len(chunk[0].line), refused))
	return nil
}

// hopeless reports whether only an operator can mend the error, so that
// trying again within seconds is no use.
func hopeless(e *serverError) bool {
	if e.Type == "cluster_block_exception" {
		return false // a migration stops writes for a moment
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return true
	}
	return e.Type == "strict_dynamic_mapping_exception" || e.Type == "index_closed_exception"
}

// result is the answer to one item.
type result struct {
	Status int    `json:"status"`
	Error  *cause `json:"error"`
}

func (s *sender) post(ctx context.Context, chunk []*item) ([]result, error) {
	var body bytes.Buffer
	for _, it := range chunk {
		body.Write(it.line)
	}
	requireAlias := !s.concrete
	var answer struct {
		Items []struct {
			Index result `json:"index"`
		} `json:"items"`
	}
	err := s.cluster.do(ctx, esapi.BulkRequest{
		Index: s.alias, Body: &body, RequireAlias: &requireAlias,
		FilterPath: []string{"items.*.status", "items.*.error"},
	}, &answer)
	if err != nil {
		return nil, err
	}
	if len(answer.Items) != len(chunk) {
		return nil, fmt.Errorf("%w: Elasticsearch gave %d outcomes for %d reports", index.ErrUnavailable, len(answer.Items), len(chunk))
	}
	results := make([]result, len(chunk))
	for i, it := range answer.Items {
		results[i] = it.Index
	}
	return results, nil
}

// busy reports whether the cluster asked to be sent less.
func busy(results []result, err error) bool {
	var failed *serverError
	if errors.As(err, &failed) && failed.Status == http.StatusTooManyRequests {
		return true
	}
	for _, r := range results {
		if r.Status == http.StatusTooManyRequests {
			return true
		}
	}
	return false
}

// settle sets the outcomes that results tell and returns the items to send
// again.
func settle(chunk []*item, results []result) (again []*item) {
	for i, it := range chunk {
		err := outcome(it, results[i])
		*it.outcome = err
		var failed *serverError
		if errors.As(err, &failed) && errors.Is(err, index.ErrUnavailable) && !hopeless(failed) {
			it.unsure = it.unsure || failed.Status >= 500
			again = append(again, it)
		}
	}
	return again
}

func outcome(it *item, r result) error {
	switch {
	case r.Status >= 200 && r.Status < 300:
		return nil
	case r.Status == http.StatusConflict && it.unsure:
		// The version in the way is the one of our own earlier try, or later.
		return nil
	case r.Status == http.StatusConflict:
		return index.ErrStale
	}
	failed := &serverError{Status: r.Status}
	if r.Error != nil {
		failed.Type, failed.Reason = r.Error.Type, r.Error.reason()
	}
	if failed.final() {
		return fmt.Errorf("%w: report %s: %w", index.ErrRejected, it.id, failed)
	}
	return fmt.Errorf("report %s: %w", it.id, failed)
}

func fail(chunk []*item, err error) {
	for _, it := range chunk {
		*it.outcome = err
	}
}
