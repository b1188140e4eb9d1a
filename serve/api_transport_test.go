package serve

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnswersAreNotSentTwice(t *testing.T) {
	server := apiServer(t, nil)
	address := server.URL + "/api/v1/reports/baku-training"
	first, _ := fetch(t, address, nil)
	tag := first.Header.Get("ETag")
	for header, want := range map[string]int{tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, strings.TrimPrefix(tag, "W/"): 304} {
		res, body := fetch(t, address, http.Header{"If-None-Match": {header}})
		if res.StatusCode != want || want == 304 && len(body) > 0 || res.Header.Get("ETag") != tag {
			t.Errorf("with %s: %s of %d bytes, ETag %s", header, res.Status, len(body), res.Header.Get("ETag"))
		}
	}
}

func TestAnswersAreCompressed(t *testing.T) {
	server := apiServer(t, nil)
	address := server.URL + "/api/v1/search?limit=500"
	_, plain := fetch(t, address, http.Header{"Accept-Encoding": {"identity"}})
	res, packed := fetch(t, address, http.Header{"Accept-Encoding": {"gzip"}})
	if res.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(res.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("encoding %q, vary %q", res.Header.Get("Content-Encoding"), res.Header.Get("Vary"))
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(unpacked, plain) || len(packed) > len(plain)/2 {
		t.Errorf("%d bytes packed to %d: %v", len(plain), len(packed), err)
	}
}

func TestReadersThatAskTooOftenWait(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	server := apiServer(t, func(o *Options) {
		o.Rate = Rate{PerSecond: 0.5, Burst: 3}
		o.Now = func() time.Time { return now }
	})
	address := server.URL + "/api/v1/sources"
	for i := range 3 {
		if res, _ := fetch(t, address, nil); res.StatusCode != 200 {
			t.Fatalf("request %d answers %s", i, res.Status)
		}
	}
	res, body := fetch(t, address, nil)
	if res.StatusCode != 429 || res.Header.Get("Retry-After") != "2" || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s after %s: %s", res.Status, res.Header.Get("Retry-After"), body)
	}
	now = now.Add(2 * time.Second)
	if res, _ := fetch(t, address, nil); res.StatusCode != 200 {
		t.Errorf("after the wait it answers %s", res.Status)
	}
}

func TestRateLimitForgetsReadersThatRest(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	l := newRateLimit(Rate{PerSecond: 1}, func() time.Time { return now })
	for i := range maxReaders + 10 {
		now = now.Add(time.Second)
		if _, ok := l.take(fmt.Sprint(i)); !ok {
			t.Fatal("a new reader has to wait")
		}
	}
	if len(l.readers) > maxReaders {
		t.Errorf("%d readers are remembered", len(l.readers))
	}
}
