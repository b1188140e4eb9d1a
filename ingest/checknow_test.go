package ingest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/wiretest"
)

func TestASourceIsPolledAtOnceWhenSomebodyWantsIt(t *testing.T) {
	c := newClock() // 12:00
	source := Source{Name: "a", URL: "https://a.example/feed", Schedule: "@every 1h"}
	s, bus := newScheduler(t, wiretest.Bus(t), c, source)
	step := func(what string, want ...string) {
		t.Helper()
		s.ask(t.Context())
		if diff := cmp.Diff(want, bus.polls()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	wishFor := func(name string, at time.Time) {
		t.Helper()
		if err := CheckNow(t.Context(), s.poll, name, at); err != nil {
			t.Fatal(err)
		}
		entry, err := s.poll.Get(t.Context(), wishKey(name))
		if err != nil {
			t.Fatal(err)
		}
		s.wish(entry)
	}
	noon := c.Now()
	step("at the start", "a 12:00:00")
	wishFor("a", noon)
	step("while its poll goes on")
	s.told(t, pollState{Polled: noon, Status: Status{Source: "a", Kind: KindFeed, URL: source.URL, Schedule: source.Schedule, NextDue: noon.Add(time.Hour)}})
	c.Advance(10 * time.Minute)
	step("before its time")
	wishFor("a", c.Now())
	step("wanted now", "a 12:10:00")
	s.told(t, pollState{Polled: c.Now(), Status: Status{Source: "a", Kind: KindFeed, URL: source.URL, Schedule: source.Schedule, NextDue: c.Now().Add(time.Hour)}})
	wishFor("a", c.Now().Add(-wishTime-time.Second))
	wishFor("unknown", c.Now())
	step("wanted long ago, or unknown")
}
