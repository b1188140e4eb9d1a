package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/dateline-news/dateline/ingest/compression"
)

// The memory of bodies is bounded over all requests, not by one body alone: a
// page up to smallBody is read as it comes, and what is longer needs one of a
// few places, the longest one of fewer. Whoever holds a place of one size
// waits only for the next larger, so that none waits for itself. A place is
// kept until the body is no longer needed: see Response.Release.
const (
	smallBody  = 64 << 10
	middleBody = 1 << 20
	middles    = 24
	larges     = 3
)

// places are the bodies that may be held at a time above each size.
type places struct{ middle, large chan struct{} }

func newPlaces() *places {
	return &places{middle: make(chan struct{}, middles), large: make(chan struct{}, larges)}
}

// take waits for a place.
func take(ctx context.Context, place chan struct{}) error {
	select {
	case place <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// held is a body with the places that it takes.
type held struct {
	body   []byte
	places []chan struct{}
	once   sync.Once
}

func (h *held) release() {
	h.once.Do(func() {
		for _, place := range h.places {
			<-place
		}
	})
}

// readAll reads up to limit bytes, as places allow. With an error it returns
// what it had read until then; its places are the caller's to release.
func (p *places) readAll(ctx context.Context, r io.Reader, limit int64) (*held, error) {
	h := &held{}
	for _, step := range []struct {
		upTo  int64
		place chan struct{}
	}{{smallBody, nil}, {middleBody, p.middle}, {limit, p.large}} {
		if step.place != nil {
			if err := take(ctx, step.place); err != nil {
				return h, err
			}
			h.places = append(h.places, step.place)
		}
		more, err := h.read(r, min(step.upTo, limit)+1)
		switch {
		case err != nil:
			return h, err
		case !more:
			return h, nil
		case int64(len(h.body)) > limit:
			h.body = h.body[:limit]
			return h, ErrTooLarge
		}
	}
	return h, ErrTooLarge
}

// firstRead is what a body is given room for at first.
const firstRead = 8 << 10

// read reads on until the body has upTo bytes, and reports whether there may
// be more. It never has room for more than that.
func (h *held) read(r io.Reader, upTo int64) (more bool, err error) {
	for int64(len(h.body)) < upTo {
		if len(h.body) == cap(h.body) {
			room := min(max(2*cap(h.body), firstRead), int(upTo))
			if upTo > middleBody+1 {
				room = int(upTo) // doubling so much would cost as much again
			}
			grown := make([]byte, len(h.body), room)
			copy(grown, h.body)
			h.body = grown
		}
		n, err := r.Read(h.body[len(h.body):cap(h.body)])
		h.body = h.body[:len(h.body)+n]
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// readBody decompresses the body up to the limit, or up to where it is cut.
// With an error it returns what there was, as readAll does.
func (f *Fetcher) readBody(ctx context.Context, r *http.Response, limit, cut int64) (*held, error) {
	plain, done, err := compression.Decode(r.Body, r.Header.Get("Content-Encoding"))
	if err != nil {
		return &held{}, err
	}
	defer done()
	if cut > 0 {
		plain = io.LimitReader(plain, min(cut, limit))
	}
	return f.places.readAll(ctx, plain, limit)
}

// maxErrorPage bounds the body of an answer that is no page, in bytes.
const maxErrorPage = 256 << 10

// readErrorPage reads the body of an answer that is no page for those who keep
// all answers. How much of it comes is nobody's error.
func (f *Fetcher) readErrorPage(ctx context.Context, r *http.Response, done *Fetched) {
	if !f.opts.WholeAnswers {
		return
	}
	body, err := f.readBody(ctx, r, maxErrorPage, 0)
	done.take(body, err)
}

// The values of Fetched.Truncated, which are those of WARC-Truncated (ISO
// 28500:2017, 5.13).
const (
	TruncatedLength     = "length"
	TruncatedTime       = "time"
	TruncatedDisconnect = "disconnect"
)

// take notes the body as far as it came, and why it did not come whole.
func (d *Fetched) take(body *held, err error) {
	d.Body, d.held = body.body, body
	switch {
	case err == nil:
	case errors.Is(err, ErrTooLarge):
		d.Truncated = TruncatedLength
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		d.Truncated = TruncatedTime
	default:
		d.Truncated = TruncatedDisconnect
	}
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
