package ingest

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/internal/agencytest"
	"github.com/dateline-news/dateline/internal/wiretest"
	"github.com/dateline-news/dateline/wire"
)

// cityLimit bounds every wait for the city.
const cityLimit = 8 * time.Minute

// cityPace is the pace of hosts that want none of their own.
const cityPace = 100 * time.Millisecond

func paceOf(h *agencytest.CityHost) time.Duration {
	switch h.Manner {
	case agencytest.CrawlDelay, agencytest.TwoSources, agencytest.Limiting:
		return agencytest.Pace
	}
	return cityPace
}

// citySources has a source for every feed of the city. Only the hosts that
// flap are polled more than once in the time of the test, unless they ask for
// it.
func citySources(c *agencytest.City) []Source {
	var out []Source
	for _, h := range c.Hosts {
		for i, feed := range h.Feeds() {
			s := Source{
				Name: fmt.Sprintf("%s-%d", strings.TrimSuffix(h.Name, ".city.test"), i), URL: feed, Local: true,
				Schedule: "@every 1h", Pace: cityPace.String(),
			}
			switch h.Manner {
			case agencytest.Flapping:
				s.Schedule = "@every 3s"
			case agencytest.Limiting:
				s.Pace = agencytest.Pace.String() // the others say it in robots.txt
			}
			out = append(out, s)
		}
	}
	return out
}

// TestACityOfAgencies polls hundreds of hosts, many of which do what servers
// should not, with two processes. It is a smaller city with -short.
func TestACityOfAgencies(t *testing.T) {
	readable, unreadable := 300, 175 // 500 sources
	if testing.Short() {
		readable, unreadable = 2*len(agencytest.Readable), len(agencytest.Unreadable)
	}
	city := agencytest.NewCity(readable, unreadable)
	defer city.Close()
	sources := citySources(city)
	bus := watch(wiretest.Bus(t))
	// As an operator would set GOMEMLIMIT; what is in use cannot be limited so.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(200 << 20))
	debug.FreeOSMemory() // what other tests left
	memory := watchMemory(t)
	stop := pollCity(t, city, bus, sources)

	// Everything that can be read is published while some hosts keep their
	// requests hanging: none of them delays another.
	began := time.Now()
	expected := cityItems(city)
	agencytest.Eventually(t, cityLimit, func() error {
		if n := len(bus.published()); n < len(expected) {
			return fmt.Errorf("%d of %d reports are published after %s", n, len(expected), time.Since(began).Round(time.Second))
		}
		return nil
	})
	t.Logf("%d sources: %d reports published in %s", len(sources), len(expected), time.Since(began).Round(100*time.Millisecond))
	for name := range cityStatuses(t, bus) {
		if h := hostNamed(city, name); h.Manner == agencytest.Hanging || h.Manner == agencytest.Dripping {
			t.Errorf("the poll of %s (%s) ended before the city let go: the test shows nothing", name, h.Manner)
		}
	}

	// The round ends when the hosts let go.
	city.Release()
	agencytest.Eventually(t, cityLimit, func() error {
		if n := len(cityStatuses(t, bus)); n < len(sources) {
			return fmt.Errorf("%d of %d sources were polled", n, len(sources))
		}
		return nil
	})
	t.Logf("the round ended after %s", time.Since(began).Round(100*time.Millisecond))
	stop()
	checkPublished(t, bus, expected)
	checkFaults(t, city, cityStatuses(t, bus))
	for _, h := range city.Hosts {
		checkVisits(t, h)
	}
	most := memory()
	t.Logf("at most %d MiB of memory, the city's own included", most>>20)
	if most > 256<<20 && !raceDetector {
		t.Errorf("%d MiB of memory, want at most 256", most>>20)
	}
}

// pollCity starts two processes that poll the sources; stop ends them.
func pollCity(t *testing.T, city *agencytest.City, bus Bus, sources []Source) (stop func()) {
	t.Helper()
	hosts, err := bus.KV(t.Context(), wire.BucketHosts)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			fetcher := fetch.New(fetch.Options{
				Resolver: city.Names(), Timeout: cityLimit, Turns: &hostTurns{kv: hosts, now: time.Now, places: 1},
			})
			if err := Run(ctx, Options{Bus: bus, Sources: sources, Fetcher: fetcher}); err != nil {
				t.Error(err)
			}
		})
	}
	return sync.OnceFunc(func() {
		cancel()
		group.Wait()
	})
}

// cityItems are the titles of all that can be read.
func cityItems(c *agencytest.City) map[string]bool {
	items := map[string]bool{}
	for _, h := range c.Hosts {
		if !slices.Contains(agencytest.Readable, h.Manner) {
			continue
		}
		for _, path := range h.Items {
			items[h.Title(path)] = true
		}
	}
	return items
}

func cityStatuses(t *testing.T, bus Bus) map[string]Status {
	t.Helper()
	poll, err := bus.KV(t.Context(), wire.BucketPoll)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Statuses(t.Context(), poll)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Status{}
	for _, s := range all {
		byName[s.Source] = s
	}
	return byName
}

func hostNamed(c *agencytest.City, source string) *agencytest.CityHost {
	name := source[:strings.LastIndexByte(source, '-')] + ".city.test"
	return c.Hosts[slices.IndexFunc(c.Hosts, func(h *agencytest.CityHost) bool { return h.Name == name })]
}

func checkPublished(t *testing.T, bus *watched, expected map[string]bool) {
	t.Helper()
	times := map[string]int{}
	for _, report := range bus.published() {
		times[report.Title]++
		if !expected[report.Title] {
			t.Errorf("published %q of %s", report.Title, report.URL)
		}
	}
	for title := range expected {
		if times[title] != 1 {
			t.Errorf("%q was published %d times", title, times[title])
		}
	}
}

// checkFaults wants every host that cannot be read to be told of, and no
// other.
func checkFaults(t *testing.T, city *agencytest.City, statuses map[string]Status) {
	t.Helper()
	for name, s := range statuses {
		h := hostNamed(city, name)
		wrong := s.Error != "" || h.Manner == agencytest.EmptyFeed && s.Note != ""
		want := slices.Contains(agencytest.Unreadable, h.Manner) || h.Manner == agencytest.HalfLinks
		if h.Manner == agencytest.Flapping {
			continue // its last poll may have come before or after it mended
		}
		if wrong != want {
			t.Errorf("%s (%s): error %q, note %q", name, h.Manner, s.Error, s.Note)
		}
		if s.NextDue.IsZero() {
			t.Errorf("%s (%s) is never due again", name, h.Manner)
		}
	}
}

// checkVisits holds a host's own log against what the host asks for.
func checkVisits(t *testing.T, h *agencytest.CityHost) {
	t.Helper()
	visits := h.Visits()
	busy := 0
	for i, v := range visits {
		if i == 0 {
			continue
		}
		before := visits[i-1]
		pace := paceOf(h)
		if v.Path == "/robots.txt" && before.Path == "/robots.txt" {
			pace = cityPace // two processes, and neither knows yet what it asks for
		}
		if gap := v.At.Sub(before.At); gap < pace {
			t.Errorf("%s (%s): %s was asked for %s after %s, want at least %s", h.Name, h.Manner, v.Path, gap, before.Path, pace)
		}
		if gap := v.At.Sub(before.At); before.Status == http.StatusTooManyRequests && gap < agencytest.Peace {
			t.Errorf("%s (%s): asked again %s after it asked for peace", h.Name, h.Manner, gap)
		}
	}
	for _, v := range visits {
		if v.Status == http.StatusTooManyRequests {
			busy++
		}
		if (h.Manner == agencytest.Forbidding || h.Manner == agencytest.RobotsBroken) && v.Path != "/robots.txt" {
			t.Errorf("%s (%s): %s was asked for", h.Name, h.Manner, v.Path)
		}
	}
	if h.Manner == agencytest.Limiting && busy != 1 {
		t.Errorf("%s asked for peace %d times, want once, whatever the pace", h.Name, busy)
	}
}

// watchMemory returns a function that ends the watch and returns the most
// memory that the process had from the system.
func watchMemory(t *testing.T) func() uint64 {
	t.Helper()
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		highest := uint64(0)
		for {
			metrics.Read(sample)
			highest = max(highest, sample[0].Value.Uint64()-sample[1].Value.Uint64())
			select {
			case <-tick.C:
			case <-stop:
				most <- highest
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-most
	}
}
