package serve

import (
	"bufio"
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"strings"

	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
)

// Push takes the reports that agencies push. The zero value takes none.
type Push struct {
	// Receive takes one report, a JSON object, and returns when it is safe.
	// What is wrong with the report is a *client.Problem.
	Receive func(ctx context.Context, report []byte) (*client.Receipt, error)
	// Token is what an agency must send as a bearer token. Without one only
	// editors, by their own tokens, and programs on this machine may push.
	Token string
	// MaxReport bounds a report in bytes.
	MaxReport int64
}

// maxDelivery bounds a request of many reports, in bytes.
const maxDelivery = 64 << 20

// pushAPI answers POST /api/v1/reports: one report as application/json, or
// many as application/x-ndjson, one a line.
func (s *server) pushAPI(w http.ResponseWriter, r *http.Request) {
	if s.Push.Receive == nil {
		s.refusePush(w, &client.Problem{Status: http.StatusNotFound, Detail: "this server takes no reports"})
		return
	}
	if problem := s.Push.admit(r); problem != nil {
		if problem.Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Bearer realm="reports"`)
		}
		s.refusePush(w, problem)
		return
	}
	switch kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "application/json":
		s.pushOne(w, r)
	case "application/x-ndjson", "application/ndjson":
		s.pushMany(w, r)
	default:
		s.refusePush(w, &client.Problem{
			Status: http.StatusUnsupportedMediaType,
			Detail: "send one report as application/json, or several as application/x-ndjson, one a line",
		})
	}
}

// admit says whether who asks may push; nil when so.
func (p *Push) admit(r *http.Request) *client.Problem {
	who := access.From(r.Context())
	switch {
	case p.knows(r) || who.Name != "" && who.Role.May(access.Editor):
		return nil
	case p.Token != "" && r.Header.Get("Authorization") == "":
		return &client.Problem{Status: http.StatusUnauthorized, Detail: "send the token of this server as Authorization: Bearer TOKEN"}
	case p.Token != "":
		return &client.Problem{Status: http.StatusUnauthorized, Detail: "this is not the token of this server"}
	case isOnThisMachine(r):
		return nil
	}
	return &client.Problem{Status: http.StatusForbidden, Detail: "reports are taken from this machine alone; set push.token in the configuration to take them from others"}
}

// knows reports whether an agency pushes with its token, which stands apart
// from those of the people who read.
func (p *Push) knows(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && p.Token != "" && r.Method == http.MethodPost && r.URL.Path == pushPath &&
		subtle.ConstantTimeCompare([]byte(strings.TrimSpace(token)), []byte(p.Token)) == 1
}

// pushPath is where agencies push.
const pushPath = "/api/v1/reports"

// isOnThisMachine reports whether a program on this machine asks, rather than
// a proxy for another, or a page in a browser by a name that it gave us.
func isOnThisMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via", "Origin"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && isLoopback(r.Host)
}

func (s *server) pushOne(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.Push.MaxReport))
	if err != nil {
		s.refusePush(w, bodyProblem(err, s.Push.MaxReport))
		return
	}
	receipt, problem := s.receive(r.Context(), body)
	if problem != nil {
		s.refusePush(w, problem)
		return
	}
	status := http.StatusOK
	if receipt.Outcome == client.OutcomeCreated {
		status = http.StatusCreated
	}
	w.Header().Set("Location", "/api/v1/reports/"+receipt.ID)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(receipt) // the sender may have gone
}

func bodyProblem(err error, limit int64) *client.Problem {
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) || errors.Is(err, bufio.ErrTooLong) {
		return &client.Problem{Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("longer than the %d bytes that are taken; send less at a time", limit)}
	}
	return &client.Problem{Status: http.StatusBadRequest, Detail: "the request broke off: " + err.Error()}
}

// receive takes one report; a problem says why not.
func (s *server) receive(ctx context.Context, report []byte) (*client.Receipt, *client.Problem) {
	receipt, err := s.Push.Receive(ctx, report)
	var problem *client.Problem
	switch {
	case err == nil:
		return receipt, nil
	case errors.As(err, &problem):
		return nil, problem
	}
	s.Logger.Error("a report that was pushed could not be stored", "error", err)
	return nil, &client.Problem{Status: http.StatusServiceUnavailable, Detail: "the report could not be stored; send it again: " + err.Error()}
}

// pushMany answers with a line for each line that holds a report, in their
// order: 200 when all were taken, 207 when the answer says of some why not.
// After a fault of ours the rest is not tried, and has no line.
func (s *server) pushMany(w http.ResponseWriter, r *http.Request) {
	lines := bufio.NewScanner(http.MaxBytesReader(w, r.Body, maxDelivery))
	lines.Buffer(nil, int(s.Push.MaxReport))
	answers, number, failed := []client.LineReceipt{}, 0, false
	for lines.Scan() {
		number++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		receipt, problem := s.receive(r.Context(), line)
		if problem != nil {
			failed = true
			problem.Title = http.StatusText(problem.Status)
		}
		answers = append(answers, client.LineReceipt{Line: number, Receipt: receipt, Problem: problem})
		if r.Context().Err() != nil || problem != nil && problem.Status >= http.StatusInternalServerError {
			break // what follows would fail as well
		}
	}
	if err := lines.Err(); err != nil {
		problem := bodyProblem(err, s.Push.MaxReport)
		if len(answers) == 0 {
			s.refusePush(w, problem)
			return
		}
		problem.Title, failed = http.StatusText(problem.Status), true
		answers = append(answers, client.LineReceipt{Line: number + 1, Problem: problem})
	}
	if number == 0 {
		s.refusePush(w, &client.Problem{Status: http.StatusUnprocessableEntity, Detail: "there is no report in the request"})
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	if failed {
		w.WriteHeader(http.StatusMultiStatus)
	}
	encoder := json.NewEncoder(w)
	for _, a := range answers {
		_ = encoder.Encode(a) // the sender may have gone
	}
}

// refusePush answers with a problem (RFC 9457).
func (s *server) refusePush(w http.ResponseWriter, p *client.Problem) {
	p.Title = http.StatusText(p.Status)
	if p.Status >= http.StatusInternalServerError {
		w.Header().Set("Retry-After", "30")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the sender may have gone
}
