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

	// polling is for which time each source that is being polled was last
	// asked for.
	mu      sync.Mutex
	polling map[string]time.Time
}

func newDesk(opts Options, state *store) *desk {
	d := &desk{
		Options: opts, state: state, polling: map[string]time.Time{}, meters: newMeters(opts.Metrics),
		reading: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if d.Fetcher == nil {
		d.Fetcher = d.newFetcher()
	}
	return d
}

func (d *desk) newFetcher() Fetcher {
	options := fetch.Options{
		UserAgent: userAgent(d.Contact), MaxBody: d.MaxBody, Done: d.fetched, WholeAnswers: d.WARC != "", Now: d.Now, Logger: d.Logger,
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
		Durable: "fetch", Workers: d.MaxPolls, MaxAckPending: 1 << 16, AckWait: 20 * time.Second, Grace: time.Second,
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
	if !d.begin(j.Source.Name, j.Due) {
		return nil // the poll that is under way answers for this one too
	}
	ended := false
	defer func() {
		if !ended { // by an error, or worse
			d.drop(j.Source.Name)
		}
	}()
	err := d.pollSource(ctx, j.Source)
	ended = err == nil
	return err
}

// pollSource polls the source and answers for all that were asked meanwhile.
func (d *desk) pollSource(ctx context.Context, s Source) error {
	r, err := newRunner(s, d)
	if err != nil {
		return wire.Poison(err)
	}
	err = r.pollDue(ctx)
	for err == nil && !d.end(s.Name, r.now.Polled) {
		err = r.answer(ctx) // asked again at the last moment
	}
	return err
}

// begin reports whether the source is not being polled here already.
func (d *desk) begin(source string, due time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	last, busy := d.polling[source]
	if !busy || due.After(last) {
		d.polling[source] = due
	}
	return !busy
}

// dueOf is for which time the poll under way was last asked for.
func (d *desk) dueOf(source string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.polling[source]
}

// end ends the poll, unless the source was asked for again after the poll
// answered for due.
func (d *desk) end(source string, due time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.polling[source].After(due) {
		return false
	}
	delete(d.polling, source)
	return true
}

func (d *desk) drop(source string) {
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
