// Package ingest is the first stage: it polls sources on their schedules,
// fetches what is new in them, extracts the articles and publishes each as a
// report to the RAW stream.
//
// It promises that no item is lost and none is published twice: what is known
// of an item is written only after its publish is acknowledged, and a second
// try after a crash carries the same message id. An article that changed is a
// new revision of the same report. Sources do not wait for one another, and a
// failing one is tried less and less often. When the stage behind is late or
// the store full, polling pauses.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// Bus is what ingest needs of the message bus; *wire.Bus is one.
type Bus interface {
	PublishReport(context.Context, wire.Stream, *news.Report, wire.Publish) (duplicate bool, err error)
	KV(ctx context.Context, bucket string) (jetstream.KeyValue, error)
	LastReport(ctx context.Context, stream wire.Stream, source string) (*news.Report, error)
	Backlog(ctx context.Context, stream wire.Stream, durable string) (pending uint64, err error)
}

var _ Bus = (*wire.Bus)(nil)

// Fetcher gets pages; *fetch.Fetcher is one. Its errors are *fetch.Error.
type Fetcher interface {
	Get(context.Context, fetch.Request) (*fetch.Response, error)
}

// Options configure Run.
type Options struct {
	Bus     Bus
	Sources []Source
	// Contact is named in the User-Agent so that a publisher can reach the
	// operator: an e-mail address or a page.
	Contact string
	// MaxBody bounds a page in bytes after decompression; 0 means
	// fetch.DefaultMaxBody.
	MaxBody int64
	// MaxBacklog is how many reports may wait for the stage behind before
	// polling pauses; 0 means 5000.
	MaxBacklog uint64
	// Consumer is the durable of the stage behind; "" means "enrich".
	Consumer string
	// Fetcher replaces the one made from Contact and MaxBody.
	Fetcher Fetcher
	// Now is the clock; nil means time.Now.
	Now    func() time.Time
	Logger *slog.Logger
}

// Run polls every source, at once and then on its schedule, until ctx ends.
// It returns an error at the start, when a source is not valid or the state
// cannot be opened; after that faults of a source are logged and shown in its
// Status, and nil is returned when ctx ends.
func Run(ctx context.Context, opts Options) error {
	opts = opts.withDefaults()
	if err := checkSources(opts.Sources); err != nil {
		return err
	}
	state, err := openStore(ctx, opts.Bus, opts.Logger)
	if err != nil {
		return fmt.Errorf("open the state of ingestion: %w", err)
	}
	var group errgroup.Group
	for i, s := range opts.Sources {
		r, err := newRunner(s, opts, state)
		if err != nil {
			return err
		}
		group.Go(func() error {
			r.run(ctx, stagger(i))
			return nil
		})
	}
	return group.Wait()
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MaxBacklog == 0 {
		o.MaxBacklog = 5000
	}
	if o.Consumer == "" {
		o.Consumer = "enrich"
	}
	if o.Fetcher == nil {
		o.Fetcher = fetch.New(fetch.Options{UserAgent: userAgent(o.Contact), MaxBody: o.MaxBody, Now: o.Now, Logger: o.Logger})
	}
	return o
}

// userAgent is an honest name with a way to reach the operator.
func userAgent(contact string) string {
	agent := "Dateline/1.0 (+https://github.com/dateline-news/dateline"
	if contact = strings.TrimSpace(contact); contact != "" {
		agent += "; " + contact
	}
	return agent + ")"
}

func checkSources(sources []Source) error {
	var faults []error
	seen := map[string]bool{}
	for _, s := range sources {
		if err := s.Validate(); err != nil {
			faults = append(faults, err)
		}
		if name := strings.ToLower(s.Name); seen[name] {
			faults = append(faults, fmt.Errorf("source %q: there are two of that name; rename one", s.Name))
		} else {
			seen[name] = true
		}
	}
	return errors.Join(faults...)
}

// The first polls are spread over a while, so that a start with many sources
// does not open as many connections at once.
const (
	staggerStep = 50 * time.Millisecond
	staggerMost = 20 * time.Second
)

func stagger(i int) time.Duration { return min(time.Duration(i)*staggerStep, staggerMost) }
