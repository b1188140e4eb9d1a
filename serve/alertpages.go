package serve

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dateline-news/dateline/alert"
	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/serve/access"
)

// routeAlerts adds the pages of rules. Patterns of the stage itself, such as
// its feeds, are more specific and stay its own.
func (s *server) routeAlerts(mux *http.ServeMux) {
	if s.Alerts == nil {
		return
	}
	mux.HandleFunc("GET /alerts", s.alertsPage)
	mux.HandleFunc("GET /alerts/new", s.newAlertPage)
	mux.HandleFunc("POST /alerts/new", s.makeAlert)
	mux.HandleFunc("GET /alerts/{name}", s.alertPage)
	mux.HandleFunc("POST /alerts/{name}", s.changeAlert)
}

func alertURL(name string) string { return "/alerts/" + url.PathEscape(name) }

// mostTold is how many notices a page lists.
const mostTold = 50

// alertsView lists the rules and what they told last.
type alertsView struct {
	Rules   []alertRow
	Told    []alert.Entry
	Problem string
	May     bool
}

type alertRow struct {
	alert.View
	URL string
}

func (s *server) alertsPage(w http.ResponseWriter, r *http.Request) {
	rules, err := s.Alerts.Rules(r.Context())
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The rules cannot be read now", err)
		return
	}
	page := &alertsView{May: mayEdit(r)}
	for _, v := range rules {
		page.Rules = append(page.Rules, alertRow{v, alertURL(v.Rule.Name)})
	}
	if page.Told, err = s.Alerts.Recent(r.Context(), mostTold); err != nil {
		page.Problem = "What was told cannot be read now: " + err.Error()
	}
	s.show(w, r, http.StatusOK, "alerts", view{Title: "Alerts – Dateline", Page: page})
}

func mayEdit(r *http.Request) bool { return access.From(r.Context()).Role.May(access.Editor) }

// alertForm is the page on which a search becomes a rule.
type alertForm struct {
	Name, Description, Query, Mail string
	When                           []choice
	Notify                         []choice
	CanMail                        bool
	Problem                        string
}

// choice is a box that can be ticked.
type choice struct {
	Value, Text string
	On          bool
}

func (s *server) newAlertPage(w http.ResponseWriter, r *http.Request) {
	form := alertForm{Query: r.URL.Query().Get("q")}
	s.showAlertForm(w, r, http.StatusOK, form, nil, nil)
}

func (s *server) showAlertForm(w http.ResponseWriter, r *http.Request, status int, form alertForm, when, notify []string) {
	for _, c := range rule.Changes() {
		form.When = append(form.When, choice{string(c), strings.ReplaceAll(string(c), "_", " "), slices.Contains(when, string(c))})
	}
	channels, mail := s.Alerts.Channels()
	for _, c := range channels {
		form.Notify = append(form.Notify, choice{c.Name, c.Name + " (" + c.Kind + ")", slices.Contains(notify, c.Name)})
	}
	form.CanMail = mail
	s.show(w, r, status, "newalert", view{Title: "New alert – Dateline", Query: form.Query, Page: form})
}

// makeAlert keeps the rule of the form, or shows the form again with what is
// wrong with it.
func (s *server) makeAlert(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		s.fault(w, r, http.StatusBadRequest, "That form cannot be read", err)
		return
	}
	form := alertForm{
		Name: strings.TrimSpace(r.PostForm.Get("name")), Description: r.PostForm.Get("description"),
		Query: r.PostForm.Get("q"), Mail: strings.TrimSpace(r.PostForm.Get("mail")),
	}
	when, notify := r.PostForm["when"], r.PostForm["notify"]
	_, err := s.Alerts.Rule(r.Context(), form.Name)
	switch {
	case err == nil:
		err = errors.New("there is a rule of that name; take another name, or change that one on its page")
	case errors.Is(err, alert.ErrNoRule) || !rule.ValidName(form.Name):
		err = s.putRule(r, form, when, notify)
	}
	if err != nil {
		form.Problem = err.Error()
		s.showAlertForm(w, r, http.StatusUnprocessableEntity, form, when, notify)
		return
	}
	http.Redirect(w, r, alertURL(form.Name), http.StatusSeeOther)
}

func (s *server) putRule(r *http.Request, form alertForm, when, notify []string) error {
	made := rule.Rule{Name: form.Name, Description: form.Description, Query: form.Query, Notify: notify}
	for _, c := range when {
		made.When = append(made.When, rule.Change(c))
	}
	if form.Mail != "" {
		made.Notify = append(made.Notify, "mailto:"+form.Mail)
	}
	source, err := json.Marshal(made)
	if err != nil {
		return err
	}
	_, err = s.Alerts.Put(r.Context(), form.Name, source)
	return err
}

// alertView is the page of one rule.
type alertView struct {
	alert.View
	URL       string
	SearchURL string
	Told      []alert.Entry
	Feeds     []link
	Problem   string
	May       bool
}

func (s *server) alertPage(w http.ResponseWriter, r *http.Request) {
	rule, err := s.Alerts.Rule(r.Context(), r.PathValue("name"))
	if errors.Is(err, alert.ErrNoRule) {
		s.fault(w, r, http.StatusNotFound, "There is no such rule", nil)
		return
	}
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The rule cannot be read now", err)
		return
	}
	s.showAlert(w, r, http.StatusOK, rule, "")
}

func (s *server) showAlert(w http.ResponseWriter, r *http.Request, status int, v alert.View, problem string) {
	address := alertURL(v.Rule.Name)
	page := &alertView{View: v, URL: address, Problem: problem, May: mayEdit(r), Feeds: []link{
		{Text: "RSS", URL: address + "/rss"}, {Text: "Atom", URL: address + "/atom"}, {Text: "iCalendar", URL: address + "/calendar.ics"},
	}}
	page.SearchURL = "/?" + url.Values{"q": {v.Rule.Query}}.Encode()
	var err error
	if page.Told, err = s.Alerts.Log(r.Context(), v.Rule.Name, mostTold); err != nil && problem == "" {
		page.Problem = "What it told cannot be read now: " + err.Error()
	}
	s.show(w, r, status, "alert", view{Title: v.Rule.Name + " – Alerts – Dateline", Query: v.Rule.Query, Page: page})
}

// changeAlert does what a button of the rule's page says.
func (s *server) changeAlert(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	name := r.PathValue("name")
	next := alertURL(name)
	var err error
	switch r.PostFormValue("do") {
	case "enable":
		_, err = s.Alerts.Enable(r.Context(), name, false)
	case "disable":
		_, err = s.Alerts.Disable(r.Context(), name)
	case "delete":
		err = s.Alerts.Delete(r.Context(), name)
		next = "/alerts"
	case "keep":
		_, err = s.Alerts.Put(r.Context(), name, []byte(r.PostFormValue("source")))
	default:
		err = errors.New("nothing was asked for")
	}
	if err == nil {
		s.Logger.Info("a rule was changed", "rule", name, "do", r.PostFormValue("do"), "by", cmp.Or(access.From(r.Context()).Name, "this machine"))
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	v, viewErr := s.Alerts.Rule(r.Context(), name)
	if viewErr != nil {
		s.fault(w, r, http.StatusNotFound, "There is no such rule", err)
		return
	}
	if source := r.PostFormValue("source"); source != "" {
		v.YAML = source // what was typed is not lost
	}
	s.showAlert(w, r, http.StatusUnprocessableEntity, v, err.Error())
}
