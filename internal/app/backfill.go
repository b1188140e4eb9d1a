package app

import (
	"context"
	"math"
	"time"

	"github.com/dateline-news/dateline/ingest"
)

// Backfill publishes what a source has published since a time. With the
// embedded NATS server it must be the only process on the data folder; what it
// publishes is annotated and indexed when Dateline runs again.
func Backfill(ctx context.Context, opts Options, source ingest.Source, since time.Time, progress func(ingest.Progress)) (ingest.Progress, error) {
	p := &process{Options: opts}
	defer p.close()
	if err := p.openData(); err != nil {
		return ingest.Progress{}, err
	}
	if err := p.openBus(ctx); err != nil {
		return ingest.Progress{}, err
	}
	options := ingest.Options{
		Bus: p.bus, Contact: p.Config.Ingest.Contact, MaxBody: p.Config.Ingest.MaxBody,
		Shared: p.Config.NATS.URL != "", Now: p.Now, Logger: p.Logger,
	}
	if !options.Shared {
		options.MaxBacklog = math.MaxInt64 // no stage behind runs to wait for
	}
	return ingest.Backfill(ctx, source, since, progress, options)
}
