package app

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/dateline-news/dateline/ingest"
)

// openMetrics registers what the process tells of itself and, where it polls,
// of the sources.
func (p *process) openMetrics() {
	p.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if p.has(Ingest) {
		p.metrics.MustRegister(ingest.SourceMetrics{Statuses: p.statuses})
	}
}

func (p *process) metricsHandler() http.Handler {
	return promhttp.HandlerFor(p.metrics, promhttp.HandlerOpts{})
}
