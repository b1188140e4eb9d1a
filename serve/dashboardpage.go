package serve

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/serve/dashboard"
)

// dashboardsView lists the dashboards.
type dashboardsView struct{ Dashboards []*dashboard.Dashboard }

func (s *server) dashboardsPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "dashboards", view{Title: "Dashboards – Dateline", Page: dashboardsView{s.Dashboards}})
}

// dashboardView is a dashboard with what its panels show.
type dashboardView struct {
	*dashboard.Dashboard
	Panels   []*panelView
	At       time.Time
	LiveURL  string
	SelfURL  string
	QueryURL string // "" where it is embedded: the rest is not open there
}

// panelView is what a panel shows: one of its parts.
type panelView struct {
	dashboard.Panel
	Embedded     bool
	Problem      string
	Chart        *chart
	Map          *worldMap
	Table        *ranking
	Reports      []result
	Sources      []client.Source
	ShowsSources bool
}

// ranking is a list of entities with counts.
type ranking struct {
	Counted  string
	Baseline string // what Row.Usual is, "" where there is none
	Rows     []rankingRow
}

type rankingRow struct {
	Name  string
	URL   string
	Count int
	Usual string
}

func (s *server) dashboard(name string) *dashboard.Dashboard {
	for _, d := range s.Dashboards {
		if d.Name == name {
			return d
		}
	}
	return nil
}

func (s *server) dashboardPage(w http.ResponseWriter, r *http.Request) { s.showDashboard(w, r, false) }

// embeddedPage is a dashboard to be shown inside another site's page.
func (s *server) embeddedPage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", embeddedPolicy)
	s.showDashboard(w, r, true)
}

func (s *server) showDashboard(w http.ResponseWriter, r *http.Request, embedded bool) {
	d := s.dashboard(r.PathValue("name"))
	if d == nil {
		s.fault(w, r, http.StatusNotFound, "There is no such dashboard", nil)
		return
	}
	page := &dashboardView{Dashboard: d, At: s.Now(), SelfURL: r.URL.RequestURI(), QueryURL: "/"}
	if d.Query != "" {
		page.QueryURL = "/?" + url.Values{"q": {d.Query}}.Encode()
	}
	page.LiveURL = "/live?" + url.Values{"q": {d.Query}}.Encode()
	if embedded {
		page.QueryURL = ""
		page.LiveURL = "/embed/" + url.PathEscape(d.Name) + "/live?" + url.Values{"token": {r.URL.Query().Get("token")}}.Encode()
	}
	page.Panels = s.panels(r.Context(), d, embedded)
	s.show(w, r, http.StatusOK, "dashboard", view{Title: d.Title + " – Dateline", Bare: embedded, Page: page})
}

// panelsAtATime is how many panels ask the archive at once.
const panelsAtATime = 3

// panels fills the panels of a dashboard. A panel that fails says so in its
// place; the others are not touched by it.
func (s *server) panels(ctx context.Context, d *dashboard.Dashboard, embedded bool) []*panelView {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	views := make([]*panelView, len(d.Panels))
	var group errgroup.Group
	group.SetLimit(panelsAtATime)
	for i, p := range d.Panels {
		views[i] = &panelView{Panel: p, Embedded: embedded}
		group.Go(func() error {
			if err := s.fill(ctx, d, views[i]); err != nil {
				s.Logger.Warn("filling a panel", "dashboard", d.Name, "panel", p.Title, "error", err)
				views[i].Problem = "This panel could not be filled: " + err.Error()
			}
			if embedded {
				views[i].unlink()
			}
			return nil
		})
	}
	_ = group.Wait() // each has told its own error
	return views
}

// unlink takes out what leads to pages that are not open where a dashboard is
// embedded.
func (v *panelView) unlink() {
	if v.Chart != nil {
		for i := range v.Chart.Bars {
			v.Chart.Bars[i].URL = ""
		}
	}
	if v.Map != nil {
		for i := range v.Map.Places {
			v.Map.Places[i].URL = ""
		}
	}
	if v.Table != nil {
		for i := range v.Table.Rows {
			v.Table.Rows[i].URL = ""
		}
	}
	for i := range v.Reports {
		v.Reports[i].URL = ""
	}
}

// scope is what a panel looks at.
type scope struct {
	*server
	ctx   context.Context
	panel dashboard.Panel
	// typed is the query as a link has it, node as the archive is asked.
	typed query.Node
	node  query.Node
}

func (s *server) scope(ctx context.Context, d *dashboard.Dashboard, p dashboard.Panel) (*scope, error) {
	var parts []query.Node
	for _, text := range []string{d.Query, p.Query} {
		n, err := query.Parse(text, s.Now(), time.UTC)
		if err != nil {
			return nil, err
		}
		parts = append(parts, clauses(n)...)
	}
	sc := &scope{server: s, ctx: ctx, panel: p, typed: allOf(parts)}
	var err error
	sc.node, err = query.Locate(query.Expand(sc.typed, s.Acronyms), s.point)
	return sc, err
}

// days is the range of publication of the days that end with today.
func (sc *scope) days(from, to int) query.Range {
	day := sc.Now().UTC().Truncate(24 * time.Hour)
	return between(query.Published, day.AddDate(0, 0, 1-from), day.AddDate(0, 0, -to))
}

// between is the range of the days from first to last, both included.
func between(field query.Field, first, last time.Time) query.Range {
	source := first.Format(time.DateOnly) + ".." + last.Format(time.DateOnly)
	if first.Equal(last) {
		source = first.Format(time.DateOnly)
	}
	n, err := query.Parse(string(field)+":"+source, first, time.UTC)
	if err != nil {
		panic(err) // two days in order always parse
	}
	return n.(query.Range)
}

func (sc *scope) search(within query.Node, request index.Request) (*index.Result, error) {
	request.Query = query.Both(sc.node, within)
	if request.Sort == "" {
		request.Sort = index.ByPublished
	}
	return sc.Archive.Search(sc.ctx, request)
}

// link is the search page for what the panel looks at, narrowed.
func (sc *scope) link(within ...query.Node) string {
	return askURL(allOf(append(append([]query.Node{}, clauses(sc.typed)...), within...)).String())
}

// fill makes what a panel shows.
func (s *server) fill(ctx context.Context, d *dashboard.Dashboard, v *panelView) error {
	sc, err := s.scope(ctx, d, v.Panel)
	if err != nil {
		return err
	}
	switch v.Kind {
	case dashboard.Reports:
		v.Chart, err = sc.reportsChart()
	case dashboard.Events:
		v.Chart, err = sc.eventsChart()
	case dashboard.Map:
		v.Map, err = sc.placesMap()
	case dashboard.Top:
		v.Table, err = sc.top()
	case dashboard.Rising:
		v.Table, err = sc.rising()
	case dashboard.New:
		v.Table, err = sc.newNames()
	case dashboard.Latest:
		v.Reports, err = sc.latest()
	case dashboard.Sources:
		v.ShowsSources = true
		v.Sources, err = s.Sources(ctx)
	}
	return err
}
