package events_test

import (
	"testing"
	"time"

	"github.com/dateline-news/dateline/configs"
	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/enrich/events"
	"github.com/dateline-news/dateline/enrich/lexicon"
	"github.com/dateline-news/dateline/news"
)

func FuzzSpansAreValid(f *testing.F) {
	f.Add("The summit will be held in Baku on May 5. It was postponed.")
	f.Add("\xff forum \"X from 5 to 7 May, the PICARD 2015")
	f.Add("conference of of of on and, the meeting between 21 countries and")
	finder, err := events.New(configs.Files)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := &news.Report{Text: text, Published: time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)}
		r.Dates = dates.Find(r)
		for _, e := range finder.Find(r, lexicon.Read(r)) {
			if !e.Span.Valid(text) {
				t.Fatalf("span %v of %q", e.Span, text)
			}
			if !e.End.IsZero() && !e.Start.IsZero() && !e.Start.Before(e.End) {
				t.Fatalf("interval %v to %v of %q", e.Start, e.End, text)
			}
		}
	})
}
