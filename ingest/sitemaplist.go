package ingest

import (
	"context"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/sitemap"
)

// latest reads what a poll needs of a sitemap and of those it names.
func (r *runner) latest(ctx context.Context, resp *fetch.Response) (*feed.List, error) {
	root := document(resp)
	// An index may stay as it is while the sitemaps it names change.
	resp.ETag, resp.LastModified = "", ""
	return sitemap.Latest(ctx, r.sitemapGet(), root, r.location, r.Now())
}

// sitemapGet fetches further sitemaps of the source.
func (r *runner) sitemapGet() sitemap.Get {
	return func(ctx context.Context, address string) (*sitemap.Document, error) {
		resp, err := r.Fetcher.Get(ctx, r.request(address, "", "", listAccept))
		if err != nil {
			return nil, err
		}
		return document(resp), nil
	}
}

// document is what a server answered. Its place among the long bodies is given
// back at once: an index that kept one while those it names are read would
// wait for itself.
func document(resp *fetch.Response) *sitemap.Document {
	resp.Release()
	return &sitemap.Document{URL: resp.URL, ContentType: resp.ContentType, Body: resp.Body}
}
