package app

import (
	"context"
	"errors"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/register"
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
	if err := p.refoldEvents(ctx); err != nil {
		return rebuilt, err
	}
	return rebuilt, p.bus.Rewind(ctx, wire.StreamReports, index.Durable)
}

// refoldEvents folds the event register anew from what the embedded archive
// has. Where that is less than the streams have, they bring back the rest.
func (p *process) refoldEvents(ctx context.Context) error {
	archive, err := p.openEmbedded()
	if err != nil {
		return err
	}
	p.archive = archive
	return errors.Join(p.register().Rebuild(ctx, nil), archive.Close())
}

// RebuildEvents folds the event register anew from the reports in the archive
// of the configuration, the embedded one or a cluster's. progress is told now
// and then how many reports are read.
func RebuildEvents(ctx context.Context, opts Options, progress func(done int)) error {
	p := &process{Options: opts}
	defer p.close()
	if err := p.openData(); err != nil {
		return err
	}
	if err := p.openBus(ctx); err != nil {
		return err
	}
	if err := p.openArchive(ctx); err != nil {
		return err
	}
	if err := p.readReports(ctx, progress); err != nil {
		return err
	}
	return p.register().Rebuild(ctx, nil)
}

// readReports has the register know what every report in the archive says of
// events. What it knows already, from the stream, counts more: a search does
// not tell which enricher annotated a report.
func (p *process) readReports(ctx context.Context, progress func(done int)) error {
	request, done := index.Request{Sort: index.ByPublished, Limit: index.MaxLimit}, 0
	for {
		found, err := p.archive.Search(ctx, request)
		if err != nil {
			return err
		}
		var readings []register.Reading
		for _, h := range found.Hits {
			readings = append(readings, register.Read(h.Report, 0))
		}
		if err := p.archive.PutReadings(ctx, register.Telling(readings)); err != nil {
			return err
		}
		done += len(readings)
		if progress != nil {
			progress(done)
		}
		if request.Cursor = found.Next; request.Cursor == "" {
			return nil
		}
	}
}
