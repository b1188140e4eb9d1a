package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/serve/client"
)

// searchTime bounds the work of one search.
const searchTime = 20 * time.Second

// partTime bounds each part of a page that the page can do without.
const partTime = 5 * time.Second

// question is a search as the page and the API receive it.
type question struct {
	text    string
	exact   bool // acronyms are not expanded
	request index.Request
	asked   query.Node // before expansion
}

// ask reads the parameters q, sort, limit, cursor, facet, facet_size, filter,
// exclude, collapse, histogram and expand. Its error is one the reader can
// mend.
func (s *server) ask(values url.Values) (*question, error) {
	q := &question{text: values.Get("q"), exact: values.Get("expand") == "off"}
	var err error
	if q.asked, err = query.Parse(q.text, s.Now(), time.UTC); err != nil {
		return q, err
	}
	q.request = index.Request{Query: q.asked, Sort: index.Sort(values.Get("sort")), Now: s.Now(), Cursor: values.Get("cursor")}
	if !q.exact {
		q.request.Query = query.Expand(q.asked, s.Acronyms)
	}
	if q.request.Query, err = query.Locate(q.request.Query, s.point); err != nil {
		return q, err
	}
	if q.request.Limit, err = number(values.Get("limit"), "limit", 0, index.MaxLimit); err != nil {
		return q, err
	}
	if err = q.askCounts(values); err != nil {
		return q, err
	}
	_, err = q.request.Normal()
	return q, err
}

// askCounts reads the parameters of what is counted, filtered and collapsed.
func (q *question) askCounts(values url.Values) (err error) {
	if expand := values.Get("expand"); expand != "" && expand != "off" {
		return fmt.Errorf("expand: %q is not off", expand)
	}
	for _, f := range values["facet"] {
		q.request.Facets = append(q.request.Facets, index.Facet(f))
	}
	if q.request.FacetSize, err = number(values.Get("facet_size"), "facet_size", 0, index.MaxFacetSize); err != nil {
		return err
	}
	for _, name := range []string{"filter", "exclude"} {
		for _, written := range values[name] {
			facet, value, ok := strings.Cut(written, ":")
			if !ok {
				return fmt.Errorf("%s: %q is no facet and value, as in place:Baku", name, written)
			}
			q.request.Filters = append(q.request.Filters, index.Filter{Facet: index.Facet(facet), Value: value, Exclude: name == "exclude"})
		}
	}
	switch collapse := values.Get("collapse"); collapse {
	case "", "false":
	case "true":
		q.request.Collapse = true
	default:
		return fmt.Errorf("collapse: %q is neither true nor false", collapse)
	}
	if written := values.Get("histogram"); written != "" {
		field, unit, _ := strings.Cut(written, ":")
		q.request.Histogram = &index.Histogram{Field: query.Field(field), Unit: index.Unit(unit)}
	}
	return nil
}

// point returns where the place with a name lies.
func (s *server) point(name string) (lat, lon float64, ok bool) {
	if s.Point == nil {
		return 0, 0, false
	}
	return s.Point(name)
}

// find answers a question.
func (s *server) find(ctx context.Context, q *question) (*client.SearchResult, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	found, err := s.Archive.Search(ctx, q.request)
	if err != nil {
		return nil, err
	}
	result := &client.SearchResult{Query: q.asked.String(), Total: found.Total, Next: found.Next, Hits: []client.Hit{}}
	if expanded := query.Spell(q.request.Query).String(); expanded != result.Query {
		result.Expanded = expanded
	}
	for _, h := range found.Hits {
		result.Hits = append(result.Hits, client.Hit{
			Report:  h.Report,
			Score:   h.Score,
			Copies:  h.Copies,
			Matches: match.Spans(q.request.Query, h.Report.Text),

			Truncated: index.Truncated(h.Report),
		})
		result.Truncated = result.Truncated || index.Truncated(h.Report)
	}
	for facet, counts := range found.Facets {
		if result.Facets == nil {
			result.Facets = map[string][]client.Count{}
		}
		list := make([]client.Count, len(counts))
		for i, c := range counts {
			list[i] = client.Count{Value: c.Value, Count: c.Count}
		}
		result.Facets[string(facet)] = list
	}
	for _, b := range found.Histogram {
		result.Histogram = append(result.Histogram, client.Bin(b))
	}
	return result, nil
}

// statusOf is the HTTP status of an error of ask or find.
func statusOf(err error) int {
	var unsupported *index.UnsupportedError
	switch {
	case errors.Is(err, index.ErrNotFound), errors.Is(err, register.ErrNoEvent):
		return http.StatusNotFound
	case errors.Is(err, index.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	case errors.As(err, &unsupported):
		return http.StatusNotImplemented
	case errors.Is(err, index.ErrBadCursor), errors.Is(err, index.ErrBadRequest), errors.Is(err, register.ErrBadFilter), errors.Is(err, register.ErrBadOverride):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}
