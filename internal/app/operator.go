package app

import (
	"context"
	"slices"
	"time"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/enrich"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/ingest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve"
	"github.com/dateline-news/dateline/wire"
)

// operator answers for the pipeline on the pages.
type operator struct{ *process }

func (o operator) CheckNow(ctx context.Context, source string) error {
	poll, err := o.bus.KV(ctx, wire.BucketPoll)
	if err != nil {
		return err
	}
	return ingest.CheckNow(ctx, poll, source, o.Now())
}

func (o operator) Dead(ctx context.Context, limit int) ([]wire.DeadLetter, error) {
	return o.bus.Dead(ctx, limit)
}

func (o operator) Replay(ctx context.Context, sequence uint64) error {
	return o.bus.Replay(ctx, sequence)
}

func (o operator) Lag(ctx context.Context) ([]serve.StageLag, error) {
	lags := []serve.StageLag{
		{Stage: string(Enrich), Stream: string(wire.StreamRaw)},
		{Stage: string(Index), Stream: string(wire.StreamReports)},
		{Stage: string(Alert), Stream: string(wire.StreamReports)},
		{Stage: string(Alert), Stream: string(wire.StreamEvents)},
		{Stage: string(Alert), Stream: string(wire.StreamAlerts)},
	}
	for i, durable := range []string{enrich.Durable, index.Durable, alert.Durable, alert.DurableEvents, alert.DurableDeliver} {
		waiting, err := o.bus.Backlog(ctx, wire.Stream(lags[i].Stream), durable)
		if err != nil {
			lags[i].Problem = "never started"
			continue
		}
		lags[i].Waiting = waiting
	}
	return lags, nil
}

// revisions reads the revisions of a report from the stream of its source.
// They came after it was published, or at the soonest a day before, by a clock
// that is wrong.
func (p *process) revisions(ctx context.Context, r *news.Report) ([]*news.Report, error) {
	since := r.Anchor()
	if !since.IsZero() {
		since = since.Add(-24 * time.Hour)
	}
	byRevision := map[int]*news.Report{r.Revision: r}
	err := p.bus.Read(ctx, wire.Reading{Stream: wire.StreamReports, Names: []string{r.Source}, Since: since}, func(m *wire.Message) error {
		if m.Report != nil && m.Report.ID == r.ID && m.Report.Revision < r.Revision {
			byRevision[m.Report.Revision] = m.Report
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []*news.Report
	for _, one := range byRevision {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *news.Report) int { return a.Revision - b.Revision })
	return all, nil
}
