package wire

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dateline-news/dateline/news"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	publishWait      = 5 * time.Second // for the acknowledgement of one try
	firstRepublish   = 100 * time.Millisecond
	slowestRepublish = 5 * time.Second
)

// Publish is what goes with a report.
type Publish struct {
	// MessageID keeps a second try of the same message out of the stream for
	// 24 hours. "" means one made of the report's id, revision, content and
	// the enricher's version, which fits a report whose Revision and
	// ContentHash are set.
	MessageID string
	// Enricher is the version of the enricher that annotated the report, 0 for
	// one that was not annotated.
	Enricher int
	// Traceparent is the trace to continue: that of the message the report
	// came from. "" starts one.
	Traceparent string
}

// PublishReport stores the report on the stream under its source's subject
// and returns when it is on disk. It says whether the stream had a message of
// that id already. Faults that pass are retried until ctx ends; a full store
// is ErrFull and a report above the server's limit ErrTooLarge, at once. A
// report that is not valid is refused with news.ErrInvalid.
func (b *Bus) PublishReport(ctx context.Context, s Stream, r *news.Report, p Publish) (duplicate bool, err error) {
	if err := r.Validate(); err != nil {
		return false, err
	}
	msg, err := encodeReport(r, p)
	if err != nil {
		return false, err
	}
	msg.Subject = s.subject(r.Source)
	ack, err := b.publish(ctx, msg, p.messageID(r))
	if err != nil {
		return false, fmt.Errorf("publish report %s to %s: %w", r.ID, s, err)
	}
	return ack.Duplicate, nil
}

func (p Publish) messageID(r *news.Report) string {
	if p.MessageID != "" {
		return p.MessageID
	}
	id := news.MessageID(r.ID, r.Revision-1, r.ContentHash)
	if p.Enricher > 0 {
		id += "-" + strconv.Itoa(p.Enricher)
	}
	return id
}

// publish tries until the stream has the message, the fault is one that
// trying again does not help, or ctx ends.
func (b *Bus) publish(ctx context.Context, msg *nats.Msg, id string, options ...jetstream.PublishOpt) (*jetstream.PubAck, error) {
	options = append(options, jetstream.WithMsgID(id), jetstream.WithRetryAttempts(0))
	for wait := firstRepublish; ; wait = min(2*wait, slowestRepublish) {
		try, cancel := context.WithTimeout(ctx, publishWait)
		ack, err := b.js.PublishMsg(try, msg, options...)
		cancel()
		if err == nil {
			return ack, nil
		}
		if err = typed(err); !passing(err) {
			return nil, err
		}
		b.options.Logger.Warn("publish failed, trying again", "subject", msg.Subject, "error", err)
		if !pause(ctx, wait) {
			return nil, fmt.Errorf("%w (%w)", err, context.Cause(ctx))
		}
	}
}
