package serve

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/export"
)

// exportPage is how many reports are read at once.
const exportPage = 200

// exportAPI streams all reports that match. What cannot be finished is cut
// off, so that the reader's client tells it from the end.
func (s *server) exportAPI(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	q, err := s.ask(values)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	format := export.Format(values.Get("format"))
	if format == "" {
		format = export.NDJSON
	}
	e := exporter{server: s, left: q.request.Limit, flush: http.NewResponseController(w).Flush}
	about := export.About{Title: exportTitle(q.text), Link: s.searchAddress(r), Made: s.Now()}
	if format == export.ICS {
		e.told = map[string][]*register.Record{}
		about.Record, about.EventPage = e.record, s.eventPages(r)
	}
	writer, err := export.New(w, format, about)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	e.writer = writer
	req := q.request
	req.Facets, req.Histogram = nil, nil
	if req.Sort == "" || req.Sort == index.ByRelevance {
		req.Sort = index.ByPublished // its cursors do not expire
	}
	if format == export.ICS {
		req.Query = query.Both(req.Query, dated) // no other has a day in a calendar
	}
	req.Limit = exportPage
	page, err := s.exportPage(r.Context(), req)
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	w.Header().Set("Content-Type", format.ContentType())
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="dateline.%s"`, extension(format)))
	w.Header().Set("Dateline-Total", fmt.Sprint(page.Total))
	if err := e.run(r.Context(), req, page); err != nil {
		s.Logger.Warn("an export was cut off", "path", r.URL.Path, "written", e.written, "error", err)
		panic(http.ErrAbortHandler)
	}
}

func exportTitle(asked string) string {
	if strings.TrimSpace(asked) == "" {
		return "Dateline"
	}
	return "Dateline: " + asked
}

// searchAddress is the address of the page with the search that is exported.
func (s *server) searchAddress(r *http.Request) string {
	values := r.URL.Query()
	values.Del("format")
	return s.base(r) + "/?" + values.Encode()
}

// base is where people reach the pages: as it is configured, else as this one
// did.
func (s *server) base(r *http.Request) string {
	switch {
	case s.URL != "":
		return strings.TrimSuffix(s.URL, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func extension(f export.Format) string {
	switch f {
	case export.NinJS:
		return "json"
	case export.RSS:
		return "xml"
	}
	return string(f)
}

// dated finds the reports with an event at a known time.
var dated = query.Range{Field: query.EventTime, From: news.Day(1000, time.January, 1), Source: ">=1000"}

// exportPage searches for one page, with a time limit of its own.
func (s *server) exportPage(ctx context.Context, req index.Request) (*index.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	return s.Archive.Search(ctx, req)
}

// exporter writes pages until there are no more.
type exporter struct {
	server  *server
	writer  export.Writer
	left    int // how many more are wanted, when that was said
	written int
	flush   func() error
	// told are the records of the events of the page's reports, by report; nil
	// where no calendar is written.
	told map[string][]*register.Record
}

// look finds the records of the events of a page's reports.
func (e *exporter) look(ctx context.Context, page *index.Result) error {
	if e.told == nil {
		return nil
	}
	clear(e.told)
	reports := make([]*news.Report, len(page.Hits))
	for i, h := range page.Hits {
		reports[i] = h.Report
	}
	records, err := register.Told(ctx, e.server.Archive, reports)
	if err != nil {
		return err
	}
	for i, r := range reports {
		e.told[r.ID] = records[i]
	}
	return nil
}

func (e *exporter) record(r *news.Report, n int) *register.Record { return e.told[r.ID][n] }

func (e *exporter) run(ctx context.Context, req index.Request, page *index.Result) error {
	limited := e.left > 0
	for {
		if err := e.look(ctx, page); err != nil {
			return err
		}
		for _, h := range page.Hits {
			if limited && e.left == 0 {
				return e.writer.Close()
			}
			if err := e.writer.Write(h.Report); err != nil {
				return err
			}
			e.left--
			e.written++
		}
		if page.Next == "" {
			return e.writer.Close()
		}
		if err := e.flush(); err != nil {
			return err
		}
		req.Cursor = page.Next
		var err error
		if page, err = e.server.exportPage(ctx, req); err != nil {
			return err
		}
	}
}
