package register_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/embedded"
	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
	"github.com/dateline-news/dateline/wire"
)

// unread is an EVENTS stream that nobody reads.
type unread map[string]*wire.Entry

func (u unread) Append(_ context.Context, _ wire.Stream, names []string, body []byte, a wire.Append) (uint64, error) {
	u[fmt.Sprint(names)] = &wire.Entry{Sequence: a.After + 1, Body: body}
	return a.After + 1, nil
}

func (u unread) Last(_ context.Context, _ wire.Stream, names ...string) (*wire.Entry, error) {
	return u[fmt.Sprint(names)], nil
}

func TestEachEventOfAReportLeadsToItsRecord(t *testing.T) {
	archive, err := embedded.Open(filepath.Join(t.TempDir(), "archive.db"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	said := "The conference will be held."
	report := func(id string, day int, events ...news.Event) *news.Report {
		for i := range events {
			events[i].Span = news.Span{Start: 0, End: len(said)}
		}
		return &news.Report{ID: id, Revision: 1, Source: "s", Agency: "A", Published: time.Date(2015, 1, day, 12, 0, 0, 0, time.UTC), Text: said, Events: events}
	}
	edition := news.Event{Name: "PICARD Conference", Series: "picard", Kind: "conference", Edition: "10"}
	dated := edition
	dated.Year, dated.Start, dated.End = 2015, news.Day(2015, time.September, 8), news.Day(2015, time.September, 11)
	later := edition
	later.Year = 2016 // the edition was of 2015 when it became known
	withdrawn := report("withdrawn", 9, dated)
	withdrawn.Status = news.StatusWithdrawn
	reports := []*news.Report{
		report("by its edition", 1, edition),
		report("by its year", 2, news.Event{Name: "meeting", Kind: "meeting"}, dated),
		report("moved to another year", 3, later),
		report("of a name of its own", 4, news.Event{Name: "Caspian Customs Forum", Kind: "forum", Year: 2015}),
		withdrawn,
	}
	events := register.New(register.Options{Bus: unread{}, Store: archive, Logger: slog.New(slog.DiscardHandler)})
	for _, r := range reports[:4] {
		if err := events.Take(t.Context(), []register.Reading{register.Read(r, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	records, err := register.Told(t.Context(), archive, reports)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, list := range records {
		ids := []string{}
		for _, r := range list {
			if r == nil {
				ids = append(ids, "")
			} else {
				ids = append(ids, r.ID)
			}
		}
		got = append(got, ids)
	}
	conference := "picard-2015-conference"
	want := [][]string{{conference}, {"", conference}, {conference}, {"other.caspian-customs-2015-forum"}, {""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
