package alert

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index"
	"github.com/dateline-news/dateline/internal/strictjson"
)

// Handler answers the API of alerts, and the feeds and calendars of rules:
//
//	GET    /api/v1/rules                   every rule
//	POST   /api/v1/rules                   keep a rule (YAML or JSON)
//	GET    /api/v1/rules/{name}            one rule
//	PUT    /api/v1/rules/{name}            keep the rule under the name
//	DELETE /api/v1/rules/{name}
//	POST   /api/v1/rules/{name}/enable     {"catch_up": true}
//	POST   /api/v1/rules/{name}/disable
//	POST   /api/v1/rules/{name}/snooze     {"until": "4h"}; "" ends it
//	GET    /api/v1/rules/{name}/log        what it told, and what became of it
//	GET    /api/v1/rules/{name}/dead       the messages that were given up
//	POST   /api/v1/rules/{name}/replay     try again what was given up
//	POST   /api/v1/rules/{name}/test       {"since": "30d"}: a backtest
//	POST   /api/v1/rules/test              {"rule": {…}, "since": "30d"}
//	GET    /api/v1/channels
//	GET    /api/v1/alerts                  what all rules told
//	GET    /api/v1/alerts/dead             the messages of all rules that were given up
//	GET    /api/v1/alerts/live             the same as it comes, server-sent events
//	GET    /alerts/{name}/rss, atom, calendar.ics
//	GET, POST /unsubscribe/{token}
//
// Errors are problems as RFC 9457 has them.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	for route, answer := range s.routes() {
		mux.HandleFunc(route, answer)
	}
	mux.HandleFunc("GET /alerts/{name}/rss", s.rss)
	mux.HandleFunc("GET /alerts/{name}/atom", s.atom)
	mux.HandleFunc("GET /alerts/{name}/calendar.ics", s.calendar)
	mux.HandleFunc("GET /unsubscribe/{token}", s.askUnsubscribe)
	mux.HandleFunc("POST /unsubscribe/{token}", s.unsubscribe)
	return s.sameOrigin(mux)
}

// routes are the routes of the API, each a method and a path.
func (s *Service) routes() map[string]http.HandlerFunc {
	routes := map[string]http.HandlerFunc{"GET /api/v1/alerts/live": s.live}
	for route, f := range map[string]func(r *http.Request) (any, error){
		"GET /api/v1/rules":        func(r *http.Request) (any, error) { return s.Rules(r.Context()) },
		"POST /api/v1/rules":       s.putAPI,
		"PUT /api/v1/rules/{name}": s.putAPI,
		"GET /api/v1/rules/{name}": func(r *http.Request) (any, error) { return s.Rule(r.Context(), r.PathValue("name")) },
		"DELETE /api/v1/rules/{name}": func(r *http.Request) (any, error) {
			return struct{}{}, s.Delete(r.Context(), r.PathValue("name"))
		},
		"POST /api/v1/rules/{name}/enable":  s.enableAPI,
		"POST /api/v1/rules/{name}/disable": func(r *http.Request) (any, error) { return s.Disable(r.Context(), r.PathValue("name")) },
		"POST /api/v1/rules/{name}/snooze":  s.snoozeAPI,
		"GET /api/v1/rules/{name}/log":      s.logAPI,
		"GET /api/v1/rules/{name}/dead": func(r *http.Request) (any, error) {
			if _, err := s.store.Get(r.Context(), r.PathValue("name")); err != nil {
				return nil, err
			}
			return s.Dead(r.Context(), r.PathValue("name"))
		},
		"GET /api/v1/alerts/dead":          func(r *http.Request) (any, error) { return s.Dead(r.Context(), "") },
		"POST /api/v1/rules/{name}/replay": s.replayAPI,
		"POST /api/v1/rules/{name}/test":   s.testKeptAPI,
		"POST /api/v1/rules/test":          s.testAPI,
		"GET /api/v1/channels":             s.channelsAPI,
		"GET /api/v1/alerts": func(r *http.Request) (any, error) {
			limit, err := limitOf(r)
			if err != nil {
				return nil, err
			}
			return s.Recent(r.Context(), limit)
		},
	} {
		routes[route] = func(w http.ResponseWriter, r *http.Request) {
			value, err := f(r)
			if err != nil {
				s.problem(w, r, err)
				return
			}
			s.answer(w, r, value)
		}
	}
	return routes
}

// Routes are the routes of the API of alerts, each a method and a path, that a
// server hands to Handler.
func (s *Service) Routes() []string { return slices.Sorted(maps.Keys(s.routes())) }

// Patterns are the patterns of what else a server hands to Handler.
func Patterns() []string {
	return []string{"GET /alerts/{name}/rss", "GET /alerts/{name}/atom", "GET /alerts/{name}/calendar.ics", "/unsubscribe/"}
}

// sameOrigin refuses what another site's page makes a browser send, except
// for the one-click unsubscription of e-mail programs, whose token is the right.
func (s *Service) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.AddInsecureBypassPattern("POST /unsubscribe/{token}")
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.problem(w, r, &requestError{http.StatusForbidden, errors.New("a page of another site may not change rules")})
	}))
	return protection.Handler(next)
}

// requestError is a mistake of the request with its HTTP status.
type requestError struct {
	status int
	err    error
}

func (e *requestError) Error() string { return e.err.Error() }
func (e *requestError) Unwrap() error { return e.err }

// Mistake reports whether the error is one of who asked, and says what to do.
func Mistake(err error) bool { return statusOf(err) < http.StatusInternalServerError }

func mistake(err error) error { return &requestError{http.StatusUnprocessableEntity, err} }

// body reads the body of a request, "" as an empty object, into a value.
func body(r *http.Request, into any) error {
	content, err := io.ReadAll(io.LimitReader(r.Body, longestBody+1))
	switch {
	case err != nil:
		return mistake(fmt.Errorf("reading the body: %w", err))
	case len(content) > longestBody:
		return mistake(fmt.Errorf("the body is longer than %d bytes", longestBody))
	case len(bytes.TrimSpace(content)) == 0:
		return nil
	}
	if err := strictjson.Decode(content, into); err != nil {
		return mistake(fmt.Errorf("the body is not what is expected: %w", err))
	}
	return nil
}

// longestBody is the most bytes of a body: a rule within JSON.
const longestBody = 2 * rule.MaxSource

func (s *Service) putAPI(r *http.Request) (any, error) {
	source, err := io.ReadAll(io.LimitReader(r.Body, rule.MaxSource+1))
	if err != nil {
		return nil, mistake(fmt.Errorf("reading the rule: %w", err))
	}
	if len(bytes.TrimSpace(source)) == 0 {
		return nil, mistake(errors.New("the body holds no rule; send it as YAML or JSON"))
	}
	if json.Valid(source) {
		if err := strictjson.Check[rule.Rule](source); err != nil {
			return nil, mistake(fmt.Errorf("the rule is not what is expected: %w", err))
		}
	}
	return s.Put(r.Context(), r.PathValue("name"), source)
}

func (s *Service) enableAPI(r *http.Request) (any, error) {
	var ask struct {
		CatchUp bool `json:"catch_up"`
	}
	if err := body(r, &ask); err != nil {
		return nil, err
	}
	return s.Enable(r.Context(), r.PathValue("name"), ask.CatchUp)
}

func (s *Service) snoozeAPI(r *http.Request) (any, error) {
	var ask struct {
		Until string `json:"until"`
	}
	if err := body(r, &ask); err != nil {
		return nil, err
	}
	return s.SnoozeFor(r.Context(), r.PathValue("name"), ask.Until)
}

// SnoozeFor snoozes the rule until a time such as 4h; "" ends a snooze.
func (s *Service) SnoozeFor(ctx context.Context, name, text string) (View, error) {
	var until time.Time
	if text != "" {
		var err error
		if until, err = ParseUntil(text, s.opts.Now(), time.UTC); err != nil {
			return View{}, mistake(err)
		}
	}
	return s.Snooze(ctx, name, until)
}

const defaultLimit, maxLimit = 50, 500

func limitOf(r *http.Request) (int, error) {
	text := r.URL.Query().Get("limit")
	if text == "" {
		return defaultLimit, nil
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > maxLimit {
		return 0, mistake(fmt.Errorf("limit: %q; use 1 to %d", text, maxLimit))
	}
	return limit, nil
}

func (s *Service) logAPI(r *http.Request) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	if _, err := s.store.Get(r.Context(), r.PathValue("name")); err != nil {
		return nil, err
	}
	return s.Log(r.Context(), r.PathValue("name"), limit)
}

// Replayed is how many messages are tried again.
type Replayed struct {
	Replayed int `json:"replayed"`
}

func (s *Service) replayAPI(r *http.Request) (any, error) {
	n, err := s.Replay(r.Context(), r.PathValue("name"))
	return Replayed{n}, err
}

// TestRequest asks for a backtest: of Rule, or of the YAML, since a time such
// as 30d.
type TestRequest struct {
	Rule  *rule.Rule `json:"rule,omitempty"`
	YAML  string     `json:"yaml,omitempty"`
	Since string     `json:"since"`
}

func (s *Service) testAPI(r *http.Request) (any, error) {
	var ask TestRequest
	if err := body(r, &ask); err != nil {
		return nil, err
	}
	if ask.Rule == nil {
		return s.BacktestSource(r.Context(), []byte(ask.YAML), ask.Since)
	}
	return s.BacktestSince(r.Context(), *ask.Rule, ask.Since)
}

func (s *Service) testKeptAPI(r *http.Request) (any, error) {
	var ask struct {
		Since string `json:"since"`
	}
	if err := body(r, &ask); err != nil {
		return nil, err
	}
	stored, err := s.store.Get(r.Context(), r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	return s.BacktestSince(r.Context(), stored.Rule, ask.Since)
}

// testTime bounds the work of one backtest, and defaultSince is how far it
// looks back.
const (
	testTime     = 5 * time.Minute
	defaultSince = "30d"
)

// BacktestSince says what the rule would have told since a time such as 30d,
// 2015-09-08 or, where none is given, 30 days ago. A time that cannot be read,
// and a rule that is not valid, are the caller's mistakes: see Mistake.
func (s *Service) BacktestSince(ctx context.Context, tested rule.Rule, text string) (*Backtest, error) {
	since, err := ParseSince(cmp.Or(text, defaultSince), s.opts.Now(), tested.Location())
	if err != nil {
		return nil, mistake(err)
	}
	ctx, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	return s.Backtest(ctx, tested, since)
}

// BacktestSource is BacktestSince for a rule as a person writes it.
func (s *Service) BacktestSource(ctx context.Context, source []byte, text string) (*Backtest, error) {
	read, err := rule.Decode("rule", source)
	if err != nil {
		return nil, mistake(err)
	}
	return s.BacktestSince(ctx, read, text)
}

// ChannelList is the channels that a rule can name.
type ChannelList struct {
	Channels []Channel `json:"channels"`
	// Mail says that mailto:address can be named.
	Mail bool `json:"mail"`
}

func (s *Service) channelsAPI(*http.Request) (any, error) {
	channels, mail := s.Channels()
	return ChannelList{channels, mail}, nil
}

func (s *Service) answer(w http.ResponseWriter, r *http.Request, value any) {
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		s.log.Debug("the reader went away", "path", r.URL.Path, "error", err)
	}
}

// statusOf is the HTTP status of an error.
func statusOf(err error) int {
	var request *requestError
	var unsupported *index.UnsupportedError
	switch {
	case errors.As(err, &request):
		return request.status
	case errors.Is(err, ErrNoRule):
		return http.StatusNotFound
	case errors.Is(err, ErrNothingDead):
		return http.StatusConflict
	case errors.Is(err, errUnreadable):
		return http.StatusConflict
	case errors.Is(err, ErrTooMuch):
		return http.StatusUnprocessableEntity
	case errors.As(err, &unsupported):
		return http.StatusNotImplemented
	}
	return http.StatusServiceUnavailable
}

func (s *Service) problem(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.log.Error("answering", "path", r.URL.Path, "status", status, "error", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the reader may have gone
		"title": http.StatusText(status), "status": status, "detail": err.Error(),
	})
}
