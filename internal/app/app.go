// Package app puts the rooms of Dateline together in one process: any set of
// stages, over an embedded or a separate NATS server and an embedded or an
// Elasticsearch archive, as the configuration says.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/elastic"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/internal/config"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/dashboard"
	"github.com/dateline-news/dateline/serve/saved"
	"github.com/dateline-news/dateline/wire"
)

// Stage is one of the stages a process can run.
type Stage string

// The stages.
const (
	Ingest Stage = "ingest"
	Enrich Stage = "enrich"
	Index  Stage = "index"
	Alert  Stage = "alert"
	Serve  Stage = "serve"
)

// All are the stages of `dateline run`.
var All = []Stage{Ingest, Enrich, Index, Alert, Serve}

// Options configure Run.
type Options struct {
	Config *config.Config
	Stages []Stage
	Logger *slog.Logger
	// Out is where a person reads what runs where.
	Out io.Writer
	Now func() time.Time
}

// drainTime is how long what is in flight may take to end.
const drainTime = 8 * time.Second

// Run starts the stages and returns when ctx is done and everything has
// drained, or when a stage cannot go on. What it returns names what to do.
func Run(ctx context.Context, opts Options) error {
	p := &process{Options: opts, metrics: prometheus.NewRegistry()}
	defer p.close()
	if err := p.open(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // told to stop while it waited for a server
		}
		return err
	}
	return p.run(ctx)
}

// process is the parts of one running process. Parts that its stages do not
// need stay nil.
type process struct {
	Options
	bus       *wire.Bus
	archive   index.Archive
	alerts    *alert.Service
	searches  *saved.Store
	annotator *enrich.Annotator
	metrics   *prometheus.Registry
	access    *access.Guard // nil when the pages are open to this machine alone
	// dashboards are those of the pages.
	dashboards []*dashboard.Dashboard
	listeners  listeners
	closers    []func()
}

func (p *process) has(stages ...Stage) bool {
	return slices.ContainsFunc(p.Stages, func(s Stage) bool { return slices.Contains(stages, s) })
}

// onClose registers f to run at the end, the latest first.
func (p *process) onClose(f func()) { p.closers = append(p.closers, f) }

func (p *process) close() {
	for i := len(p.closers) - 1; i >= 0; i-- {
		p.closers[i]()
	}
}

// open makes everything that the stages need, cheapest first, so that a
// mistake is told at once.
func (p *process) open(ctx context.Context) error {
	if err := p.listen(); err != nil {
		return err
	}
	if p.has(Serve) {
		if err := p.openAccess(); err != nil {
			return err
		}
		var err error
		if p.dashboards, err = dashboard.Load(configs.Dashboards(p.Config.Dashboards)); err != nil {
			return err
		}
	}
	if err := p.openData(); err != nil {
		return err
	}
	var err error
	if p.has(Enrich, Alert, Serve) {
		if p.annotator, err = enrich.New(configs.FS(p.Config.Gazetteers)); err != nil {
			return err
		}
	}
	if err := p.openBus(ctx); err != nil {
		return err
	}
	p.openMetrics()
	if p.has(Index, Alert, Serve) {
		if err := p.openArchive(ctx); err != nil {
			return err
		}
	}
	if p.has(Serve) {
		if p.searches, err = saved.Open(ctx, p.bus, p.Now); err != nil {
			return err
		}
	}
	if p.has(Alert, Serve) {
		return p.openAlerts(ctx)
	}
	return nil
}

// openData locks the data folder where one process alone may use it: where
// the embedded NATS server keeps its streams.
func (p *process) openData() error {
	if p.Config.NATS.URL != "" {
		return nil
	}
	unlock, err := lockData(p.Config.Data)
	if err != nil {
		return err
	}
	p.onClose(unlock)
	return nil
}

func (p *process) openBus(ctx context.Context) error {
	c := p.Config.NATS
	options := wire.Options{
		Name:        "dateline",
		User:        c.User,
		Password:    c.Password,
		Credentials: c.Credentials,
		Replicas:    c.Replicas,
		Logger:      p.Logger,
	}
	var err error
	if c.URL != "" {
		p.bus, err = wire.Connect(ctx, c.URL, options)
	} else {
		var server *wire.Server
		server, err = wire.StartServer(wire.ServerOptions{
			Dir:    filepath.Join(p.Config.Data, "streams"),
			Listen: c.Listen,
			Logger: p.Logger,
		})
		if err != nil {
			return err
		}
		p.onClose(server.Shutdown)
		p.bus, err = server.Connect(ctx, options)
	}
	if err != nil {
		return err
	}
	p.onClose(p.bus.Close)
	return p.bus.Setup(ctx)
}

func (p *process) openArchive(ctx context.Context) error {
	var err error
	if p.Config.Elasticsearch.Enabled() {
		p.archive, err = p.openElastic(ctx)
	} else {
		p.archive, err = p.openEmbedded()
	}
	if err != nil {
		return err
	}
	p.onClose(func() {
		if err := p.archive.Close(); err != nil {
			p.Logger.Error("closing the archive", "error", err)
		}
	})
	return nil
}

// elasticOptions are the options of the cluster that the configuration names.
func (p *process) elasticOptions() (elastic.Options, error) {
	c := p.Config.Elasticsearch
	var certificates []byte
	if c.CA != "" {
		var err error
		if certificates, err = os.ReadFile(c.CA); err != nil {
			return elastic.Options{}, fmt.Errorf("elasticsearch.ca: %w", err)
		}
	}
	return elastic.Options{
		Addresses: addresses(c.URL),
		CloudID:   c.CloudID,
		Username:  c.Username,
		Password:  c.Password,
		APIKey:    c.APIKey,
		CACert:    certificates,
		Name:      c.Index,
		Logger:    p.Logger,
	}, nil
}

func (p *process) openElastic(ctx context.Context) (index.Archive, error) {
	options, err := p.elasticOptions()
	if err != nil {
		return nil, err
	}
	for {
		archive, err := elastic.Open(ctx, options)
		if !errors.Is(err, index.ErrUnavailable) {
			return archive, err
		}
		p.Logger.Warn("waiting for Elasticsearch", "error", err)
		select {
		case <-time.After(openPause):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// openPause is how long a cluster that is not there yet is given to come.
const openPause = 3 * time.Second

func (p *process) openEmbedded() (index.Archive, error) {
	if err := os.MkdirAll(p.Config.Data, 0o750); err != nil {
		return nil, fmt.Errorf("making the data folder: %w; choose another with --data DIR", err)
	}
	return embedded.Open(archivePath(p.Config.Data), embedded.Options{})
}

// archivePath is the file of the embedded archive in a data folder.
func archivePath(data string) string { return filepath.Join(data, "archive.db") }

func addresses(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(list, " ", ""), ",")
}

// run runs every stage until ctx is done or one fails.
func (p *process) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	stage := func(s Stage, f func(context.Context) error) {
		if !p.has(s) {
			return
		}
		group.Go(func() error {
			if err := f(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%s: %w", s, err)
			}
			return nil
		})
	}
	stage(Ingest, p.ingest)
	stage(Enrich, func(ctx context.Context) error {
		return enrich.Run(ctx, enrich.Options{Bus: p.bus, Annotator: p.annotator, Logger: p.Logger})
	})
	stage(Index, func(ctx context.Context) error {
		return index.Run(ctx, index.Options{Bus: p.bus, Archive: p.archive, Register: p.register(), Logger: p.Logger, Metrics: p.metrics})
	})
	stage(Alert, func(ctx context.Context) error { return p.alerts.Run(ctx) })
	group.Go(func() error { return p.serveHTTP(ctx) })
	p.announce()
	return group.Wait()
}
