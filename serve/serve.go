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

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/serve/dashboard"
	"github.com/dateline-news/dateline/serve/saved"
)

// Options configure New.
type Options struct {
	Archive index.Archive
	// Alerts answers for rules and what they told; nil where there are none.
	Alerts *alert.Service
	// Searches keeps the searches that people save; nil offers no saving.
	Searches *saved.Store
	// Events changes records of events; nil offers no overrides.
	Events *register.Register
	// Sources returns the state of every source that was polled.
	Sources func(context.Context) ([]client.Source, error)
	// Revisions returns the revisions of a report that are still in the
	// streams, the earliest first; nil when they are not kept.
	Revisions func(context.Context, *news.Report) ([]*news.Report, error)
	// Access says who may come in; nil lets everybody do everything, and
	// LoopbackOnly then refuses whoever does not ask for the machine itself.
	Access       *access.Guard
	LoopbackOnly bool
	// Operator answers for the pipeline; nil has no pages of it.
	Operator Operator
	// Dashboards are the saved sets of panels.
	Dashboards []*dashboard.Dashboard
	// LiveEvery is how often live pages are told what is new; 0 means every
	// three seconds. Stopping, when closed, ends them.
	LiveEvery time.Duration
	Stopping  <-chan struct{}
	// URL is where people reach the pages, as feeds name it; "" means under the
	// address that each is asked for.
	URL string
	// Acronyms are expanded in queries.
	Acronyms []query.Acronym
	// Point returns where the place with a name lies, for near: in queries; nil
	// knows none.
	Point func(name string) (lat, lon float64, ok bool)
	// Push takes reports that agencies push.
	Push Push
	// Rate bounds how often one reader may ask the API.
	Rate Rate
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
	hub   *hub
}

// New returns the handler of all pages and of the API.
func New(opts Options) http.Handler {
	s := &server{Options: opts, pages: parsePages()}
	s.hub = &hub{server: s}
	mux := http.NewServeMux()
	s.answerAlerts(mux)
	s.routeAlerts(mux)
	s.routeSearches(mux)
	mux.HandleFunc("GET /{$}", s.searchPage)
	mux.HandleFunc("GET /reports/{id}", s.reportPage)
	mux.HandleFunc("GET /reports/{id}/revisions/{revision}", s.revisionPage)
	for _, k := range entityKinds {
		mux.HandleFunc("GET /"+k.path+"/{id}", s.entityPage(k.field, k.heading))
	}
	mux.HandleFunc("GET /events", s.eventsPage)
	mux.HandleFunc("GET /events/{id}", s.eventPage)
	mux.HandleFunc("GET /dashboards", s.dashboardsPage)
	mux.HandleFunc("GET /dashboards/{name}", s.dashboardPage)
	mux.HandleFunc("GET /embed/{name}", s.embeddedPage)
	mux.HandleFunc("GET /embed/{name}/live", s.embeddedLive)
	mux.HandleFunc("GET /live", s.livePage)
	mux.HandleFunc("GET /sources", s.sourcesPage)
	mux.HandleFunc("GET /operator", s.operatorPage)
	mux.HandleFunc("POST /operator/dead/{sequence}/replay", s.replay)
	mux.HandleFunc("POST /operator/sources/{source}/check", s.checkNow)
	mux.HandleFunc("GET /help", s.helpPage)
	mux.HandleFunc("GET /login", s.loginPage)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("POST /logout", s.logout)
	mux.HandleFunc("GET /login/oidc", s.beginOIDC)
	mux.HandleFunc("GET "+access.CallbackPath, s.completeOIDC)
	s.mountAPI(mux)
	s.routeEvents(mux)
	mux.Handle("GET /static/", cached(http.FileServerFS(static)))
	health := Health(opts.Ready, opts.Metrics)
	mux.Handle("GET /healthz", health)
	mux.Handle("GET /readyz", health)
	if opts.Metrics != nil {
		mux.Handle("GET /metrics", health)
	}
	mux.HandleFunc("/", s.notFound)
	return guarded(compressed(s.admitted(mux)))
}

// policy lets a page use our own style, script, images and answers, and
// nothing inline.
const (
	policy         = policyInside + "; frame-ancestors 'none'"
	embeddedPolicy = policyInside + "; frame-ancestors *"
	policyInside   = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'"
)

// guarded sets what keeps a browser from running or loading anything that is
// not ours.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=31536000, immutable")
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
