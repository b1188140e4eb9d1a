package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/dateline-news/dateline/internal/publicnet"
)

// site answers robots.txt with 404 unless it has a page for it.
func site(t *testing.T, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func body(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
}

func TestGetIsHonestAndConditional(t *testing.T) {
	var header http.Header
	s := site(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Clone()
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Set-Cookie", "id=1")
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "page")
	}})
	f := New(Options{UserAgent: "Dateline/1.0 (+https://example.org; desk@example.org)"})
	first, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true})
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.Get(t.Context(), Request{URL: s.URL + "/a", ETag: first.ETag, Local: true})
	if err != nil {
		t.Fatal(err)
	}
	if string(first.Body) != "page" || !second.NotModified || second.Body != nil {
		t.Errorf("first %q, second not modified: %v", first.Body, second.NotModified)
	}
	if ua := header.Get("User-Agent"); ua != "Dateline/1.0 (+https://example.org; desk@example.org)" {
		t.Errorf("User-Agent %q", ua)
	}
	if header.Get("Cookie") != "" || header.Get("Referer") != "" {
		t.Errorf("sent %v", header)
	}
}

func TestABotWallIsNamed(t *testing.T) {
	for name, value := range map[string]string{"Cf-Mitigated": "challenge", "X-Amzn-Waf-Action": "captcha", "X-Datadome": "protected"} {
		s := site(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(name, value)
			w.WriteHeader(http.StatusForbidden)
		}})
		_, err := New(Options{}).Get(t.Context(), Request{URL: s.URL + "/a", Local: true})
		if !errors.Is(err, ErrStatus) || !strings.Contains(err.Error(), "a bot wall") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestCompressedBodiesAreBoundedAfterDecompression(t *testing.T) {
	compressors := map[string]func([]byte) []byte{
		"gzip": func(b []byte) []byte {
			var out bytes.Buffer
			z := gzip.NewWriter(&out)
			_, _ = z.Write(b) // to memory
			_ = z.Close()
			return out.Bytes()
		},
		"br": func(b []byte) []byte {
			var out bytes.Buffer
			z := brotli.NewWriter(&out)
			_, _ = z.Write(b)
			_ = z.Close()
			return out.Bytes()
		},
		"zstd": func(b []byte) []byte {
			z, err := zstd.NewWriter(nil)
			if err != nil {
				t.Fatal(err)
			}
			return z.EncodeAll(b, nil)
		},
	}
	for encoding, compress := range compressors {
		t.Run(encoding, func(t *testing.T) {
			answer := func(plain []byte) http.HandlerFunc {
				packed := compress(plain)
				return func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Encoding", encoding)
					_, _ = w.Write(packed)
				}
			}
			s := site(t, map[string]http.HandlerFunc{
				"/page": answer([]byte("the page")),
				"/bomb": answer(make([]byte, 10<<20)),
			})
			f := New(Options{MaxBody: 1 << 20})
			resp, err := f.Get(t.Context(), Request{URL: s.URL + "/page", Local: true})
			if err != nil || string(resp.Body) != "the page" {
				t.Fatalf("page: %v, %v", resp, err)
			}
			_, err = f.Get(t.Context(), Request{URL: s.URL + "/bomb", Local: true})
			var e *Error
			if !errors.As(err, &e) || e.Kind != ErrTooLarge || e.Temporary() || !strings.Contains(err.Error(), "limit 1 MiB") {
				t.Errorf("bomb: %v", err)
			}
		})
	}
}

func TestErrorsSayWhetherTryingAgainCanHelp(t *testing.T) {
	stop := make(chan struct{})
	s := site(t, map[string]http.HandlerFunc{
		"/500":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"/410":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) },
		"/slow": func(http.ResponseWriter, *http.Request) { <-stop },
		"/loop": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/file": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/hosts")
			w.WriteHeader(302)
		},
		"/nowhere": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(301) },
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
		},
		"/odd": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "odd")
			fmt.Fprint(w, "x")
		},
	})
	t.Cleanup(func() { close(stop) })
	closed := httptest.NewServer(nil)
	closed.Close()
	tests := []struct {
		url       string
		kind      error
		temporary bool
	}{
		{s.URL + "/500", ErrStatus, true},
		{s.URL + "/410", ErrStatus, false},
		{s.URL + "/slow", ErrTimeout, true},
		{s.URL + "/loop", ErrRedirects, false},
		{s.URL + "/file", ErrAddress, false},
		{s.URL + "/nowhere", ErrRedirects, false},
		{s.URL + "/short", ErrUnreachable, true},
		{s.URL + "/odd", ErrStatus, true},
		{closed.URL, ErrUnreachable, true},
		{"ftp://example.org/a", ErrAddress, false},
		{"http://", ErrAddress, false},
	}
	patient, hasty := New(Options{Timeout: time.Minute}), New(Options{Timeout: 300 * time.Millisecond})
	for _, tt := range tests {
		f := patient
		if tt.kind == ErrTimeout {
			f = hasty
			f.robots = patient.robots // a busy machine may take as long for the file alone
		}
		_, err := f.Get(t.Context(), Request{URL: tt.url, Local: true})
		var e *Error
		if !errors.As(err, &e) || e.Kind != tt.kind || e.Temporary() != tt.temporary {
			t.Errorf("%s: %v (temporary %v), want %v (%v)", tt.url, err, e != nil && e.Temporary(), tt.kind, tt.temporary)
		}
	}
}

func TestRedirectsAreFollowedAndPermanentOnesTold(t *testing.T) {
	to := func(path string, status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, path, status) }
	}
	s := site(t, map[string]http.HandlerFunc{
		"/old": to("/moved", 301), "/moved": to("/new", 308), "/now": to("/new", 302), "/new": body("here"),
	})
	f := New(Options{})
	for path, moved := range map[string]string{"/old": s.URL + "/new", "/now": "", "/new": ""} {
		resp, err := f.Get(t.Context(), Request{URL: s.URL + path, Local: true})
		if err != nil || string(resp.Body) != "here" || resp.URL != s.URL+"/new" || resp.MovedTo != moved {
			t.Errorf("%s: %+v, %v", path, resp, err)
		}
	}
}

func TestPrivateAddressesAreRefusedAtConnectTime(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/a": body("secret")})
	f := New(Options{})
	byName := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	for _, address := range []string{s.URL + "/a", byName + "/a"} {
		_, err := f.Get(t.Context(), Request{URL: address})
		var e *Error
		if !errors.As(err, &e) || e.Kind != ErrPrivate || e.Temporary() {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestARedirectToAPrivateAddressIsRefused(t *testing.T) {
	private := site(t, map[string]http.HandlerFunc{"/a": body("secret")})
	public := site(t, map[string]http.HandlerFunc{"/go": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, private.URL+"/a", http.StatusFound)
	}})
	// For this test one loopback port stands for the public internet.
	port := netip.MustParseAddrPort(strings.TrimPrefix(public.URL, "http://")).Port()
	f := New(Options{Pace: time.Nanosecond})
	f.public = publicnet.NewClient(func(ap netip.AddrPort) bool { return publicnet.IsPublic(ap) || ap.Port() == port }, nil)
	if _, err := f.Get(t.Context(), Request{URL: public.URL + "/go"}); !errors.Is(err, ErrPrivate) {
		t.Errorf("got %v, want %v", err, ErrPrivate)
	}
}

func TestAServerThatAsksForPeaceGetsIt(t *testing.T) {
	var mu sync.Mutex
	hits := 0
	s := site(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits++
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	}})
	now := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	f := New(Options{Now: func() time.Time { return now }})
	get := func() *Error {
		_, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true})
		var e *Error
		if !errors.As(err, &e) || e.Kind != ErrBusy || !e.Temporary() {
			t.Fatalf("got %v", err)
		}
		return e
	}
	if e := get(); e.RetryAfter != 2*time.Minute {
		t.Errorf("retry after %s", e.RetryAfter)
	}
	now = now.Add(time.Minute)
	if e := get(); e.RetryAfter != time.Minute || hits != 1 {
		t.Errorf("within the time: retry after %s, %d hits", e.RetryAfter, hits)
	}
	now = now.Add(time.Minute)
	get()
	if hits != 2 {
		t.Errorf("after the time: %d hits", hits)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "30": 30 * time.Second, "0": minRetryAfter, "soon": 0, "99999999999": maxRetryAfter, "999999": maxRetryAfter,
		"Thu, 12 Mar 2026 00:05:00 GMT": 5 * time.Minute, "Thu, 12 Mar 2020 00:05:00 GMT": 0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("retryAfter(%q) = %s, want %s", header, got, want)
		}
	}
}

func TestRobots(t *testing.T) {
	files := map[string]http.HandlerFunc{
		"no rules":    http.NotFound,
		"forbidden":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) },
		"broken":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) },
		"disallowed":  body("User-agent: *\nDisallow: /a"),
		"by name":     body("User-agent: dateline\nDisallow: /a\n\nUser-agent: *\nAllow: /"),
		"other names": body("User-agent: otherbot\nDisallow: /\n"),
		"binary":      body("\x00\x01\x02\x03"),
		"moved": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
		},
	}
	want := map[string]error{"disallowed": ErrRobots, "by name": ErrRobots, "broken": ErrBusy}
	for name, robots := range files {
		t.Run(name, func(t *testing.T) {
			asked := 0
			s := site(t, map[string]http.HandlerFunc{
				"/a":          body("page"),
				"/robots.txt": func(w http.ResponseWriter, r *http.Request) { asked++; robots(w, r) },
			})
			f := New(Options{})
			for range 2 {
				if _, err := f.Get(t.Context(), Request{URL: s.URL + "/a", Local: true}); !errors.Is(err, want[name]) {
					t.Errorf("got %v, want %v", err, want[name])
				}
			}
			if asked != 1 {
				t.Errorf("robots.txt was read %d times", asked)
			}
		})
	}
}

func TestOneHostIsAskedAtItsPaceAndOthersDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Now, 2)
		begin := time.Now()
		var mu sync.Mutex
		got := map[string][]time.Duration{}
		var group sync.WaitGroup
		for _, address := range []string{"http://a/", "http://a/", "http://a/", "http://b/"} {
			group.Go(func() {
				u, err := url.Parse(address)
				if err != nil {
					t.Error(err)
				}
				turn, err := h.enter(t.Context(), u, time.Second)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				got[u.Host] = append(got[u.Host], time.Since(begin))
				mu.Unlock()
				turn.release()
			})
		}
		group.Wait()
		want := map[string][]time.Duration{"a": {0, time.Second, 2 * time.Second}, "b": {0}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("starts (-want +got):\n%s", diff)
		}
	})
}

func TestAWaitForAHostEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Now, 1)
		u := &url.URL{Scheme: "http", Host: "a"}
		turn, err := h.enter(t.Context(), u, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.enter(ctx, u, time.Hour); !errors.Is(err, ErrTimeout) {
			t.Errorf("got %v", err)
		}
		turn.release()
	})
}
