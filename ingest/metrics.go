package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/dateline-news/dateline/ingest/fetch"
)

// meters count what this process does. They name no report and no page.
type meters struct {
	requests  *prometheus.CounterVec
	bytes     prometheus.Counter
	seconds   prometheus.Histogram
	polls     *prometheus.CounterVec
	published prometheus.Counter
}

func newMeters(registry prometheus.Registerer) *meters {
	m := &meters{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dateline_fetch_requests_total", Help: "Requests to publishers' servers, by what came of them."}, []string{"outcome"}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "dateline_fetch_bytes_total", Help: "Bytes of pages that were read, after decompression."}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dateline_fetch_seconds", Help: "Time of one request, without the wait for the host's turn.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30}}),
		polls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dateline_polls_total", Help: "Polls made by this process, by whether the list could be read."}, []string{"outcome"}),
		published: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "dateline_reports_published_total", Help: "Revisions of reports published by this process."}),
	}
	if registry != nil {
		registry.MustRegister(m.requests, m.bytes, m.seconds, m.polls, m.published)
	}
	return m
}

// fetched counts one request.
func (m *meters) fetched(f fetch.Fetched) {
	m.requests.WithLabelValues(outcomeOf(f.Err)).Inc()
	m.bytes.Add(float64(f.Bytes))
	m.seconds.Observe(f.Took.Seconds())
}

func (m *meters) polled(err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	m.polls.WithLabelValues(outcome).Inc()
}

func outcomeOf(err error) string {
	for kind, name := range map[error]string{
		fetch.ErrBusy: "busy", fetch.ErrTimeout: "timeout", fetch.ErrUnreachable: "unreachable", fetch.ErrStatus: "status",
		fetch.ErrTooLarge: "too_large", fetch.ErrPrivate: "private", fetch.ErrRedirects: "redirects",
	} {
		if errors.Is(err, kind) {
			return name
		}
	}
	if err != nil {
		return "other"
	}
	return "ok"
}

// SourceMetrics tells Prometheus how every source is doing, from the status
// that polls leave behind, whichever process makes them.
type SourceMetrics struct {
	// Statuses reads the sources' statuses.
	Statuses func(context.Context) ([]Status, error)
}

var _ prometheus.Collector = SourceMetrics{}

// Descriptions of the metrics of a source.
var (
	bySource        = []string{"source"}
	descSuccess     = prometheus.NewDesc("dateline_source_last_success_timestamp_seconds", "When the source was last read.", bySource, nil)
	descDue         = prometheus.NewDesc("dateline_source_next_due_timestamp_seconds", "When the source is polled next.", bySource, nil)
	descItems       = prometheus.NewDesc("dateline_source_items", "Items on the source's list.", bySource, nil)
	descPublished   = prometheus.NewDesc("dateline_source_published_total", "Revisions of reports published from the source.", bySource, nil)
	descFailures    = prometheus.NewDesc("dateline_source_failures", "Polls that failed since the last that did not.", bySource, nil)
	descErrorRate   = prometheus.NewDesc("dateline_source_error_ratio", "Part of the last 64 requests that failed.", bySource, nil)
	descGone        = prometheus.NewDesc("dateline_source_gone_total", "Items retired because their page is gone.", bySource, nil)
	descSilent      = prometheus.NewDesc("dateline_source_silent", "1 when the source is silent against its own rhythm.", bySource, nil)
	descMissing     = prometheus.NewDesc("dateline_source_missing_ratio", "Part of the last 64 reports that lacked a field.", []string{"source", "field"}, nil)
	descUnavailable = prometheus.NewDesc("dateline_sources_unavailable", "1 when the sources' statuses cannot be read.", nil, nil)
)

// Describe names the metrics.
func (SourceMetrics) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descSuccess, descDue, descItems, descPublished, descFailures, descErrorRate, descGone, descSilent, descMissing, descUnavailable} {
		out <- d
	}
}

// scrapeTime bounds the reading of the statuses.
const scrapeTime = 5 * time.Second

// Collect reads the statuses and tells what is in them.
func (m SourceMetrics) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	statuses, err := m.Statuses(ctx)
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(descUnavailable, truth(err != nil))
	for _, s := range statuses {
		name := s.Source
		if !s.LastSuccess.IsZero() {
			gauge(descSuccess, float64(s.LastSuccess.Unix()), name)
		}
		if !s.NextDue.IsZero() {
			gauge(descDue, float64(s.NextDue.Unix()), name)
		}
		gauge(descItems, float64(s.Items), name)
		gauge(descFailures, float64(s.Failures), name)
		gauge(descErrorRate, s.ErrorRate, name)
		gauge(descSilent, truth(s.Silent != ""), name)
		out <- prometheus.MustNewConstMetric(descPublished, prometheus.CounterValue, float64(s.Published), name)
		out <- prometheus.MustNewConstMetric(descGone, prometheus.CounterValue, float64(s.Gone), name)
		for field, share := range s.Missing {
			gauge(descMissing, share, name, field)
		}
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
