package serve

import (
	"bytes"
	"cmp"
	_ "embed" // for openapi.json
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/serve/client"
)

// openAPI describes the API in OpenAPI 3.1.
//
//go:embed openapi.json
var openAPI []byte

// apiRoutes are the routes of the API, each a method and a path of openapi.json.
func (s *server) apiRoutes() map[string]http.Handler {
	routes := map[string]http.Handler{
		"GET /api/v1/search":               http.HandlerFunc(s.searchAPI),
		"GET /api/v1/export":               http.HandlerFunc(s.exportAPI),
		"GET /api/v1/reports/{id}":         http.HandlerFunc(s.reportAPI),
		"GET /api/v1/reports/{id}/like":    http.HandlerFunc(s.likeAPI),
		"GET /api/v1/entities/{kind}/{id}": http.HandlerFunc(s.entityAPI),
		"GET /api/v1/sources":              http.HandlerFunc(s.sourcesAPI),
		"GET /api/v1/openapi.json":         http.HandlerFunc(s.openAPI),
		"GET /api/v1/events":               http.HandlerFunc(s.eventsAPI),
		"GET /api/v1/events/{id}":          http.HandlerFunc(s.eventAPI),
		"POST " + pushPath:                 http.HandlerFunc(s.pushAPI),
	}
	if s.Events != nil {
		routes["POST /api/v1/events/{id}/overrides"] = http.HandlerFunc(s.overrideAPI)
		routes["POST /api/v1/events/{id}/overrides/{override}/revoke"] = http.HandlerFunc(s.revokeAPI)
	}
	if s.Alerts != nil {
		handler := s.Alerts.Handler()
		for _, route := range s.Alerts.Routes() {
			routes[route] = handler
		}
	}
	return routes
}

// mountAPI adds the routes of the API, which all count against one limit.
func (s *server) mountAPI(mux *http.ServeMux) {
	limited := newRateLimit(s.Rate, s.Now)
	described := parameters()
	api := http.NewServeMux()
	for route, answer := range s.apiRoutes() {
		api.Handle(route, s.limit(limited, s.onlyDescribed(described[route], answer)))
	}
	literal := s.literalRoutes()
	mux.HandleFunc("/api/v1/", func(w http.ResponseWriter, r *http.Request) {
		if refuse, route := api.Handler(r); route == "" {
			s.noRoute(w, r, refuse, literal[r.URL.Path])
			return
		}
		api.ServeHTTP(w, r)
	})
}

// literalRoutes are the methods of the paths without a parameter, as Allow has
// them: /rules/test looks like a rule as well, but is none.
func (s *server) literalRoutes() map[string]string {
	methods := map[string][]string{}
	for route := range s.apiRoutes() {
		method, path, _ := strings.Cut(route, " ")
		if strings.Contains(path, "{") {
			continue
		}
		methods[path] = append(methods[path], method)
		if method == http.MethodGet {
			methods[path] = append(methods[path], http.MethodHead)
		}
	}
	allowed := map[string]string{}
	for path, of := range methods {
		slices.Sort(of)
		allowed[path] = strings.Join(of, ", ")
	}
	return allowed
}

// parameters returns the names of the parameters that the document describes,
// by route, of the routes that have any.
func parameters() map[string][]string {
	var document struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(openAPI, &document); err != nil {
		panic(fmt.Sprintf("openapi.json: %v", err)) // it is part of the program
	}
	described := map[string][]string{}
	for path, methods := range document.Paths {
		for method, of := range methods {
			route := strings.ToUpper(method) + " " + path
			for _, p := range of.Parameters {
				if p.In == "query" {
					described[route] = append(described[route], p.Name)
				}
			}
		}
	}
	return described
}

// onlyDescribed refuses a request with a parameter that is none of those
// described: a name that is spelt wrongly must not be passed over, for what is
// answered then is not what was asked. A token is how readers say who they are.
func (s *server) onlyDescribed(names []string, next http.Handler) http.Handler {
	if names == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name := range r.URL.Query() {
			if name != "token" && !slices.Contains(names, name) {
				s.problem(w, r, http.StatusBadRequest, fmt.Errorf("%q is no parameter of this path; it has %s", name, strings.Join(names, ", ")))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// noRoute tells what the routes have against a request: its path, or only its
// method. Literal are the methods of the path where it is one without
// parameters.
func (s *server) noRoute(w http.ResponseWriter, r *http.Request, by http.Handler, literal string) {
	said := refusal{header: http.Header{}}
	by.ServeHTTP(&said, r)
	if allowed := cmp.Or(literal, said.header.Get("Allow")); said.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", allowed)
		s.problem(w, r, said.status, fmt.Errorf("%s is not possible here; use %s", r.Method, allowed))
		return
	}
	s.problem(w, r, http.StatusNotFound, errors.New("the API has no such path; /api/v1/openapi.json lists those it has"))
}

// refusal is an answer of which only the status and the header are kept.
type refusal struct {
	header http.Header
	status int
}

func (f *refusal) Header() http.Header         { return f.header }
func (f *refusal) WriteHeader(status int)      { f.status = status }
func (f *refusal) Write(b []byte) (int, error) { return len(b), nil }

// openAPI answers with the document, without the routes that this server does
// not have.
func (s *server) openAPI(w http.ResponseWriter, r *http.Request) {
	var document map[string]json.RawMessage
	var paths map[string]map[string]json.RawMessage
	err := json.Unmarshal(openAPI, &document)
	if err == nil {
		err = json.Unmarshal(document["paths"], &paths)
	}
	if err != nil {
		s.problem(w, r, http.StatusInternalServerError, fmt.Errorf("reading the description of the API: %w", err))
		return
	}
	routes := s.apiRoutes()
	for path, methods := range paths {
		for method := range methods {
			if _, ok := routes[strings.ToUpper(method)+" "+path]; !ok {
				delete(methods, method)
			}
		}
		if len(methods) == 0 {
			delete(paths, path)
		}
	}
	s.answer(w, r, map[string]any{
		"openapi": document["openapi"], "info": document["info"], "servers": document["servers"],
		"paths": paths, "components": document["components"],
	})
}

func (s *server) searchAPI(w http.ResponseWriter, r *http.Request) {
	q, err := s.ask(r.URL.Query())
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	found, err := s.find(r.Context(), q)
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	for i, h := range found.Hits {
		found.Hits[i].Highlight = highlight(h.Report, h.Matches)
	}
	s.answer(w, r, found)
}

func (s *server) reportAPI(w http.ResponseWriter, r *http.Request) {
	report, err := s.Archive.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	s.answer(w, r, report)
}

// defaultLikes is how many reports are like another when nobody says.
const defaultLikes = 10

func (s *server) likeAPI(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query().Get("limit"), "limit", defaultLikes, index.MaxLimit)
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	report, err := s.Archive.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	like, err := index.Like(r.Context(), s.Archive, report, limit)
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	hits := []client.Hit{}
	for _, h := range like {
		hits = append(hits, client.Hit{Report: h.Report, Score: h.Score, Copies: h.Copies})
	}
	s.answer(w, r, hits)
}

func (s *server) entityAPI(w http.ResponseWriter, r *http.Request) {
	q, err := s.ask(r.URL.Query())
	if err != nil {
		s.problem(w, r, http.StatusBadRequest, err)
		return
	}
	entity, err := index.Describe(r.Context(), s.Archive, index.EntityRequest{
		Kind: query.Field(r.PathValue("kind")), ID: r.PathValue("id"), Query: q.request.Query,
		Quotes: q.request.Limit, Related: q.request.Limit, Latest: q.request.Limit,
	})
	if err != nil {
		s.problem(w, r, statusOf(err), err)
		return
	}
	s.answer(w, r, entity)
}

func (s *server) sourcesAPI(w http.ResponseWriter, r *http.Request) {
	list, err := s.Sources(r.Context())
	if err != nil {
		s.problem(w, r, http.StatusServiceUnavailable, err)
		return
	}
	if list == nil {
		list = []client.Source{}
	}
	s.answer(w, r, list)
}

// number reads a parameter that is a number of 1 to most; "" means preset.
func number(value, name string, preset, most int) (int, error) {
	if value == "" {
		return preset, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > most {
		return 0, fmt.Errorf("%s: %q is no number of 1 to %d", name, value, most)
	}
	return n, nil
}

// answer sends a value as JSON.
func (s *server) answer(w http.ResponseWriter, r *http.Request, value any) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		s.problem(w, r, http.StatusInternalServerError, fmt.Errorf("writing the answer: %w", err))
		return
	}
	s.sendJSON(w, r, body.Bytes())
}

// sendJSON sends JSON, or 304 when the reader has it.
func (s *server) sendJSON(w http.ResponseWriter, r *http.Request, body []byte) {
	tag := entityTag(body)
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if hasTag(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/json")
	if _, err := w.Write(body); err != nil {
		s.Logger.Debug("the reader went away", "path", r.URL.Path, "error", err)
	}
}

// problem tells an error as RFC 9457 has it.
func (s *server) problem(w http.ResponseWriter, r *http.Request, status int, err error) {
	if status >= http.StatusInternalServerError {
		s.Logger.Error("answering", "path", r.URL.Path, "status", status, "error", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(client.Problem{ // the reader may have gone
		Type:     "about:blank",
		Title:    http.StatusText(status),
		Status:   status,
		Detail:   err.Error(),
		Instance: r.URL.EscapedPath(),
	})
}
