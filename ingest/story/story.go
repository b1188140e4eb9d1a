// Package story tells which reports are copies of one story: the same text
// cut, reordered, edited, or under another headline and byline, from whatever
// source. It promises that copies get the same story id, that of the report
// the story began with, in whatever process they come in and after whatever
// crash; and that reports which merely look alike, such as two days' issues
// of one routine report or two releases with one footer, get ids of their own.
//
// A text is remembered as a sample of its shingles, and looked up in an
// inverted index of them. The usual banding of min-hashes finds texts by their
// resemblance, which for a text with 30 % of its words changed or two thirds
// cut away is so low that each band would be one hash: that index is this one,
// and it measures containment as well.
//
// What is known lies in a key-value bucket, whose order settles who was
// first. Every process reads it and comes to the same stories.
package story

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/news"
)

// Defaults of Options.
const (
	DefaultWindow = 14 * 24 * time.Hour
	DefaultMost   = 1_000_000
)

// Options configure Open.
type Options struct {
	// Window is how long a text is remembered, and how far apart in time two
	// reports of one story are published at most; 0 means DefaultWindow. The
	// bucket has to keep its values as long.
	Window time.Duration
	// Most bounds the texts that are remembered, at some 900 bytes of memory
	// each; 0 means DefaultMost. The first are forgotten first.
	Most   int
	Logger *slog.Logger
}

// Register gives reports their story. It is safe for concurrent use.
type Register struct {
	kv  jetstream.KeyValue
	log *slog.Logger

	mu    sync.Mutex
	index *index
	last  uint64        // the sequence of the bucket that was read last
	moved chan struct{} // closed when last grows
}

// Open reads what is known from the bucket, and goes on reading what this and
// other processes add until ctx ends.
func Open(ctx context.Context, kv jetstream.KeyValue, opts Options) (*Register, error) {
	if opts.Window <= 0 {
		opts.Window = DefaultWindow
	}
	if opts.Most <= 0 {
		opts.Most = DefaultMost
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	r := &Register{kv: kv, log: opts.Logger, index: newIndex(opts.Window, opts.Most), moved: make(chan struct{})}
	w, err := r.watch(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the known stories: %w", err)
	}
	if err := r.read(ctx, w, true); err != nil {
		return nil, fmt.Errorf("read the known stories: %w", err)
	}
	go r.follow(ctx, w)
	return r, nil
}

// Assign returns the id of the report's story: that of the first known report
// with the same text, or the report's own. A report that has a Story keeps it;
// its text is remembered under that. The answer is safe from crashes when
// Assign returns, and given again to whoever asks again.
//
// Invariant 3 asks that state follow its message. This state precedes it: it
// says in which order texts were seen and nothing of what was published, so a
// message that never follows leaves no gap.
func (r *Register) Assign(ctx context.Context, report *news.Report) (string, error) {
	s := newSketch(report.Text)
	story := report.Story
	if s.empty() {
		return cmp.Or(story, report.ID), nil
	}
	r.mu.Lock()
	match, found := r.index.find(s, report.Anchor())
	seen := r.last
	r.mu.Unlock()
	if found {
		story = cmp.Or(story, match.Story)
		if match.Covered >= wellCovered && match.Story == story {
			return story, nil
		}
	}
	sequence, err := r.add(ctx, report, entry{Story: story, Published: report.Anchor().UTC(), Seen: seen, Sketch: s})
	if err != nil {
		return "", fmt.Errorf("assign the story of report %s: %w", report.ID, err)
	}
	return r.resolved(ctx, sequence, cmp.Or(story, report.ID))
}

// wellCovered is the part of a text that must stand in a known one for the
// text to be left out of the register: its own copies will be found by the
// known one. A copy that brings more than that is remembered as well.
const wellCovered = 0.7

// add writes an entry, or finds the one that a try before a crash wrote.
func (r *Register) add(ctx context.Context, report *news.Report, e entry) (uint64, error) {
	value, err := json.Marshal(e)
	if err != nil {
		return 0, err
	}
	key := entryKey(report)
	sequence, err := r.kv.Create(ctx, key, value)
	if !errors.Is(err, jetstream.ErrKeyExists) {
		return sequence, err
	}
	known, err := r.kv.Get(ctx, key)
	if err != nil {
		return 0, err
	}
	return known.Revision(), nil
}

// longestWait bounds the wait for what was just written to be read again.
const longestWait = 10 * time.Second

// errBehind: the bucket is not read as fast as it should be.
var errBehind = errors.New("the known stories are not read in time; is the connection to nats slow?")

// resolved waits until everything before the sequence is known, which settles
// the story of the report that was added there.
func (r *Register) resolved(ctx context.Context, sequence uint64, story string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, longestWait, errBehind)
	defer cancel()
	for {
		r.mu.Lock()
		last, moved := r.last, r.moved
		match, ok := r.index.at(sequence)
		r.mu.Unlock()
		switch {
		case ok:
			return match.Story, nil
		case last >= sequence: // the bucket was made anew, or the text forgotten already
			return story, nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// watch reads the bucket from where it was left.
func (r *Register) watch(ctx context.Context) (jetstream.KeyWatcher, error) {
	return r.kv.WatchAll(ctx, jetstream.IgnoreDeletes(), jetstream.ResumeFromRevision(r.last+1))
}

// errEnded: the server ended the reading of the bucket.
var errEnded = errors.New("the reading of the known stories ended")

// read takes in what the watcher brings, and ends where the present begins
// if it is to.
func (r *Register) read(ctx context.Context, w jetstream.KeyWatcher, untilNow bool) error {
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case e, open := <-w.Updates():
			switch {
			case !open:
				return errEnded
			case e != nil:
				r.take(e)
			case untilNow:
				return nil
			}
		}
	}
}

// follow reads until ctx ends, and begins again when it is broken off.
func (r *Register) follow(ctx context.Context, w jetstream.KeyWatcher) {
	for {
		err := r.read(ctx, w, false)
		_ = w.Stop() // it is over either way
		for {
			if ctx.Err() != nil {
				return
			}
			r.log.Warn("reading the known stories again", "error", err)
			if w, err = r.watch(ctx); err == nil {
				break
			}
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}
	}
}

// take adds an entry of the bucket to the index and settles its story: the
// one it names, or that of the best match among the reports that came in
// between its writer's look and its arrival, or its own.
func (r *Register) take(kve jetstream.KeyValueEntry) {
	e, err := decodeEntry(kve.Value())
	if err != nil {
		r.log.Warn("a known story cannot be read and is left out", "key", kve.Key(), "error", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if kve.Revision() <= r.last {
		return
	}
	if err == nil {
		report := entryReport(kve.Key())
		if e.Story == "" && e.Seen+1 < kve.Revision() {
			match, _ := r.index.findAfter(e.Sketch, e.Published, e.Seen)
			e.Story = match.Story
		}
		r.index.add(knownText{
			Report: report, Story: cmp.Or(e.Story, report), Published: e.Published,
			Sequence: kve.Revision(), Arrived: kve.Created(), Sketch: e.Sketch,
		})
	}
	r.last = kve.Revision()
	close(r.moved)
	r.moved = make(chan struct{})
}
