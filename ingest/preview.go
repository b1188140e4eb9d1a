package ingest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/inbox"
	"github.com/dateline-news/dateline/news"
)

// Preview is what a source would publish now.
type Preview struct {
	// Listed is how many items the source lists.
	Listed int
	// Note says what is odd with the list, "" for nothing.
	Note    string
	Entries []Entry
}

// Entry is an item with the report that it yields, or why it yields none.
type Entry struct {
	Item   feed.Item
	Report *news.Report
	Err    error
}

// Missing names what the report lacks that readers and searches need.
func (e Entry) Missing() []string {
	var out []string
	r := e.Report
	for _, field := range []struct {
		name  string
		known bool
	}{
		{"title", r.Title != ""}, {"published", !r.Published.IsZero()}, {"byline", len(r.Byline) > 0},
		{"language", r.Language != ""}, {"url", r.CanonicalURL != ""},
	} {
		if !field.known {
			out = append(out, field.name)
		}
	}
	return out
}

// PreviewSource fetches the source's list and its newest items, at most limit,
// and publishes nothing. Of opts it needs Contact, MaxBody, Now and Logger, or
// a Fetcher. Its error is one of the list; those of items are in their entries.
func PreviewSource(ctx context.Context, s Source, limit int, opts Options) (*Preview, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	opts.Shared = false
	r, err := newRunner(s, newDesk(opts, nil))
	if err != nil {
		return nil, err
	}
	if s.kind() == KindInbox {
		return r.previewFolder(limit)
	}
	resp, err := r.Fetcher.Get(ctx, r.request(s.URL, "", "", listAccept))
	if err != nil {
		return nil, err
	}
	defer resp.Release()
	list, err := r.parse(ctx, resp)
	if errors.Is(err, feed.ErrEmpty) && s.kind() == KindSitemap {
		return &Preview{Note: err.Error()}, nil // a sitemap is full of the past; the agency is silent
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", resp.URL, err)
	}
	out := &Preview{Listed: len(list.Items), Note: list.Damage}
	for _, item := range list.Items[:min(limit, len(list.Items))] {
		e := Entry{Item: item}
		e.Report, e.Err = r.safely(item, func() (*news.Report, error) { return r.fetchReport(ctx, item, &itemState{}) })
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if e.Report != nil {
			e.Report.Source = s.Name
			e.Report.ContentHash = e.Report.HashContent()
		}
		out.Entries = append(out.Entries, e)
	}
	return out, nil
}

// errEnough ends the reading of an archive.
var errEnough = errors.New("enough was read")

// previewFolder reads the files of an inbox.
func (r *runner) previewFolder(limit int) (*Preview, error) {
	dir, err := filepath.Abs(r.source.URL)
	if err != nil {
		return nil, err
	}
	f := &folderReader{runner: r, folder: inbox.NewFolder(dir), limit: max(r.MaxBody, fetch.DefaultMaxBody)}
	_, all, err := f.folder.Look(r.Now())
	if err != nil {
		return nil, err
	}
	out := &Preview{Listed: len(all)}
	for _, file := range all {
		if len(out.Entries) >= limit {
			break
		}
		reports, err := f.previewFile(file, limit-len(out.Entries))
		for _, report := range reports {
			out.Entries = append(out.Entries, Entry{Item: feed.Item{GUID: file.Path}, Report: report})
		}
		if err != nil {
			out.Entries = append(out.Entries, Entry{Item: feed.Item{GUID: file.Path}, Err: err})
		}
	}
	return out, nil
}

func (f *folderReader) previewFile(file inbox.File, limit int) ([]*news.Report, error) {
	if inbox.IsArchive(file.Path) {
		return f.previewArchive(file, limit)
	}
	data, err := f.contents(file)
	if err != nil {
		return nil, err
	}
	contents, err := inbox.Read(file.Path, data, f.readOptions())
	if err != nil {
		return nil, err
	}
	if contents.Damage != "" {
		err = errors.New(contents.Damage)
	}
	return contents.Reports[:min(limit, len(contents.Reports))], err
}

func (f *folderReader) previewArchive(file inbox.File, limit int) ([]*news.Report, error) {
	in, err := f.folder.OpenArchive(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out []*news.Report
	damage, err := inbox.ReadArchive(in, f.limit, f.readOptions(), func(report *news.Report) error {
		if out = append(out, report); len(out) == limit {
			return errEnough
		}
		return nil
	})
	switch {
	case errors.Is(err, errEnough):
		return out, nil
	case err == nil && damage != "":
		err = errors.New(damage)
	}
	return out, err
}
