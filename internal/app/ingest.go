package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/dateline-news/dateline/ingest"
)

// leaseTime is how long after the process that polls has died another takes
// over. It is renewed three times as often.
const leaseTime = 9 * time.Second

// poll polls the sources on the web, as long as no other process does. Should
// two do so for a moment, each item is still published once.
func (p *process) poll(ctx context.Context) error {
	if len(p.Config.Sources) == 0 {
		return nil
	}
	return p.bus.WithLease(ctx, "scheduler", p.holder(), leaseTime, func(ctx context.Context) error {
		return ingest.Run(ctx, p.ingestOptions(p.Config.Sources))
	})
}

// watch watches the inbox, which each process has for itself.
func (p *process) watch(ctx context.Context) error {
	inbox := p.Config.AllSources()[len(p.Config.Sources):]
	if len(inbox) == 0 {
		return nil
	}
	return ingest.Run(ctx, p.ingestOptions(inbox))
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

func (p *process) ingestOptions(sources []ingest.Source) ingest.Options {
	return ingest.Options{
		Bus:     p.bus,
		Sources: sources,
		Contact: p.Config.Ingest.Contact,
		MaxBody: p.Config.Ingest.MaxBody,
		Now:     p.Now,
		Logger:  p.Logger,
	}
}
