package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// watched is a bus that notes what reached the stream, and fails on demand.
type watched struct {
	Bus
	mu      sync.Mutex
	reports []*news.Report
	full    bool
	backlog uint64
	// loseState refuses to write state, as a crash would.
	loseState bool
	// meanwhile is called once, right before the next publish.
	meanwhile func()
}

func watch(bus Bus) *watched { return &watched{Bus: bus} }

func (w *watched) PublishReport(ctx context.Context, s wire.Stream, r *news.Report, p wire.Publish) (wire.Published, error) {
	w.mu.Lock()
	meanwhile := w.meanwhile
	w.meanwhile = nil
	w.mu.Unlock()
	if meanwhile != nil {
		meanwhile()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.full {
		return wire.Published{}, fmt.Errorf("publish: %w", wire.ErrFull)
	}
	got, err := w.Bus.PublishReport(ctx, s, r, p)
	if err == nil && !got.Duplicate {
		c := *r
		w.reports = append(w.reports, &c)
	}
	return got, err
}

func (w *watched) Backlog(ctx context.Context, s wire.Stream, durable string) (uint64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.backlog, nil
}

func (w *watched) KV(ctx context.Context, bucket string) (jetstream.KeyValue, error) {
	kv, err := w.Bus.KV(ctx, bucket)
	if bucket == wire.BucketStories {
		return kv, err // written before the publish, so that no crash comes between
	}
	return &losingKV{kv, w}, err
}

func (w *watched) set(change func(*watched)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(w)
}

// published returns the reports on the stream so far.
func (w *watched) published() []*news.Report {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.reports)
}

// losingKV refuses writes while its bus loses state.
type losingKV struct {
	jetstream.KeyValue
	bus *watched
}

var errLost = errors.New("the process was killed here")

func (k *losingKV) lost() bool {
	k.bus.mu.Lock()
	defer k.bus.mu.Unlock()
	return k.bus.loseState
}

func (k *losingKV) Put(ctx context.Context, key string, value []byte) (uint64, error) {
	if k.lost() {
		return 0, errLost
	}
	return k.KeyValue.Put(ctx, key, value)
}

func (k *losingKV) Create(ctx context.Context, key string, value []byte, opts ...jetstream.KVCreateOpt) (uint64, error) {
	if k.lost() {
		return 0, errLost
	}
	return k.KeyValue.Create(ctx, key, value, opts...)
}

func (k *losingKV) Update(ctx context.Context, key string, value []byte, revision uint64) (uint64, error) {
	if k.lost() {
		return 0, errLost
	}
	return k.KeyValue.Update(ctx, key, value, revision)
}

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2014, 12, 8, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// newTestRunner returns a runner whose polls the test makes one by one.
func newTestRunner(t *testing.T, bus Bus, c *clock, s Source) *runner {
	t.Helper()
	s.Local = true
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	opts := Options{Bus: bus, Sources: []Source{s}, Now: c.Now, Logger: testLogger(t)}.withDefaults()
	state, err := openStore(t.Context(), bus, opts.Logger)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRunner(s, newDesk(opts, state))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func testLogger(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// poll makes one poll as run would, and returns its error.
func (r *runner) pollOnce(t *testing.T) error {
	t.Helper()
	if err := r.remember(t.Context()); err != nil {
		return err
	}
	err := r.pollSafely(t.Context())
	r.conclude(err, r.after(err))
	_ = r.saveStatus(t.Context()) // refused where a test wants a crash
	return err
}

// titles of the reports with their revisions.
func titles(reports []*news.Report) []string {
	var out []string
	for _, r := range reports {
		out = append(out, fmt.Sprintf("%s %d", r.Title, r.Revision))
	}
	return out
}

// serve answers every path with its own handler and robots.txt with 404.
func serve(t *testing.T, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

func text(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

// articlePage is an agency's page around paragraphs of prose.
func articlePage(title string, body ...string) string {
	return `<!doctype html><html lang="en"><head><title>` + title + ` | Agency</title><meta property="og:site_name" content="Agency">
<meta property="article:published_time" content="2014-12-08T10:00:00+04:00"></head><body><nav><a href="/">Home</a></nav>
<article><h1>` + title + `</h1><p>` + strings.Join(body, "</p><p>") + `</p></article><footer>All rights reserved</footer></body></html>`
}

// prose is long enough to be taken for an article.
const prose = "BAKU, December 8. The customs services of the region agreed on Monday to share their training programmes, " +
	"and set up a common school that opens its doors next year. The heads of the national centres signed the paper in the evening."
