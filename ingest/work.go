package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/wire"
)

// job asks for one poll of a source. It carries the source itself, so that
// every process polls it as the scheduler's configuration has it.
type job struct {
	Source Source    `json:"source"`
	Due    time.Time `json:"due"`
}

// desk is what the polls of one process share.
type desk struct {
	Options
	state  *store
	meters *meters
	// reading bounds the pages that are read into articles at a time, which
	// costs memory and processor time instead of waiting.
	reading chan struct{}
	room    room
	// archive keeps what servers answer; nil keeps nothing.
	archive *archive

	mu      sync.Mutex
	polling map[string]bool
}

func newDesk(opts Options, state *store) *desk {
	d := &desk{
		Options: opts, state: state, polling: map[string]bool{}, meters: newMeters(opts.Metrics),
		reading: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if d.Fetcher == nil {
		d.Fetcher = d.newFetcher()
	}
	return d
}

func (d *desk) newFetcher() Fetcher {
	options := fetch.Options{
		UserAgent: userAgent(d.Contact), MaxBody: d.MaxBody, Done: d.fetched, Now: d.Now, Logger: d.Logger,
	}
	if d.Shared {
		options.Turns = &hostTurns{kv: d.state.hosts, now: d.Now, places: 1}
	}
	return fetch.New(options)
}

// fetched is told of every request.
func (d *desk) fetched(f fetch.Fetched) {
	d.meters.fetched(f)
	if d.archive != nil {
		d.archive.keep(f)
	}
}

// work polls what the scheduler asks for, in this process or another, until
// ctx ends.
func (d *desk) work(ctx context.Context) error {
	return d.Bus.ConsumePolls(ctx, wire.Consumer{
		Durable: "fetch", Workers: d.MaxPolls, MaxAckPending: 1 << 16, AckWait: 30 * time.Second, Grace: time.Second,
	}, d.handle)
}

// handle makes one poll. Its error is one of the bus: what is wrong with the
// source is told by its status, and it comes due again.
func (d *desk) handle(ctx context.Context, m *wire.Message) error {
	var j job
	if err := json.Unmarshal(m.Body, &j); err != nil {
		return wire.Poison(fmt.Errorf("decode the poll: %w", err))
	}
	if err := j.Source.Validate(); err != nil {
		return wire.Poison(err)
	}
	if !d.begin(j.Source.Name) {
		return nil // asked for twice, and one is under way
	}
	defer d.end(j.Source.Name)
	r, err := newRunner(j.Source, d)
	if err != nil {
		return wire.Poison(err)
	}
	return r.pollDue(ctx, j.Due)
}

// begin reports whether the source is not being polled here already.
func (d *desk) begin(source string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.polling[source] {
		return false
	}
	d.polling[source] = true
	return true
}

func (d *desk) end(source string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.polling, source)
}

// read runs f, which turns what was fetched into articles, when one of the
// few places for that is free.
func (d *desk) read(ctx context.Context, f func() error) error {
	select {
	case d.reading <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-d.reading }()
	return f()
}

// room is how full the stage behind is, asked for once in a while for all
// polls.
type room struct {
	mu      sync.Mutex
	asked   time.Time
	pending uint64
	err     error
}

// backlog is how many reports wait for the stage behind.
func (d *desk) backlog(ctx context.Context) (uint64, error) {
	d.room.mu.Lock()
	defer d.room.mu.Unlock()
	if now := d.Now(); d.room.asked.IsZero() || now.Sub(d.room.asked) >= roomInterval/2 || now.Before(d.room.asked) {
		d.room.pending, d.room.err = d.Bus.Backlog(ctx, wire.StreamRaw, d.Consumer)
		d.room.asked = now
	}
	return d.room.pending, d.room.err
}
