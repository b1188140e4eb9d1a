package wire

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/dateline-news/dateline/news"
)

// LastReport returns the report that the source published last on the stream,
// or nil when the stream has none of it.
func (b *Bus) LastReport(ctx context.Context, s Stream, source string) (*news.Report, error) {
	stream, err := b.js.Stream(ctx, string(s))
	if err != nil {
		return nil, fmt.Errorf("last report of %s on %s: %w", source, s, typed(err))
	}
	msg, err := stream.GetLastMsgForSubject(ctx, s.subject(source))
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("last report of %s on %s: %w", source, s, typed(err))
	}
	report, _, err := decodeReport(msg.Header, msg.Data)
	if errors.Is(err, ErrUndecodable) {
		return nil, nil // the next stage moves it to DEAD
	}
	return report, err
}
