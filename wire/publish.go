package wire

import (
	"context"
	"errors"
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
	// Ordered refuses the report with ErrOutpaced unless the last report of
	// its source on the stream has the sequence After, 0 for none.
	Ordered bool
	After   uint64
}

// Published says where a report stands on its stream, and whether the stream
// had a message of that id already.
type Published struct {
	Sequence  uint64
	Duplicate bool
}

// PublishReport stores the report on the stream under its source's subject
// and returns when it is on disk. Faults that pass are retried until ctx ends;
// a full store is ErrFull and a report above the server's limit ErrTooLarge,
// at once. A report that is not valid is refused with news.ErrInvalid.
func (b *Bus) PublishReport(ctx context.Context, s Stream, r *news.Report, p Publish) (Published, error) {
	if err := r.Validate(); err != nil {
		return Published{}, err
	}
	msg, err := encodeReport(r, p)
	if err != nil {
		return Published{}, err
	}
	msg.Subject = s.subject(r.Source)
	id := p.messageID(r)
	var ack *jetstream.PubAck
	if p.Ordered {
		ack, err = b.publishAfter(ctx, s, msg, id, p.After)
	} else {
		ack, err = b.publish(ctx, msg, id)
	}
	if err != nil {
		return Published{}, fmt.Errorf("publish report %s to %s: %w", r.ID, s, err)
	}
	return Published{Sequence: ack.Sequence, Duplicate: ack.Duplicate}, nil
}

// publishAfter publishes behind the subject's message of that sequence, and
// is ErrOutpaced when the subject has a later one.
func (b *Bus) publishAfter(ctx context.Context, s Stream, msg *nats.Msg, id string, after uint64) (*jetstream.PubAck, error) {
	ack, err := b.publish(ctx, msg, id, jetstream.WithExpectLastSequencePerSubject(after))
	if !errors.Is(err, ErrOutpaced) {
		return ack, err
	}
	// The server looks at the order before the message id: the message that
	// is in the way may be our own first try.
	last, lastErr := b.lastOf(ctx, s, msg.Subject)
	if lastErr == nil && last != nil && last.Header.Get(nats.MsgIdHdr) == id {
		return &jetstream.PubAck{Sequence: last.Sequence, Duplicate: true}, nil
	}
	return nil, err
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
