package serve

import (
	"net/http"

	"github.com/dateline-news/dateline/alert"
)

// answerAlerts hands what is asked of rules, and of what they told, to the
// stage that keeps them.
func (s *server) answerAlerts(mux *http.ServeMux) {
	if s.Alerts == nil {
		return
	}
	handler := s.Alerts.Handler()
	for _, pattern := range alert.Patterns() {
		mux.Handle(pattern, handler)
	}
}
