package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

type sourcesBackfillCommand struct {
	common
	NATS   string `name:"nats" help:"The NATS server that the stages meet on." placeholder:"URL"`
	Source string `arg:"" help:"The name of the source."`
	Since  string `required:"" help:"The first day to publish, as 2006-01-02." placeholder:"DATE"`
}

// Help is shown by --help after the flags.
func (*sourcesBackfillCommand) Help() string {
	return `It follows the source's list into the past and reads the sitemaps of its site,
at the pace that the site allows. It may be stopped at any moment, and goes on
from there when it is run again with the same day. With the embedded NATS server
stop ` + "`dateline run`" + ` first; what was published is indexed when it runs again.`
}

func (c *sourcesBackfillCommand) Run(inv *invocation) error {
	since, err := time.Parse(time.DateOnly, c.Since)
	if err != nil {
		return fmt.Errorf("--since: %q is no day; write it as 2006-01-02", c.Since)
	}
	loaded, err := inv.load(c.common, func(loaded *config.Config) { set(&loaded.NATS.URL, c.NATS) })
	if err != nil {
		return err
	}
	source, err := sourceNamed(loaded, c.Source)
	if err != nil {
		return err
	}
	if zone, err := time.LoadLocation(source.TimeZone); err == nil {
		since = time.Date(since.Year(), since.Month(), since.Day(), 0, 0, 0, 0, zone)
	}
	loaded.Log.Level = "error"
	bar := newProgressBar(inv.err, time.Now)
	done, err := app.Backfill(inv.ctx, app.Options{Config: loaded, Logger: inv.logger(loaded.Log), Now: time.Now}, source, since, func(p ingest.Progress) {
		bar.show(p.Done, p.Listed, fmt.Sprintf("%d published, %d not readable; %s", p.Published, p.Failed, p.Current))
	})
	bar.end()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopped after %d of %d items; run it again to go on from there", done.Done, done.Listed)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%d items on %d pages and sitemaps since %s: %d published, %d not readable, the others were known, or hold no report of that time\n",
		done.Listed, done.Lists, c.Since, done.Published, done.Failed)
	return nil
}
