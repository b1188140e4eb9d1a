package ingest

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/dateline-news/dateline/ingest/notice"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// outpacedTries is how often a publish is tried while other processes publish
// for the same source, with a wait that grows each time.
const (
	outpacedTries = 100
	outpacedWait  = 2 * time.Millisecond
)

// publish sends the report to RAW when its content is new, as the revision
// after the last one. It fills in Status, Story, ContentHash, Revision and
// Seen. While the store is full it waits, so that what was fetched is not lost.
func (r *runner) publish(ctx context.Context, report *news.Report) (published bool, err error) {
	for {
		published, err = r.publishTried(ctx, report)
		if !errors.Is(err, wire.ErrFull) {
			r.resume()
			return published, err
		}
		r.pauseFor(ctx, sentence(err))
		if !pause(ctx, roomInterval) {
			return false, context.Cause(ctx)
		}
	}
}

// publishTried is publish without the wait for room.
func (r *runner) publishTried(ctx context.Context, report *news.Report) (published bool, err error) {
	report.Source = r.source.Name
	report.Status = cmp.Or(report.Status, notice.Status(report))
	report.ContentHash = report.HashContent()
	for try := range outpacedTries {
		published, err = r.publishOnce(ctx, report)
		if !errors.Is(err, wire.ErrOutpaced) {
			break
		}
		r.settled = false
		if !pause(ctx, time.Duration(try)*outpacedWait) {
			return false, context.Cause(ctx)
		}
	}
	return published, err
}

func (r *runner) publishOnce(ctx context.Context, report *news.Report) (bool, error) {
	if err := r.settle(ctx); err != nil {
		return false, err
	}
	key := reportKey(report.ID)
	var last reportState
	revision, err := load(ctx, r.state.seen, key, &last)
	if err != nil {
		return false, err
	}
	if last.ContentHash == report.ContentHash {
		return false, nil
	}
	report.Revision = last.Revision + 1
	report.Seen = r.Now()
	report.Story = last.Story
	if report.Story, err = r.state.stories.Assign(ctx, report); err != nil {
		return false, wire.Typed(err)
	}
	id := news.MessageID(report.ID, last.Revision, report.ContentHash)
	r.settled = false
	got, err := r.Bus.PublishReport(ctx, wire.StreamRaw, report, wire.Publish{MessageID: id, Ordered: true, After: r.tail})
	if err != nil {
		return false, err
	}
	r.meters.published.Inc()
	r.log.Info("published", "report", report.ID, "revision", report.Revision, "title", report.Title, "duplicate", got.Duplicate)
	// Only now: a crash before this line is repeated with the same message id.
	err = saveNext(ctx, r.state.seen, key, stateOf(report), revision)
	if errors.Is(err, errConflict) {
		return true, nil // another process found it on the stream: see settle
	}
	r.settled, r.tail = err == nil, got.Sequence
	return true, err
}

func stateOf(r *news.Report) reportState {
	return reportState{Revision: r.Revision, ContentHash: r.ContentHash, URL: r.URL, Source: r.Source, Seen: r.Seen, Story: r.Story}
}
