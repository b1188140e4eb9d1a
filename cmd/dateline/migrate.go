package main

import (
	"fmt"

	"github.com/dateline-news/dateline/index/elastic"
	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

type indexMigrateCommand struct {
	common
	Elasticsearch string `help:"The Elasticsearch cluster." placeholder:"URL"`
	Restart       bool   `help:"Begin anew after a migration that was cut off; not while another one runs."`
	DeleteOld     bool   `help:"Remove the old index at the end."`
}

// Help is shown by --help after the flags.
func (*indexMigrateCommand) Help() string {
	return `Makes a new index with the schema of this version beside the one in use, and
moves the aliases to it in one step. Searches go on all the while; writes wait
for a moment at the end, and none is lost. Stages of the version before go on
until the new index is in use; then start those of this version.`
}

func (c *indexMigrateCommand) Run(inv *invocation) error {
	loaded, err := inv.load(c.common, func(loaded *config.Config) { set(&loaded.Elasticsearch.URL, c.Elasticsearch) })
	if err != nil {
		return err
	}
	done, err := app.Migrate(inv.ctx, app.Options{Config: loaded, Logger: inv.logger(loaded.Log)}, elastic.MigrateOptions{
		Restart: c.Restart, DeleteOld: c.DeleteOld,
		Progress: func(done, of int) { fmt.Fprintf(inv.err, "%d of %d reports\n", done, of) },
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%d reports are in %s, which is in use, and %d superseded revisions beside them\n", done.Reports, done.New, done.Past)
	if !c.DeleteOld {
		fmt.Fprintf(inv.out, "%s is left as it was; delete it when all is well\n", done.Old)
	}
	return nil
}
