// Package alert is stage 4: it watches what is reported on behalf of people
// and tells them, once, soon, and with the reason.
//
// Rules are kept in the bucket rules. Each report on REPORTS and each entry on
// EVENTS is matched against them in process; what a rule finds is claimed in
// the bucket deliveries, so that one process tells it once, and put on the
// ALERTS stream. From there it goes to the channels of the rule, or into the
// bucket outbox, where it waits for its time or for another try. Any number of
// processes can share the work.
package alert

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/alert/channel"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/wire"
)

// The names of the stage's consumers on the streams.
const (
	Durable        = "alert"   // REPORTS
	DurableEvents  = "alert"   // EVENTS
	DurableDeliver = "deliver" // ALERTS
)

// Options configure Run and New.
type Options struct {
	Bus     *wire.Bus
	Archive index.Archive
	// Acronyms are expanded in queries, as the search does.
	Acronyms []query.Acronym
	// Point returns where a place lies that near: names; nil knows none.
	Point     rule.Point
	Channels  *channel.Set
	Templates *channel.Templates
	// Rules are files of rules, *.yaml, which are kept at the start; nil for
	// none.
	Rules fs.FS
	// URL is where the pages are served, for links; "" leaves links out.
	URL string
	// Holder names the process to those it shares the lease of the outbox with.
	Holder string
	Now    func() time.Time
	Logger *slog.Logger
	// Done ends the live pages; nil leaves that to their readers.
	Done  <-chan struct{}
	Retry Retry
	// Round is how often rules are looked after, 0 means 5 seconds, and Lease
	// how long after a process died another goes on with the outbox, 0 means 9
	// seconds.
	Round, Lease time.Duration
	Breaker      *channel.Breaker
}

// Service is the stage: Run works, Handler answers.
type Service struct{ *engine }

// engine is what the parts of the stage share.
type engine struct {
	opts   Options
	log    *slog.Logger
	store  *Store
	book   *book
	claims claims
	state  states
	outbox *outbox
	secret secret
}

// New opens the stage. Nothing runs until Run.
func New(ctx context.Context, opts Options) (*Service, error) {
	if opts.Round == 0 {
		opts.Round = roundTime
	}
	if opts.Lease == 0 {
		opts.Lease = 9 * time.Second
	}
	if opts.Breaker == nil {
		opts.Breaker = new(channel.Breaker)
	}
	known := rule.Known{Channels: opts.Channels.Names(), Mail: opts.Channels.Mail(), Point: opts.Point}
	store, err := OpenStore(ctx, opts.Bus, known, opts.Now)
	if err != nil {
		return nil, err
	}
	log, err := opts.Bus.KV(ctx, wire.BucketDeliveries)
	if err != nil {
		return nil, err
	}
	waiting, err := opts.Bus.KV(ctx, wire.BucketOutbox)
	if err != nil {
		return nil, err
	}
	conditions, err := opts.Bus.KV(ctx, wire.BucketConditions)
	if err != nil {
		return nil, err
	}
	key, err := openSecret(ctx, store.kv)
	if err != nil {
		return nil, err
	}
	return &Service{&engine{
		opts: opts, log: opts.Logger, store: store, claims: claims{log}, state: states{conditions}, secret: key,
		book:   newBook(store, opts.Acronyms, opts.Now, opts.Logger),
		outbox: &outbox{kv: waiting, log: log, channels: opts.Channels, breaker: opts.Breaker, retry: opts.Retry.withDefaults(), now: opts.Now},
	}}, nil
}

// Store returns the rules.
func (s *Service) Store() *Store { return s.store }

// Run matches and delivers until ctx is done and what was in flight is safe.
func (s *Service) Run(ctx context.Context) error {
	if err := s.keepFiles(ctx); err != nil {
		return err
	}
	// The book outlives the consumers, which need it to finish their work.
	follow, forget := context.WithCancel(context.WithoutCancel(ctx))
	defer forget()
	go func() { _ = s.book.follow(follow) }() // it never fails

	group, ctx := errgroup.WithContext(ctx)
	consume := func(c wire.Consumer, handle wire.Handler) {
		group.Go(func() error { return s.opts.Bus.Consume(ctx, c, handle) })
	}
	consume(wire.Consumer{Stream: wire.StreamReports, Durable: Durable, Batch: 32, Linger: lingerTime}, s.matchReports)
	consume(wire.Consumer{Stream: wire.StreamEvents, Durable: DurableEvents, Batch: 32, Linger: lingerTime}, s.matchEvents)
	consume(wire.Consumer{Stream: wire.StreamAlerts, Durable: DurableDeliver, Batch: 8, Linger: lingerTime, Workers: 4}, s.deliver)
	group.Go(func() error { return s.lead(ctx) })
	return group.Wait()
}

// lingerTime is how long a batch waits for more: a reader waits as long.
const lingerTime = 5 * time.Millisecond

// lead does what one process alone should do.
func (s *Service) lead(ctx context.Context) error {
	for ctx.Err() == nil {
		err := s.opts.Bus.WithLease(ctx, "alert", s.opts.Holder, s.opts.Lease, func(ctx context.Context) error {
			group, ctx := errgroup.WithContext(ctx)
			group.Go(func() error { return s.schedule(ctx) })
			group.Go(func() error { return s.clerk(ctx) })
			return group.Wait()
		})
		if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
			s.log.Warn("looking after the outbox, trying again", "error", err)
			pause(ctx, afterFault)
		}
	}
	return nil
}
