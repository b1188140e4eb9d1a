package serve

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/match"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/export"
)

// searchView is the search page.
type searchView struct {
	Total      int
	Everything bool // nothing was asked
	Results    []result
	Preview    *preview
	Facets     []facet
	Chips      []link // what narrows the search, each with the way to take it out
	Expanded   string // the acronyms' other forms
	ExactURL   string // the same search without them
	ExpandURL  string // the same search with them, when they are switched off
	When       *when
	Problems   []string // parts of the page that could not be made
	Loosen     []link   // of no match: the search without one of its parts
	Sorts      []link
	Exports    []link
	NextURL    string
	SaveURL    string
	AlertURL   string
	Saved      []link
	// StoriesURL shows every copy of a story, CollapseURL one of each.
	StoriesURL, CollapseURL string
}

// result is one report of the list.
type result struct {
	*news.Report
	URL        string
	PreviewURL string
	Snippet    []run
	Copies     int
	CopiesURL  string
	Shown      bool // in the preview
}

// preview is a report beside the list.
type preview struct {
	*news.Report
	SelfURL    string
	Paragraphs [][]run
}

func (s *server) searchPage(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	if narrowed, ok := s.narrowByTime(values); ok {
		http.Redirect(w, r, narrowed, http.StatusSeeOther)
		return
	}
	q, err := s.ask(values)
	if err != nil {
		s.fault(w, r, http.StatusBadRequest, "That query has a mistake", err)
		return
	}
	q.request.Collapse = values.Get("stories") != "all"
	found, counted, err := s.findForPage(r.Context(), values, q)
	if err != nil {
		s.archiveFault(w, r, err)
		return
	}
	page := s.searchView(r.Context(), values, q, found, counted)
	title := "Dateline"
	if q.text != "" {
		title = q.text + " – Dateline"
	}
	if page.Everything {
		page.Saved = s.savedLinks(r)
	}
	s.show(w, r, http.StatusOK, "search", view{Title: title, Query: q.text, Feed: subscriptions(values)[0].URL, Kept: kept(values), Page: page})
}

// findForPage asks for the reports with the counts beside them. When the
// counts cannot be had in time it asks for the reports alone, which the page is
// about: counted is then false.
func (s *server) findForPage(ctx context.Context, values url.Values, q *question) (found *index.Result, counted bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	found, err = s.countForPage(ctx, values, q)
	if err == nil {
		return found, true, nil
	}
	if ctx.Err() != nil || !errors.Is(err, index.ErrUnavailable) && !errors.Is(err, context.DeadlineExceeded) {
		return nil, false, err
	}
	s.Logger.Warn("counting for the search page", "error", err)
	found, err = s.Archive.Search(ctx, q.request)
	return found, false, err
}

func (s *server) countForPage(ctx context.Context, values url.Values, q *question) (*index.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, partTime)
	defer cancel()
	request := q.request
	request.Facets, request.FacetSize = pageFacets, fewValues+1
	if values.Has("more") {
		request.FacetSize = moreValues + 1
	}
	request.Histogram = &index.Histogram{Field: timeField(values.Get("by")), Unit: index.Month}
	found, err := s.Archive.Search(ctx, request)
	if err != nil {
		return nil, err
	}
	if unit := betterUnit(found.Histogram); unit != index.Month {
		finer, err := s.Archive.Search(ctx, index.Request{
			Query: q.request.Query, Sort: index.ByPublished, Limit: 1,
			Histogram: &index.Histogram{Field: request.Histogram.Field, Unit: unit},
		})
		if err == nil { // else months will do
			found.Histogram = finer.Histogram
		}
	}
	return found, nil
}

func (s *server) searchView(ctx context.Context, values url.Values, q *question, found *index.Result, counted bool) *searchView {
	page := &searchView{
		Total:      found.Total,
		Everything: q.asked == query.Node(query.All{}),
		Chips:      chips(values, q.asked),
		Sorts:      sorts(values, q.asked == query.Node(query.All{})),
		When:       whenOf(values, q.asked),
		Results:    results(values, q, found),
	}
	page.Preview = s.shownReport(ctx, page.Results, q, values)
	if !counted {
		page.Problems = append(page.Problems, "The counts beside the list did not come in time. The list itself is whole.")
	} else {
		page.Facets = facets(values, found, q.asked)
		page.When.Chart = timeChart(values, q.asked, found.Histogram)
	}
	if found.Next != "" {
		page.NextURL = with(values, "cursor", found.Next)
	}
	asked := q.asked.String()
	if expanded := query.Spell(q.request.Query).String(); expanded != asked {
		page.Expanded, page.ExactURL = expanded, with(values, "expand", "off")
	} else if q.exact && query.Spell(query.Expand(q.asked, s.Acronyms)).String() != asked {
		page.ExpandURL = with(values, "expand", "")
	}
	page.Exports = exports(values)
	if s.Searches != nil && !page.Everything {
		page.SaveURL = searchesPath + "/new?" + savable(values).Encode()
	}
	if s.Alerts != nil && !page.Everything {
		page.AlertURL = "/alerts/new?" + url.Values{"q": {q.text}}.Encode()
	}
	switch {
	case found.Total == 0:
		page.Loosen = s.loosen(ctx, values, q)
	case q.request.Collapse:
		page.StoriesURL = with(values, "stories", "all")
	default:
		page.CollapseURL = with(values, "stories", "")
	}
	return page
}

func results(values url.Values, q *question, found *index.Result) []result {
	open := values.Get("open")
	var list []result
	for i, h := range found.Hits {
		one := result{
			Report:     h.Report,
			URL:        reportURL(h.Report.ID, values),
			PreviewURL: with(values, "open", h.Report.ID) + "#preview",
			Snippet:    snippet(h.Report.Text, match.Spans(q.request.Query, h.Report.Text)),
			Copies:     h.Copies,
			Shown:      h.Report.ID == open || open == "" && i == 0,
		}
		if h.Copies > 1 {
			story := query.Term{Field: query.Story, Value: index.Story(h.Report)}
			one.CopiesURL = "/?" + url.Values{"q": {story.String()}, "stories": {"all"}}.Encode()
		}
		list = append(list, one)
	}
	return list
}

// shownReport is the report in the preview: the one that was opened, else the
// first result.
func (s *server) shownReport(ctx context.Context, list []result, q *question, values url.Values) *preview {
	for _, r := range list {
		if r.Shown {
			return q.preview(r.Report, values)
		}
	}
	open := values.Get("open")
	if open == "" {
		return nil
	}
	report, err := s.Archive.Get(ctx, open) // it stood on another page of the list
	if err != nil {
		return nil
	}
	return q.preview(report, values)
}

// preview is the report with the words of the search marked; values are the
// address of the search page.
func (q *question) preview(r *news.Report, values url.Values) *preview {
	marks := reportMarks(r)
	for i := range marks {
		marks[i].id = "" // the report's own page has these
		if strings.HasPrefix(marks[i].url, "#") {
			marks[i].url = ""
		}
	}
	return &preview{Report: r, SelfURL: reportURL(r.ID, values), Paragraphs: paragraphs(r.Text, marks, match.Spans(q.request.Query, r.Text))}
}

// kept are the parameters that a new search keeps.
func kept(values url.Values) map[string]string {
	keep := map[string]string{}
	for _, name := range savedParameters[1:] {
		if v := values.Get(name); v != "" {
			keep[name] = v
		}
	}
	return keep
}

// with is the address of the search page with one parameter changed, or
// taken out when value is empty; any other change than of the cursor or the
// preview goes back to the first page.
func with(values url.Values, name, value string) string {
	changed := maps.Clone(values)
	if changed == nil {
		changed = url.Values{}
	}
	if name != "cursor" && name != "open" {
		changed.Del("cursor")
	}
	if name != "open" {
		changed.Del("open")
	}
	if value == "" {
		changed.Del(name)
	} else {
		changed.Set(name, value)
	}
	if len(changed) == 0 {
		return "/"
	}
	return "/?" + changed.Encode()
}

// asking is the address of the search page with another query.
func asking(values url.Values, q query.Node) string {
	if q == query.Node(query.All{}) {
		return with(values, "q", "")
	}
	return with(values, "q", q.String())
}

// sorts are the orders; where nothing is asked, nothing matches better than
// the rest, and the latest published come first.
func sorts(values url.Values, everything bool) []link {
	orders := []struct{ value, text string }{{"", "best match"}, {"published", "latest published"}, {"seen", "latest seen"}, {"event", "latest event"}}
	if everything {
		orders = orders[1:]
		orders[0].value = ""
	}
	var links []link
	now := values.Get("sort")
	for _, s := range orders {
		links = append(links, link{Text: s.text, URL: with(values, "sort", s.value), On: s.value == now})
	}
	return links
}

// exports are the ways to take along all that a search finds; a feed has the
// latest.
func exports(values url.Values) []link {
	var list []link
	for _, f := range []struct {
		format export.Format
		text   string
	}{{export.CSV, "CSV"}, {export.NDJSON, "NDJSON"}, {export.NinJS, "ninjs"}} {
		list = append(list, link{Text: f.text, URL: exportURL(values, f.format, "")})
	}
	return append(list, subscriptions(values)...)
}

// feedLength is how many reports a feed reader is shown.
const feedLength = "100"

// subscriptions are what a feed reader and a calendar program subscribe to.
func subscriptions(values url.Values) []link {
	return []link{
		{Text: "RSS", URL: exportURL(values, export.RSS, feedLength)},
		{Text: "iCalendar", URL: exportURL(values, export.ICS, "")},
	}
}

func exportURL(values url.Values, format export.Format, limit string) string {
	asked := url.Values{"format": {string(format)}}
	for _, name := range []string{"q", "sort", "expand"} {
		if v := values.Get(name); v != "" {
			asked.Set(name, v)
		}
	}
	if limit != "" {
		asked.Set("limit", limit)
	}
	return "/api/v1/export?" + asked.Encode()
}
