package main

import (
	"fmt"

	"github.com/dateline-news/dateline/internal/app"
	"github.com/dateline-news/dateline/internal/config"
)

type indexRebuildCommand struct{ common }

// Help is shown by --help after the flags.
func (*indexRebuildCommand) Help() string {
	return `For an archive that is damaged or was made by another version. The old file is
moved aside. Reports that can no longer be read in it come back from the
streams when Dateline runs again.`
}

func (c *indexRebuildCommand) Run(inv *invocation) error {
	loaded, err := inv.load(c.common, func(*config.Config) {})
	if err != nil {
		return err
	}
	rebuilt, err := app.Rebuild(inv.ctx, app.Options{Config: loaded, Logger: inv.logger(loaded.Log)}, func(done, of int) {
		fmt.Fprintf(inv.err, "%d of %d reports\n", done, of)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(inv.out, "%d reports kept, %d to come back from the streams; the old file is %s\n", rebuilt.Kept, rebuilt.Lost, rebuilt.Old)
	return nil
}
