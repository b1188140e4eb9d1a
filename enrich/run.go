package enrich

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"

	"github.com/dateline-news/dateline/wire"
)

// Durable is the name of the stage's consumer on the RAW stream.
const Durable = "enrich"

// Options configure Run.
type Options struct {
	Bus       *wire.Bus
	Annotator *Annotator
	Logger    *slog.Logger
}

// Run annotates every report that arrives on RAW and publishes it on REPORTS.
// A message is acknowledged after its annotated report is safe there; a report
// whose annotation panics goes to the dead letters. Run returns after ctx is
// done and what was in flight is finished.
func Run(ctx context.Context, opts Options) error {
	return opts.Bus.Consume(ctx, wire.Consumer{
		Stream:  wire.StreamRaw,
		Durable: Durable,
		Workers: runtime.GOMAXPROCS(0),
	}, func(ctx context.Context, batch []*wire.Message) []error {
		outcomes := make([]error, len(batch))
		for i, m := range batch {
			outcomes[i] = forward(ctx, opts, m)
		}
		return outcomes
	})
}

func forward(ctx context.Context, opts Options, m *wire.Message) error {
	r := m.Report
	opts.Annotator.Annotate(r)
	// Invariant 5: the outcome is nil, and the message acknowledged, only when
	// the annotated report is safe on its stream.
	_, err := opts.Bus.PublishReport(ctx, wire.StreamReports, r, wire.Publish{Enricher: Version, Traceparent: m.Traceparent})
	if err != nil {
		return fmt.Errorf("publishing report %s: %w", r.ID, err)
	}
	opts.Logger.Debug("annotated", "report", r.ID, "revision", r.Revision)
	return nil
}
