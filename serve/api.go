package serve

import (
	"bytes"
	_ "embed" // for openapi.json
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/index/query"
	"github.com/dateline-news/dateline/serve/client"
)

// openAPI describes the API in OpenAPI 3.1.
//
//go:embed openapi.json
var openAPI []byte

// mountAPI adds the routes of the API. Every path of openapi.json is one of
// them.
func (s *server) mountAPI(mux *http.ServeMux) {
	limited := newRateLimit(s.Rate, s.Now)
	for path, answer := range map[string]http.HandlerFunc{
		"/api/v1/search":               s.searchAPI,
		"/api/v1/export":               s.exportAPI,
		"/api/v1/reports/{id}":         s.reportAPI,
		"/api/v1/reports/{id}/like":    s.likeAPI,
		"/api/v1/entities/{kind}/{id}": s.entityAPI,
		"/api/v1/sources":              s.sourcesAPI,
		"/api/v1/openapi.json":         s.openAPI,
	} {
		handler := s.limit(limited, answer)
		mux.Handle("GET "+path, handler)
		mux.HandleFunc(path, s.methodNotAllowed)
	}
}

func (s *server) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	s.problem(w, r, http.StatusMethodNotAllowed, fmt.Errorf("%s is not possible here; use GET", r.Method))
}

func (s *server) openAPI(w http.ResponseWriter, r *http.Request) { s.sendJSON(w, r, openAPI) }

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
