package serve

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/saved"
)

func (s *server) routeSearches(mux *http.ServeMux) {
	if s.Searches == nil {
		return
	}
	mux.HandleFunc("GET "+searchesPath, s.searchesPage)
	mux.HandleFunc("GET "+searchesPath+"/new", s.newSearchPage)
	mux.HandleFunc("POST "+searchesPath+"/new", s.saveSearch)
	mux.HandleFunc("POST "+searchesPath+"/{id}", s.changeSearch)
}

const searchesPath = "/searches"

// savedParameters are what of the search page's address is saved: the query,
// and how it is looked at.
var savedParameters = []string{"q", "sort", "expand", "by", "stories"}

// savable leaves of an address what is saved.
func savable(values url.Values) url.Values {
	kept := url.Values{}
	for _, name := range savedParameters {
		if v := values.Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	return kept
}

// searchesView lists the saved searches.
type searchesView struct {
	Searches []savedRow
	Problem  string
	Token    bool // feeds need a token
}

type savedRow struct {
	saved.Search
	URL       string
	Query     string
	Feeds     []link
	AlertURL  string
	ChangeURL string // "" where it is not the reader's
	MayShare  bool
}

func (s *server) searchesPage(w http.ResponseWriter, r *http.Request) {
	s.showSearches(w, r, http.StatusOK, "")
}

func (s *server) showSearches(w http.ResponseWriter, r *http.Request, status int, problem string) {
	who := access.From(r.Context())
	list, err := s.Searches.List(r.Context(), who.Name)
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The saved searches cannot be read now", err)
		return
	}
	page := &searchesView{Problem: problem, Token: s.Access != nil}
	for _, one := range list {
		page.Searches = append(page.Searches, s.savedRow(one, who))
	}
	s.show(w, r, status, "searches", view{Title: "Saved searches – Dateline", Page: page})
}

func (s *server) savedRow(one saved.Search, who access.Identity) savedRow {
	values := one.Values()
	row := savedRow{
		Search: one, URL: "/?" + one.Asked, Query: values.Get("q"), Feeds: subscriptions(values), MayShare: who.Role.May(access.Editor),
	}
	if s.Alerts != nil && who.Role.May(access.Editor) {
		row.AlertURL = "/alerts/new?" + url.Values{"q": {row.Query}}.Encode()
	}
	if mayChange(one, who) {
		row.ChangeURL = searchesPath + "/" + url.PathEscape(one.ID)
	}
	return row
}

// mayChange reports whether a search is somebody's to change: the owner's, and
// what all see also an admin's.
func mayChange(one saved.Search, who access.Identity) bool {
	return one.Owner == who.Name || one.VisibleTo(who.Name) && who.Role.May(access.Admin)
}

// savedLinks are the saved searches beside the latest reports; none where they
// cannot be read, as the page can do without them.
func (s *server) savedLinks(r *http.Request) []link {
	if s.Searches == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), partTime)
	defer cancel()
	list, err := s.Searches.List(ctx, access.From(ctx).Name)
	if err != nil {
		s.Logger.Warn("reading the saved searches", "error", err)
		return nil
	}
	var links []link
	for _, one := range list {
		links = append(links, link{Text: one.Name, URL: "/?" + one.Asked})
	}
	return links
}

// newSearch is the page on which a search gets a name.
type newSearch struct {
	Name, Query string
	Asked       map[string]string
	Shared      bool
	MayShare    bool
	AlertURL    string
	Problem     string
}

func (s *server) newSearchPage(w http.ResponseWriter, r *http.Request) {
	s.showNewSearch(w, r, http.StatusOK, savable(r.URL.Query()), newSearch{})
}

func (s *server) showNewSearch(w http.ResponseWriter, r *http.Request, status int, asked url.Values, page newSearch) {
	page.Query, page.Asked = asked.Get("q"), map[string]string{}
	for name := range asked {
		page.Asked[name] = asked.Get(name)
	}
	page.MayShare = access.From(r.Context()).Role.May(access.Editor) && s.Access != nil
	if s.Alerts != nil && mayEdit(r) {
		page.AlertURL = "/alerts/new?" + url.Values{"q": {page.Query}}.Encode()
	}
	s.show(w, r, status, "newsearch", view{Title: "Save a search – Dateline", Query: page.Query, Page: page})
}

// saveSearch keeps the search of the form, or shows the form again with what
// is wrong with it.
func (s *server) saveSearch(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		s.fault(w, r, http.StatusBadRequest, "That form cannot be read", err)
		return
	}
	who := access.From(r.Context())
	asked := savable(r.PostForm)
	page := newSearch{Name: r.PostForm.Get("name"), Shared: r.PostForm.Has("shared") && who.Role.May(access.Editor)}
	_, err := query.Parse(asked.Get("q"), s.Now(), time.UTC)
	if err == nil {
		var made saved.Search
		made, err = s.Searches.Save(r.Context(), saved.Search{Name: page.Name, Asked: asked.Encode(), Owner: who.Name, Shared: page.Shared})
		if err == nil {
			s.Logger.Info("a search was saved", "search", made.ID, "by", cmp.Or(who.Name, "this machine"))
			http.Redirect(w, r, searchesPath+"#"+made.ID, http.StatusSeeOther)
			return
		}
		if !errors.Is(err, saved.ErrBad) {
			s.fault(w, r, http.StatusServiceUnavailable, "The search could not be saved", err)
			return
		}
	}
	page.Problem = err.Error()
	s.showNewSearch(w, r, http.StatusUnprocessableEntity, asked, page)
}

// changeSearch does what a button beside a saved search says.
func (s *server) changeSearch(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	who, id, next := access.From(r.Context()), r.PathValue("id"), searchesPath
	one, err := s.Searches.Get(r.Context(), id)
	if err == nil && !one.VisibleTo(who.Name) {
		err = saved.ErrNone
	}
	switch do := r.PostFormValue("do"); {
	case err != nil:
	case !mayChange(one, who):
		s.refuse(w, r, http.StatusForbidden, "That is not yours to change", errors.New("the search belongs to "+one.Owner))
		return
	case do == "delete":
		err = s.Searches.Delete(r.Context(), id)
	default:
		next += "#" + id
		_, err = s.Searches.Change(r.Context(), id, func(one *saved.Search) error {
			return changed(one, do, r.PostFormValue("name"), who.Role)
		})
	}
	switch {
	case err == nil:
		s.Logger.Info("a saved search was changed", "search", id, "do", r.PostFormValue("do"), "by", cmp.Or(who.Name, "this machine"))
		http.Redirect(w, r, next, http.StatusSeeOther)
	case errors.Is(err, saved.ErrNone):
		s.fault(w, r, http.StatusNotFound, "There is no such saved search", nil)
	case errors.Is(err, saved.ErrBad):
		s.showSearches(w, r, http.StatusUnprocessableEntity, err.Error())
	default:
		s.fault(w, r, http.StatusServiceUnavailable, "The search could not be changed", err)
	}
}

func changed(one *saved.Search, do, name string, role access.Role) error {
	switch {
	case do == "rename":
		one.Name = name
	case do == "share" && role.May(access.Editor):
		one.Shared = true
	case do == "unshare":
		one.Shared = false
	default:
		return errors.Join(saved.ErrBad, errors.New("nothing that you may do was asked for"))
	}
	return nil
}
