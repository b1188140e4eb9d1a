package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/internal/publicnet"
)

// The kinds of Error, for errors.Is.
var (
	// ErrAddress: the address is none of a web page.
	ErrAddress = errors.New("not a web address")
	// ErrPrivate: the host is on a private network and the source is not local.
	ErrPrivate = errors.New("the address is private; set local: true on the source if it is on your own network")
	// ErrRobots: the site's robots.txt asks not to fetch the page.
	ErrRobots = errors.New("the site's robots.txt asks not to fetch this page")
	// ErrTooLarge: the body is larger than Options.MaxBody.
	ErrTooLarge = errors.New("the page is too large")
	// ErrRedirects: too many redirects, or one to nowhere.
	ErrRedirects = errors.New("too many redirects")
	// ErrTimeout: the server took longer than Options.Timeout.
	ErrTimeout = errors.New("the server took too long")
	// ErrUnreachable: no connection could be made, or it broke.
	ErrUnreachable = errors.New("the server cannot be reached")
	// ErrBusy: the server asks to come back later (429, 503).
	ErrBusy = errors.New("the server asks to come back later")
	// ErrStatus: any other answer that is no page.
	ErrStatus = errors.New("the server answered with an error")
)

// Error is what Get returns for a page that it did not get.
type Error struct {
	URL string
	// Kind is one of the errors above.
	Kind error
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// RetryAfter is how long the server asks to wait; 0 where it does not say.
	RetryAfter time.Duration
	Detail     string
	Err        error
}

// Error says what happened to which page.
func (e *Error) Error() string {
	s := e.URL + ": " + e.Kind.Error()
	if e.Status != 0 {
		s += fmt.Sprintf(": %d %s", e.Status, http.StatusText(e.Status))
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.RetryAfter > 0 {
		s += fmt.Sprintf(", in %s", e.RetryAfter.Round(time.Second))
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap makes the kind and the cause visible to errors.Is.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Temporary reports whether trying again later can help.
func (e *Error) Temporary() bool {
	switch e.Kind {
	case ErrTimeout, ErrUnreachable, ErrBusy:
		return true
	case ErrStatus:
		return e.Status >= 500 || e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooEarly || e.Status == http.StatusOK
	}
	return false
}

// transportError sorts what net/http returns.
func transportError(address string, limit time.Duration, err error) error {
	var private *publicnet.PrivateError
	var network net.Error
	switch {
	case errors.As(err, &private):
		return &Error{URL: address, Kind: ErrPrivate, Detail: private.Address}
	case errors.Is(err, context.Canceled):
		return &Error{URL: address, Kind: ErrUnreachable, Err: context.Canceled}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return &Error{URL: address, Kind: ErrTimeout, Detail: fmt.Sprintf("limit %s", limit)}
	}
	return &Error{URL: address, Kind: ErrUnreachable, Err: innermost(err)}
}

// innermost strips the URL that url.Error repeats.
func innermost(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op
	}
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

// Bounds of the wait that a server may ask for.
const (
	minRetryAfter = time.Second
	maxRetryAfter = 24 * time.Hour
)

// retryAfter reads a Retry-After header: seconds or an HTTP date (RFC 9110,
// 10.2.3). It is 0 where the server does not say, or names a time past.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil && seconds >= 0 {
		return max(minRetryAfter, min(time.Duration(min(seconds, 1<<30))*time.Second, maxRetryAfter))
	}
	if t, err := http.ParseTime(header); err == nil && t.After(now) {
		return min(t.Sub(now), maxRetryAfter)
	}
	return 0
}
