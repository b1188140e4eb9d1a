package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/dateline-news/dateline/ingest/canonical"
	"github.com/dateline-news/dateline/ingest/inbox"
	"github.com/dateline-news/dateline/ingest/page"
	"github.com/dateline-news/dateline/news"
)

// SourcePush is the name of the source of reports that agencies push.
const SourcePush = "push"

// Delivery is a report as an agency pushes it.
type Delivery struct {
	// Agency issues the report.
	Agency string `json:"agency"`
	// URL and GUID name the report: one that comes again under the same name
	// is a revision of it. Without either its text names it.
	URL  string `json:"url"`
	GUID string `json:"guid"`
	// Text is the body, its paragraphs separated by an empty line; or HTML is.
	Text string `json:"text"`
	HTML string `json:"html"`

	Title    string   `json:"title"`
	Byline   []string `json:"byline"`
	Section  string   `json:"section"`
	Tags     []string `json:"tags"`
	Language string   `json:"language"`
	// Published and Modified are RFC 3339.
	Published string `json:"published"`
	Modified  string `json:"modified"`
	// Status is "corrected" or "withdrawn", "" for a report in force.
	Status string `json:"status"`
}

// DeliveryError is what is wrong with a delivery, and where. Sending it again
// cannot help.
type DeliveryError struct {
	// Field is the JSON name of the field at fault, "" for the whole.
	Field, Detail string
}

func (e *DeliveryError) Error() string {
	if e.Field == "" {
		return e.Detail
	}
	return e.Field + ": " + e.Detail
}

// The values of Receipt.Outcome.
const (
	OutcomeCreated   = "created"
	OutcomeRevised   = "revised"
	OutcomeUnchanged = "unchanged"
)

// Receipt says what became of a delivery.
type Receipt struct {
	ID       string
	Revision int
	Outcome  string
	Story    string
}

// Receiver takes reports that agencies push, and publishes each as any other
// report: once, and a changed one as a new revision. It is safe for concurrent
// use.
type Receiver struct {
	mu sync.Mutex
	r  *runner
}

// NewReceiver returns a receiver. Of opts it needs Bus, Now and Logger.
func NewReceiver(ctx context.Context, opts Options) (*Receiver, error) {
	opts = opts.withDefaults()
	state, err := openStore(ctx, opts.Bus, opts.Logger)
	if err != nil {
		return nil, fmt.Errorf("open the state of ingestion: %w", err)
	}
	r, err := newRunner(Source{Name: SourcePush}, newDesk(opts, state))
	if err != nil {
		return nil, err
	}
	return &Receiver{r: r}, nil
}

// Receive publishes one delivery, a JSON object, and returns when it is safe.
// Its error is a *DeliveryError, or one of the bus, after which the same
// delivery can be sent again.
func (rc *Receiver) Receive(ctx context.Context, data []byte) (Receipt, error) {
	d, err := decodeDelivery(data)
	if err != nil {
		return Receipt{}, err
	}
	report, err := d.report()
	if err != nil {
		return Receipt{}, err
	}
	rc.mu.Lock()
	defer rc.mu.Unlock()
	return rc.publish(ctx, report)
}

func (rc *Receiver) publish(ctx context.Context, report *news.Report) (Receipt, error) {
	r := rc.r
	// Another process may have published meanwhile.
	r.settled = false
	published, err := r.publishTried(ctx, report)
	if errors.Is(err, news.ErrInvalid) {
		return Receipt{}, &DeliveryError{Detail: err.Error()}
	}
	if err != nil {
		return Receipt{}, err
	}
	if published {
		outcome := OutcomeRevised
		if report.Revision == 1 {
			outcome = OutcomeCreated
		}
		return Receipt{ID: report.ID, Revision: report.Revision, Outcome: outcome, Story: report.Story}, nil
	}
	var known reportState
	_, err = load(ctx, r.state.seen, reportKey(report.ID), &known)
	return Receipt{ID: report.ID, Revision: known.Revision, Outcome: OutcomeUnchanged, Story: known.Story}, err
}

func decodeDelivery(data []byte) (*Delivery, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var d *Delivery
	err := decoder.Decode(&d)
	var wrongType *json.UnmarshalTypeError
	switch {
	case err == nil && decoder.Decode(&struct{}{}) != io.EOF:
		return nil, &DeliveryError{Detail: "there is more than one JSON object; send several as application/x-ndjson, one a line"}
	case err == nil && d == nil:
		return nil, &DeliveryError{Detail: "not a JSON object: null"}
	case err == nil:
		return d, nil
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return nil, &DeliveryError{wrongType.Field, fmt.Sprintf("a %s stands where a %s belongs", wrongType.Value, wrongType.Type)}
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		field := strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`)
		return nil, &DeliveryError{field, "there is no such field; the fields are agency, url, guid, text or html, title, byline, section, tags, language, published, modified and status"}
	}
	return nil, &DeliveryError{Detail: "not a JSON object: " + strings.TrimPrefix(err.Error(), "json: ")}
}

// report checks the delivery and makes a report of it.
func (d *Delivery) report() (*news.Report, error) {
	text := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(d.Text))
	switch {
	case strings.TrimSpace(d.Agency) == "":
		return nil, &DeliveryError{"agency", "name the agency that issues the report"}
	case text != "" && d.HTML != "":
		return nil, &DeliveryError{"html", "send the body as text or as html, not both"}
	case d.Status != "" && d.Status != news.StatusCorrected && d.Status != news.StatusWithdrawn:
		return nil, &DeliveryError{"status", fmt.Sprintf("%q is none of %q and %q; leave it out for a report in force", d.Status, news.StatusCorrected, news.StatusWithdrawn)}
	}
	if text == "" {
		text = page.Text(d.HTML)
	}
	withdrawn := d.Status == news.StatusWithdrawn
	switch {
	case text == "" && !withdrawn:
		return nil, &DeliveryError{"text", "send the body of the report, its paragraphs separated by an empty line"}
	case text == "" && d.URL == "" && d.GUID == "":
		return nil, &DeliveryError{"guid", "name the report that is withdrawn, by its url or guid"}
	}
	if d.URL != "" {
		if _, err := canonical.URL(d.URL); err != nil {
			return nil, &DeliveryError{"url", err.Error()}
		}
	}
	report := &news.Report{
		Agency: strings.TrimSpace(d.Agency), URL: d.URL, Title: strings.TrimSpace(d.Title), Text: text, Byline: d.Byline,
		Section: d.Section, Tags: d.Tags, Language: page.LanguageTag(d.Language), Status: d.Status,
	}
	var err error
	if report.Published, err = deliveryTime("published", d.Published); err != nil {
		return nil, err
	}
	if report.Modified, err = deliveryTime("modified", d.Modified); err != nil {
		return nil, err
	}
	return inbox.Complete(report, d.GUID, inbox.Options{Source: SourcePush}), nil
}

func deliveryTime(field, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil || t.Year() < 1900 || t.Year() > 2100 {
		return time.Time{}, &DeliveryError{field, fmt.Sprintf("%q is no time; write it as RFC 3339, such as 2006-01-02T15:04:05+04:00", value)}
	}
	return t, nil
}
