package ingest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/wire"
)

// turns are the turns of hosts as each of several processes sees them.
func turns(t *testing.T, processes int, now func() time.Time) []*hostTurns {
	t.Helper()
	kv, err := wiretest.Bus(t).KV(t.Context(), wire.BucketHosts)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]*hostTurns, processes)
	for i := range out {
		out[i] = &hostTurns{kv: kv, now: now, places: 1}
	}
	return out
}

func TestProcessesTogetherKeepAHostsPace(t *testing.T) {
	const pace = 50 * time.Millisecond
	var mu sync.Mutex
	var starts []time.Time
	var group sync.WaitGroup
	for _, process := range turns(t, 3, time.Now) {
		for range 4 {
			group.Go(func() {
				release, closed, err := process.Enter(t.Context(), "example.org", pace)
				if err != nil || closed > 0 {
					t.Errorf("enter: closed for %s, %v", closed, err)
					return
				}
				mu.Lock()
				starts = append(starts, time.Now())
				mu.Unlock()
				release()
			})
		}
	}
	group.Wait()
	slices.SortFunc(starts, time.Time.Compare)
	if len(starts) != 12 {
		t.Fatalf("%d turns, want 12", len(starts))
	}
	for i, start := range starts[1:] {
		// Times in the bucket are those of the wall clock.
		if gap := start.Sub(starts[i]); gap < pace-time.Millisecond {
			t.Errorf("turn %d came %s after the one before, want %s", i+2, gap, pace)
		}
	}
}

func TestTheStateOfAHostDecidesItsTurns(t *testing.T) {
	now := newClock().Now()
	in := func(d time.Duration) time.Time { return now.Add(d) }
	for name, tt := range map[string]struct {
		state  hostState
		start  time.Time
		closed time.Duration
	}{
		"never asked":         {hostState{}, now, 0},
		"asked just now":      {hostState{Last: in(-time.Second)}, in(9 * time.Second), 0},
		"others are in line":  {hostState{Last: in(20 * time.Second)}, in(30 * time.Second), 0},
		"asked long ago":      {hostState{Last: in(-time.Hour)}, now, 0},
		"closed":              {hostState{Closed: in(time.Minute)}, time.Time{}, time.Minute},
		"no longer closed":    {hostState{Closed: in(-time.Minute)}, now, 0},
		"no place":            {hostState{Busy: map[string]time.Time{"a": in(1), "b": in(1)}}, time.Time{}, 0},
		"a process that died": {hostState{Busy: map[string]time.Time{"a": in(1), "b": in(-1)}}, now, 0},
	} {
		t.Run(name, func(t *testing.T) {
			start, closed := tt.state.enter("me", now, 10*time.Second, 2)
			if !start.Equal(tt.start) || closed != tt.closed {
				t.Errorf("start %s, closed for %s; want %s and %s", start, closed, tt.start, tt.closed)
			}
			if !start.IsZero() && tt.state.Busy["me"].IsZero() {
				t.Error("the request is not noted")
			}
		})
	}
}

func TestAHostThatAsksOneProcessForPeaceGetsItFromAll(t *testing.T) {
	c := newClock()
	processes := turns(t, 2, c.Now)
	if err := processes[0].Close(t.Context(), "example.org", c.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, closed, err := processes[1].Enter(t.Context(), "example.org", time.Second); err != nil || closed != time.Hour {
		t.Errorf("closed for %s, %v; want an hour", closed, err)
	}
	release, closed, err := processes[1].Enter(t.Context(), "example.com", time.Second)
	if err != nil || closed != 0 {
		t.Fatalf("another host: closed for %s, %v", closed, err)
	}
	release()
	c.Advance(2 * time.Hour)
	if release, closed, err = processes[1].Enter(t.Context(), "example.org", time.Second); err != nil || closed != 0 {
		t.Fatalf("afterwards: closed for %s, %v", closed, err)
	}
	release()
	var s hostState
	if _, err := load(t.Context(), processes[0].kv, hostKey("example.org"), &s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(0, len(s.Busy)); diff != "" {
		t.Errorf("requests in flight when all are over (-want +got):\n%s", diff)
	}
}
