// Package serve is what people touch: the pages and the JSON API. Nothing of
// a scraped page's HTML is ever sent to a browser, and no page asks anything
// of another host.
package serve

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/serve/client"
)

// Options configure New.
type Options struct {
	Archive index.Archive
	// Sources returns the state of every source that was polled.
	Sources func(context.Context) ([]client.Source, error)
	// Acronyms are expanded in queries.
	Acronyms []query.Acronym
	// Point returns where the place with a name lies, for near: in queries; nil
	// knows none.
	Point func(name string) (lat, lon float64, ok bool)
	// Ready says whether the process can do its work now.
	Ready func(context.Context) error
	// Metrics answers /metrics; nil means that nothing does.
	Metrics http.Handler
	Now     func() time.Time
	Logger  *slog.Logger
}

//go:embed static
var static embed.FS

type server struct {
	Options
	pages *pages
}

// New returns the handler of all pages and of the API.
func New(opts Options) http.Handler {
	s := &server{Options: opts, pages: parsePages()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.searchPage)
	mux.HandleFunc("GET /reports/{id}", s.reportPage)
	mux.HandleFunc("GET /sources", s.sourcesPage)
	mux.HandleFunc("GET /help", s.helpPage)
	mux.HandleFunc("GET /api/v1/search", s.searchAPI)
	mux.HandleFunc("GET /api/v1/reports/{id}", s.reportAPI)
	mux.HandleFunc("GET /api/v1/sources", s.sourcesAPI)
	mux.Handle("GET /static/", cached(http.FileServerFS(static)))
	health := Health(opts.Ready, opts.Metrics)
	mux.Handle("GET /healthz", health)
	mux.Handle("GET /readyz", health)
	if opts.Metrics != nil {
		mux.Handle("GET /metrics", health)
	}
	mux.HandleFunc("/", s.notFound)
	return guarded(mux)
}

// guarded sets what keeps a browser from running or loading anything that is
// not ours.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		next.ServeHTTP(w, r)
	})
}

// readyTime is how long an orchestrator waits for an answer.
const readyTime = 3 * time.Second

// Health answers /healthz with 200 while the process lives, and /readyz with
// 200 when ready returns nil, else with 503 and the reason. metrics, unless it
// is nil, answers /metrics.
func Health(ready func(context.Context) error, metrics http.Handler) http.Handler {
	mux := http.NewServeMux()
	if metrics != nil {
		mux.Handle("GET /metrics", metrics)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("alive\n")) // the reader may have gone
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTime)
		defer cancel()
		if err := ready(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	return mux
}
