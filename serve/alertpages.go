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
	Dead    []alert.DeadMessage
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
	var toldErr, deadErr error
	page.Told, toldErr = s.Alerts.Recent(r.Context(), mostTold)
	page.Dead, deadErr = s.Alerts.Dead(r.Context(), "")
	if err := errors.Join(toldErr, deadErr); err != nil {
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
	Test                           *alert.Backtest
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
	made := form.rule(when, notify)
	if r.PostForm.Get("do") == "test" {
		made.Name = "draft" // any will do
		status := http.StatusOK
		var err error
		if form.Test, err = s.Alerts.BacktestSince(r.Context(), made, usualSince); err != nil {
			form.Problem, status = err.Error(), statusOfAlert(err)
		}
		s.showAlertForm(w, r, status, form, when, notify)
		return
	}
	_, err := s.Alerts.Rule(r.Context(), form.Name)
	switch {
	case err == nil:
		err = errors.New("there is a rule of that name; take another name, or change that one on its page")
	case errors.Is(err, alert.ErrNoRule) || !rule.ValidName(form.Name):
		err = s.putRule(r, made)
	}
	if err != nil {
		form.Problem = err.Error()
		s.showAlertForm(w, r, http.StatusUnprocessableEntity, form, when, notify)
		return
	}
	http.Redirect(w, r, alertURL(form.Name), http.StatusSeeOther)
}

// rule is what the form asks for.
func (f alertForm) rule(when, notify []string) rule.Rule {
	made := rule.Rule{Name: f.Name, Description: f.Description, Query: f.Query, Notify: notify}
	for _, c := range when {
		made.When = append(made.When, rule.Change(c))
	}
	if f.Mail != "" {
		made.Notify = append(slices.Clip(made.Notify), "mailto:"+f.Mail)
	}
	return made
}

func (s *server) putRule(r *http.Request, made rule.Rule) error {
	source, err := json.Marshal(made)
	if err != nil {
		return err
	}
	_, err = s.Alerts.Put(r.Context(), made.Name, source)
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
	// Dead counts the messages that were given up.
	Dead int
	// Since is how far back a backtest looks, Test what came of it.
	Since string
	Test  *alert.Backtest
}

// usualSince is how far back a backtest looks unless another time is asked for.
const usualSince = "30d"

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
	page := &alertView{View: rule}
	status := http.StatusOK
	if page.Since = r.URL.Query().Get("since"); page.Since != "" {
		if page.Test, err = s.Alerts.BacktestSince(r.Context(), rule.Rule, page.Since); err != nil {
			page.Problem, status = err.Error(), statusOfAlert(err)
		}
	}
	s.showAlert(w, r, status, page)
}

func statusOfAlert(err error) int {
	if alert.Mistake(err) {
		return http.StatusUnprocessableEntity
	}
	return http.StatusServiceUnavailable
}

// showAlert completes the page and shows it.
func (s *server) showAlert(w http.ResponseWriter, r *http.Request, status int, page *alertView) {
	name, address := page.Rule.Name, alertURL(page.Rule.Name)
	page.URL, page.May, page.Since = address, mayEdit(r), cmp.Or(page.Since, usualSince)
	page.Feeds = []link{
		{Text: "RSS", URL: address + "/rss"}, {Text: "Atom", URL: address + "/atom"}, {Text: "iCalendar", URL: address + "/calendar.ics"},
	}
	page.SearchURL = "/?" + url.Values{"q": {page.Rule.Query}}.Encode()
	told, toldErr := s.Alerts.Log(r.Context(), name, mostTold)
	dead, deadErr := s.Alerts.Dead(r.Context(), name)
	page.Told, page.Dead = told, len(dead)
	if err := errors.Join(toldErr, deadErr); err != nil && page.Problem == "" {
		page.Problem = "What it told cannot be read now: " + err.Error()
	}
	s.show(w, r, status, "alert", view{Title: name + " – Alerts – Dateline", Query: page.Rule.Query, Page: page})
}

// changeAlert does what a button of the rule's page says.
func (s *server) changeAlert(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	name := r.PathValue("name")
	next := alertURL(name)
	source := r.PostFormValue("source")
	var err error
	switch r.PostFormValue("do") {
	case "test":
		s.testAlert(w, r, name, source)
		return
	case "enable":
		_, err = s.Alerts.Enable(r.Context(), name, false)
	case "catch-up":
		_, err = s.Alerts.Enable(r.Context(), name, true)
	case "disable":
		_, err = s.Alerts.Disable(r.Context(), name)
	case "snooze":
		_, err = s.Alerts.SnoozeFor(r.Context(), name, cmp.Or(strings.TrimSpace(r.PostFormValue("until")), usualSnooze))
	case "wake":
		_, err = s.Alerts.SnoozeFor(r.Context(), name, "")
	case "replay":
		_, err = s.Alerts.Replay(r.Context(), name)
	case "delete":
		err = s.Alerts.Delete(r.Context(), name)
		next = "/alerts"
	case "keep":
		_, err = s.Alerts.Put(r.Context(), name, []byte(source))
	default:
		err = errors.New("nothing was asked for")
	}
	if err == nil {
		s.Logger.Info("a rule was changed", "rule", name, "do", r.PostFormValue("do"), "by", cmp.Or(access.From(r.Context()).Name, "this machine"))
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	s.showTyped(w, r, statusOfAlert(err), name, source, &alertView{Problem: err.Error()})
}

// usualSnooze is how long a rule is snoozed unless another time is asked for.
const usualSnooze = "4h"

// testAlert shows what the rule as it was typed would have told. It keeps
// nothing.
func (s *server) testAlert(w http.ResponseWriter, r *http.Request, name, source string) {
	page, status := &alertView{Since: r.PostFormValue("since")}, http.StatusOK
	var err error
	if page.Test, err = s.Alerts.BacktestSource(r.Context(), []byte(source), page.Since); err != nil {
		page.Problem, status = err.Error(), statusOfAlert(err)
	}
	s.showTyped(w, r, status, name, source, page)
}

// showTyped shows the page of a rule with what was typed, which is not lost.
func (s *server) showTyped(w http.ResponseWriter, r *http.Request, status int, name, source string, page *alertView) {
	var err error
	if page.View, err = s.Alerts.Rule(r.Context(), name); err != nil {
		s.fault(w, r, http.StatusNotFound, "There is no such rule", err)
		return
	}
	if source != "" {
		page.YAML = source
	}
	s.showAlert(w, r, status, page)
}
