package indextest

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/wire"
)

// events is the EVENTS stream in memory.
type events struct {
	mu      sync.Mutex
	entries map[string][]wire.Entry
	bodies  [][]byte
}

func newEvents() *events { return &events{entries: map[string][]wire.Entry{}} }

func (e *events) Append(_ context.Context, _ wire.Stream, names []string, body []byte, a wire.Append) (uint64, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	subject := fmt.Sprint(names)
	all := e.entries[subject]
	if n := len(all); n > 0 && all[n-1].Sequence != a.After || n == 0 && a.After != 0 {
		return 0, wire.ErrOutpaced
	}
	e.bodies = append(e.bodies, body)
	entry := wire.Entry{Subject: subject, Sequence: uint64(len(e.bodies)), Body: body}
	e.entries[subject] = append(all, entry)
	return entry.Sequence, nil
}

func (e *events) Last(_ context.Context, _ wire.Stream, names ...string) (*wire.Entry, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := e.entries[fmt.Sprint(names)]
	if len(all) == 0 {
		return nil, nil
	}
	return &all[len(all)-1], nil
}

// announced lists the changes of all entries, in order.
func (e *events) announced(t *testing.T) []string {
	t.Helper()
	var all []string
	seen := map[string]bool{}
	for _, body := range e.bodies {
		entry, err := register.DecodeEntry(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range entry.Changes {
			if seen[c.ID] {
				t.Errorf("change %s of %s is announced twice", c.Kind, c.Record)
			}
			seen[c.ID] = true
			all = append(all, fmt.Sprintf("%s %s", c.Record, c.Kind))
		}
	}
	return all
}

func registerOver(s register.Store, e *events) *register.Register {
	return register.New(register.Options{Bus: e, Store: s, Logger: slog.New(slog.DiscardHandler)})
}

func take(t *testing.T, g *register.Register, readings ...register.Reading) {
	t.Helper()
	if err := g.Take(context.Background(), readings); err != nil {
		t.Fatal(err)
	}
}

// everything is all records, as they are shown, without what counts entries.
func everything(t *testing.T, s register.Store) []register.Record {
	t.Helper()
	var all []register.Record
	f := register.Filter{Limit: 100}
	for {
		page, err := s.Records(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Records {
			r.Entry, r.Published = 0, nil
			all = append(all, *r)
		}
		if f.Cursor = page.Next; f.Cursor == "" {
			return all
		}
	}
}
