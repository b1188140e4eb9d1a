package index

import (
	"context"
	"errors"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/wire"
)

// Durable is the name of the stage's consumer on the REPORTS stream.
const Durable = "index"

// Options configure Run.
type Options struct {
	Bus     *wire.Bus
	Archive Archive
	// Register takes the events that reports tell of; nil leaves them out.
	Register *register.Register
	Logger   *slog.Logger
	// Batch is the most reports written at once, 0 means 200.
	Batch int
	// Metrics takes what the stage counts; nil counts for nobody.
	Metrics prometheus.Registerer

	truncated prometheus.Counter
}

// Run writes every report that arrives on REPORTS to the archive, and what it
// tells of events to the register. A message is acknowledged when the archive
// has its report, or a later version, and the register its events; a report that the archive will never take goes to the dead letters; one that
// it cannot take now waits. Run returns after ctx is done and what was in
// flight is written.
func Run(ctx context.Context, opts Options) error {
	if opts.Batch == 0 {
		opts.Batch = 200
	}
	opts.truncated = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "dateline_index_truncated_total", Help: "Revisions of reports indexed by this process of which person:( ) and quote:( ) do not look at all.",
	})
	if opts.Metrics != nil {
		opts.Metrics.MustRegister(opts.truncated)
	}
	return opts.Bus.Consume(ctx, wire.Consumer{
		Stream:  wire.StreamReports,
		Durable: Durable,
		Batch:   opts.Batch,
		Workers: 1, // one batch at a time: a later revision never overtakes
	}, opts.write)
}

// write returns what becomes of each message of a batch.
func (opts Options) write(ctx context.Context, batch []*wire.Message) []error {
	docs := make([]Document, len(batch))
	for i, m := range batch {
		docs[i] = Document{Report: m.Report, Enricher: m.Enricher}
	}
	outcomes := opts.Archive.Write(ctx, docs)
	for i, err := range outcomes {
		outcomes[i] = opts.outcome(docs[i], err)
	}
	opts.registerEvents(ctx, docs, outcomes)
	return outcomes
}

// registerEvents takes the events of the reports that the archive has. A
// report that is late is not left out: the register keeps what it said.
func (opts Options) registerEvents(ctx context.Context, docs []Document, outcomes []error) {
	if opts.Register == nil {
		return
	}
	var readings []register.Reading
	for i, d := range docs {
		if outcomes[i] == nil {
			readings = append(readings, register.Read(d.Report, d.Enricher))
		}
	}
	err := opts.Register.Take(ctx, readings)
	if err == nil {
		return
	}
	for i := range outcomes {
		if outcomes[i] == nil {
			outcomes[i] = wire.Hold(err)
		}
	}
}

// outcome turns what the archive says of one document into what becomes of
// its message.
//
// Invariant 5: a message is acknowledged when its work is safe downstream.
func (opts Options) outcome(d Document, err error) error {
	log := opts.Logger.With("report", d.Report.ID, "revision", d.Report.Revision)
	switch {
	case err == nil:
		log.Debug("indexed")
		if Truncated(d.Report) {
			opts.truncated.Inc()
			log.Warn("person:( ) and quote:( ) do not look at all of the report", "people", len(d.Report.People), "quotes", len(d.Report.Quotes), "events", len(d.Report.Events))
		}
		return nil
	case errors.Is(err, ErrStale):
		log.Debug("the archive has this version or a later one")
		return nil
	case errors.Is(err, ErrRejected):
		log.Error("rejected by the archive", "error", err)
		return wire.Poison(err)
	}
	return wire.Hold(err) // an outage must not use up the message's deliveries
}
