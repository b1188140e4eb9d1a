package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/dateline-news/dateline/ingest/compression"
)

// The memory of bodies is bounded over all requests in flight, not by one
// body alone: a page up to smallBody is read as it comes, and what is longer
// needs one of a few places, the longest one of fewer. Whoever holds a place
// of one size waits only for the next larger, so that none waits for itself.
const (
	smallBody  = 64 << 10
	middleBody = 1 << 20
	middles    = 32
	larges     = 4
)

// places are the bodies that may be held at a time above each size.
type places struct{ middle, large chan struct{} }

func newPlaces() *places {
	return &places{middle: make(chan struct{}, middles), large: make(chan struct{}, larges)}
}

// take waits for a place; release gives it back.
func take(ctx context.Context, place chan struct{}) (release func(), err error) {
	select {
	case place <- struct{}{}:
		return func() { <-place }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// readAll reads up to limit bytes, as places allow. The places are given back
// when the body was read, since those that wait for them are then read one
// after the other.
func (p *places) readAll(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	var body bytes.Buffer
	for _, step := range []struct {
		upTo  int64
		place chan struct{}
	}{{smallBody, nil}, {middleBody, p.middle}, {limit, p.large}} {
		if step.place != nil {
			release, err := take(ctx, step.place)
			if err != nil {
				return nil, err
			}
			defer release()
		}
		upTo := min(step.upTo, limit) + 1
		_, err := io.CopyN(&body, r, upTo-int64(body.Len()))
		if errors.Is(err, io.EOF) {
			return body.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		if int64(body.Len()) > limit {
			return nil, ErrTooLarge
		}
	}
	return nil, ErrTooLarge
}

// readBody decompresses the body up to the limit, or up to where it is cut.
func (f *Fetcher) readBody(ctx context.Context, r *http.Response, cut int64) ([]byte, error) {
	plain, done, err := compression.Decode(r.Body, r.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	defer done()
	if cut > 0 {
		plain = io.LimitReader(plain, min(cut, f.opts.MaxBody))
	}
	return f.places.readAll(ctx, plain, f.opts.MaxBody)
}

func bodyError(address string, opts Options, err error) error {
	switch {
	case errors.Is(err, ErrTooLarge):
		return &Error{URL: address, Kind: ErrTooLarge, Detail: fmt.Sprintf("limit %s", megabytes(opts.MaxBody))}
	case errors.Is(err, compression.ErrUnknown):
		return &Error{URL: address, Kind: ErrStatus, Status: http.StatusOK, Err: err}
	}
	return transportError(address, opts.Timeout, err)
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.3g MiB", float64(n)/(1<<20))
}
