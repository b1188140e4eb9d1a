package wire

import (
	"context"
	"errors"
	"fmt"

	"github.com/dateline-news/dateline/news"
)

// LastReport returns the report that the source published last on the stream
// and its sequence there, 0 when the stream has none of the source. The report
// is nil as well when it is none that this version can read.
func (b *Bus) LastReport(ctx context.Context, s Stream, source string) (*news.Report, uint64, error) {
	msg, err := b.lastOf(ctx, s, s.subject(source))
	if err != nil {
		return nil, 0, fmt.Errorf("last report of %s on %s: %w", source, s, err)
	}
	if msg == nil {
		return nil, 0, nil
	}
	report, _, err := decodeReport(msg.Header, msg.Data)
	if errors.Is(err, ErrUndecodable) {
		return nil, msg.Sequence, nil // the next stage moves it to DEAD
	}
	return report, msg.Sequence, err
}
