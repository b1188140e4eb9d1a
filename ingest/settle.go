package ingest

import (
	"context"
	"errors"
	"fmt"

	"github.com/dateline-news/dateline/wire"
)

// settle makes the state speak of the source's last report on the stream.
//
// A crash, or an answer that was lost, between the publish and the state
// leaves a revision on the stream that the state does not know. The same
// content tried again is dropped by the stream; but were the article edited
// meanwhile, the edit would be given that same revision, and no archive would
// take it. Whoever publishes has settled first, and the stream refuses a report
// that does not stand right behind the one that was settled: so only the last
// one of a source can be unknown, however many processes publish for it.
//
// Invariant 3: state follows the message.
func (r *runner) settle(ctx context.Context) error {
	if r.settled {
		return nil
	}
	last, sequence, err := r.Bus.LastReport(ctx, wire.StreamRaw, r.source.Name)
	if err != nil {
		return fmt.Errorf("compare the state with the stream: %w", err)
	}
	r.settled, r.tail = true, sequence
	if last == nil {
		return nil
	}
	key := reportKey(last.ID)
	var known reportState
	revision, err := load(ctx, r.state.seen, key, &known)
	if err != nil || known.Revision >= last.Revision {
		return err
	}
	err = saveNext(ctx, r.state.seen, key, stateOf(last), revision)
	if errors.Is(err, errConflict) {
		return nil // another process knew better
	}
	return err
}
