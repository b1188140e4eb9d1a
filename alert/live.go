package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/dateline-news/dateline/wire"
)

// heartbeat is how often a live page is told that it still is one.
const heartbeat = 15 * time.Second

// live sends each notice as it comes, as server-sent events: a page that
// comes back after a break names the last one it has and misses none.
func (s *Service) live(w http.ResponseWriter, r *http.Request) {
	after, err := s.after(r)
	if err != nil {
		s.problem(w, r, err)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stream := &eventStream{w: w, control: http.NewResponseController(w)}
	_ = stream.control.SetReadDeadline(time.Time{}) // a request may take 30 seconds, and this one ends with its reader
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if stream.write(": alerts as they come\n\n") != nil {
		return
	}
	var beating sync.WaitGroup
	beating.Go(func() { s.beat(ctx, cancel, stream) })
	defer beating.Wait() // nothing is written after the end
	defer cancel()
	name := r.URL.Query().Get("rule")
	_ = s.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamAlerts, After: after, Follow: true}, func(m *wire.Message) error {
		n, err := decodeNotice(m)
		if err != nil || name != "" && n.Rule != name {
			return nil
		}
		data, err := json.Marshal(n)
		if err != nil {
			return err
		}
		return stream.write(fmt.Sprintf("id: %d\nevent: alert\ndata: %s\n\n", m.Sequence, data))
	}) // ends with the reader, who comes back
}

// after is the sequence after which the page wants to know.
func (s *Service) after(r *http.Request) (uint64, error) {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("after")
	}
	if text == "" {
		return s.opts.Bus.LastSequence(r.Context(), wire.StreamAlerts)
	}
	after, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, mistake(fmt.Errorf("after: %q is not the id of an event", text))
	}
	return after, nil
}

// beat tells the page now and then that it lives, and ends it with the process.
func (s *Service) beat(ctx context.Context, cancel func(), stream *eventStream) {
	defer cancel()
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.opts.Done:
			return
		case <-ticker.C:
			if stream.write(": still here\n\n") != nil {
				return
			}
		}
	}
}

// eventStream is written to from two sides.
type eventStream struct {
	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
}

func (e *eventStream) write(text string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, err := e.w.Write([]byte(text)); err != nil {
		return err
	}
	return e.control.Flush()
}
