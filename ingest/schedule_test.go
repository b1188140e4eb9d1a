package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/wire"
)

// asking is a bus that notes the polls that were asked for.
type asking struct {
	Bus
	mu    sync.Mutex
	asked []string
}

func (a *asking) PublishPoll(_ context.Context, source string, due time.Time, body []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, fmt.Sprintf("%s %s", source, due.Format("15:04:05")))
	return nil
}

func (a *asking) polls() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	polls := a.asked
	a.asked = nil
	return polls
}

// newScheduler returns a scheduler whose steps the test makes one by one.
func newScheduler(t *testing.T, bus Bus, c *clock, sources ...Source) (*scheduler, *asking) {
	t.Helper()
	a := &asking{Bus: bus}
	poll, err := bus.KV(t.Context(), wire.BucketPoll)
	if err != nil {
		t.Fatal(err)
	}
	s := &scheduler{opts: Options{Bus: a, Now: c.Now, Logger: testLogger(t)}, poll: poll, sources: map[string]*dueSource{}}
	for _, source := range sources {
		s.sources[source.Name] = &dueSource{Source: source, due: c.Now()}
	}
	return s, a
}

// told gives the scheduler what a poll left behind.
func (s *scheduler) told(t *testing.T, state pollState) {
	t.Helper()
	key := sourceKey(state.Source)
	if err := save(t.Context(), s.poll, key, state); err != nil {
		t.Fatal(err)
	}
	entry, err := s.poll.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	s.take(entry)
}

func TestASourceIsAskedForWhenItIsDueAndNotBeforeItsPollIsOver(t *testing.T) {
	c := newClock() // 12:00
	source := Source{Name: "a", URL: "https://a.example/feed", Schedule: "@every 10m"}
	s, bus := newScheduler(t, wiretest.Bus(t), c, source)
	state := func(polled, next time.Time) pollState {
		return pollState{Polled: polled, Status: Status{Source: "a", Kind: KindFeed, URL: source.URL, Schedule: source.Schedule, NextDue: next}}
	}
	s.opts.Shared = true
	step := func(want ...string) {
		t.Helper()
		s.ask(t.Context())
		if diff := cmp.Diff(want, bus.polls()); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", c.Now().Format("15:04:05"), diff)
		}
	}
	noon := c.Now()
	step("a 12:00:00")
	step()
	c.Advance(10 * time.Minute) // the poll takes long
	step()
	s.told(t, state(noon.Add(-time.Hour), noon)) // of the poll before, or of a pause in this one
	step()
	s.told(t, state(noon, noon.Add(20*time.Minute)))
	step()
	c.Advance(10 * time.Minute)
	step("a 12:20:00")
	c.Advance(overdue) // nothing was heard of it
	step("a 13:20:00")
}

func TestAStartPollsNothingBeforeItsTime(t *testing.T) {
	c := newClock()
	kept := Source{Name: "kept", URL: "https://a.example/feed", Schedule: "@every 10m"}
	moved := Source{Name: "moved", URL: "https://b.example/new", Schedule: "@every 10m"}
	fresh := Source{Name: "fresh", URL: "https://c.example/feed"}
	s, bus := newScheduler(t, wiretest.Bus(t), c, kept, moved, fresh)
	for name, url := range map[string]string{"kept": kept.URL, "moved": "https://b.example/old", "removed": "https://d.example"} {
		s.told(t, pollState{Status: Status{Source: name, Kind: KindFeed, URL: url, Schedule: "@every 10m", NextDue: c.Now().Add(5 * time.Minute)}})
	}
	s.ask(t.Context())
	got := map[string]bool{}
	for _, p := range bus.polls() {
		got[p] = true
	}
	if diff := cmp.Diff(map[string]bool{"moved 12:00:00": true, "fresh 12:00:00": true}, got); diff != "" {
		t.Errorf("asked at the start (-want +got):\n%s", diff)
	}
	c.Advance(5 * time.Minute)
	s.ask(t.Context())
	if diff := cmp.Diff([]string{"kept 12:05:00"}, bus.polls()); diff != "" {
		t.Errorf("asked at its time (-want +got):\n%s", diff)
	}
}

func TestJitterSpreadsSourcesOfOneScheduleTheSameInEveryProcess(t *testing.T) {
	now := newClock().Now()
	due := now.Add(10 * time.Minute)
	seen := map[time.Time]bool{}
	for i := range 20 {
		s := Source{Name: fmt.Sprintf("s%d", i), Jitter: "30s"}
		got := s.jittered(now, due)
		if got.Before(due) || !got.Before(due.Add(30*time.Second)) || !got.Equal(s.jittered(now.Add(time.Minute), due)) {
			t.Errorf("%s is polled at %s", s.Name, got)
		}
		seen[got] = true
	}
	if len(seen) < 15 {
		t.Errorf("20 sources are polled at %d moments", len(seen))
	}
	soon := now.Add(time.Second)
	if got := (Source{Name: "a", Jitter: "30s"}).jittered(now, soon); got.After(soon.Add(500 * time.Millisecond)) {
		t.Errorf("the wait for one second grows to %s", got.Sub(now))
	}
	if got := (Source{Name: "a"}).jittered(now, due); !got.Equal(due) {
		t.Errorf("moved without jitter, to %s", got)
	}
}

func TestAStartTriesAgainWhatFailedUnlessItsHostAskedForPeace(t *testing.T) {
	c := newClock()
	failed := Source{Name: "failed", URL: "https://a.example/feed"}
	busy := Source{Name: "busy", URL: "https://b.example/feed"}
	s, bus := newScheduler(t, wiretest.Bus(t), c, failed, busy)
	for _, source := range []Source{failed, busy} {
		state := pollState{Status: Status{Source: source.Name, Kind: KindFeed, URL: source.URL, Failures: 5, NextDue: c.Now().Add(time.Hour)}}
		if source.Name == "busy" {
			state.Rest = c.Now().Add(30 * time.Minute)
		}
		s.told(t, state)
	}
	s.ask(t.Context())
	if diff := cmp.Diff([]string{"failed 12:00:00"}, bus.polls()); diff != "" {
		t.Errorf("asked at the start (-want +got):\n%s", diff)
	}
}

func TestASourceThatFailsAtFirstWaitsLikeAnyOther(t *testing.T) {
	c := newClock()
	source := Source{Name: "a", URL: "https://a.example/feed"}
	s, bus := newScheduler(t, wiretest.Bus(t), c, source)
	s.ask(t.Context())
	s.told(t, pollState{Polled: c.Now(), Status: Status{Source: "a", Kind: KindFeed, URL: source.URL, Failures: 1, NextDue: c.Now().Add(time.Hour)}})
	s.ask(t.Context())
	if diff := cmp.Diff([]string{"a 12:00:00"}, bus.polls()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestAPollThatACrashCutShortIsNotWaitedFor(t *testing.T) {
	c := newClock()
	source := Source{Name: "a", URL: "https://a.example/feed"}
	for shared, want := range map[bool]string{
		false: "a 12:00:00", // nobody else can be polling it
		true:  "a 11:50:00", // the same poll, which the stream has from before
	} {
		s, bus := newScheduler(t, wiretest.Bus(t), c, source)
		s.opts.Shared, s.began = shared, c.Now()
		s.told(t, pollState{Status: Status{Source: "a", Kind: KindFeed, URL: source.URL, NextDue: c.Now().Add(-10 * time.Minute)}})
		s.ask(t.Context())
		if diff := cmp.Diff([]string{want}, bus.polls()); diff != "" {
			t.Errorf("shared %v (-want +got):\n%s", shared, diff)
		}
	}
}

func TestAPollUnderWayAnswersForAllThatWereAskedMeanwhile(t *testing.T) {
	d := newDesk(Options{}.withDefaults(), nil)
	noon := newClock().Now()
	if !d.begin("a", noon) || d.begin("a", noon.Add(time.Minute)) || d.begin("a", noon) {
		t.Error("a source is polled twice at a time")
	}
	if due := d.dueOf("a"); !due.Equal(noon.Add(time.Minute)) {
		t.Errorf("the poll answers for %s", due)
	}
	if d.end("a", noon) || !d.end("a", noon.Add(time.Minute)) {
		t.Error("the poll ends before it has answered for all")
	}
	if !d.begin("a", noon) {
		t.Error("a source is not polled again")
	}
}

// TestTwoProcessesShareThePolls runs two processes on one bus: one of them
// schedules, both poll, and nothing is polled twice. The server answers nobody
// before it was asked for every source, which is more than one process polls
// at a time.
func TestTwoProcessesShareThePolls(t *testing.T) {
	var mu sync.Mutex
	hits := map[string]int{}
	hang := make(chan struct{})
	const sources = 40
	inFlight := 0
	all := make(chan struct{})
	server := serve(t, map[string]http.HandlerFunc{"/feed": func(w http.ResponseWriter, r *http.Request) {
		source := r.URL.Query().Get("source")
		mu.Lock()
		hits[source]++
		if inFlight++; inFlight == sources {
			close(all)
		}
		mu.Unlock()
		<-hang
		text(rssType, rss(""))(w, r)
	}})
	bus := wiretest.Bus(t)
	var list []Source
	for i := range sources {
		name := fmt.Sprintf("s%d", i)
		list = append(list, Source{Name: name, URL: server.URL + "/feed?source=" + name, Local: true, Schedule: "@every 1h"})
	}
	ctx, cancel := context.WithCancel(t.Context())
	counters := make([]*pollCounter, 2)
	var group sync.WaitGroup
	for i := range counters {
		counters[i] = &pollCounter{Bus: bus}
		group.Go(func() {
			fetcher := fetch.New(fetch.Options{PerHost: sources, Timeout: 2 * time.Minute})
			if err := Run(ctx, Options{Bus: counters[i], Sources: list, Fetcher: fetcher, MaxPolls: sources * 2 / 3, Logger: testLogger(t)}); err != nil {
				t.Error(err)
			}
		})
	}
	agencytest.Eventually(t, time.Minute, func() error {
		select {
		case <-all:
			return nil
		default:
			mu.Lock()
			defer mu.Unlock()
			return fmt.Errorf("%d of %d sources are being polled", inFlight, sources)
		}
	})
	close(hang)
	poll, err := bus.KV(t.Context(), wire.BucketPoll)
	if err != nil {
		t.Fatal(err)
	}
	agencytest.Eventually(t, time.Minute, func() error {
		statuses, err := Statuses(t.Context(), poll)
		if err != nil || len(statuses) != sources {
			return fmt.Errorf("%d statuses, %v", len(statuses), err)
		}
		return nil
	})
	cancel()
	group.Wait()
	for source, n := range hits {
		if n != 1 {
			t.Errorf("%s was polled %d times", source, n)
		}
	}
	if a, b := counters[0].count(), counters[1].count(); a == 0 || b == 0 || a+b != sources {
		t.Errorf("one process made %d polls, the other %d, of %d", a, b, sources)
	}
}

// pollCounter counts the polls that a process makes.
type pollCounter struct {
	Bus
	mu sync.Mutex
	n  int
}

func (p *pollCounter) ConsumePolls(ctx context.Context, c wire.Consumer, f func(context.Context, *wire.Message) error) error {
	return p.Bus.ConsumePolls(ctx, c, func(ctx context.Context, m *wire.Message) error {
		var j job
		if err := json.Unmarshal(m.Body, &j); err != nil {
			return err
		}
		p.mu.Lock()
		p.n++
		p.mu.Unlock()
		return f(ctx, m)
	})
}

func (p *pollCounter) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.n
}
