package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/dateline-news/dateline/ingest/charset"
)

// How long a robots.txt file is trusted (RFC 9309, 2.4: not above a day), and
// how soon one that could not be read is asked for again.
const (
	robotsLife  = 12 * time.Hour
	robotsRetry = time.Minute
	// robotsPatience bounds one reading, with the wait for the host's turn.
	robotsPatience = longestLine + 2*time.Minute
)

// manyRobots is how many files are remembered before old ones are dropped.
const manyRobots = 4096

type robotsCache struct {
	flights singleflight.Group
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
func (f *Fetcher) allowed(ctx context.Context, u *url.URL, req Request) error {
	site := siteOf(u)
	e, ok := f.robots.get(site, f.opts.Now())
	if !ok {
		var err error
		if e, err = f.refreshRobots(ctx, u, req); err != nil {
			return err
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

// refreshRobots reads the site's file once for all who wait for it. The
// reading goes on when one of them gives up.
func (f *Fetcher) refreshRobots(ctx context.Context, u *url.URL, req Request) (robotsEntry, error) {
	site := siteOf(u)
	read := f.robots.flights.DoChan(site, func() (any, error) {
		// Whoever came just too late finds what the one before has read.
		now := f.opts.Now()
		old, fresh := f.robots.get(site, now)
		if fresh {
			return old, nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), robotsPatience)
		defer cancel()
		e, err := f.readRobots(ctx, u, req)
		if err != nil {
			return robotsEntry{}, err
		}
		if e.err != nil && old.robots != nil {
			// RFC 9309, 2.4: while the file cannot be reached, the copy may
			// be used beyond its time.
			e = robotsEntry{robots: old.robots, until: e.until}
		}
		f.robots.put(site, e, f.opts.Now())
		return e, nil
	})
	select {
	case <-ctx.Done():
		return robotsEntry{}, transportError(u.String(), 0, context.Cause(ctx))
	case result := <-read:
		if result.Err != nil {
			return robotsEntry{}, result.Err
		}
		return result.Val.(robotsEntry), nil
	}
}

// readRobots fetches the site's file. A 4xx means there are no rules; a 5xx
// or a site that does not answer means that nothing may be fetched for now.
// Its own error says that the host could not even be asked.
func (f *Fetcher) readRobots(ctx context.Context, u *url.URL, req Request) (robotsEntry, error) {
	body, contentType, err := f.robotsFile(ctx, siteOf(u)+"/robots.txt", req)
	now := f.opts.Now()
	if err != nil {
		var e *Error
		if !errors.As(err, &e) {
			return robotsEntry{}, err
		}
		return robotsOutcome(err, now), nil
	}
	if len(body) >= maxRobots {
		body = body[:bytes.LastIndexByte(body, '\n')+1] // half a rule is another rule
	}
	text, _, err := charset.Decode(body, contentType)
	if err != nil {
		text = ""
	}
	return robotsEntry{robots: parseRobots(text, productName(f.opts.UserAgent)), until: now.Add(robotsLife)}, nil
}

// robotsFile follows redirects to the file itself, as many as for a page.
func (f *Fetcher) robotsFile(ctx context.Context, address string, req Request) (body []byte, contentType string, err error) {
	for hop := 0; hop <= f.opts.MaxRedirects; hop++ {
		u, err := checkAddress(address)
		if err != nil {
			return nil, "", err
		}
		resp, next, err := f.once(ctx, u, Request{URL: address, Local: req.Local, Pace: req.Pace, Accept: "text/plain,*/*;q=0.5", cut: maxRobots})
		if err != nil {
			return nil, "", err
		}
		if next == nil {
			defer resp.Release()
			return resp.Body, resp.ContentType, nil
		}
		address = next.to
	}
	return nil, "", &Error{URL: address, Kind: ErrStatus, Status: http.StatusNotFound}
}

func robotsOutcome(err error, now time.Time) robotsEntry {
	var e *Error
	if errors.As(err, &e) && (e.Status >= 400 && e.Status < 500 && e.Kind != ErrBusy || errors.Is(e, ErrRedirects)) {
		return robotsEntry{robots: &robots{}, until: now.Add(robotsLife)}
	}
	wait := robotsRetry
	if e != nil {
		wait = max(wait, e.RetryAfter)
	}
	return robotsEntry{err: err, until: now.Add(wait)}
}
