package serve

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/client"
)

//go:embed templates
var templateFiles embed.FS

// pages are the parsed templates, one per page, each within the frame.
type pages struct{ byName map[string]*template.Template }

func parsePages() *pages {
	p := &pages{map[string]*template.Template{}}
	functions := template.FuncMap{
		"clock":    clock,
		"interval": interval,
		"headline": client.Headline,
		"weblink":  weblink,
		"percent":  func(part float64) string { return fmt.Sprintf("%.0f %%", 100*part) },
		"ask":      func(f index.Facet, value string) string { return askURL(narrow(query.All{}, f, value)) },
	}
	for _, name := range []string{"search", "report", "sources", "help", "fault"} {
		p.byName[name] = template.Must(template.New("frame.html").Funcs(functions).
			ParseFS(templateFiles, "templates/frame.html", "templates/"+name+".html"))
	}
	return p
}

// view is what every page shows besides its own part.
type view struct {
	Title string
	Query string
	Page  any
}

// show writes a page whole or, when its template fails, not at all.
func (s *server) show(w http.ResponseWriter, status int, page string, v view) {
	var out bytes.Buffer
	if err := s.pages.byName[page].Execute(&out, v); err != nil {
		s.Logger.Error("making the page", "page", page, "error", err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // the reader may have gone
}

// faultView is the page of something that went wrong.
type faultView struct {
	Heading string
	Detail  string
}

func (s *server) fault(w http.ResponseWriter, r *http.Request, status int, heading string, err error) {
	if status >= http.StatusInternalServerError {
		s.Logger.Error("answering", "path", r.URL.Path, "status", status, "error", err)
	}
	detail := ""
	if err != nil {
		detail = err.Error()
	}
	s.show(w, status, "fault", view{Title: heading, Query: r.URL.Query().Get("q"), Page: faultView{heading, detail}})
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.problem(w, r, http.StatusNotFound, index.ErrNotFound)
		return
	}
	s.fault(w, r, http.StatusNotFound, "There is no such page", nil)
}

// searchView is the search page.
type searchView struct {
	Found    *client.SearchResult
	Results  []result
	Facets   []facet
	Empty    bool // nothing was asked
	NextURL  string
	ExactURL string // the same search without acronyms expanded
	Sorts    []link
}

type result struct {
	*news.Report
	URL     string
	Snippet []run
}

type facet struct {
	Heading string
	Values  []link
}

type link struct {
	Text  string
	Count int
	URL   string
	On    bool
}

func (s *server) searchPage(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	q, err := s.ask(values)
	if err != nil {
		s.fault(w, r, http.StatusBadRequest, "That query has a mistake", err)
		return
	}
	q.request.Facets = pageFacets
	found, err := s.find(r.Context(), q)
	if err != nil {
		s.fault(w, r, statusOf(err), "The archive did not answer", err)
		return
	}
	page := &searchView{
		Found:  found,
		Facets: facets(found, q.asked),
		Empty:  q.text == "",
		Sorts:  sorts(values),
	}
	for _, h := range found.Hits {
		page.Results = append(page.Results, result{h.Report, reportURL(h.ID, q.text), snippet(h.Text, h.Matches)})
	}
	if found.Next != "" {
		page.NextURL = with(values, "cursor", found.Next)
	}
	if found.Expanded != "" {
		page.ExactURL = with(values, "expand", "off")
	}
	title := "Dateline"
	if q.text != "" {
		title = q.text + " – Dateline"
	}
	s.show(w, http.StatusOK, "search", view{Title: title, Query: q.text, Page: page})
}

func reportURL(id, query string) string {
	address := "/reports/" + url.PathEscape(id)
	if query != "" {
		address += "?q=" + url.QueryEscape(query)
	}
	return address
}

func askURL(q fmt.Stringer) string { return "/?q=" + url.QueryEscape(q.String()) }

// with is the address of the search page with one parameter changed; any
// other change than of the cursor goes back to the first page.
func with(values url.Values, name, value string) string {
	changed := url.Values{}
	for k, v := range values {
		if k != "cursor" {
			changed[k] = v
		}
	}
	changed.Set(name, value)
	return "/?" + changed.Encode()
}

func sorts(values url.Values) []link {
	var links []link
	now := values.Get("sort")
	for _, s := range []struct{ value, text string }{{"", "best match"}, {"published", "latest published"}, {"seen", "latest seen"}} {
		links = append(links, link{Text: s.text, URL: with(values, "sort", s.value), On: s.value == now})
	}
	return links
}

var facetHeadings = map[index.Facet]string{
	index.FacetPerson:   "People",
	index.FacetOrg:      "Organizations",
	index.FacetPlace:    "Places",
	index.FacetAgency:   "Agencies",
	index.FacetLanguage: "Languages",
	index.FacetMonth:    "Published",
}

func facets(found *client.SearchResult, asked query.Node) []facet {
	var list []facet
	for _, f := range pageFacets {
		counts := found.Facets[string(f)]
		if len(counts) == 0 {
			continue
		}
		one := facet{Heading: facetHeadings[f]}
		for _, c := range counts {
			one.Values = append(one.Values, link{Text: c.Value, Count: c.Count, URL: askURL(narrow(asked, f, c.Value))})
		}
		list = append(list, one)
	}
	return list
}

// narrow is the query that finds, of what asked finds, the reports with the
// value of a facet.
func narrow(asked query.Node, f index.Facet, value string) query.Node {
	var clause query.Node = query.Term{Field: query.Field(f), Value: value}
	if f == index.FacetMonth {
		clause = query.Range{Field: query.Published, Source: value}
	}
	if asked == (query.All{}) {
		return clause
	}
	return query.And{Nodes: []query.Node{asked, clause}}
}

// reportView is the page of one report.
type reportView struct {
	*news.Report
	Paragraphs [][]run
	Events     []eventView
	Quotes     []news.Quote
	BackURL    string
}

type eventView struct {
	news.Event
	Sentence string
}

func (s *server) reportPage(w http.ResponseWriter, r *http.Request) {
	report, err := s.Archive.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		heading := "The archive did not answer"
		if statusOf(err) == http.StatusNotFound {
			heading = "There is no such report"
		}
		s.fault(w, r, statusOf(err), heading, err)
		return
	}
	asked := r.URL.Query().Get("q")
	page := &reportView{Report: report, Paragraphs: paragraphs(report.Text, entityMarks(report))}
	for _, e := range report.Events {
		page.Events = append(page.Events, eventView{e, e.Span.Of(report.Text)})
	}
	for _, q := range report.Quotes {
		if q.Speaker != nil {
			page.Quotes = append(page.Quotes, q)
		}
	}
	if asked != "" {
		page.BackURL = "/?" + url.Values{"q": {asked}}.Encode()
	}
	s.show(w, http.StatusOK, "report", view{Title: client.Headline(report) + " – Dateline", Query: asked, Page: page})
}

func (s *server) sourcesPage(w http.ResponseWriter, r *http.Request) {
	list, err := s.Sources(r.Context())
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The state of the sources is not available", err)
		return
	}
	s.show(w, http.StatusOK, "sources", view{Title: "Sources – Dateline", Page: list})
}

func (s *server) helpPage(w http.ResponseWriter, _ *http.Request) {
	s.show(w, http.StatusOK, "help", view{Title: "How to ask – Dateline"})
}

// weblink returns address if a browser can safely follow it, else "".
func weblink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return address
}
