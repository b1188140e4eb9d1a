package app

import (
	"context"
	"fmt"
	"os"

	"github.com/dateline-news/dateline/ingest"
)

// ingest polls the sources and watches the inbox.
func (p *process) ingest(ctx context.Context) error {
	return ingest.Run(ctx, ingest.Options{
		Bus:     p.bus,
		Sources: p.Config.AllSources(),
		Contact: p.Config.Ingest.Contact,
		MaxBody: p.Config.Ingest.MaxBody,
		Holder:  p.holder(),
		Shared:  p.Config.NATS.URL != "",
		Metrics: p.metrics,
		Now:     p.Now,
		Logger:  p.Logger,
	})
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
