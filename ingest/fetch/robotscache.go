package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/dateline-news/dateline/ingest/charset"
)

// How long a robots.txt file is trusted (RFC 9309, 2.4: not above a day), and
// how soon one that could not be read is asked for again.
const (
	robotsLife  = 12 * time.Hour
	robotsRetry = time.Minute
)

// manyRobots is how many files are remembered before old ones are dropped.
const manyRobots = 4096

type robotsCache struct {
	mu      sync.Mutex
	entries map[string]robotsEntry
}

// robotsEntry is the file of one site, or the error of reading it.
type robotsEntry struct {
	robots *robots
	err    error
	until  time.Time
}

func (c *robotsCache) get(site string, now time.Time) (robotsEntry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[site]
	return e, ok && now.Before(e.until)
}

func (c *robotsCache) put(site string, e robotsEntry, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) >= manyRobots {
		for s, old := range c.entries {
			if now.After(old.until) {
				delete(c.entries, s)
			}
		}
	}
	c.entries[site] = e
}

// delay is the Crawl-delay of the page's site, as far as it is known.
func (c *robotsCache) delay(u *url.URL) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[siteOf(u)]; ok && e.robots != nil {
		return e.robots.delay
	}
	return 0
}

func siteOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

// allowed returns nil when robots.txt lets us fetch the page.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL, local bool) error {
	site := siteOf(u)
	e, ok := f.robots.get(site, f.opts.Now())
	if !ok {
		e = f.readRobots(ctx, u, local)
		if ctx.Err() == nil {
			f.robots.put(site, e, f.opts.Now())
		}
	}
	switch {
	case e.err != nil:
		return e.err
	case !e.robots.allows(u):
		return &Error{URL: u.String(), Kind: ErrRobots}
	}
	return nil
}

// readRobots fetches the site's file. A 4xx means there are no rules; a 5xx
// or a site that does not answer means that nothing may be fetched for now.
func (f *Fetcher) readRobots(ctx context.Context, u *url.URL, local bool) robotsEntry {
	body, contentType, err := f.robotsFile(ctx, siteOf(u)+"/robots.txt", local)
	now := f.opts.Now()
	if err != nil {
		return robotsOutcome(err, now)
	}
	text, _, err := charset.Decode(body, contentType)
	if err != nil {
		text = ""
	}
	return robotsEntry{robots: parseRobots(text, productName(f.opts.UserAgent)), until: now.Add(robotsLife)}
}

// robotsFile follows redirects to the file itself, as many as for a page.
func (f *Fetcher) robotsFile(ctx context.Context, address string, local bool) (body []byte, contentType string, err error) {
	for hop := 0; hop <= f.opts.MaxRedirects; hop++ {
		u, err := checkAddress(address)
		if err != nil {
			return nil, "", err
		}
		resp, next, err := f.once(ctx, u, Request{URL: address, Local: local, Accept: "text/plain,*/*;q=0.5"})
		if err != nil {
			return nil, "", err
		}
		if next == nil {
			return resp.Body, resp.ContentType, nil
		}
		address = next.to
	}
	return nil, "", &Error{URL: address, Kind: ErrStatus, Status: http.StatusNotFound}
}

func robotsOutcome(err error, now time.Time) robotsEntry {
	var e *Error
	if errors.As(err, &e) && (e.Status >= 400 && e.Status < 500 && e.Kind != ErrBusy || errors.Is(e, ErrRedirects) || errors.Is(e, ErrTooLarge)) {
		return robotsEntry{robots: &robots{}, until: now.Add(robotsLife)}
	}
	return robotsEntry{err: err, until: now.Add(robotsRetry)}
}
