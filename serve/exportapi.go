package serve

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/dateline-news/dateline/index"
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
	writer, err := export.New(w, format, export.About{Title: exportTitle(q.text), Link: searchAddress(r), Made: s.Now()})
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	e := exporter{server: s, writer: writer, left: q.request.Limit, flush: http.NewResponseController(w).Flush}
	req := q.request
	req.Facets, req.Histogram = nil, nil
	if req.Sort == "" || req.Sort == index.ByRelevance {
		req.Sort = index.ByPublished // its cursors do not expire
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
func searchAddress(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	values := r.URL.Query()
	values.Del("format")
	return scheme + "://" + r.Host + "/?" + values.Encode()
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
}

func (e *exporter) run(ctx context.Context, req index.Request, page *index.Result) error {
	limited := e.left > 0
	for {
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
