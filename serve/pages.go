package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
)

//go:embed templates
var templateFiles embed.FS

// pages are the parsed templates, one per page, each within the frame.
type pages struct{ byName map[string]*template.Template }

func parsePages() *pages {
	p := &pages{map[string]*template.Template{}}
	assets := assetURLs()
	functions := template.FuncMap{
		"asset":     func(name string) string { return assets[name] },
		"clock":     clock,
		"interval":  interval,
		"moment":    moment,
		"country":   func(code string) string { return nameOf(index.FacetCountry, code) },
		"headline":  client.Headline,
		"weblink":   weblink,
		"entity":    entityURL,
		"entityOf":  func(kind query.Field, id string) string { return entityURL(pathOf(kind), id) },
		"report":    func(id string) string { return reportURL(id, nil) },
		"ask":       askURL,
		"mention":   firstMention,
		"roleWords": roleWords,
		"weekdays": func() []string {
			return []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
		},
		"changes": func(versions int) string {
			if versions == 2 {
				return "once"
			}
			return fmt.Sprintf("%d times", versions-1)
		},
		"statusClass": statusClass,
		"percent":     func(part float64) string { return fmt.Sprintf("%.0f %%", 100*part) },
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/"), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		p.byName[name] = template.Must(template.New("frame.html").Funcs(functions).
			ParseFS(templateFiles, "templates/frame.html", "templates/parts.html", file))
	}
	return p
}

// assetURLs are the addresses of the static files, each with a part made of
// its content, so that a browser may keep it for ever.
func assetURLs() map[string]string {
	urls := map[string]string{}
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		panic(err) // embedded at build time
	}
	for _, e := range entries {
		content, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			panic(err) // embedded at build time
		}
		sum := sha256.Sum256(content)
		urls[e.Name()] = "/static/" + e.Name() + "?v=" + hex.EncodeToString(sum[:6])
	}
	return urls
}

// view is what every page shows besides its own part.
type view struct {
	Title string
	Query string
	Feed  string // the page as RSS
	Kept  map[string]string
	Bare  bool // without the frame's own links, inside another site's page
	Page  any

	// These are filled in by show.
	Nav    []link
	User   *access.Identity // who has signed in
	Closed bool             // nothing else is open before signing in
}

// link leads somewhere; On says that it is where the reader is.
type link struct {
	Text  string
	Count int
	URL   string
	On    bool
}

// show writes a page whole or, when its template fails, not at all.
func (s *server) show(w http.ResponseWriter, r *http.Request, status int, page string, v view) {
	v.Nav = s.navigation(r)
	v.Closed = s.closed(r)
	if who := access.From(r.Context()); who.Session {
		v.User = &who
	}
	var out bytes.Buffer
	if err := s.pages.byName[page].Execute(&out, v); err != nil {
		s.Logger.Error("making the page", "page", page, "error", err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	s.send(w, status, &out)
}

// closed reports whether the reader has not come in.
func (s *server) closed(r *http.Request) bool {
	return s.Access != nil && !access.Identified(r.Context())
}

// part writes one component of a page, as the script asks for it.
func (s *server) part(w http.ResponseWriter, page, name string, data any) {
	var out bytes.Buffer
	if err := s.pages.byName[page].ExecuteTemplate(&out, name, data); err != nil {
		s.Logger.Error("making a part of the page", "page", page, "part", name, "error", err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	s.send(w, http.StatusOK, &out)
}

// overrides are the characters that force a direction on letters which have
// one of their own. No language needs them; they only make a name read as
// another. The rest of Unicode's marks of direction are left as they are.
var overrides = strings.NewReplacer("\u202d", "", "\u202e", "")

func (s *server) send(w http.ResponseWriter, status int, out *bytes.Buffer) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = overrides.WriteString(w, out.String()) // the reader may have gone
}

func (s *server) navigation(r *http.Request) []link {
	list := []link{{Text: "Reports", URL: "/"}, {Text: "Events", URL: "/events"}, {Text: "Dashboards", URL: "/dashboards"}, {Text: "Sources", URL: "/sources"}}
	if s.Searches != nil {
		list = slices.Insert(list, 1, link{Text: "Saved", URL: searchesPath})
	}
	if s.Alerts != nil {
		list = slices.Insert(list, len(list)-1, link{Text: "Alerts", URL: "/alerts"})
	}
	if s.Operator != nil {
		list = append(list, link{Text: "Pipeline", URL: "/operator"})
	}
	list = append(list, link{Text: "How to ask", URL: "/help"})
	for i := range list {
		list[i].On = r.URL.Path == list[i].URL
	}
	return list
}

// faultView is the page of something that went wrong.
type faultView struct {
	Heading  string
	Advice   string
	Detail   string
	RetryURL string
	FirstURL string // of the search, of which another page is gone
	Closed   bool   // nothing else is open to the reader
}

func (s *server) fault(w http.ResponseWriter, r *http.Request, status int, heading string, err error) {
	if status >= http.StatusInternalServerError {
		s.Logger.Error("answering", "path", r.URL.Path, "status", status, "error", err)
	}
	page := faultView{Heading: heading, Advice: advice(err), Closed: s.closed(r)}
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		page.Detail = err.Error()
	}
	if errors.Is(err, index.ErrBadCursor) && r.URL.Path == "/" {
		page.FirstURL = with(r.URL.Query(), "cursor", "")
	}
	if status >= http.StatusInternalServerError && r.Method == http.MethodGet {
		page.RetryURL = r.URL.RequestURI()
		w.Header().Set("Retry-After", "10")
	}
	s.show(w, r, status, "fault", view{Title: heading + " – Dateline", Query: r.URL.Query().Get("q"), Page: page})
}

// archiveFault is the page of a search or a look-up that failed.
func (s *server) archiveFault(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	heading := "The archive did not answer"
	var unsupported *index.UnsupportedError
	switch {
	case errors.Is(err, index.ErrNotFound):
		heading = "There is no such report"
		if !strings.HasPrefix(r.URL.Path, "/reports/") {
			heading = "No report speaks of that"
		}
	case errors.Is(err, context.DeadlineExceeded):
		heading = "The archive took too long"
	case errors.Is(err, index.ErrBadCursor):
		heading = "That page of the search is gone"
	case errors.As(err, &unsupported):
		heading = "This archive cannot answer that"
	case status == http.StatusInternalServerError:
		heading = "The archive failed"
	}
	s.fault(w, r, status, heading, err)
}

// advice says what a reader can do about an error.
func advice(err error) string {
	var unsupported *index.UnsupportedError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, index.ErrNotFound):
		return "It may have been asked for under a wrong address, or belong to an archive that was built anew."
	case errors.Is(err, context.DeadlineExceeded):
		return "Nothing was left out in silence: there is no answer instead of half of one. Narrow the search by a time or a source, or try again."
	case errors.Is(err, index.ErrUnavailable):
		return "Nothing is lost: what arrives meanwhile waits in the streams. Try again in a moment; an operator sees more in the log and at /readyz."
	case errors.As(err, &unsupported):
		return "Take that part out of the search."
	}
	return ""
}

func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.problem(w, r, http.StatusNotFound, index.ErrNotFound)
		return
	}
	s.fault(w, r, http.StatusNotFound, "There is no such page", nil)
}

// reportURL is the page of a report; found is the address of the search page
// that leads to it, to which it leads back.
func reportURL(id string, found url.Values) string {
	address := "/reports/" + url.PathEscape(id)
	if search := searchState(found); len(search) > 0 {
		address += "?" + search.Encode()
	}
	return address
}

// searchState leaves of an address what the search page shows of all it
// could, but for the report in the preview.
func searchState(values url.Values) url.Values {
	state := savable(values)
	for _, name := range []string{"cursor", "more"} {
		if v := values.Get(name); v != "" {
			state.Set(name, v)
		}
	}
	return state
}

// askURL is the search page of a query.
func askURL(q string) string { return "/?q=" + url.QueryEscape(q) }

// entityURL is the page of a person, an organization or a place.
func entityURL(kind, id string) string { return "/" + kind + "/" + url.PathEscape(id) }

// firstMention names the first mention to a link, "" when there is none.
func firstMention(mentions []news.Mention) string {
	if len(mentions) == 0 {
		return ""
	}
	return mentionID(mentions[0])
}

// weblink returns address if a browser can safely follow it, else "".
func weblink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return address
}

// statusClass marks the statuses of an event that an analyst must not miss.
func statusClass(status string) string {
	switch status {
	case news.EventAnnounced, news.EventConfirmed, news.EventUnderWay, news.EventHeld:
		return "status settled"
	}
	return "status"
}
