package channel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/internal/publicnet"
)

// poster sends an HTTP POST and sorts what comes of it.
type poster struct {
	url    string
	client *http.Client
	now    func() time.Time
}

// maxRetryAfter bounds what a receiver may ask for.
const maxRetryAfter = 24 * time.Hour

func (p poster) post(ctx context.Context, header http.Header, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		return &Failure{Err: err}
	}
	request.Header = header
	request.Header.Set("User-Agent", "Dateline")
	written := false
	request = request.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { written = info.Err == nil },
	}))
	response, err := p.client.Do(request)
	if err != nil {
		return p.connectFailure(err, written)
	}
	defer response.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(response.Body, 200)) // a word of the receiver helps its owner
	return p.outcome(response, bytes.TrimSpace(said))
}

// connectFailure sorts what came in the place of an answer; written says that
// the receiver was sent all of the message.
func (p poster) connectFailure(err error, written bool) error {
	var private *publicnet.PrivateError
	if errors.As(err, &private) {
		return &Failure{Err: fmt.Errorf("%s is a private address; set local: true on the channel if it is on your own network", private.Address)}
	}
	// The address of a hook is a secret: url.Error would repeat it.
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		err = fmt.Errorf("no answer in %s", sendTime)
	}
	return &Failure{Temporary: true, Unsure: written, Err: err}
}

// outcome reads the answer as Standard Webhooks has it: 2xx is delivered, 410
// means never again, a redirect is a fault, 4xx is the receiver's no, except
// for those that ask for another try.
func (p poster) outcome(response *http.Response, said []byte) error {
	code := response.StatusCode
	if code >= 200 && code < 300 {
		return nil
	}
	err := fmt.Errorf("the receiver answered %d %s", code, http.StatusText(code))
	if len(said) > 0 {
		err = fmt.Errorf("%w: %q", err, said)
	}
	switch code {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return &Failure{Temporary: true, RetryAfter: p.retryAfter(response), Err: err}
	}
	return &Failure{Temporary: code >= 500, RetryAfter: p.retryAfter(response), Err: err}
}

// retryAfter reads seconds or an HTTP date (RFC 9110, 10.2.3), 0 without one.
func (p poster) retryAfter(response *http.Response) time.Duration {
	header := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(header); err == nil && seconds >= 0 {
		return min(time.Duration(min(seconds, 1<<30))*time.Second, maxRetryAfter)
	}
	if at, err := http.ParseTime(header); err == nil && at.After(p.now()) {
		return min(at.Sub(p.now()), maxRetryAfter)
	}
	return 0
}
