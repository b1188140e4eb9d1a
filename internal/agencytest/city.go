package agencytest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Manner is how a host of a City behaves.
type Manner string

// The manners of hosts whose items can be read.
const (
	Plain       Manner = "plain"
	Compressed  Manner = "compressed"  // answers with gzip
	Unhurried   Manner = "unhurried"   // takes its time for every answer
	CrawlDelay  Manner = "crawl-delay" // asks for a pace in robots.txt
	Redirecting Manner = "redirecting" // moves its feed for good and its pages for now
	Limiting    Manner = "limiting"    // answers 429 to whoever comes faster than its pace, and once in any case
	Flapping    Manner = "flapping"    // answers every page with 500 at first, and then as it should
	CutFeed     Manner = "cut-feed"    // its feed ends within its third item
	RobotsGone  Manner = "robots-gone" // has a robots.txt that forbids only what it does not list
	LongPages   Manner = "long-pages"  // its pages are heavy
	HalfLinks   Manner = "half-links"  // lists a page that does not exist beside those that do
	TwoSources  Manner = "two-sources" // has two feeds with a Crawl-delay over both
)

// The manners of hosts of which nothing can be read.
const (
	Hanging        Manner = "hanging"         // never answers
	Endless        Manner = "endless"         // its feed never ends
	Dripping       Manner = "dripping"        // sends a byte now and then
	Bomb           Manner = "bomb"            // a small answer that is huge when decompressed
	LyingLength    Manner = "lying-length"    // announces more than it sends
	Malformed      Manner = "malformed"       // sends noise for a feed
	LongHeader     Manner = "long-header"     // a header without end
	Looping        Manner = "looping"         // redirects in a circle
	ToFile         Manner = "to-file"         // redirects to a file
	Resetting      Manner = "resetting"       // breaks every connection
	Failing        Manner = "failing"         // answers 500
	Forbidding     Manner = "forbidding"      // robots.txt forbids everything
	RobotsBroken   Manner = "robots-broken"   // robots.txt cannot be read
	Unknown        Manner = "unknown"         // has no address
	DeepPages      Manner = "deep-pages"      // pages of a hundred thousand nested elements, without an article
	GoneFeed       Manner = "gone-feed"       // answers 410
	EmptyFeed      Manner = "empty-feed"      // lists nothing
	AlwaysLimiting Manner = "always-limiting" // answers 429 to everything but robots.txt
)

// Readable and Unreadable are the manners, of which a City has as many hosts
// each.
var (
	Readable = []Manner{Plain, Compressed, Unhurried, CrawlDelay, Redirecting, Limiting, Flapping, CutFeed, RobotsGone, LongPages, HalfLinks, TwoSources}

	Unreadable = []Manner{
		Hanging, Endless, Dripping, Bomb, LyingLength, Malformed, LongHeader, Looping, ToFile, Resetting, Failing,
		Forbidding, RobotsBroken, Unknown, DeepPages, GoneFeed, EmptyFeed, AlwaysLimiting,
	}
)

// Pace is the least time between two requests that Limiting, CrawlDelay and
// TwoSources hosts want.
const Pace = time.Second

// Peace is how long a Limiting host asks to be left alone with a 429.
const Peace = 2 * time.Second

// Visit is a request as the host's own log has it.
type Visit struct {
	Path   string
	At     time.Time
	Status int
}

// CityHost is one host of a City.
type CityHost struct {
	Name   string
	Manner Manner
	// Items are the paths of the pages that can be read.
	Items []string

	city   *City
	mu     sync.Mutex
	visits []Visit
}

// City is a city of agencies for tests: many hosts on one loopback port, each
// with a feed and a manner. Names finds them.
type City struct {
	*httptest.Server
	Hosts    []*CityHost
	byName   map[string]*CityHost
	released chan struct{}
	once     sync.Once
	bomb     []byte
}

// NewCity starts a city with so many hosts whose feeds can be read and so many
// others. Close stops it.
func NewCity(readable, unreadable int) *City {
	c := &City{byName: map[string]*CityHost{}, released: make(chan struct{}), bomb: pack(io.LimitReader(zeros{}, 64<<20))}
	for i := range readable {
		c.add(fmt.Sprintf("good%03d.city.test", i), Readable[i%len(Readable)])
	}
	for i := range unreadable {
		c.add(fmt.Sprintf("bad%03d.city.test", i), Unreadable[i%len(Unreadable)])
	}
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(c.serve))
	c.Config.ErrorLog = nil
	c.Start()
	return c
}

func (c *City) add(name string, manner Manner) {
	h := &CityHost{Name: name, Manner: manner, city: c, Items: []string{"/item/1", "/item/2"}}
	c.Hosts, c.byName[name] = append(c.Hosts, h), h
}

// Release lets go of every connection that a host keeps waiting.
func (c *City) Release() { c.once.Do(func() { close(c.released) }) }

// Close stops the city.
func (c *City) Close() {
	c.Release()
	c.CloseClientConnections()
	c.Server.Close()
}

// Names finds the city's hosts.
func (c *City) Names() *net.Resolver {
	return Names(func(name string) []netip.Addr {
		if h := c.byName[name]; h == nil || h.Manner == Unknown {
			return nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	})
}

// Feeds are the addresses of the host's feeds.
func (h *CityHost) Feeds() []string {
	if h.Manner == TwoSources {
		return []string{h.address("/feed1"), h.address("/feed2")}
	}
	return []string{h.address("/feed")}
}

func (h *CityHost) address(path string) string {
	return "http://" + h.Name + h.city.URL[strings.LastIndexByte(h.city.URL, ':'):] + path
}

// Visits are the requests so far, in the order in which they came.
func (h *CityHost) Visits() []Visit {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]Visit(nil), h.visits...)
}

// enter logs a request and returns how often its path was asked for before,
// and how long it is since the request before it.
func (h *CityHost) enter(path string) (index, before int, since time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	since = time.Hour
	if n := len(h.visits); n > 0 {
		since = now.Sub(h.visits[n-1].At)
	}
	for _, v := range h.visits {
		if v.Path == path {
			before++
		}
	}
	h.visits = append(h.visits, Visit{Path: path, At: now, Status: http.StatusOK})
	return len(h.visits) - 1, before, since
}

func (h *CityHost) answered(index, status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.visits[index].Status = status
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status func(int)
}

func (w *statusWriter) WriteHeader(code int) {
	w.status(code)
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (c *City) serve(w http.ResponseWriter, r *http.Request) {
	name, _, _ := net.SplitHostPort(r.Host)
	h := c.byName[name]
	if h == nil {
		http.Error(w, "no such host in the city", http.StatusMisdirectedRequest)
		return
	}
	index, before, since := h.enter(r.URL.Path)
	out := &statusWriter{w, func(code int) { h.answered(index, code) }}
	switch {
	case r.URL.Path == "/robots.txt":
		h.robots(out)
	case h.refuse(out, r, before, since):
	case h.misbehave(out, r):
	case strings.HasPrefix(r.URL.Path, "/feed"), r.URL.Path == "/moved":
		h.feed(out, r)
	default:
		h.page(out, r, before)
	}
}

func (h *CityHost) robots(w http.ResponseWriter) {
	switch h.Manner {
	case CrawlDelay, TwoSources:
		fmt.Fprintf(w, "User-agent: *\nCrawl-delay: %g\n", Pace.Seconds())
	case Forbidding:
		fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
	case RobotsGone:
		fmt.Fprint(w, "User-agent: *\nDisallow: /private\nAllow: /\n")
	case RobotsBroken:
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// refuse answers whoever should come later.
func (h *CityHost) refuse(w http.ResponseWriter, r *http.Request, before int, since time.Duration) bool {
	first := r.URL.Path == h.Items[0] && before == 0
	if h.Manner != AlwaysLimiting && (h.Manner != Limiting || since >= Pace && !first) {
		return false
	}
	w.Header().Set("Retry-After", fmt.Sprint(int(Peace.Seconds())))
	w.WriteHeader(http.StatusTooManyRequests)
	return true
}

// misbehave answers as the host's manner has it, if it is one of those that
// never answer well.
func (h *CityHost) misbehave(w http.ResponseWriter, r *http.Request) bool {
	switch h.Manner {
	case Hanging:
		h.wait(r)
	case Endless:
		chunk := bytes.Repeat([]byte("<item>"), 4<<10)
		for h.alive(r, 0) {
			if _, err := w.Write(chunk); err != nil {
				break
			}
		}
	case Dripping:
		for h.alive(r, 100*time.Millisecond) {
			_, _ = w.Write([]byte{' '}) // the reader may have gone
			_ = http.NewResponseController(w).Flush()
		}
	case Bomb:
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(h.city.bomb)
	case LyingLength:
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write([]byte("<rss>"))
	case Malformed:
		_, _ = w.Write([]byte("\x00\xff<rss><channel><item><<<&&&;\x80"))
	case LongHeader:
		w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		w.WriteHeader(http.StatusOK)
	case Looping:
		http.Redirect(w, r, fmt.Sprintf("/loop%d", len(h.Visits())%2), http.StatusFound)
	case ToFile:
		w.Header().Set("Location", "file:///etc/hostname")
		w.WriteHeader(http.StatusMovedPermanently)
	case Resetting:
		panic(http.ErrAbortHandler)
	case Failing:
		w.WriteHeader(http.StatusInternalServerError)
	case GoneFeed:
		w.WriteHeader(http.StatusGone)
	default:
		return false
	}
	return true
}

// wait keeps a request waiting until it ends or the city lets go.
func (h *CityHost) wait(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-h.city.released:
	}
}

// alive pauses and reports whether the request is still to be kept waiting.
func (h *CityHost) alive(r *http.Request, pause time.Duration) bool {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-r.Context().Done():
		return false
	case <-h.city.released:
		return false
	case <-t.C:
		return true
	}
}

func (h *CityHost) feed(w http.ResponseWriter, r *http.Request) {
	if h.Manner == Redirecting && r.URL.Path == "/feed" {
		http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
		return
	}
	items := h.Items
	switch {
	case h.Manner == EmptyFeed:
		items = nil
	case h.Manner == HalfLinks:
		items = append([]string{"/missing"}, items...)
	case h.Manner == CutFeed:
		items = append(items[:len(items):len(items)], "/cut")
	case r.URL.Path == "/feed1":
		items = items[:1]
	case r.URL.Path == "/feed2":
		items = items[1:]
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>` + h.Name + `</title>`)
	for _, path := range items {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s</link><pubDate>Mon, 08 Dec 2014 10:00:00 GMT</pubDate></item>`, h.Title(path), h.address(path))
	}
	text := b.String() + `</channel></rss>`
	if h.Manner == CutFeed {
		text = text[:strings.LastIndex(text, "<pubDate>")]
	}
	h.send(w, r, "application/rss+xml", text)
}

func (h *CityHost) page(w http.ResponseWriter, r *http.Request, before int) {
	path := r.URL.Path
	switch {
	case h.Manner == Redirecting && strings.HasPrefix(path, "/item/"):
		http.Redirect(w, r, "/now"+path, http.StatusFound)
		return
	case h.Manner == Flapping && before == 0:
		w.WriteHeader(http.StatusInternalServerError)
		return
	case h.Manner == DeepPages:
		h.send(w, r, "text/html", strings.Repeat("<div>", 100_000))
		return
	case !strings.Contains(path, "/item/"):
		w.WriteHeader(http.StatusNotFound)
		return
	}
	padding := ""
	if h.Manner == LongPages {
		padding = "<script>" + strings.Repeat("var x = 1;\n", 60_000) + "</script>"
	}
	h.send(w, r, "text/html", fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%[1]s</title></head><body>%[2]s
<article><h1>%[1]s</h1><p>The press office %[3]s said on Monday that its centre for %[4]s will open next year, and that the heads of all
departments signed the paper in the evening.</p><p>Details of %[4]s are to follow within the month, the office added, and
invitations will go out to the members of the network of %[3]s.</p></article></body></html>`,
		h.Title(path), padding, h.Name, strings.TrimPrefix(path, "/now")))
}

// Title is the headline of a page.
func (h *CityHost) Title(path string) string {
	return fmt.Sprintf("%s reports on %s", strings.TrimSuffix(h.Name, ".city.test"), strings.TrimPrefix(path, "/now"))
}

func (h *CityHost) send(w http.ResponseWriter, r *http.Request, kind, text string) {
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	switch h.Manner {
	case Unhurried:
		h.alive(r, 300*time.Millisecond)
	case Compressed:
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(pack(strings.NewReader(text)))
		return
	}
	_, _ = io.WriteString(w, text) // the reader may have gone
}

func pack(r io.Reader) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = io.Copy(z, r) // to memory
	_ = z.Close()
	return out.Bytes()
}

// zeros reads as zeros without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
