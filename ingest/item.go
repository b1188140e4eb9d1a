package ingest

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// fetchReport reads the item's page and returns its report; nil when the page
// has not changed since it was read last. When the page is closed to us or
// holds no article, the feed's own copy of the article stands in.
func (r *runner) fetchReport(ctx context.Context, item feed.Item, known *itemState) (*news.Report, error) {
	if item.URL == "" {
		return r.fromFeed(item, known, feed.ErrEmpty)
	}
	request := r.request(cmp.Or(known.MovedTo, item.URL), known.ETag, known.LastModified, "")
	request.Note = asked{Source: r.source.Name, Item: item}
	resp, err := r.Fetcher.Get(ctx, request)
	if err != nil {
		known.MovedTo = ""
		if isFinal(err) && !isGone(err) {
			return r.fromFeed(item, known, err)
		}
		return nil, err
	}
	defer resp.Release()
	if resp.NotModified {
		return nil, nil
	}
	if resp.MovedTo != "" {
		known.MovedTo = resp.MovedTo
	}
	report, err := r.extract(ctx, resp, item, known)
	if err == nil {
		known.ETag, known.LastModified = resp.ETag, resp.LastModified
	}
	return report, err
}

// extract reads the item's report out of its page.
func (r *runner) extract(ctx context.Context, resp *fetch.Response, item feed.Item, known *itemState) (report *news.Report, err error) {
	err = r.read(ctx, func() error {
		report, err = page.Extract(resp.Body, resp.URL, page.Options{
			Source: r.source.Name, Agency: r.source.agency(), ContentType: resp.ContentType,
			Location: r.pageZone(), Language: r.source.Language, Selectors: r.source.Article,
		})
		return err
	})
	if errors.Is(err, page.ErrWall) && known.Report != "" {
		return nil, &pageError{resp.URL, err} // what was published is more than the feed's own copy
	}
	if errors.Is(err, page.ErrNoArticle) || errors.Is(err, page.ErrWall) {
		return r.fromFeed(item, known, &pageError{resp.URL, err})
	}
	if err != nil {
		return nil, err
	}
	return r.complete(report, item, known), nil
}

// pageZone is the source's zone, or nil when it names none: the extractor
// knows that of the page's country.
func (r *runner) pageZone() *time.Location {
	if r.source.TimeZone == "" {
		return nil
	}
	return r.location
}

// pageError names the page that an extraction failed on.
type pageError struct {
	url string
	err error
}

func (e *pageError) Error() string { return e.url + ": " + e.err.Error() }
func (e *pageError) Unwrap() error { return e.err }

// A summary this long, in characters, is taken for the article itself.
const longSummary = 600

// fromFeed makes the report of the feed's own copy of the article, where it
// has one; otherwise it returns cause.
func (r *runner) fromFeed(item feed.Item, known *itemState, cause error) (*news.Report, error) {
	text := page.Text(item.Content)
	if summary := page.Text(item.Summary); text == "" && utf8.RuneCountInString(summary) >= longSummary {
		text = summary
	}
	if text == "" {
		return nil, cause
	}
	report := &news.Report{
		Source: r.source.Name, Agency: r.source.agency(), URL: item.URL, Text: text, Language: page.LanguageTag(item.Language),
	}
	key := "guid:" + item.GUID
	if u, err := canonical.URL(item.URL); err == nil {
		report.CanonicalURL, key = u, u
	}
	report.ID = news.ReportID(report.Agency, key)
	if report.Language == "" {
		report.Language = page.DetectLanguage(text)
	}
	return r.complete(report, item, known), nil
}

// complete fills in from the feed what the page does not say, and keeps the
// id that the item had before.
func (r *runner) complete(report *news.Report, item feed.Item, known *itemState) *news.Report {
	if known.Report != "" {
		report.ID = known.Report
	}
	if report.Title == "" {
		report.Title = item.Title
	}
	if len(report.Byline) == 0 {
		report.Byline = item.Byline
	}
	if len(report.Tags) == 0 {
		report.Tags = item.Tags
	}
	if report.Published.IsZero() || isDayOf(report, item) {
		report.Published = item.Published
	}
	if report.Modified.IsZero() && item.Updated.After(report.Published) {
		report.Modified = item.Updated
	}
	return report
}

// isDayOf reports whether the page gives a day alone and the feed the time of
// that day.
func isDayOf(report *news.Report, item feed.Item) bool {
	p := report.Published
	if p.Hour() != 0 || p.Minute() != 0 || p.Second() != 0 {
		return false
	}
	return !item.Published.IsZero() && news.DayOf(item.Published.In(p.Location())) == news.DayOf(p)
}

// errItem is behind a fault that has no error of its own.
var errItem = errors.New("reading the item failed in an unforeseen way; please report it with the address")

// safely turns a panic over one page into a failure of that item.
func (r *runner) safely(item feed.Item, f func() (*news.Report, error)) (report *news.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("panic while reading an item", "url", item.URL, "panic", p, "stack", string(debug.Stack()))
			report, err = nil, &pageError{item.URL, errItem}
		}
	}()
	return f()
}

// isOfItem reports whether the fault lies in the item, so that the others can
// go on, rather than in the bus.
func isOfItem(err error) bool {
	var e *fetch.Error
	return errors.As(err, &e) || errors.Is(err, errItem) || errors.Is(err, page.ErrWall) || isFinal(err)
}

// isGone reports whether the publisher says that the page is gone for good
// (410). Such an item is retired: it is never asked for again, whatever its
// list says. What was published of it stays, since the answer is no statement
// on the article.
func isGone(err error) bool {
	var e *fetch.Error
	return errors.As(err, &e) && e.Status == http.StatusGone
}

// isFinal reports whether trying the item again cannot help.
func isFinal(err error) bool {
	var e *fetch.Error
	switch {
	case errors.Is(err, page.ErrNoArticle), errors.Is(err, page.ErrPaywall), errors.Is(err, feed.ErrEmpty), errors.Is(err, news.ErrInvalid), errors.Is(err, wire.ErrTooLarge):
		return true
	case !errors.As(err, &e):
		return false
	case e.Kind == fetch.ErrStatus && e.Status < http.StatusBadRequest:
		return false
	}
	return !e.Temporary()
}
