package index_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func publish(t *testing.T, bus *wire.Bus, id string, revision int) {
	t.Helper()
	r := &news.Report{ID: id, Source: "test", Revision: revision, Title: id, Text: fmt.Sprintf("Revision %d.", revision)}
	_, err := bus.PublishReport(t.Context(), wire.StreamReports, r, wire.Publish{MessageID: fmt.Sprintf("%s-%d", id, revision), Enricher: 1})
	if err != nil {
		t.Fatal(err)
	}
}

// start runs the stage and returns what stops it and waits for it.
func start(t *testing.T, bus *wire.Bus, a index.Archive) (stop func()) {
	t.Helper()
	return run(t, index.Options{Bus: bus, Archive: a, Logger: quiet})
}

func run(t *testing.T, opts index.Options) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- index.Run(ctx, opts) }()
	return func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("the stage ended with %v", err)
			}
		case <-time.After(time.Minute):
			t.Error("the stage does not stop")
		}
	}
}

// await waits until the archive has what done asks for and the stage has
// settled all messages.
func await(t *testing.T, bus *wire.Bus, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); <-tick.C {
		if n, err := bus.Backlog(t.Context(), wire.StreamReports, index.Durable); done() && err == nil && n == 0 {
			return
		}
	}
	t.Fatal("messages are left over")
}

func TestRunKeepsTheLastRevisionOfEveryReport(t *testing.T) {
	bus := wiretest.Bus(t)
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for i := range 40 {
		publish(t, bus, fmt.Sprintf("r%d", i), 1)
		publish(t, bus, fmt.Sprintf("r%d", i), 3)
		publish(t, bus, fmt.Sprintf("r%d", i), 2)
	}
	stop := start(t, bus, archive)
	await(t, bus, func() bool {
		result, err := archive.Search(t.Context(), index.Request{Query: query.Phrase{Text: "revision 3"}})
		return err == nil && result.Total == 40
	})
	stop()
	if result, err := archive.Search(t.Context(), index.Request{}); err != nil || result.Total != 40 {
		t.Errorf("the archive has %+v, %v", result, err)
	}
}

func TestReportsThatAreNotLookedAtWholeAreCounted(t *testing.T) {
	bus := wiretest.Bus(t)
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, people := range []int{1, index.MaxTogether, index.MaxTogether + 1} {
		r := &news.Report{ID: fmt.Sprint(people), Source: "test", Revision: 1, Text: "Many were there."}
		for i := range people {
			r.People = append(r.People, news.Person{ID: fmt.Sprint(i), Name: fmt.Sprint("Guest ", i)})
		}
		if _, err := bus.PublishReport(t.Context(), wire.StreamReports, r, wire.Publish{MessageID: r.ID, Enricher: 1}); err != nil {
			t.Fatal(err)
		}
	}
	registry := prometheus.NewRegistry()
	stop := run(t, index.Options{Bus: bus, Archive: archive, Logger: quiet, Metrics: registry})
	await(t, bus, func() bool {
		result, err := archive.Search(t.Context(), index.Request{})
		return err == nil && result.Total == 3
	})
	stop()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	if len(families) != 1 || families[0].GetName() != "dateline_index_truncated_total" || families[0].GetMetric()[0].GetCounter().GetValue() != 1 {
		t.Errorf("counted %v, want one report", families)
	}
}

// script is an archive that answers as it is told.
type script struct {
	index.Archive
	mu sync.Mutex
	// outcome answers for the nth write of a report, from 1.
	outcome func(id string, n int) error
	writes  map[string]int
	tried   chan struct{}
}

func (s *script) Write(_ context.Context, docs []index.Document) []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	outcomes := make([]error, len(docs))
	for i, d := range docs {
		s.writes[d.Report.ID]++
		outcomes[i] = s.outcome(d.Report.ID, s.writes[d.Report.ID])
	}
	select {
	case s.tried <- struct{}{}:
	default:
	}
	return outcomes
}

// written returns how often the report was written.
func (s *script) written(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes[id]
}

func newScript(outcome func(id string, n int) error) *script {
	return &script{outcome: outcome, writes: map[string]int{}, tried: make(chan struct{}, 1)}
}

func TestRunSettlesEachMessageByItsOwnOutcome(t *testing.T) {
	bus := wiretest.Bus(t)
	archive := newScript(func(id string, n int) error {
		switch {
		case id == "stale":
			return index.ErrStale
		case id == "rejected":
			return fmt.Errorf("%w: field of the wrong kind", index.ErrRejected)
		case id == "later" && n < 2:
			return index.ErrUnavailable
		}
		return nil
	})
	for _, id := range []string{"good", "stale", "rejected", "later"} {
		publish(t, bus, id, 1)
	}
	stop := start(t, bus, archive)
	await(t, bus, func() bool { return archive.written("later") == 2 })
	stop()
	if diff := cmp.Diff(map[string]int{"good": 1, "stale": 1, "rejected": 1, "later": 2}, archive.writes); diff != "" {
		t.Errorf("writes:\n%s", diff)
	}
	dead, err := bus.Dead(t.Context(), 10)
	if err != nil || len(dead) != 1 || dead[0].Stage != index.Durable || dead[0].Subject != "reports.test" {
		t.Errorf("the dead letters are %+v, %v", dead, err)
	}
}

func TestRunStopsDuringAnOutageAndLosesNothing(t *testing.T) {
	bus := wiretest.Bus(t)
	publish(t, bus, "r", 1)
	away := newScript(func(string, int) error { return errors.Join(index.ErrUnavailable, errors.New("the disk is full")) })
	stop := start(t, bus, away)
	<-away.tried
	stop()
	back := newScript(func(string, int) error { return nil })
	stop = start(t, bus, back)
	await(t, bus, func() bool { return back.written("r") == 1 })
	stop()
}
