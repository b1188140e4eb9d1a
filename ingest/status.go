package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/ingest/feed"
	"github.com/dateline-news/dateline/ingest/fetch"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/wire"
)

// Status is how a source is doing. It is kept in the poll bucket, where any
// process can read it: see Statuses.
type Status struct {
	Source   string `json:"source"`
	Agency   string `json:"agency,omitempty"`
	Kind     string `json:"kind"`
	URL      string `json:"url"`
	Schedule string `json:"schedule,omitempty"`
	// LastPoll is the last try, LastSuccess the last that was answered, and
	// NextDue the next; an inbox has no NextDue.
	LastPoll    time.Time `json:"last_poll,omitzero"`
	LastSuccess time.Time `json:"last_success,omitzero"`
	NextDue     time.Time `json:"next_due,omitzero"`
	// Failures counts the tries since LastSuccess.
	Failures int `json:"failures,omitempty"`
	// Error says what is wrong now, in a plain sentence with the thing to do;
	// "" when all is well. Note says what is odd but needs nothing done.
	Error string `json:"error,omitempty"`
	Note  string `json:"note,omitempty"`
	// Items is the length of the last list; Published counts the revisions
	// published since the beginning, the last at LastPublished.
	Items         int       `json:"items"`
	Published     int       `json:"published"`
	LastPublished time.Time `json:"last_published,omitzero"`
	// Gone counts the items that were retired because their page is gone.
	Gone int `json:"gone,omitempty"`
	// ErrorRate is the part of the last 64 requests, for lists and for pages,
	// that failed.
	ErrorRate float64 `json:"error_rate"`
	// Missing is the part of the last 64 published reports that lacked a
	// field, for each field that was ever missing: title, published, byline or
	// language.
	Missing map[string]float64 `json:"missing,omitempty"`
	// UsualGap is the mean time between two pieces of news, 0 where that is
	// not known yet; in JSON in nanoseconds.
	UsualGap time.Duration `json:"usual_gap,omitempty"`
	// Silent says that the source has had nothing new for longer than is usual
	// for it; "" when all is well.
	Silent string `json:"silent,omitempty"`
}

// Statuses reads the status of every source that was ever polled, by name.
// poll is the bucket wire.BucketPoll.
func Statuses(ctx context.Context, poll jetstream.KeyValue) ([]Status, error) {
	keys, err := poll.ListKeysFiltered(ctx, sourceKey("*"))
	if err != nil {
		return nil, fmt.Errorf("list the sources' state: %w", err)
	}
	var out []Status
	for key := range keys.Keys() {
		entry, err := poll.Get(ctx, key)
		if errors.Is(err, jetstream.ErrKeyNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the state %s: %w", key, err)
		}
		var s pollState
		if err := json.Unmarshal(entry.Value(), &s); err != nil {
			return nil, fmt.Errorf("read the state %s: %w", key, err)
		}
		out = append(out, s.Status)
	}
	slices.SortFunc(out, func(a, b Status) int { return cmp.Compare(a.Source, b.Source) })
	return out, nil
}

// sentence says to a person what went wrong and what to do.
func sentence(err error) string {
	s := strings.TrimRight(err.Error(), ". ")
	if advice := advise(err); advice != "" {
		return s + "; " + advice
	}
	return s
}

func advise(err error) string {
	var e *fetch.Error
	switch {
	case errors.Is(err, wire.ErrFull):
		return "polling goes on when there is room"
	case errors.Is(err, feed.ErrEmpty):
		return "nothing to do if the agency is silent, else check the source's url and selectors"
	case errors.Is(err, page.ErrPaywall):
		return "ask the publisher for access, or poll a list of what is free"
	case errors.Is(err, page.ErrConsentWall), errors.Is(err, page.ErrBotWall):
		return "ask the publisher to let us in, or for a feed with the whole articles"
	case !errors.As(err, &e):
		return ""
	case e.Kind == fetch.ErrUnreachable, e.Kind == fetch.ErrTimeout:
		return "check the address and the network; it is tried again by itself"
	case e.Kind == fetch.ErrRobots:
		return "ask the publisher for permission, or remove the source"
	case e.Kind == fetch.ErrTooLarge:
		return "raise ingest.max_body if the page is really that long"
	case e.Status == http.StatusGone:
		return "the publisher says that it is gone for good: remove the source, or give it another url"
	case e.Status == http.StatusNotFound:
		return "check the source's url"
	case e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden:
		return "the site does not let us in; ask the publisher"
	case e.Status >= 500, e.Kind == fetch.ErrBusy:
		return "the fault is on the server's side; it is tried again by itself"
	}
	return ""
}
