// Package client asks a running Dateline over its HTTP API. Its types are the
// API's JSON, which the server writes from them.
package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-news/dateline/news"
)

// SearchRequest is one search; the zero value of a field means the server's
// default.
type SearchRequest struct {
	Query  string
	Limit  int    // 1 to 500
	Sort   string // relevance, published, seen or event
	Cursor string // SearchResult.Next of the page before
	Facets []string
	// FacetSize is the number of values of each facet, 1 to 1000.
	FacetSize int
	// Filters and Excludes are facets with a value: place:Baku.
	Filters, Excludes []string
	// Collapse shows one report of each story.
	Collapse bool
	// Histogram is a time field and a unit: published:month.
	Histogram string
	// Exact switches the expansion of acronyms off.
	Exact bool
}

// SearchResult answers a search.
type SearchResult struct {
	// Query is the canonical form of what was asked.
	Query string `json:"query"`
	// Expanded is the query with the forms added that mean the same, absent
	// when there are none.
	Expanded string `json:"expanded,omitempty"`
	// Total is the exact number of reports that match.
	Total int   `json:"total"`
	Hits  []Hit `json:"hits"`
	// Next is the cursor of the next page, absent on the last.
	Next string `json:"next,omitempty"`
	// Truncated says that a hit is, so that a search for people or quotes
	// together, as person:(name:Aliyev role:chairman), may not have seen all.
	Truncated bool               `json:"truncated,omitempty"`
	Facets    map[string][]Count `json:"facets,omitempty"`
	// Histogram holds the bins that are not empty, in order.
	Histogram []Bin `json:"histogram,omitempty"`
}

// Bin is a day, week, month or year with the number of matching reports.
type Bin struct {
	Start news.Moment `json:"start"` // its first day
	Count int         `json:"count"`
}

// Hit is a report that matches: the report's own fields, and two more.
type Hit struct {
	*news.Report
	Score float64 `json:"score"`
	// Matches are the words of the text that the query matched.
	Matches []news.Span `json:"matches,omitempty"`
	// Copies is the number of matching reports of the story, when stories are
	// collapsed.
	Copies int `json:"copies,omitempty"`
	// Truncated says that the report has more people, quotes or events than
	// are looked at together, as in person:(name:Aliyev role:chairman).
	Truncated bool `json:"truncated,omitempty"`
	// Highlight is the part of the text around the first match, cut into runs.
	Highlight []Run `json:"highlight,omitempty"`
}

// Run is a stretch of text.
type Run struct {
	Text string `json:"text"`
	// Match says that the query matched it.
	Match bool `json:"match,omitempty"`
	// Entity is the ref of what it names, such as person/aydin-aliyev.
	Entity string `json:"entity,omitempty"`
}

// Headline is the title, or the beginning of the text where there is none.
func (h Hit) Headline() string { return Headline(h.Report) }

// Headline is the title of r, or the beginning of its text where it has none.
func Headline(r *news.Report) string {
	if r.Title != "" {
		return r.Title
	}
	line, _, _ := strings.Cut(strings.TrimSpace(r.Text), "\n")
	if runes := []rune(line); len(runes) > 100 {
		return strings.TrimSpace(string(runes[:100])) + "…"
	}
	return line
}

// Count is a value of a facet with the number of matching reports.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Source is the state of one source.
type Source struct {
	Name        string    `json:"name"`
	Agency      string    `json:"agency,omitempty"`
	URL         string    `json:"url,omitempty"`
	Kind        string    `json:"kind,omitempty"`
	LastPoll    time.Time `json:"last_poll,omitzero"`
	LastSuccess time.Time `json:"last_success,omitzero"`
	NextDue     time.Time `json:"next_due,omitzero"`
	// Published counts the revisions published since the beginning.
	Published     int       `json:"published"`
	LastPublished time.Time `json:"last_published,omitzero"`
	// Items is the length of the source's list, Gone the number of its items
	// that were retired because their page is gone.
	Items int `json:"items"`
	Gone  int `json:"gone,omitempty"`
	// Failures counts the polls that failed since LastSuccess; ErrorRate is
	// the part of the last 64 requests that failed.
	Failures  int     `json:"failures,omitempty"`
	ErrorRate float64 `json:"error_rate"`
	// Missing is the part of the last 64 reports that lacked a field.
	Missing map[string]float64 `json:"missing,omitempty"`
	// UsualGap is the mean time between two pieces of news, such as "2h0m0s";
	// Silent says that the source is silent for longer than is usual for it.
	UsualGap string `json:"usual_gap,omitempty"`
	Silent   string `json:"silent,omitempty"`
	// Error says what is wrong now, absent when nothing is.
	Error string `json:"error,omitempty"`
	// Note says what is odd but needs nothing done.
	Note string `json:"note,omitempty"`
}

// Problem is an error as the API tells it (RFC 9457).
type Problem struct {
	Type   string `json:"type,omitempty"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	// Field is the field of the request at fault, absent where none is.
	Field string `json:"field,omitempty"`
	// Instance is the path that was asked for.
	Instance string `json:"instance,omitempty"`
}

func (p *Problem) Error() string { return cmp.Or(p.Detail, p.Title) }

// Receipt says what became of a report that was pushed.
type Receipt struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	// Outcome is one of the Outcome constants.
	Outcome string `json:"outcome"`
	Story   string `json:"story,omitempty"`
}

// The values of Receipt.Outcome.
const (
	OutcomeCreated   = "created"
	OutcomeRevised   = "revised"
	OutcomeUnchanged = "unchanged"
)

// LineReceipt says what became of one of several reports.
type LineReceipt struct {
	// Line counts the lines of the request, from 1.
	Line int `json:"line"`
	*Receipt
	// Problem says why the report was not taken, absent when it was.
	Problem *Problem `json:"problem,omitempty"`
}

// Options configure a Client; the zero value is good.
type Options struct {
	HTTP  *http.Client // default: one with a time limit of 30 s
	Token string       // sent as a bearer token
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	base string
	Options
}

// New returns a client of the server at base, such as http://127.0.0.1:8080.
func New(base string, opts Options) *Client {
	if opts.HTTP == nil {
		opts.HTTP = &http.Client{Timeout: 30 * time.Second}
	}
	return &Client{strings.TrimSuffix(base, "/"), opts}
}

// Search answers a request. What is wrong with the query is a *Problem.
func (c *Client) Search(ctx context.Context, req SearchRequest) (*SearchResult, error) {
	found := new(SearchResult)
	return found, c.get(ctx, "/api/v1/search?"+req.values().Encode(), found)
}

// values are the request's parameters.
func (req SearchRequest) values() url.Values {
	values := url.Values{"q": {req.Query}}
	if req.Limit > 0 {
		values.Set("limit", strconv.Itoa(req.Limit))
	}
	if req.Sort != "" {
		values.Set("sort", req.Sort)
	}
	if req.Cursor != "" {
		values.Set("cursor", req.Cursor)
	}
	if req.FacetSize > 0 {
		values.Set("facet_size", strconv.Itoa(req.FacetSize))
	}
	if req.Histogram != "" {
		values.Set("histogram", req.Histogram)
	}
	if req.Collapse {
		values.Set("collapse", "true")
	}
	if req.Exact {
		values.Set("expand", "off")
	}
	for name, list := range map[string][]string{"facet": req.Facets, "filter": req.Filters, "exclude": req.Excludes} {
		for _, v := range list {
			values.Add(name, v)
		}
	}
	return values
}

// Like returns the reports that are most like another.
func (c *Client) Like(ctx context.Context, id string, limit int) ([]Hit, error) {
	var hits []Hit
	return hits, c.get(ctx, fmt.Sprintf("/api/v1/reports/%s/like?limit=%d", url.PathEscape(id), limit), &hits)
}

// Export copies to w all reports that match, in a format: ndjson, csv, ninjs,
// rss or ics. Of the request, Cursor and what is counted mean nothing, and a
// Limit of 0 is none. It is an error when the export ends before its end.
func (c *Client) Export(ctx context.Context, req SearchRequest, format string, w io.Writer) error {
	values := req.values()
	values.Set("format", format)
	response, err := c.open(ctx, http.MethodGet, "/api/v1/export?"+values.Encode(), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(w, response.Body); err != nil {
		return fmt.Errorf("the export from %s is not complete: %w", c.base, err)
	}
	return nil
}

// Report returns the report with the id.
func (c *Client) Report(ctx context.Context, id string) (*news.Report, error) {
	r := new(news.Report)
	return r, c.get(ctx, "/api/v1/reports/"+url.PathEscape(id), r)
}

// Sources returns the state of every source that was polled.
func (c *Client) Sources(ctx context.Context) ([]Source, error) {
	var list []Source
	return list, c.get(ctx, "/api/v1/sources", &list)
}

// maxAnswer is the longest answer, in bytes, that a client reads.
const maxAnswer = 256 << 20

func (c *Client) get(ctx context.Context, path string, into any) error {
	return c.Call(ctx, http.MethodGet, path, nil, into)
}

// Call asks for any path of the API, with a body where body is not nil, and
// reads the JSON of the answer into a value. What is wrong with what was asked
// is a *Problem.
func (c *Client) Call(ctx context.Context, method, path string, body []byte, into any) error {
	response, err := c.open(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if into == nil || response.StatusCode == http.StatusNoContent {
		return nil
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(into); err != nil {
		return fmt.Errorf("reading the answer of %s: %w; is it a Dateline?", c.base, err)
	}
	return nil
}

// open asks for a path and returns the answer, when that is a success.
func (c *Client) open(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("the server's address %q is not a URL: %w", c.base, err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept", "application/json, */*;q=0.5")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	response, err := c.HTTP.Do(request)
	var refused *net.OpError
	if errors.As(err, &refused) && refused.Op == "dial" {
		return nil, fmt.Errorf("no Dateline answers at %s: start one with `dateline run`, or name another with --server URL", c.base)
	}
	if err != nil {
		return nil, fmt.Errorf("asking %s: %w", c.base, err)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		defer response.Body.Close()
		problem := &Problem{Status: response.StatusCode, Title: response.Status}
		_ = json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(problem) // the status says enough
		return nil, problem
	}
	return response, nil
}
