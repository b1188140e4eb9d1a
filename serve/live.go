package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

// hub tells live pages what has become searchable. While anybody reads, it
// asks the archive every few seconds what was seen last, once for all readers,
// and matches that with each reader's search in memory.
type hub struct {
	server  *server
	mu      sync.Mutex
	readers map[*reader]bool
	running bool
	// told are the revisions that were looked at, by report.
	told map[string]int
}

// reader is one open live page.
type reader struct {
	query query.Node
	// news has what came; a reader that is slow loses what does not fit, and is
	// told so by its count alone.
	news chan *news.Report
}

const (
	liveEvery  = 3 * time.Second
	liveWindow = 15 * time.Minute // how late a report may come through the stages
	liveMost   = 200              // of the latest reports that are looked at
	liveBeat   = 25 * time.Second // keeps proxies from closing a silent line
	liveBuffer = 16
	mostLive   = 1000 // readers at once
)

// join adds a reader; false means that there are too many.
func (h *hub) join(r *reader) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.readers) >= mostLive {
		return false
	}
	if h.readers == nil {
		h.readers = map[*reader]bool{}
	}
	h.readers[r] = true
	if !h.running {
		h.running = true
		h.told = nil
		go h.run()
	}
	return true
}

func (h *hub) leave(r *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.readers, r)
}

// run looks for what is new until nobody reads any more.
func (h *hub) run() {
	tick := time.NewTicker(h.server.liveEvery())
	defer tick.Stop()
	for {
		h.look()
		<-tick.C
		h.mu.Lock()
		if len(h.readers) == 0 {
			h.running = false
			h.mu.Unlock()
			return
		}
		h.mu.Unlock()
	}
}

func (s *server) liveEvery() time.Duration {
	if s.LiveEvery > 0 {
		return s.LiveEvery
	}
	return liveEvery
}

// look asks the archive for what was seen last and tells it.
func (h *hub) look() {
	ctx, cancel := context.WithTimeout(context.Background(), partTime)
	defer cancel()
	since := news.Instant(h.server.Now().Add(-liveWindow))
	found, err := h.server.Archive.Search(ctx, index.Request{
		Query: query.Range{Field: query.Seen, From: since, Source: ">=" + since.String()}, Sort: index.BySeen, Limit: liveMost,
	})
	if err != nil {
		h.server.Logger.Warn("looking for new reports", "error", err)
		return
	}
	h.tell(found.Hits)
}

// tell sends readers what was not told yet. What was there when the first
// reader came is not new.
func (h *hub) tell(hits []index.Hit) {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := h.told == nil
	told := map[string]int{}
	for i := len(hits) - 1; i >= 0; i-- {
		r := hits[i].Report
		told[r.ID] = r.Revision
		if first || h.told[r.ID] >= r.Revision {
			continue
		}
		subject := match.New(r)
		for reader := range h.readers {
			if !subject.Matches(reader.query) {
				continue
			}
			select {
			case reader.news <- r:
			default: // too slow; it loads the page anyway
			}
		}
	}
	h.told = told
}

// livePage streams what is new to a search as server-sent events.
func (s *server) livePage(w http.ResponseWriter, r *http.Request) {
	s.stream(w, r, r.URL.Query().Get("q"))
}

// embeddedLive is the same for an embedded dashboard.
func (s *server) embeddedLive(w http.ResponseWriter, r *http.Request) {
	d := s.dashboard(r.PathValue("name"))
	if d == nil {
		s.notFound(w, r)
		return
	}
	s.stream(w, r, d.Query)
}

func (s *server) stream(w http.ResponseWriter, r *http.Request, text string) {
	asked, err := query.Parse(text, s.Now(), time.UTC)
	if err == nil {
		asked, err = query.Locate(query.Expand(asked, s.Acronyms), s.point)
	}
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	reader := &reader{asked, make(chan *news.Report, liveBuffer)}
	if !s.hub.join(reader) {
		w.Header().Set("Retry-After", "30")
		s.problem(w, r, http.StatusServiceUnavailable, fmt.Errorf("%d pages are live already; try again later", mostLive))
		return
	}
	defer s.hub.leave(reader)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	// The server bounds how long a request may be read; this one lasts.
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
	if _, err := fmt.Fprint(w, "retry: 5000\n\n"); err != nil || control.Flush() != nil {
		return
	}
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	for {
		var event string
		select {
		case <-r.Context().Done():
			return
		case <-s.Stopping:
			return
		case report := <-reader.news:
			event = liveEvent(report)
		case <-beat.C:
			event = ": still here\n\n"
		}
		if _, err := fmt.Fprint(w, event); err != nil || control.Flush() != nil {
			return
		}
	}
}

func liveEvent(r *news.Report) string {
	data, err := json.Marshal(map[string]any{"id": r.ID, "revision": r.Revision, "headline": client.Headline(r), "agency": r.Agency})
	if err != nil {
		panic(err) // strings and a number always encode
	}
	return "event: report\ndata: " + string(data) + "\n\n"
}
