package main

import (
	"fmt"

	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

type indexRebuildCommand struct {
	common
	Events        bool   `help:"Only fold the event register anew, from the reports in the archive."`
	NATS          string `name:"nats" help:"With --events: a separate NATS server." placeholder:"URL"`
	Elasticsearch string `help:"With --events: the Elasticsearch cluster." placeholder:"URL"`
}

// Help is shown by --help after the flags.
func (*indexRebuildCommand) Help() string {
	return `For an archive that is damaged or was made by another version. The old file is
moved aside. Reports that can no longer be read in it come back from the
streams when Dateline runs again. With --events the archive stays, an embedded
one or a cluster's, and the event register is made anew from its reports.`
}

func (c *indexRebuildCommand) Run(inv *invocation) error {
	loaded, err := inv.load(c.common, func(loaded *config.Config) {
		set(&loaded.NATS.URL, c.NATS)
		set(&loaded.Elasticsearch.URL, c.Elasticsearch)
	})
	if err != nil {
		return err
	}
	if c.Events {
		return c.rebuildEvents(inv, loaded)
	}
	rebuilt, err := app.Rebuild(inv.ctx, app.Options{Config: loaded, Logger: inv.logger(loaded.Log)}, func(done, of int) {
		fmt.Fprintf(inv.err, "%d of %d reports\n", done, of)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%d reports and %d superseded revisions kept, %d to come back from the streams; the old file is %s\n",
		rebuilt.Kept, rebuilt.Past, rebuilt.Lost, rebuilt.Old)
	return nil
}

func (c *indexRebuildCommand) rebuildEvents(inv *invocation, loaded *config.Config) error {
	var reports int
	err := app.RebuildEvents(inv.ctx, app.Options{Config: loaded, Logger: inv.logger(loaded.Log)}, func(done int) { reports = done })
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "the event register is made anew from %d reports\n", reports)
	return nil
}
