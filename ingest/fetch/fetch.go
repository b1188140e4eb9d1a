// Package fetch reads pages from other people's servers as a guest should. It
// promises an honest name with a contact, obedience to robots.txt (RFC 9309),
// a pace and a number of connections per host, conditional requests, and
// respect for Retry-After; and it promises its own side bounded time, bounded
// bodies after decompression, bounded redirects, no cookies, and no
// connection to a private address unless the source was marked local, which
// is checked at the moment of connecting.
package fetch

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/charset"
	"github.com/dateline-news/dateline/ingest/compression"
	"github.com/dateline-news/dateline/internal/publicnet"
)

// Defaults of Options.
const (
	DefaultTimeout   = 30 * time.Second
	DefaultMaxBody   = 8 << 20
	DefaultRedirects = 5
	DefaultPace      = time.Second
	DefaultPerHost   = 2
)

// Options configure a Fetcher. Zero values mean the defaults above.
type Options struct {
	// UserAgent is the product name, then a way to reach its operator:
	// "Dateline/1.0 (+https://example.org/bot; desk@example.org)". The product
	// name is what robots.txt files are matched with.
	UserAgent string
	// Timeout bounds one request from connecting to the last byte, without the
	// wait for the host's turn.
	Timeout time.Duration
	// MaxBody bounds a body in bytes, after decompression.
	MaxBody int64
	// MaxRedirects bounds the hops of one Get.
	MaxRedirects int
	// Pace is the least time between the starts of two requests to one host,
	// and PerHost the most requests in flight to it. A Crawl-delay in
	// robots.txt makes the pace slower.
	Pace    time.Duration
	PerHost int
	// Turns shares the turns of hosts with other processes; nil means that
	// this process is the only one.
	Turns Turns
	// Resolver looks up the hosts; nil means the system's.
	Resolver *net.Resolver
	// Done is told of every request when it is over; nil means nobody is. It
	// must not keep the body.
	Done func(Fetched)
	// WholeAnswers reads the bodies of redirects and errors as well, for Done.
	WholeAnswers bool
	// Now is the clock; nil means time.Now.
	Now    func() time.Time
	Logger *slog.Logger
}

// Fetched is a request that is over, redirects and robots.txt included.
type Fetched struct {
	URL string
	// Status and Header are those of the answer, 0 and nil without one.
	Status int
	Header http.Header
	// Body is the decompressed body as far as it was taken, and Truncated why
	// that is not all of it, "" when it is.
	Body      []byte
	Truncated string
	// Bytes is the length of Body.
	Bytes int
	// Began is when the request was sent, Took how long it was under way.
	Began time.Time
	Took  time.Duration
	// Err is what went wrong; nil for an answer that is of use.
	Err error
	// Note is that of the Request.
	Note any

	held *held
}

// Fetcher fetches. It is safe for concurrent use and shares its knowledge of
// hosts among all who use it.
type Fetcher struct {
	opts   Options
	public *http.Client
	local  *http.Client
	hosts  *hosts
	robots *robotsCache
	places *places
}

// New returns a Fetcher.
func New(opts Options) *Fetcher {
	if opts.UserAgent == "" {
		opts.UserAgent = "Dateline/1.0 (+https://github.com/dateline-news/dateline)"
	}
	setDefault(&opts.Timeout, DefaultTimeout)
	setDefault(&opts.MaxBody, DefaultMaxBody)
	setDefault(&opts.MaxRedirects, DefaultRedirects)
	setDefault(&opts.Pace, DefaultPace)
	setDefault(&opts.PerHost, DefaultPerHost)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	return &Fetcher{
		opts:   opts,
		public: publicnet.NewClient(publicnet.IsPublic, opts.Resolver),
		local:  publicnet.NewClient(nil, opts.Resolver),
		hosts:  newHosts(opts.Now, opts.PerHost),
		robots: &robotsCache{entries: map[string]robotsEntry{}},
		places: newPlaces(),
	}
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Request is one page to get.
type Request struct {
	URL string
	// ETag and LastModified make the request conditional: they are those of
	// the copy that is held.
	ETag, LastModified string
	// Accept is the Accept header, "" for a page.
	Accept string
	// Local allows private, loopback and link-local addresses, and needs no
	// pace unless Pace says so, because the host is the operator's own.
	Local bool
	// Pace replaces Options.Pace; 0 means that. A Crawl-delay that is slower
	// is followed all the same.
	Pace time.Duration
	// Note goes with the request to Options.Done.
	Note any

	// cut is where a longer body is cut off, in bytes; 0 makes it an error.
	cut int64
}

// Response is a page that was got.
type Response struct {
	// URL is the address that answered, after redirects.
	URL string
	// MovedTo is the address to use from now on, when every redirect on the
	// way was permanent; else "".
	MovedTo string
	// NotModified says that the held copy is current; there is no body.
	NotModified        bool
	ETag, LastModified string
	ContentType        string
	// Body is decompressed and in the encoding of the server.
	Body []byte

	held *held
}

// Release says that the body is no longer needed, so that other long ones can
// be read. A response that is dropped without it is released when the memory
// is collected.
func (r *Response) Release() {
	if r.held != nil {
		r.held.release()
	}
}

// Text returns the body as UTF-8.
func (r *Response) Text() (string, error) {
	text, _, err := charset.Decode(r.Body, r.ContentType)
	if err != nil {
		return "", fmt.Errorf("%s: %w", r.URL, err)
	}
	return text, nil
}

// Get fetches one page. Every error is an *Error, but for those of
// Options.Turns.
func (f *Fetcher) Get(ctx context.Context, req Request) (*Response, error) {
	address, permanent := req.URL, true
	for hop := 0; ; hop++ {
		u, err := checkAddress(address)
		if err != nil {
			return nil, err
		}
		if err := f.allowed(ctx, u, req); err != nil {
			return nil, err
		}
		resp, next, err := f.once(ctx, u, req)
		if err != nil {
			return nil, err
		}
		if next == nil {
			if hop > 0 && permanent {
				resp.MovedTo = resp.URL
			}
			return resp, nil
		}
		if hop == f.opts.MaxRedirects {
			return nil, &Error{URL: req.URL, Kind: ErrRedirects, Detail: fmt.Sprintf("gave up after %d", hop)}
		}
		address, permanent = next.to, permanent && next.permanent
	}
}

// checkAddress takes http and https alone.
func checkAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, &Error{URL: address, Kind: ErrAddress, Err: err}
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, &Error{URL: address, Kind: ErrAddress, Detail: "want http:// or https:// and a host"}
	}
	u.Fragment, u.User = "", nil
	return u, nil
}

// redirect is where a server sends us.
type redirect struct {
	to        string
	permanent bool
}

// visit is a request's turn at a host.
type visit struct {
	pace              time.Duration
	answered, release func()
}

// trace tells the turn what becomes of the request. The transport sends one
// again whose connection broke before an answer came: that is asking the host
// a second time, and keeps the pace.
func (v visit) trace(ctx context.Context) context.Context {
	tries := 0
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotFirstResponseByte: v.answered,
		GotConn: func(httptrace.GotConnInfo) {
			if tries++; tries > 1 {
				_ = sleep(ctx, v.pace) // the request itself sees that ctx is over
			}
		},
	})
}

// enter waits for the host's turn, in this process and then among all.
func (f *Fetcher) enter(ctx context.Context, u *url.URL, req Request) (visit, error) {
	pace := req.Pace
	if pace == 0 && !req.Local {
		pace = f.opts.Pace
	}
	pace = max(pace, f.robots.delay(u))
	own, err := f.hosts.enter(ctx, u, pace)
	if err != nil {
		return visit{}, err
	}
	if f.opts.Turns == nil || pace == 0 {
		return visit{pace, own.answered, own.release}, nil
	}
	release, closed, err := f.opts.Turns.Enter(ctx, u.Host, pace)
	switch {
	case err != nil:
		own.release()
		return visit{}, err
	case closed > 0:
		own.release()
		return visit{}, closedError(u, closed)
	}
	return visit{pace, own.answered, func() { release(); own.release() }}, nil
}

// once makes one request, when the host's turn has come.
func (f *Fetcher) once(ctx context.Context, u *url.URL, req Request) (*Response, *redirect, error) {
	turn, err := f.enter(ctx, u, req)
	if err != nil {
		return nil, nil, err
	}
	defer turn.release()
	done := Fetched{URL: u.String(), Began: f.opts.Now(), Note: req.Note}
	began := time.Now()
	resp, next, err := f.send(turn.trace(ctx), u, req, &done)
	if f.opts.Done != nil {
		done.Took, done.Err, done.Bytes = time.Since(began), err, len(done.Body)
		f.opts.Done(done)
	}
	if resp == nil && done.held != nil {
		done.held.release()
	}
	return resp, next, err
}

// send makes the request and notes the answer in done.
func (f *Fetcher) send(ctx context.Context, u *url.URL, req Request, done *Fetched) (*Response, *redirect, error) {
	ctx, cancel := context.WithTimeout(ctx, f.opts.Timeout)
	defer cancel()
	httpReq, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, &Error{URL: u.String(), Kind: ErrAddress, Err: err}
	}
	f.setHeader(httpReq.Header, req)
	httpResp, err := f.client(req.Local).Do(httpReq)
	if err != nil {
		return nil, nil, transportError(u.String(), f.opts.Timeout, err)
	}
	defer httpResp.Body.Close()
	done.Status, done.Header = httpResp.StatusCode, httpResp.Header
	return f.read(ctx, httpResp, u, req.cut, done)
}

func (f *Fetcher) client(local bool) *http.Client {
	if local {
		return f.local
	}
	return f.public
}

func (f *Fetcher) setHeader(h http.Header, req Request) {
	accept := req.Accept
	if accept == "" {
		accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
	}
	h.Set("User-Agent", f.opts.UserAgent)
	h.Set("Accept", accept)
	h.Set("Accept-Encoding", compression.Accepted)
	if req.ETag != "" {
		h.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		h.Set("If-Modified-Since", req.LastModified)
	}
}

// read turns the server's answer into a Response, a redirect or an error, and
// notes its body in done.
func (f *Fetcher) read(ctx context.Context, r *http.Response, u *url.URL, cut int64, done *Fetched) (*Response, *redirect, error) {
	if r.StatusCode != http.StatusTooManyRequests && r.StatusCode != http.StatusServiceUnavailable {
		f.hosts.answered(u)
	}
	out := &Response{
		URL: u.String(), ContentType: r.Header.Get("Content-Type"),
		ETag: r.Header.Get("ETag"), LastModified: r.Header.Get("Last-Modified"),
	}
	switch {
	case r.StatusCode == http.StatusNotModified:
		out.NotModified = true
		return out, nil, nil
	case isRedirect(r.StatusCode):
		f.readErrorPage(ctx, r, done)
		to, err := u.Parse(r.Header.Get("Location"))
		if err != nil || r.Header.Get("Location") == "" {
			return nil, nil, &Error{URL: u.String(), Kind: ErrRedirects, Status: r.StatusCode, Detail: "the server redirects to nowhere"}
		}
		permanent := r.StatusCode == http.StatusMovedPermanently || r.StatusCode == http.StatusPermanentRedirect
		return nil, &redirect{to.String(), permanent}, nil
	case r.StatusCode != http.StatusOK:
		f.readErrorPage(ctx, r, done)
		return nil, nil, f.statusError(ctx, r, u)
	}
	body, err := f.readBody(ctx, r, f.opts.MaxBody, cut)
	done.take(body, err)
	if err != nil {
		return nil, nil, bodyError(u.String(), f.opts, err)
	}
	out.Body, out.held = body.body, body
	if len(body.places) > 0 {
		runtime.AddCleanup(out, (*held).release, body)
	}
	return out, nil, nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// isChallenge reports whether one of the usual services says that it wants
// proof that no program is reading.
func isChallenge(h http.Header) bool {
	return strings.EqualFold(h.Get("Cf-Mitigated"), "challenge") || h.Get("X-Amzn-Waf-Action") != "" || strings.EqualFold(h.Get("X-Datadome"), "protected")
}

// statusError describes an answer that is no page, and closes the host for as
// long as it asks for.
func (f *Fetcher) statusError(ctx context.Context, r *http.Response, u *url.URL) error {
	e := &Error{URL: u.String(), Kind: ErrStatus, Status: r.StatusCode}
	if isChallenge(r.Header) {
		e.Detail = "a bot wall; it asks for proof that no program is reading"
	}
	if r.StatusCode != http.StatusTooManyRequests && r.StatusCode != http.StatusServiceUnavailable {
		return e
	}
	e.Kind = ErrBusy
	e.RetryAfter = f.hosts.refuse(u, retryAfter(r.Header.Get("Retry-After"), f.opts.Now()))
	if f.opts.Turns != nil {
		if err := f.opts.Turns.Close(ctx, u.Host, f.opts.Now().Add(e.RetryAfter)); err != nil {
			f.opts.Logger.Warn("other processes are not told that a host asks for peace", "host", u.Host, "error", err)
		}
	}
	return e
}
