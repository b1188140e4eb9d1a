package elastic

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/dateline-news/dateline/index"
)

// newClient returns a client for the options. The client passes over a node
// it cannot connect to, which sends nothing twice; every other retry is ours.
func newClient(o Options) (*elasticsearch.Client, error) {
	if len(o.Addresses) == 0 && o.CloudID == "" {
		return nil, errors.New("elasticsearch: no address; give the URL of a node, such as http://127.0.0.1:9200, or a cloud id")
	}
	for _, a := range o.Addresses {
		u, err := url.Parse(a)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, errors.New("elasticsearch: an address is not a URL such as http://127.0.0.1:9200 or https://name:password@host:9200")
		}
	}
	transport := o.Transport
	if transport == nil {
		transport = newTransport(o.InFlight)
	}
	if len(o.Addresses) > 0 && o.CloudID != "" {
		return nil, errors.New("elasticsearch: there are both an address and a cloud id; leave one of them")
	}
	if !indexName.MatchString(o.Name) {
		return nil, fmt.Errorf("elasticsearch: the index cannot be called %q; use small letters, digits, - and _, beginning with a letter or digit", o.Name)
	}
	client, err := elasticsearch.NewClient(elasticsearch.Config{
		Addresses: o.Addresses, CloudID: o.CloudID,
		Username: o.Username, Password: o.Password, APIKey: o.APIKey, CACert: o.CACert,
		Transport:     transport,
		DisableRetry:  len(o.Addresses) < 2,
		MaxRetries:    len(o.Addresses) - 1,
		RetryOnStatus: []int{http.StatusBadGateway},
		RetryOnError:  func(_ *http.Request, err error) bool { return notConnected(err) },
	})
	if err != nil && o.CloudID != "" {
		return nil, fmt.Errorf("elasticsearch: copy the cloud id from the page of the deployment, as in name:ZXU…: %w", err)
	}
	if err != nil {
		return nil, fmt.Errorf("elasticsearch: %w", err)
	}
	return client, nil
}

// indexName is what the names of an archive's indexes may begin with.
var indexName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,200}$`)

func newTransport(inFlight int) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   5 * time.Second,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   inFlight + 16,
		IdleConnTimeout:       90 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// notConnected reports whether err arose before anything was sent.
func notConnected(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// addresses returns what messages call the cluster, without passwords.
func addresses(o Options) string {
	if o.CloudID != "" {
		name, _, _ := strings.Cut(o.CloudID, ":")
		return "Elastic Cloud " + name
	}
	shown := make([]string, 0, len(o.Addresses))
	for _, a := range o.Addresses {
		if u, err := url.Parse(a); err == nil {
			u.User = nil
			shown = append(shown, u.String())
		}
	}
	return strings.Join(shown, ", ")
}

// cluster performs requests.
type cluster struct {
	transport esapi.Transport
	addresses string
	timeout   time.Duration
}

// request is one of the client's requests.
type request interface {
	Do(ctx context.Context, transport esapi.Transport) (*esapi.Response, error)
}

// do performs a request and decodes the answer into answer, if that is not
// nil. An answer that is no success is a *serverError; no answer at all is
// index.ErrUnavailable.
func (c *cluster) do(ctx context.Context, r request, answer any) error {
	body, err := c.perform(ctx, r)
	if err != nil || answer == nil {
		return err
	}
	return decode(body, answer)
}

func (c *cluster) perform(ctx context.Context, r request) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	res, err := r.Do(ctx, c.transport)
	if err != nil {
		return nil, c.noAnswer(ctx, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, c.noAnswer(ctx, err)
	}
	if res.StatusCode >= 300 {
		return nil, newServerError(res.StatusCode, body)
	}
	return body, nil
}

func (c *cluster) noAnswer(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: Elasticsearch at %s did not answer in time; see whether it is overloaded: %w", index.ErrUnavailable, c.addresses, err)
	}
	advice := "start it or correct its address"
	var unknown *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &unknown):
		advice = "give the PEM file of the authority that signed its certificate as elasticsearch.ca, and call it by a name that the certificate has"
	case errors.As(err, &plain):
		advice = "it speaks http and not https; correct its address"
	}
	return fmt.Errorf("%w: no answer from Elasticsearch at %s; %s: %w", index.ErrUnavailable, c.addresses, advice, err)
}

// serverError is an answer of Elasticsearch that is no success.
type serverError struct {
	Status int
	// Type and Reason are the server's, "" where it gave none.
	Type, Reason string
}

func (e *serverError) Error() string {
	text := fmt.Sprintf("Elasticsearch answered %d", e.Status)
	if e.Type != "" {
		text += " " + e.Type
	}
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

// Is makes the errors that another try can mend index.ErrUnavailable.
func (e *serverError) Is(target error) bool {
	return target == index.ErrUnavailable && !e.final()
}

// final reports whether the request itself is at fault.
func (e *serverError) final() bool {
	switch e.Type {
	case "index_closed_exception", "strict_dynamic_mapping_exception", "cluster_block_exception":
		return false
	}
	return e.Status == http.StatusBadRequest || e.Status == http.StatusRequestEntityTooLarge
}

// cause is the error object of an answer.
type cause struct {
	Type     string  `json:"type"`
	Reason   string  `json:"reason"`
	CausedBy *cause  `json:"caused_by"`
	Root     []cause `json:"root_cause"`
}

// reason is the cause's reason and that of what caused it: the first alone
// often says only that parsing failed.
func (c *cause) reason() string {
	text := c.Reason
	for deeper := c.CausedBy; deeper != nil; deeper = deeper.CausedBy {
		if deeper.Reason != "" && !strings.Contains(text, deeper.Reason) {
			text += ": " + deeper.Reason
		}
	}
	if text == "" && len(c.Root) > 0 {
		return c.Root[0].Reason
	}
	return text
}

func newServerError(status int, body []byte) *serverError {
	var answer struct {
		Error json.RawMessage `json:"error"`
	}
	e := &serverError{Status: status}
	if json.Unmarshal(body, &answer) != nil || answer.Error == nil {
		return e
	}
	var c cause
	if json.Unmarshal(answer.Error, &c) != nil {
		_ = json.Unmarshal(answer.Error, &e.Reason)
		return e
	}
	e.Type, e.Reason = c.Type, c.reason()
	return e
}

// wait waits for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
