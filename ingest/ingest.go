// Package ingest is the first stage: it polls sources on their schedules,
// fetches what is new in them, extracts the articles and publishes each as a
// report to the RAW stream.
//
// It promises that no item is lost and none is published twice: what is known
// of an item is written only after its publish is acknowledged, and a second
// try after a crash carries the same message id. An article that changed is a
// new revision of the same report. Sources do not wait for one another, and a
// failing one is tried less and less often. When the stage behind is late or
// the store full, polling pauses. Of several processes one keeps the schedule,
// and all of them poll what is due.
package ingest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// Bus is what ingest needs of the message bus; *wire.Bus is one.
type Bus interface {
	PublishReport(context.Context, wire.Stream, *news.Report, wire.Publish) (wire.Published, error)
	KV(ctx context.Context, bucket string) (jetstream.KeyValue, error)
	LastReport(ctx context.Context, stream wire.Stream, source string) (last *news.Report, sequence uint64, err error)
	Backlog(ctx context.Context, stream wire.Stream, durable string) (pending uint64, err error)
	Forget(ctx context.Context, bucket string, keys ...string) error
	PublishPoll(ctx context.Context, source string, due time.Time, body []byte) error
	ConsumePolls(context.Context, wire.Consumer, func(context.Context, *wire.Message) error) error
	WithLease(ctx context.Context, name, holder string, ttl time.Duration, f func(context.Context) error) error
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
	// MaxPolls is how many polls this process makes at a time, nearly all of
	// which wait for other people's servers; 0 means 2000.
	MaxPolls int
	// Consumer is the durable of the stage behind; "" means "enrich".
	Consumer string
	// Holder names the process to those it shares the schedule with; a process
	// that comes back under its name schedules again at once. "" means a name
	// that no other has.
	Holder string
	// Shared says that other processes may poll too. The turns of hosts are
	// then kept on the bus, so that no host is asked more often for it.
	Shared bool
	// WARC is the folder in which every answer of a publisher's server is kept
	// in WARC files, each closed at WARCFile bytes (0 means DefaultWARCFile);
	// "" keeps none.
	WARC     string
	WARCFile int64
	// Metrics is where this process counts its requests and polls; nil means
	// nowhere.
	Metrics prometheus.Registerer
	// Fetcher replaces the one made from Contact and MaxBody.
	Fetcher Fetcher
	// Now is the clock; nil means time.Now.
	Now    func() time.Time
	Logger *slog.Logger
}

// leaseTime is how long after the process that schedules has died another
// takes over. It is renewed three times as often.
const leaseTime = 9 * time.Second

// Run polls every source until ctx ends, at once if that was never done and
// then on its schedule. Of several processes one schedules at a time, all of
// them poll what is due, and each watches the folders of its own. Run returns
// an error at the start, when a source is not valid or the state cannot be
// opened; after that faults of a source are logged and shown in its Status,
// and nil is returned when ctx ends.
func Run(ctx context.Context, opts Options) error {
	opts = opts.withDefaults()
	if err := checkSources(opts.Sources); err != nil {
		return err
	}
	state, err := openStore(ctx, opts.Bus, opts.Logger)
	if err != nil {
		return fmt.Errorf("open the state of ingestion: %w", err)
	}
	d := newDesk(opts, state)
	if opts.WARC != "" {
		a, err := openArchive(opts)
		if err != nil {
			return err
		}
		d.archive = a
		defer func() {
			if err := a.close(); err != nil {
				opts.Logger.Warn("the WARC archive", "error", err)
			}
		}()
	}
	group, ctx := errgroup.WithContext(ctx)
	var web []Source
	for _, s := range opts.Sources {
		if s.kind() != KindInbox {
			web = append(web, s)
			continue
		}
		r, err := newRunner(s, d)
		if err != nil {
			return err
		}
		group.Go(func() error { r.watch(ctx); return nil })
	}
	group.Go(func() error { return d.work(ctx) })
	if len(web) > 0 {
		group.Go(func() error {
			err := opts.Bus.WithLease(ctx, "scheduler", opts.Holder, leaseTime, func(ctx context.Context) error {
				return schedule(ctx, opts, state.poll, web)
			})
			if ctx.Err() != nil {
				return nil
			}
			return err
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
	if o.MaxPolls == 0 {
		o.MaxPolls = 2000
	}
	if o.Consumer == "" {
		o.Consumer = "enrich"
	}
	if o.MaxBody <= 0 {
		o.MaxBody = fetch.DefaultMaxBody
	}
	if o.WARCFile <= 0 {
		o.WARCFile = DefaultWARCFile
	}
	if o.Holder == "" {
		o.Holder = rand.Text()
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
