package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/news"
)

// longestPoll bounds one poll, so that a slow source is heard of in between.
// What it leaves is read by the next.
const longestPoll = 20 * time.Minute

// pollList reads the source's list and every item in it that is new, changed
// or due for another look. Its error is one of the list, or of the bus; the
// faults of single items go to the status.
func (r *runner) pollList(ctx context.Context) error {
	r.now.Error, r.now.Note = "", ""
	list, err := r.list(ctx)
	if errors.Is(err, feed.ErrEmpty) {
		r.now.Items, r.now.Note = 0, sentence(err)
		return nil
	}
	if err != nil {
		return err
	}
	r.now.Items = len(list)
	round := newRound(r.source.limit(), r.Now().Add(longestPoll))
	// Oldest first, so that reports are published in their order.
	for _, item := range slices.Backward(list) {
		if err := r.visit(ctx, item, round); err != nil {
			return err
		}
	}
	r.now.Error = round.sentence()
	r.now.Note = joinNotes(r.now.Note, round.note())
	r.rest, r.again = round.restOf(r.address()), round.again()
	return r.pruneItems(ctx)
}

// address is where the list is: where the publisher moved it for good, if so.
func (r *runner) address() string { return cmp.Or(r.now.MovedTo, r.source.URL) }

// list returns the source's items, newest first as agencies list them.
func (r *runner) list(ctx context.Context) ([]feed.Item, error) {
	first := r.now.LastSuccess.IsZero()
	held, err := r.held(ctx, r.address())
	if err != nil {
		return nil, err
	}
	resp, err := r.Fetcher.Get(ctx, r.request(r.address(), held.ETag, held.LastModified, listAccept))
	if err != nil {
		r.now.MovedTo = ""
		return nil, err
	}
	defer resp.Release()
	if resp.NotModified {
		return held.Items, nil
	}
	if resp.MovedTo != "" {
		r.now.MovedTo = resp.MovedTo
	}
	list, err := r.parse(ctx, resp)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", resp.URL, err)
	}
	r.now.Note = list.Damage
	items := list.Items
	if !first {
		items = r.followPages(ctx, list)
	}
	return items, r.hold(ctx, heldList{URL: r.address(), ETag: resp.ETag, LastModified: resp.LastModified, Items: items})
}

// request asks for a page of the source.
func (r *runner) request(address, etag, modified, accept string) fetch.Request {
	return fetch.Request{
		URL: address, ETag: etag, LastModified: modified, Accept: accept,
		Local: r.source.Local, Pace: r.source.pace(),
	}
}

// listAccept is the Accept header for lists of every kind.
const listAccept = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"

func (r *runner) parse(ctx context.Context, resp *fetch.Response) (list *feed.List, err error) {
	if r.source.kind() == KindSitemap {
		return r.latest(ctx, resp)
	}
	err = r.read(ctx, func() error {
		list, err = r.parseNow(resp)
		return err
	})
	return list, err
}

func (r *runner) parseNow(resp *fetch.Response) (*feed.List, error) {
	if r.source.kind() == KindFeed {
		return feed.Parse(resp.Body, resp.ContentType, resp.URL, r.location)
	}
	html, err := resp.Text()
	if err != nil {
		return nil, err
	}
	return feed.ParseListing(html, resp.URL, r.source.Selectors, r.location, r.source.Language)
}

// maxPages bounds the further pages of a listing that are read in one poll.
const maxPages = 4

// followPages reads the listing's further pages while every item on the last
// one is new, so that a long pause leaves no gap.
func (r *runner) followPages(ctx context.Context, list *feed.List) []feed.Item {
	items := list.Items
	for range maxPages {
		if list.Next == "" || r.knowsAny(ctx, list.Items) {
			break
		}
		resp, err := r.Fetcher.Get(ctx, r.request(list.Next, "", "", ""))
		if err != nil {
			r.log.Warn("the next page of the list could not be read", "error", err)
			break
		}
		list, err = r.parse(ctx, resp)
		resp.Release()
		if err != nil {
			break
		}
		items = append(items, list.Items...)
	}
	return items
}

func (r *runner) knowsAny(ctx context.Context, items []feed.Item) bool {
	return slices.ContainsFunc(items, func(it feed.Item) bool {
		var known itemState
		revision, err := load(ctx, r.state.seen, itemKey(r.source.Name, it.Key()), &known)
		return err != nil || revision > 0
	})
}

// visit reads the item when there is a reason to.
func (r *runner) visit(ctx context.Context, item feed.Item, round *round) error {
	key := itemKey(r.source.Name, item.Key())
	var known itemState
	if _, err := load(ctx, r.state.seen, key, &known); err != nil {
		return err
	}
	why := r.reason(item, known)
	if why == leave {
		return r.keep(ctx, key, known)
	}
	if why == wait || !round.admits(item, why, r.Now()) {
		round.wait(why)
		return nil
	}
	switch {
	case why == read:
		// The feed says that there is something new: the held copy is no answer.
		known.ETag, known.LastModified = "", ""
	case readTooSoon(item, known.Read, r.Now()):
		known.LastModified = "" // no finer than the list's own time
	}
	return r.readItem(ctx, key, item, known, round)
}

// reason is why an item is read, or left.
type reason int

const (
	leave   reason = iota // nothing new is expected
	wait                  // it failed, and is tried again later
	recheck               // it is time to ask for changes
	read                  // it is new, or the list says something new of it
)

// Rechecks end some time after an item was first read, and only so many are
// made in one poll.
const (
	recheckLife = 48 * time.Hour
	maxRechecks = 10
)

func (r *runner) reason(item feed.Item, known itemState) reason {
	now := r.Now()
	switch {
	case known.Gone:
		return leave
	case known.Fingerprint != item.Fingerprint():
		return read
	case known.Final:
		return leave
	case known.Failures > 0 && now.Before(known.Retry):
		return wait
	case known.Failures > 0:
		return read
	case item.URL != "" && readTooSoon(item, known.Read, now):
		return recheck
	case r.recheck == 0 || item.URL == "" || now.Sub(known.First) > recheckLife:
		return leave
	case now.Sub(known.Read) >= max(r.recheck, known.Read.Sub(known.First)):
		return recheck
	}
	return leave
}

// readTooSoon reports whether the page was read while it could still be edited
// without the list saying anything new: an edit within the second, or the
// minute, of the time that the list gives leaves the list as it was. Such a
// page is read once more when that time is over.
func readTooSoon(item feed.Item, last, now time.Time) bool {
	stamp := item.Published
	if item.Updated.After(stamp) {
		stamp = item.Updated
	}
	if stamp.IsZero() {
		return false
	}
	end := stamp.Add(time.Second)
	if stamp.Second() == 0 {
		end = stamp.Add(time.Minute) // most agencies give no seconds
	}
	return last.Before(end) && !now.Before(end)
}

// readItem fetches, extracts and publishes one item, and notes the outcome.
func (r *runner) readItem(ctx context.Context, key string, item feed.Item, known itemState, round *round) error {
	now := r.Now()
	if known.First.IsZero() {
		known.First = now
		if r.since.IsZero() { // the past says nothing of the source's rhythm
			r.noteArrival(item)
		}
	}
	known.URL, known.Fingerprint, known.Listed = item.URL, item.Fingerprint(), now
	report, err := r.safely(item, func() (*news.Report, error) { return r.fetchReport(ctx, item, &known) })
	if err == nil && report != nil {
		err = r.publishItem(ctx, report, &known)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	r.now.Faults.add(isOfItem(err))
	if round.rests(item, err) {
		return nil // the fault is the host's, and the item as it was
	}
	if isOfItem(err) {
		r.note(&known, err, round)
		return save(ctx, r.state.seen, key, known)
	}
	if err != nil {
		return err
	}
	known.Read, known.Failures, known.Retry, known.Final, known.Error = now, 0, time.Time{}, false, ""
	return save(ctx, r.state.seen, key, known)
}

// publishItem publishes the item's report when the item yields something
// else than at the last reading. An article that another source of the same
// agency brought first stays with that source until this one sees it change,
// since the two may read the same page in different ways.
func (r *runner) publishItem(ctx context.Context, report *news.Report, known *itemState) error {
	hash := report.HashContent()
	if r.tooOld(report) {
		return nil
	}
	if known.Report == "" {
		owner, err := r.owner(ctx, report.ID)
		if err != nil {
			return err
		}
		if owner != "" && owner != r.source.Name {
			known.Report, known.Hash = report.ID, hash
			return nil
		}
	}
	if known.Hash == hash {
		return nil
	}
	published, err := r.publish(ctx, report)
	if err != nil {
		return err
	}
	if published {
		r.now.Published++
		r.now.LastPublished = report.Seen
		r.noteMissing(report)
	}
	known.Report, known.Hash = report.ID, hash
	return nil
}

// owner is the source that published the report last, "" for none.
func (r *runner) owner(ctx context.Context, id string) (string, error) {
	var last reportState
	_, err := load(ctx, r.state.seen, reportKey(id), &last)
	return last.Source, err
}

// maxFailures is how often an item is tried before it is given up.
const maxFailures = 12

// note writes a failed try into what is known of the item.
func (r *runner) note(known *itemState, err error, round *round) {
	known.Failures++
	known.Error = sentence(err)
	known.ETag, known.LastModified = "", ""
	known.Final = isFinal(err) || known.Failures >= maxFailures
	known.Gone = isGone(err)
	known.Retry = r.retryItem(known.Failures, err)
	if known.Gone {
		round.gone++
		r.now.Gone++
		r.log.Info("item is gone for good and is not asked for again", "url", known.URL)
		return
	}
	if round.failed == 0 {
		round.fault = err
	}
	round.failed++
	r.log.Warn("item could not be read", "url", known.URL, "error", err, "failures", known.Failures, "final", known.Final)
}

// retryItem is when a failed item is tried again: at the next two polls, then
// after waits that double.
func (r *runner) retryItem(failures int, err error) time.Time {
	now := r.Now()
	var e *fetch.Error
	errors.As(err, &e)
	if e != nil && e.RetryAfter > 0 {
		return now.Add(e.RetryAfter)
	}
	if failures <= 2 {
		return now
	}
	return now.Add(min(time.Minute<<(failures-3), 6*time.Hour))
}
