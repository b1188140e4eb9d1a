package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/internal/agencytest"

	"github.com/dateline-news/dateline/internal/publicnet"
)

func TestANameThatTurnsPrivateIsRefusedWhenItDoes(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/a": body("secret")})
	port := netip.MustParseAddrPort(strings.TrimPrefix(s.URL, "http://")).Port()
	// The first look-ups find an address that may be fetched, as a check
	// before connecting would; the later ones the private one.
	var lookups atomic.Int32
	names := agencytest.Names(func(string) []netip.Addr {
		if lookups.Add(1) <= 2 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("::1")}
	})
	f := New(Options{Pace: time.Nanosecond, Resolver: names})
	// For this test 127.0.0.1 stands for the public internet.
	public := netip.MustParseAddr("127.0.0.1")
	f.public = publicnet.NewClient(func(ap netip.AddrPort) bool { return publicnet.IsPublic(ap) || ap.Addr() == public }, names)
	f.public.Transport.(*http.Transport).DisableKeepAlives = true
	address := fmt.Sprintf("http://rebinding.test:%d/a", port)
	if _, err := f.Get(t.Context(), Request{URL: address}); !errors.Is(err, ErrPrivate) {
		t.Errorf("after the look-up of robots.txt: got %v, want %v", err, ErrPrivate)
	}
	if lookups.Load() < 3 {
		t.Errorf("%d look-ups: the name was not looked up again", lookups.Load())
	}
}

func TestEveryKindOfEndlessAnswerIsBounded(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{
		"/endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := fmt.Fprint(w, strings.Repeat("x", 32<<10)); err != nil {
					return
				}
			}
		},
		"/drip": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = fmt.Fprint(w, "x") // the reader may have gone
				w.(http.Flusher).Flush()
				select {
				case <-time.After(10 * time.Millisecond):
				case <-r.Context().Done():
				}
			}
		},
		"/header": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
			fmt.Fprint(w, "page")
		},
	})
	patient, hasty := New(Options{Timeout: time.Minute, MaxBody: 3 << 20}), New(Options{Timeout: time.Second})
	for path, kind := range map[string]error{"/endless": ErrTooLarge, "/drip": ErrTimeout, "/header": ErrUnreachable} {
		f := patient
		if kind == ErrTimeout {
			f = hasty
			f.robots = patient.robots
		}
		if _, err := f.Get(t.Context(), Request{URL: s.URL + path, Local: true}); !errors.Is(err, kind) {
			t.Errorf("%s: got %v, want %v", path, err, kind)
		}
	}
}

func TestLongBodiesWaitForAPlaceAndNoneIsStuck(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{
		"/middle": body(strings.Repeat("m", 2*smallBody)), "/large": body(strings.Repeat("l", 2*middleBody)),
	})
	f := New(Options{PerHost: 100, Timeout: 2 * time.Minute})
	f.places = &places{middle: make(chan struct{}, 2), large: make(chan struct{}, 1)}
	var group sync.WaitGroup
	for i := range 20 {
		path, size := "/middle", 2*smallBody
		if i%2 == 0 {
			path, size = "/large", 2*middleBody
		}
		group.Go(func() {
			resp, err := f.Get(t.Context(), Request{URL: s.URL + path, Local: true})
			if err != nil || len(resp.Body) != size {
				t.Errorf("%s: %v", path, err)
				return
			}
			resp.Release()
			resp.Release() // harmless
		})
	}
	group.Wait()
	if len(f.places.middle) != 0 || len(f.places.large) != 0 {
		t.Error("places were not given back")
	}
}

func TestAHostThatAsksForPeaceWithoutATimeIsLeftAloneLongerEachTime(t *testing.T) {
	var busy atomic.Bool
	busy.Store(true)
	s := site(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
		if busy.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}})
	now := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	f := New(Options{Now: func() time.Time { return now }})
	var waits []time.Duration
	for i := range 6 {
		busy.Store(i != 3)
		_, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true})
		var e *Error
		if errors.As(err, &e) {
			waits = append(waits, e.RetryAfter)
			now = now.Add(e.RetryAfter)
		}
	}
	want := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, time.Minute, 2 * time.Minute}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestTheHeldRobotsFileServesWhileTheSiteCannotGiveItAgain(t *testing.T) {
	var broken atomic.Bool
	s := site(t, map[string]http.HandlerFunc{
		"/a": body("page"), "/private": body("page"),
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			if broken.Load() {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			fmt.Fprint(w, "User-agent: *\nDisallow: /private")
		},
	})
	now := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	f := New(Options{Now: func() time.Time { return now }})
	for range 2 {
		if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true}); err != nil {
			t.Errorf("allowed page: %v", err)
		}
		if _, err := f.Get(t.Context(), Request{URL: s.URL + "/private", Local: true}); !errors.Is(err, ErrRobots) {
			t.Errorf("disallowed page: got %v, want %v", err, ErrRobots)
		}
		broken.Store(true)
		now = now.Add(robotsLife + time.Hour)
	}
	fresh := New(Options{})
	if _, err := fresh.Get(t.Context(), Request{URL: s.URL + "/a", Local: true}); !errors.Is(err, ErrStatus) {
		t.Errorf("a site whose file was never read and answers 502: got %v, want %v", err, ErrStatus)
	}
}

func TestManyWhoComeAtOnceReadRobotsOnce(t *testing.T) {
	var asked, waiting atomic.Int32
	all := make(chan struct{})
	s := site(t, map[string]http.HandlerFunc{
		"/a": body("page"),
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			<-all
			fmt.Fprint(w, "User-agent: *\nAllow: /")
		},
	})
	f := New(Options{PerHost: 20})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if waiting.Add(1) == 20 {
				close(all)
			}
			if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if asked.Load() != 1 {
		t.Errorf("robots.txt was read %d times", asked.Load())
	}
}

func TestOnlyTheBeginningOfALongRobotsFileCounts(t *testing.T) {
	long := "User-agent: *\nDisallow: /private\n" + strings.Repeat("# padding\n", maxRobots/10) + "Disallow: /\n"
	s := site(t, map[string]http.HandlerFunc{"/a": body("page"), "/private": body("page"), "/robots.txt": body(long)})
	f := New(Options{MaxBody: 4 << 20})
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true}); err != nil {
		t.Errorf("a rule beyond the limit is followed: %v", err)
	}
	if _, err := f.Get(t.Context(), Request{URL: s.URL + "/private", Local: true}); !errors.Is(err, ErrRobots) {
		t.Errorf("a rule at the beginning: got %v, want %v", err, ErrRobots)
	}
}

func TestACrawlDelayHoldsFromRobotsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Now, 2)
		u := &url.URL{Scheme: "http", Host: "a"}
		begin := time.Now()
		var starts []time.Duration
		// robots.txt is asked for at the usual pace, the page when it is known
		// that the site wants a slower one.
		for _, pace := range []time.Duration{time.Second, 30 * time.Second, 30 * time.Second} {
			turn, err := h.enter(t.Context(), u, pace)
			if err != nil {
				t.Fatal(err)
			}
			starts = append(starts, time.Since(begin))
			turn.release()
		}
		if diff := cmp.Diff([]time.Duration{0, 30 * time.Second, time.Minute}, starts); diff != "" {
			t.Errorf("starts (-want +got):\n%s", diff)
		}
	})
}

func TestATurnThatIsFarIsToldInsteadOfWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Now, 2)
		u := &url.URL{Scheme: "http", Host: "a"}
		turn, err := h.enter(t.Context(), u, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		turn.release()
		var e *Error
		if _, err := h.enter(t.Context(), u, time.Hour); !errors.As(err, &e) || e.Kind != ErrBusy || e.RetryAfter != time.Hour {
			t.Errorf("got %v", err)
		}
		time.Sleep(time.Hour)
		if turn, err = h.enter(t.Context(), u, time.Hour); err != nil {
			t.Errorf("when the turn has come: %v", err)
		} else {
			turn.release()
		}
	})
}

// sharedTurns counts what other processes are told.
type sharedTurns struct {
	mu      sync.Mutex
	entered []string
	closed  map[string]time.Time
}

func (s *sharedTurns) Enter(_ context.Context, host string, pace time.Duration) (func(), time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed[host].IsZero() {
		return nil, time.Minute, nil
	}
	s.entered = append(s.entered, fmt.Sprint(pace))
	return func() {}, 0, nil
}

func (s *sharedTurns) Close(_ context.Context, host string, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed[host] = until
	return nil
}

func TestTurnsAreSharedWithOtherProcesses(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{
		"/a":    body("page"),
		"/busy": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
	})
	shared := &sharedTurns{closed: map[string]time.Time{}}
	f, other := New(Options{Turns: shared}), New(Options{Turns: shared})
	get := func(f *Fetcher, path string) error {
		_, err := f.Get(t.Context(), Request{URL: s.URL + path, Local: true, Pace: time.Millisecond})
		return err
	}
	if err := get(f, "/a"); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"1ms", "1ms"}, shared.entered); diff != "" { // robots.txt and the page
		t.Errorf("turns taken (-want +got):\n%s", diff)
	}
	if err := get(f, "/busy"); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want %v", err, ErrBusy)
	}
	if err := get(other, "/a"); !errors.Is(err, ErrBusy) {
		t.Errorf("another process goes on asking: %v", err)
	}
}
