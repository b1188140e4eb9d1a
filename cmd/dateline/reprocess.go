package main

import (
	"fmt"
	"time"

	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

type reprocessCommand struct {
	common
	NATS   string `name:"nats" help:"The NATS server." placeholder:"URL"`
	Source string `help:"Only the answers for this source." placeholder:"NAME"`
	DryRun bool   `help:"Say what would be published, and publish nothing."`
}

// Help is shown by --help after the flags.
func (*reprocessCommand) Help() string {
	return `Reads the last answer for each item again that was kept in WARC files (see
ingest.warc in the configuration), and publishes the articles that this version
reads otherwise as the next revisions of their reports. Stop a "dateline run" on
the same data folder before; with a NATS server everything may go on running.`
}

func (c *reprocessCommand) Run(inv *invocation) error {
	loaded, err := inv.load(c.common, func(loaded *config.Config) { set(&loaded.NATS.URL, c.NATS) })
	if err != nil {
		return err
	}
	options := app.Options{Config: loaded, Logger: inv.logger(loaded.Log), Now: time.Now}
	done, err := app.Reprocess(inv.ctx, options, c.Source, c.DryRun, func(done, of int) {
		fmt.Fprintf(inv.err, "%d of %d pages\n", done, of)
	})
	for _, file := range done.Damaged {
		fmt.Fprintf(inv.err, "read in part: %s\n", file)
	}
	if err != nil {
		return err
	}
	verb := "are published as new revisions"
	if c.DryRun {
		verb = "would be published as new revisions"
	}
	fmt.Fprintf(inv.out, "%d pages read again: %d %s\n", done.Pages, done.Published, verb)
	for _, left := range []struct {
		n   int
		why string
	}{
		{done.Older, "left, since the page was read later when nothing was kept"},
		{done.Foreign, "left, since their source is not in the configuration"},
		{done.Unread, "hold no article"},
	} {
		if left.n > 0 {
			fmt.Fprintf(inv.out, "%d %s\n", left.n, left.why)
		}
	}
	return nil
}
