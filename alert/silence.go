package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dateline-news/dateline/alert/rule"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// errEnough ends the reading of a stream.
var errEnough = errors.New("enough")

// certain are the states of an event that is sure to be held, or was.
var certain = []string{news.EventAnnounced, news.EventConfirmed, news.EventMoved, news.EventUnderWay, news.EventHeld}

// confirmed reports whether the register has the edition with its dates.
// Without an edition it is one that begins on the day by or later.
func (e *engine) confirmed(ctx context.Context, s rule.Silence, by time.Time) (bool, error) {
	records := map[string]register.Record{}
	err := e.opts.Bus.Read(ctx, wire.Reading{Stream: wire.StreamEvents}, func(m *wire.Message) error {
		if entry, err := register.DecodeEntry(m.Body); err == nil && strings.EqualFold(entry.Record.Series, s.Series) {
			records[entry.Record.ID] = entry.Record // the latest is the last
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("read the events of %s: %w", s.Series, err)
	}
	for _, r := range records {
		if r.MergedInto != "" || !slices.Contains(certain, r.Status) || r.Start.IsZero() {
			continue
		}
		switch s.Edition {
		case "":
			if !r.Start.Time.Before(by) {
				return true, nil
			}
		case r.Edition, fmt.Sprint(r.Year):
			return true, nil
		}
	}
	return false, nil
}
