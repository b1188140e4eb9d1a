package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dateline-news/dateline/ingest/discover"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/sitemap"
	"github.com/dateline-news/dateline/news"
)

// Progress is how far a backfill has come.
type Progress struct {
	// Lists counts the archive pages and sitemaps that were read, Listed the
	// items in them that may be new enough, and Done those that were dealt with.
	Lists, Listed, Done int
	// Published counts the revisions that were published, Failed the items
	// that could not be read.
	Published, Failed int
	// Current is what is being read.
	Current string
}

// backfillState is how far a backfill had come when it was stopped.
type backfillState struct {
	URL   string    `json:"url"`
	Since time.Time `json:"since"`
	// Lists are the archive pages and sitemaps of which every item was dealt
	// with. The items of the one under way are in the seen bucket.
	Lists []string `json:"lists,omitempty"`
}

func backfillKey(name string) string { return "backfill." + name }

// maxArchivePages bounds the pages of a list that are followed into the past.
const maxArchivePages = 10_000

// Backfill publishes what a source has published since a time: it follows its
// list's further pages into the past and, where the site has sitemaps, reads
// these. It goes on where an earlier one of the same source and time was
// stopped. progress is told after each item; nil is no one. Reports of a page
// that gives no time, or one before since, are left out.
func Backfill(ctx context.Context, s Source, since time.Time, progress func(Progress), opts Options) (Progress, error) {
	if err := s.Validate(); err != nil {
		return Progress{}, err
	}
	if s.kind() == KindInbox {
		return Progress{}, fmt.Errorf("source %q: a folder has no past; put the files into it", s.Name)
	}
	opts = opts.withDefaults()
	state, err := openStore(ctx, opts.Bus, opts.Logger)
	if err != nil {
		return Progress{}, fmt.Errorf("open the state of ingestion: %w", err)
	}
	r, err := newRunner(s, newDesk(opts, state))
	if err != nil {
		return Progress{}, err
	}
	b := &backfill{runner: r, since: since, report: progress}
	if b.report == nil {
		b.report = func(Progress) {}
	}
	return b.run(ctx)
}

type backfill struct {
	*runner
	since  time.Time
	report func(Progress)
	p      Progress
	known  backfillState
}

func (b *backfill) run(ctx context.Context) (Progress, error) {
	if err := b.remember(ctx); err != nil {
		return b.p, err
	}
	key := backfillKey(b.source.Name)
	if _, err := load(ctx, b.state.poll, key, &b.known); err != nil && !errors.Is(err, errUnreadable) {
		return b.p, err
	}
	if b.known.URL != b.source.URL || !b.known.Since.Equal(b.since) {
		b.known = backfillState{URL: b.source.URL, Since: b.since}
	}
	b.runner.since = b.since
	if err := b.archive(ctx); err != nil {
		return b.p, err
	}
	// All was read: another run begins anew, and finds what came meanwhile.
	return b.p, save(ctx, b.state.poll, key, backfillState{})
}

// archive reads the source's own list into the past, then the sitemaps of its
// site.
func (b *backfill) archive(ctx context.Context) error {
	resp, err := b.Fetcher.Get(ctx, b.request(b.address(), "", "", listAccept))
	if err != nil {
		return err
	}
	if b.source.kind() == KindSitemap {
		return b.sitemaps(ctx, document(resp))
	}
	list, err := b.parse(ctx, resp)
	if err != nil && !errors.Is(err, feed.ErrEmpty) {
		return fmt.Errorf("%s: %w", resp.URL, err)
	}
	if err == nil {
		if err := b.pages(ctx, resp.URL, list); err != nil {
			return err
		}
	}
	finder := &discover.Finder{Get: b.sitemapGet(), Now: b.Now}
	for _, address := range finder.Sitemaps(ctx, resp.URL) {
		doc, err := b.sitemapGet()(ctx, address)
		if err != nil {
			b.log.Warn("a sitemap could not be read", "url", address, "error", err)
			continue
		}
		if err := b.sitemaps(ctx, doc); err != nil {
			return err
		}
	}
	return nil
}

// pages follows a list's further pages until one holds nothing new enough.
func (b *backfill) pages(ctx context.Context, address string, list *feed.List) error {
	seen := map[string]bool{}
	for range maxArchivePages {
		seen[address] = true
		// The first page changes all the time: it is never done with.
		if err := b.list(ctx, address, list.Items, len(seen) > 1); err != nil {
			return err
		}
		if list.Next == "" || seen[list.Next] || allBefore(list.Items, b.since) {
			return nil
		}
		resp, err := b.Fetcher.Get(ctx, b.request(list.Next, "", "", listAccept))
		if err != nil {
			return fmt.Errorf("the archive page %s: %w; run the backfill again to go on from there", list.Next, err)
		}
		address = list.Next
		list, err = b.parse(ctx, resp)
		resp.Release()
		if errors.Is(err, feed.ErrEmpty) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the archive page %s: %w", resp.URL, err)
		}
	}
	return nil
}

// allBefore reports whether every item has a time, and one before since.
func allBefore(items []feed.Item, since time.Time) bool {
	return !slices.ContainsFunc(items, func(it feed.Item) bool {
		t := sitemap.Changed(it)
		return t.IsZero() || !t.Before(since)
	})
}

func (b *backfill) sitemaps(ctx context.Context, root *sitemap.Document) error {
	w := &sitemap.Walker{Get: b.sitemapGet(), Zone: b.location, Since: b.since}
	return w.Walk(ctx, root, func(address string, found *sitemap.Sitemap, err error) error {
		if err != nil {
			b.log.Warn("a sitemap could not be read", "url", address, "error", err)
			b.p.Failed++
			return nil
		}
		return b.list(ctx, address, found.Items, address != root.URL)
	})
}

// list deals with the items of one archive page or sitemap. settled says that
// it can be passed over when the backfill goes on.
func (b *backfill) list(ctx context.Context, address string, items []feed.Item, settled bool) error {
	b.p.Lists++
	b.p.Current = address
	items = slices.DeleteFunc(slices.Clone(items), func(it feed.Item) bool {
		t := sitemap.Changed(it)
		return !t.IsZero() && t.Before(b.since)
	})
	b.p.Listed += len(items)
	if slices.Contains(b.known.Lists, address) {
		b.p.Done += len(items)
		b.report(b.p)
		return nil
	}
	b.report(b.p)
	// Oldest first, so that reports are published in their order.
	for _, item := range slices.Backward(items) {
		if err := b.item(ctx, item); err != nil {
			return err
		}
		b.p.Done++
		b.report(b.p)
	}
	if !settled {
		return nil
	}
	b.known.Lists = append(b.known.Lists, address)
	return save(ctx, b.state.poll, backfillKey(b.source.Name), b.known)
}

// hostRest is how long a host that asks to be left alone is waited for at most
// before the backfill is stopped.
const hostRest = 10 * time.Minute

// item reads an item that is not known as it is.
func (b *backfill) item(ctx context.Context, item feed.Item) error {
	key := itemKey(b.source.Name, item.Key())
	var known itemState
	if _, err := load(ctx, b.state.seen, key, &known); err != nil {
		return err
	}
	if known.Gone || known.Final || !known.Read.IsZero() && known.Fingerprint == item.Fingerprint() {
		return nil
	}
	if !b.waitForRoom(ctx) {
		return context.Cause(ctx)
	}
	before := b.now.Published
	round := newRound(1, b.Now().Add(time.Hour))
	if err := b.readItem(ctx, key, item, known, round); err != nil {
		return err
	}
	b.p.Published += b.now.Published - before
	b.p.Failed += round.failed
	if rest := round.restOf(item.URL); rest > 0 {
		if rest > hostRest {
			return fmt.Errorf("the server of %s asks to be left alone for %s; run the backfill again then, and it goes on from here", item.URL, rest)
		}
		if !pause(ctx, rest) {
			return context.Cause(ctx)
		}
		return b.item(ctx, item)
	}
	return nil
}

// tooOld reports whether a report lies before the time since which a backfill
// publishes, or has no time at all.
func (r *runner) tooOld(report *news.Report) bool {
	if r.since.IsZero() {
		return false
	}
	return report.Published.Before(r.since) && report.Modified.Before(r.since)
}
