package register_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/index/register"
	"github.com/dateline-news/dateline/news"
)

func TestACalendarReadsTheSameInAnotherProgram(t *testing.T) {
	at := time.Date(2015, 2, 1, 9, 0, 0, 0, time.FixedZone("", 4*3600))
	record := func(id string, entry int, v register.Values) *register.Record {
		return &register.Record{
			ID: id, Name: "PICARD Conference", Year: 2015, Entry: entry, Values: v,
			Versions: []register.Version{{Number: 1, At: at, Values: v, Evidence: []register.Evidence{{Agency: "Local", Text: "It will be held; in Baku,\nthe committee said \\ that is: there."}}}},
		}
	}
	baku := time.FixedZone("", 4*3600)
	calendar := register.Calendar{Name: "Events", Page: func(id string) string { return "http://127.0.0.1/events/" + id }, Records: []*register.Record{
		record("a", 3, register.Values{Status: news.EventConfirmed, Start: news.Day(2015, 9, 8), End: news.Day(2015, 9, 11), Place: "Bakı", Venue: "Heydər Əliyev Mərkəzi, böyük zal; 2-ci mərtəbə, girişdən sağda"}),
		record("b", 1, register.Values{Status: news.EventCancelled, Start: news.Day(2015, 9, 8)}),
		record("c", 2, register.Values{Status: news.EventPostponed, Start: news.Instant(time.Date(2015, 9, 8, 10, 0, 0, 0, baku)), End: news.Instant(time.Date(2015, 9, 8, 12, 0, 0, 0, baku))}),
		record("no date", 1, register.Values{Status: news.EventAnnounced}),
	}}
	var b bytes.Buffer
	if err := calendar.Write(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	read, err := ical.NewDecoder(&b).Decode()
	if err != nil {
		t.Fatal(err)
	}
	var got []map[string]string
	for _, e := range read.Events() {
		fields := map[string]string{}
		for _, name := range []string{"UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "URL"} {
			fields[name] = e.Props.Get(name).Value
		}
		fields["kind"] = string(e.Props.Get("DTSTART").ValueType())
		fields["summary"], _ = e.Props.Text("SUMMARY")
		fields["description"], _ = e.Props.Text("DESCRIPTION")
		if e.Props.Get("LOCATION") != nil {
			fields["location"], _ = e.Props.Text("LOCATION")
		}
		got = append(got, fields)
	}
	said := "It will be held; in Baku,\nthe committee said \\ that is: there.\nLocal"
	want := []map[string]string{
		{
			"UID": "a@dateline", "SEQUENCE": "3", "STATUS": "CONFIRMED", "DTSTART": "20150908", "DTEND": "20150911", "kind": "DATE", "summary": "PICARD Conference 2015",
			"URL": "http://127.0.0.1/events/a", "description": "Status: confirmed\n" + said, "location": "Heydər Əliyev Mərkəzi, böyük zal; 2-ci mərtəbə, girişdən sağda, Bakı",
		},
		{
			"UID": "b@dateline", "SEQUENCE": "1", "STATUS": "CANCELLED", "DTSTART": "20150908", "DTEND": "20150909", "kind": "DATE", "summary": "PICARD Conference 2015 (cancelled)",
			"URL": "http://127.0.0.1/events/b", "description": "Status: cancelled\n" + said,
		},
		{
			"UID": "c@dateline", "SEQUENCE": "2", "STATUS": "TENTATIVE", "DTSTART": "20150908T060000Z", "DTEND": "20150908T080000Z", "kind": "DATE-TIME", "summary": "PICARD Conference 2015 (postponed)",
			"URL": "http://127.0.0.1/events/c", "description": "Status: postponed\n" + said,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the calendar (-want +got):\n%s", diff)
	}
}
