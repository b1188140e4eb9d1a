package wire

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Entry is a message of a stream that holds no reports.
type Entry struct {
	Subject string
	// Sequence is what Append expects of whoever writes next to the subject.
	Sequence uint64
	Time     time.Time
	Body     []byte
}

// Append is what goes with an entry.
type Append struct {
	// MessageID keeps a second try out of the stream for 24 hours. Required.
	MessageID string
	// After is the sequence of the last entry that the writer has seen on the
	// subject, 0 for none. It is not looked at where Unordered is true.
	After     uint64
	Unordered bool
	// Traceparent is the trace to continue, "" starts one.
	Traceparent string
}

// Append writes JSON to the stream's subject of the names, such as series and
// edition, and returns when it is on disk. The error is ErrOutpaced when the
// subject has an entry that the writer has not seen, so that two writers never
// fork what a subject tells. Faults that pass are retried until ctx ends.
//
// Invariant 12: two indexers never fork a record.
func (b *Bus) Append(ctx context.Context, s Stream, names []string, body []byte, a Append) (sequence uint64, err error) {
	msg := &nats.Msg{Subject: s.subject(names...), Data: body, Header: newHeader(schemas[s], a.Traceparent)}
	var ack *jetstream.PubAck
	if a.Unordered {
		ack, err = b.publish(ctx, msg, a.MessageID)
	} else {
		ack, err = b.publishAfter(ctx, s, msg, a.MessageID, a.After)
	}
	if err != nil {
		return 0, fmt.Errorf("append to %s: %w", msg.Subject, err)
	}
	return ack.Sequence, nil
}

// lastOf is the last message of the subject, or nil.
func (b *Bus) lastOf(ctx context.Context, s Stream, subject string) (*jetstream.RawStreamMsg, error) {
	stream, err := b.js.Stream(ctx, string(s))
	if err != nil {
		return nil, typed(err)
	}
	msg, err := stream.GetLastMsgForSubject(ctx, subject)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil
	}
	return msg, typed(err)
}

// Last returns the last entry of the subject of the names, or nil when it has
// none.
func (b *Bus) Last(ctx context.Context, s Stream, names ...string) (*Entry, error) {
	subject := s.subject(names...)
	msg, err := b.lastOf(ctx, s, subject)
	if err != nil {
		return nil, fmt.Errorf("last entry of %s: %w", subject, err)
	}
	if msg == nil {
		return nil, nil
	}
	if err := checkSchema(msg.Header, schemas[s]); err != nil {
		return nil, fmt.Errorf("last entry of %s: %w", subject, err)
	}
	return &Entry{Subject: msg.Subject, Sequence: msg.Sequence, Time: msg.Time, Body: msg.Data}, nil
}
