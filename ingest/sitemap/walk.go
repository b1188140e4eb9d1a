package sitemap

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/ingest/feed"
)

// Document is a fetched document.
type Document struct {
	URL, ContentType string
	Body             []byte
}

// Get fetches a document.
type Get func(ctx context.Context, address string) (*Document, error)

// Walker reads a sitemap and the sitemaps it names.
type Walker struct {
	Get  Get
	Zone *time.Location
	// Since leaves out sitemaps and pages that changed last before it; zero
	// leaves out none. What has no time is never left out.
	Since time.Time
	// MaxSitemaps bounds the further sitemaps that are read; 0 means no bound
	// but that of the protocol.
	MaxSitemaps int
}

// maxDepth is how deep indexes may name indexes; the protocol allows one.
const maxDepth = 3

// Walk reads the document root and the sitemaps it names, newest first, and
// hands the pages of each to visit. The fault of a single further sitemap does
// not end the walk: visit gets it. An error of visit does.
func (w *Walker) Walk(ctx context.Context, root *Document, visit func(address string, found *Sitemap, err error) error) error {
	left := cmp.Or(w.MaxSitemaps, maxEntries)
	return w.walk(ctx, root, visit, map[string]bool{root.URL: true}, &left, maxDepth)
}

func (w *Walker) walk(ctx context.Context, doc *Document, visit func(string, *Sitemap, error) error, seen map[string]bool, left *int, depth int) error {
	found, err := Parse(doc.Body, doc.ContentType, doc.URL, w.Zone)
	if err != nil {
		return visit(doc.URL, nil, fmt.Errorf("%s: %w", doc.URL, err))
	}
	found.Items = slices.DeleteFunc(found.Items, func(it feed.Item) bool { return w.tooOld(Changed(it)) })
	if err := visit(doc.URL, found, nil); err != nil {
		return err
	}
	if depth == 0 {
		return nil
	}
	for _, child := range newestFirst(found.Children) {
		if seen[child.URL] || w.tooOld(child.Modified) {
			continue
		}
		if *left == 0 {
			return nil
		}
		*left--
		seen[child.URL] = true
		next, err := w.Get(ctx, child.URL)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			err = visit(child.URL, nil, err)
		} else {
			err = w.walk(ctx, next, visit, seen, left, depth-1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *Walker) tooOld(t time.Time) bool { return !t.IsZero() && t.Before(w.Since) }

// newestFirst orders sitemaps: those of news, then the newest; those without
// a time stand behind, in their order.
func newestFirst(children []Child) []Child {
	out := slices.Clone(children)
	slices.SortStableFunc(out, func(a, b Child) int {
		if a, b := isNews(a), isNews(b); a != b {
			if a {
				return -1
			}
			return 1
		}
		return b.Modified.Compare(a.Modified)
	})
	return out
}

func isNews(c Child) bool { return strings.Contains(strings.ToLower(c.URL), "news") }

// Bounds of what a poll takes from sitemaps that list a site's whole past.
const (
	pollSitemaps = 5
	pollAge      = 7 * 24 * time.Hour
	pollUndated  = 1000
)

// Latest reads what a poll needs: the pages of the last days, newest first,
// of the root and of the newest sitemaps it names. Pages without a time are
// taken too, up to a bound.
func Latest(ctx context.Context, get Get, root *Document, zone *time.Location, now time.Time) (*feed.List, error) {
	list := &feed.List{}
	var faults []error
	w := &Walker{Get: get, Zone: zone, Since: now.Add(-pollAge), MaxSitemaps: pollSitemaps}
	read := 0
	err := w.Walk(ctx, root, func(_ string, found *Sitemap, err error) error {
		if err != nil {
			faults = append(faults, err)
			return nil
		}
		read++
		list.Items = append(list.Items, found.Items...)
		list.Damage = cmp.Or(list.Damage, found.Damage)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if read == 0 {
		return nil, errors.Join(faults...)
	}
	if len(faults) > 0 && list.Damage == "" {
		list.Damage = fmt.Sprintf("%d of its sitemaps could not be read, the first: %v", len(faults), faults[0])
	}
	SortNewest(list.Items)
	list.Items = boundUndated(list.Items)
	if len(list.Items) == 0 {
		return nil, fmt.Errorf("%w of the last %d days", feed.ErrEmpty, int(pollAge.Hours()/24))
	}
	return list, nil
}

func boundUndated(items []feed.Item) []feed.Item {
	first := slices.IndexFunc(items, func(it feed.Item) bool { return Changed(it).IsZero() })
	if first < 0 {
		return items
	}
	return items[:min(len(items), first+pollUndated)]
}
