package feed

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"github.com/dateline-news/dateline/alert/notice"
	"github.com/dateline-news/dateline/news"
)

func told() Feed {
	at := time.Date(2026, 3, 12, 11, 20, 0, 0, time.UTC)
	event := func(status string, start, end news.Moment) *notice.Event {
		return &notice.Event{
			ID: "picard-2026-conference", Entry: 3, Name: "PICARD Conference", Year: 2026, Status: status, Start: start, End: end, Place: "Tbilisi, Georgia", Venue: "Expo; hall 2",
			Changes: []notice.Change{{Kind: "date_changed", Old: "May", New: "October"}},
		}
	}
	return Feed{
		Rule: "picard", URL: "https://dateline.example/alerts/picard", Now: at,
		Notices: []notice.Notice{
			{ID: "3", Title: "A <line> & more\x01", Text: "\"Quoted\"\nsecond line", At: at.Add(2 * time.Hour), Sources: []notice.Source{{Agency: "Kavkaz Press", URL: "https://kavkaz.example/3"}}},
			{ID: "2", Title: "PICARD moved", Text: "Moved,\nto October; yes", At: at.Add(time.Hour), Event: event(news.EventConfirmed, news.Day(2026, 10, 6), news.Day(2026, 10, 9)),
				Sources: []notice.Source{{Agency: "Kavkaz Press", URL: "https://kavkaz.example/2"}, {Agency: "Coast", URL: "https://coast.example/2"}}},
			{ID: "1", Title: "PICARD announced", At: at, Event: event(news.EventAnnounced, news.Day(2026, 5, 6), news.Day(2026, 5, 9))},
			{ID: "0", Title: "Visit", At: at, Event: &notice.Event{ID: "visit", Name: "Visit", Status: news.EventCancelled, Start: news.Instant(at), End: news.Instant(at.Add(time.Hour))}},
			{ID: "-", Title: "Some day", At: at, Event: &notice.Event{ID: "someday", Name: "Someday"}},
		},
	}
}

func TestFeedsReadAsTheyWereWritten(t *testing.T) {
	for name, write := range map[string]func(Feed) (string, error){"rss": Feed.RSS, "atom": Feed.Atom} {
		text, err := write(told())
		if err != nil {
			t.Fatal(err)
		}
		read, err := gofeed.NewParser().ParseString(text)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		if read.FeedType != name || read.Title != "Dateline: picard" || len(read.Items) != 5 {
			t.Errorf("%s: %s %q with %d entries", name, read.FeedType, read.Title, len(read.Items))
		}
		first, second := read.Items[0], read.Items[1]
		if first.Title != "A <line> & more" || first.GUID != "urn:dateline:alert:3" || first.Link != "https://kavkaz.example/3" ||
			!first.PublishedParsed.Equal(told().Notices[0].At) && !first.UpdatedParsed.Equal(told().Notices[0].At) {
			t.Errorf("%s: first entry %+v", name, first)
		}
		for _, want := range []string{"date changed: May → October", "6–8 October 2026", "https://coast.example/2"} {
			if !strings.Contains(second.Description, want) {
				t.Errorf("%s: the second entry does not say %q:\n%s", name, want, second.Description)
			}
		}
	}
}

func TestAnEmptyFeedIsAFeed(t *testing.T) {
	text, err := Feed{Rule: "new", URL: "https://dateline.example/alerts/new", Now: time.Unix(0, 0)}.Atom()
	if err != nil {
		t.Fatal(err)
	}
	if read, err := gofeed.NewParser().ParseString(text); err != nil || len(read.Items) != 0 {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestTheCalendarHasEachEventAsItWasToldLast(t *testing.T) {
	calendar := told().Calendar()
	if strings.Count(calendar, "\n") != strings.Count(calendar, "\r\n") {
		t.Error("a line of the calendar does not end in CR LF")
	}
	read, err := ical.NewDecoder(strings.NewReader(calendar)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	type entry struct{ UID, Sequence, Summary, Location, Description, Status, Start, End string }
	var got []entry
	for _, e := range read.Events() {
		text := func(name string) string {
			value, err := e.Props.Text(name)
			if err != nil {
				t.Error(err)
			}
			return value
		}
		start, startErr := e.DateTimeStart(time.UTC)
		end, endErr := e.DateTimeEnd(time.UTC)
		if startErr != nil || endErr != nil {
			t.Errorf("%v, %v", startErr, endErr)
		}
		sequence := ""
		if p := e.Props.Get(ical.PropSequence); p != nil {
			sequence = p.Value
		}
		got = append(got, entry{text(ical.PropUID), sequence, text(ical.PropSummary), text(ical.PropLocation), text(ical.PropDescription), text(ical.PropStatus),
			start.Format(time.RFC3339), end.Format(time.RFC3339)})
	}
	want := []entry{
		{"picard-2026-conference@dateline", "3", "PICARD Conference 2026", "Expo; hall 2, Tbilisi, Georgia", "Moved,\nto October; yes", "CONFIRMED", "2026-10-06T00:00:00Z", "2026-10-09T00:00:00Z"},
		{"visit@dateline", "0", "Visit", "", "", "CANCELLED", "2026-03-12T11:20:00Z", "2026-03-12T12:20:00Z"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
