package serve

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/dateline-news/dateline/serve/access"
	"github.com/dateline-news/dateline/serve/client"
	"github.com/dateline-news/dateline/wire"
)

// Operator is what the pages of an operator need of the pipeline.
type Operator interface {
	// CheckNow asks for a poll of a source at once.
	CheckNow(ctx context.Context, source string) error
	// Dead returns the latest dead letters, the latest first.
	Dead(ctx context.Context, limit int) ([]wire.DeadLetter, error)
	// Replay puts the message of a dead letter back on its stream.
	Replay(ctx context.Context, sequence uint64) error
	// Lag is how much waits for each stage.
	Lag(ctx context.Context) ([]StageLag, error)
}

// StageLag is how much waits for a stage.
type StageLag struct {
	Stage   string
	Stream  string
	Waiting uint64
	// Problem says why nothing is known, "" when it is.
	Problem string
}

// operatorView is the page of the pipeline.
type operatorView struct {
	Stages  []StageLag
	Letters []deadLetter
	Problem string
	Said    string
	May     bool // the reader may replay and check
	More    bool // there are more letters than shown
}

type deadLetter struct {
	wire.DeadLetter
	Excerpt string
}

// mostLetters is how many dead letters the page shows; excerptBytes how much
// of each.
const (
	mostLetters  = 100
	excerptBytes = 400
)

func (s *server) operatorPage(w http.ResponseWriter, r *http.Request) {
	if s.Operator == nil {
		s.notFound(w, r)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), partTime)
	defer cancel()
	page := &operatorView{May: access.From(r.Context()).Role.May(access.Admin), Said: said(r.URL.Query().Get("done"))}
	stages, err := s.Operator.Lag(ctx)
	page.Stages = stages
	letters, deadErr := s.Operator.Dead(ctx, mostLetters+1)
	if err = errors.Join(err, deadErr); err != nil {
		page.Problem = "Not everything could be read: " + err.Error()
	}
	page.More = len(letters) > mostLetters
	for _, l := range letters[:min(len(letters), mostLetters)] {
		page.Letters = append(page.Letters, deadLetter{l, excerpt(l.Body)})
	}
	s.show(w, r, http.StatusOK, "operator", view{Title: "Pipeline – Dateline", Page: page})
}

func excerpt(body []byte) string {
	if len(body) > excerptBytes {
		return string(body[:excerptBytes]) + " …"
	}
	return string(body)
}

// said are the words for what was just done; an address can carry no others.
func said(done string) string {
	return map[string]string{
		"replayed": "The message is back on its stream.",
		"gone":     "There is no such dead letter any more.",
		"asked":    "The source is being checked; its line changes when it has answered.",
	}[done]
}

func (s *server) replay(w http.ResponseWriter, r *http.Request) {
	if s.Operator == nil {
		s.notFound(w, r)
		return
	}
	sequence, err := strconv.ParseUint(r.PathValue("sequence"), 10, 64)
	if err != nil {
		s.fault(w, r, http.StatusBadRequest, "That is no dead letter", err)
		return
	}
	done := "replayed"
	if err := s.Operator.Replay(r.Context(), sequence); errors.Is(err, wire.ErrNoDeadLetter) {
		done = "gone"
	} else if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The message could not be put back", err)
		return
	}
	s.Logger.Info("dead letter replayed", "sequence", sequence, "by", cmp.Or(access.From(r.Context()).Name, "this machine"))
	http.Redirect(w, r, "/operator?done="+done, http.StatusSeeOther)
}

func (s *server) checkNow(w http.ResponseWriter, r *http.Request) {
	if s.Operator == nil {
		s.notFound(w, r)
		return
	}
	name := r.PathValue("source")
	if err := s.Operator.CheckNow(r.Context(), name); err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The source could not be checked", err)
		return
	}
	s.Logger.Info("a source is checked now", "source", name, "by", cmp.Or(access.From(r.Context()).Name, "this machine"))
	http.Redirect(w, r, "/sources?done=asked#"+url.PathEscape(name), http.StatusSeeOther)
}

// sourcesView is the page of the sources.
type sourcesView struct {
	Sources []sourceRow
	Said    string
}

type sourceRow struct {
	client.Source
	CheckURL string // "" where the reader may not, or nothing polls
}

func (s *server) sourcesPage(w http.ResponseWriter, r *http.Request) {
	list, err := s.Sources(r.Context())
	if err != nil {
		s.fault(w, r, http.StatusServiceUnavailable, "The state of the sources is not available", err)
		return
	}
	page := &sourcesView{Said: said(r.URL.Query().Get("done"))}
	may := s.Operator != nil && access.From(r.Context()).Role.May(access.Admin)
	for _, one := range list {
		row := sourceRow{Source: one}
		if may && one.Kind != "inbox" {
			row.CheckURL = "/operator/sources/" + url.PathEscape(one.Name) + "/check"
		}
		page.Sources = append(page.Sources, row)
	}
	s.show(w, r, http.StatusOK, "sources", view{Title: "Sources – Dateline", Page: page})
}
