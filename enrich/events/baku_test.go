package events_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

func readBaku(t *testing.T) *news.Report {
	t.Helper()
	content, err := os.ReadFile("../../../shared/dispatches/2014-12-08-report-az-baku.txt")
	if os.IsNotExist(err) {
		t.Skip("the dispatch is not beside the module")
	}
	if err != nil {
		t.Fatal(err)
	}
	return &news.Report{
		ID:        "baku",
		Text:      strings.TrimSpace(string(content)),
		Published: time.Date(2014, 12, 8, 15, 5, 0, 0, time.FixedZone("", 4*3600)),
	}
}

func TestBakuDispatchAnnouncesThePicardConference(t *testing.T) {
	r := readBaku(t)
	annotate(t, r)
	if len(r.Events) != 2 {
		t.Fatalf("%d events, want 2: %+v", len(r.Events), r.Events)
	}
	want := news.Event{
		Name: "PICARD Conference", Series: "picard", Year: 2015, Kind: "conference", Place: "Baku", Status: news.EventAnnounced,
		Start: news.Day(2015, 9, 8), End: news.Day(2015, 9, 11),
	}
	got := r.Events[1]
	got.Span = news.Span{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the announced event (-want +got):\n%s", diff)
	}
}

func TestBakuDispatchTellsOfTodaysMeeting(t *testing.T) {
	r := readBaku(t)
	annotate(t, r)
	if len(r.Events) == 0 {
		t.Fatal("no events")
	}
	e := r.Events[0]
	if e.Start != news.Day(2014, 12, 8) || e.End != news.Day(2014, 12, 10) || e.Status != news.EventUnderWay {
		t.Errorf("interval %v to %v, %s; want 2014-12-08 to 2014-12-10, under way", e.Start, e.End, e.Status)
	}
	if !strings.HasPrefix(e.Name, "Conference of Heads of National Training Centers") {
		t.Errorf("name %q", e.Name)
	}
	if !slices.Contains(e.Participants, "21 countries") {
		t.Errorf("participants %q do not hold the 21 countries", e.Participants)
	}
	if e.Place != "" && !slices.ContainsFunc(e.Inferred, func(s string) bool { return strings.HasPrefix(s, "place: ") }) {
		t.Errorf("the place %s is not marked as inferred", e.Place)
	}
	t.Logf("%+v", e)
}

func TestSpansOfEventsAreValid(t *testing.T) {
	r := readBaku(t)
	annotate(t, r)
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
}
