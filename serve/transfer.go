package serve

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// entityTag is the ETag of a body. It is weak, as the same body is sent with
// and without compression.
func entityTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}

// hasTag reports whether an If-None-Match header names the tag.
func hasTag(header, tag string) bool {
	for _, one := range strings.Split(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// Rate bounds how often one reader may ask the API; the zero value means no
// bound.
type Rate struct {
	// PerSecond is the number of requests a second in the long run.
	PerSecond float64
	// Burst is the number that may come at once, 0 means twice PerSecond.
	Burst int
}

// maxReaders bounds how many readers are remembered.
const maxReaders = 10_000

// rateLimit counts the requests of each reader.
type rateLimit struct {
	Rate
	now func() time.Time

	mu      sync.Mutex
	readers map[string]*rate.Limiter
}

func newRateLimit(r Rate, now func() time.Time) *rateLimit {
	r.Burst = max(1, cmp.Or(r.Burst, int(math.Ceil(2*r.PerSecond))))
	return &rateLimit{Rate: r, now: now, readers: map[string]*rate.Limiter{}}
}

// take counts a request, or says how long to wait before the next.
func (l *rateLimit) take(reader string) (wait time.Duration, ok bool) {
	if l.PerSecond <= 0 {
		return 0, true
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, known := l.readers[reader]
	if !known {
		l.forget(now)
		limiter = rate.NewLimiter(rate.Limit(l.PerSecond), l.Burst)
		l.readers[reader] = limiter
	}
	if limiter.AllowN(now, 1) {
		return 0, true
	}
	missing := 1 - limiter.TokensAt(now)
	return time.Duration(missing / l.PerSecond * float64(time.Second)), false
}

// forget drops the readers that have waited long enough to be as good as new,
// and when all are busy, all of them.
func (l *rateLimit) forget(now time.Time) {
	if len(l.readers) < maxReaders {
		return
	}
	for reader, limiter := range l.readers {
		if limiter.TokensAt(now) >= float64(l.Burst) {
			delete(l.readers, reader)
		}
	}
	if len(l.readers) >= maxReaders {
		clear(l.readers)
	}
}

// limit answers 429 to a reader that asks too often.
func (s *server) limit(l *rateLimit, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		wait, ok := l.take(host)
		if !ok {
			seconds := max(1, int(math.Ceil(wait.Seconds())))
			w.Header().Set("Retry-After", strconv.Itoa(seconds))
			s.problem(w, r, http.StatusTooManyRequests, errors.New("too many requests; wait as long as Retry-After says"))
			return
		}
		next.ServeHTTP(w, r)
	})
}
