package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/config"
)

// ingest polls the sources and watches the inbox.
func (p *process) ingest(ctx context.Context) error {
	options := p.ingestOptions()
	if p.Config.Ingest.WARC {
		options.WARC = warcFolder(p.Config)
	}
	return ingest.Run(ctx, options)
}

// warcFolder is where the answers of publishers' servers are kept.
func warcFolder(c *config.Config) string { return filepath.Join(c.Data, "warc") }

func (p *process) ingestOptions() ingest.Options {
	return ingest.Options{
		Bus:      p.bus,
		Sources:  p.Config.AllSources(),
		Contact:  p.Config.Ingest.Contact,
		MaxBody:  p.Config.Ingest.MaxBody,
		WARCFile: p.Config.Ingest.WARCFile,
		Holder:   p.holder(),
		Shared:   p.Config.NATS.URL != "",
		Metrics:  p.metrics,
		Now:      p.Now,
		Logger:   p.Logger,
	}
}

// Reprocess runs the extractor over the answers of publishers' servers that
// were kept, and publishes the articles that come out otherwise than before.
// With an embedded server it needs the data folder for itself.
func Reprocess(ctx context.Context, opts Options, source string, dryRun bool, progress func(done, of int)) (ingest.Reprocessed, error) {
	p := &process{Options: opts}
	defer p.close()
	if err := p.openData(); err != nil {
		return ingest.Reprocessed{}, err
	}
	if err := p.openBus(ctx); err != nil {
		return ingest.Reprocessed{}, err
	}
	options := p.ingestOptions()
	options.WARC, options.Metrics = warcFolder(p.Config), nil
	return ingest.Reprocess(ctx, ingest.ReprocessOptions{Options: options, Source: source, DryRun: dryRun, Progress: progress})
}

// holder names the process to those it shares the lease with. The only one on
// an embedded server has the same name after a crash, and so its lease at once.
func (p *process) holder() string {
	if p.Config.NATS.URL == "" {
		return "embedded"
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d/%d", host, os.Getpid(), p.Now().UnixNano())
}
