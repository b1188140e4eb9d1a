package ingest

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/ingest/discover"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/news"
)

// Found is a source that a site offers.
type Found struct {
	discover.Found
	// Source is how it is configured; its name is made of the host.
	Source Source
}

// FindSources looks for what a site announces, the best first. local allows
// addresses on the operator's own network. Of opts it needs Contact, MaxBody,
// Now and Logger, or a Fetcher.
func FindSources(ctx context.Context, address string, local bool, opts Options) ([]Found, error) {
	opts = opts.withDefaults()
	opts.Shared = false
	d := newDesk(opts, nil)
	finder := &discover.Finder{Now: opts.Now, Get: func(ctx context.Context, address string) (*discover.Document, error) {
		resp, err := d.Fetcher.Get(ctx, fetch.Request{URL: address, Local: local, Accept: listAccept})
		if err != nil {
			return nil, err
		}
		return document(resp), nil
	}}
	all, err := finder.Find(ctx, address)
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, f := range all {
		out = append(out, Found{Found: f, Source: Source{
			Name: NameOf(f.URL), Agency: f.Title, Kind: f.Kind, URL: f.URL, Language: f.Language, Local: local, Selectors: f.Selectors,
		}})
	}
	return out, nil
}

// NameOf makes a source's name of the host of its address.
func NameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "source"
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "rss.", "feeds.", "feed."} {
		host = strings.TrimPrefix(host, prefix)
	}
	name := news.Slug(host)
	if name = strings.Trim(name[:min(len(name), 50)], "-"); !sourceName.MatchString(name) {
		return "source"
	}
	return name
}

// FreeName returns name, or name with a number that no source has.
func FreeName(name string, sources []Source) string {
	taken := func(name string) bool {
		return strings.EqualFold(name, SourcePush) || slices.ContainsFunc(sources, func(s Source) bool { return strings.EqualFold(s.Name, name) })
	}
	free := name
	for n := 2; taken(free); n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}
