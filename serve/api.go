package serve

import (
	"encoding/json"
	"net/http"

	"github.com/dateline-news/dateline/serve/client"
)

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

func (s *server) sourcesAPI(w http.ResponseWriter, r *http.Request) {
	list, err := s.Sources(r.Context())
	if err != nil {
		s.problem(w, r, http.StatusServiceUnavailable, err)
		return
	}
	s.answer(w, r, list)
}

func (s *server) answer(w http.ResponseWriter, r *http.Request, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
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
		Title:  http.StatusText(status),
		Status: status,
		Detail: err.Error(),
	})
}
