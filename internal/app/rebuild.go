package app

import (
	"context"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/wire"
)

// Rebuild makes the embedded archive of the configuration's data folder anew
// from the reports in it, and has the next `dateline run` read the REPORTS
// stream from its beginning, which brings back what the old file had lost.
// progress is told now and then how many reports are done, and of how many.
func Rebuild(ctx context.Context, opts Options, progress func(done, of int)) (embedded.Rebuilt, error) {
	p := &process{Options: opts}
	defer p.close()
	if err := p.openData(); err != nil {
		return embedded.Rebuilt{}, err
	}
	rebuilt, err := embedded.Rebuild(ctx, archivePath(p.Config.Data), progress)
	if err != nil {
		return rebuilt, err
	}
	if err := p.openBus(ctx); err != nil {
		return rebuilt, err
	}
	return rebuilt, p.bus.Rewind(ctx, wire.StreamReports, index.Durable)
}
