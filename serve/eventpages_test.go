package serve_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"github.com/dateline-news/dateline/internal/browsertest"
)

func TestEventPagesAreAccessibleAndFit(t *testing.T) {
	d := open(t, items())
	_, text := get(t, d.URL+"/events")
	event := regexp.MustCompile(`href="(/events/picard[^"]*)"`).FindStringSubmatch(text)
	if event == nil {
		t.Fatalf("no PICARD among the events:\n%s", text)
	}
	for name, window := range windows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := see(t, window)
			for _, path := range []string{"/events", "/events?month=2026-10", "/events?q=zeppelin&status=cancelled", "/events?month=x", event[1], "/events/none"} {
				p.Goto(d.URL + path)
				p.CheckAccessible()
				p.CheckFits()
			}
			p.CheckQuiet(d.URL)
		})
	}
}

func TestMovedConferenceIsFoundWithWhatChangedAndTheSentences(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{NoScript: true})
	p.Goto(d.URL + "/events?month=2026-10")
	if n := p.Count(`.month td:has(time[datetime="2026-10-14"]) a[href^="/events/picard"]`); n != 1 {
		t.Errorf("the conference stands %d times on 14 October", n)
	}
	if n := p.Count(`.month td:has(time[datetime="2026-10-16"]) a`); n != 0 {
		t.Error("the conference goes on after its last day")
	}
	p.Follow(`.event-list a[href^="/events/picard"]`)
	for selector, want := range map[string]string{
		"h1": "PICARD", ".values": "13–15 October 2026", ".versions": "6–8 October 2026", ".facts": "The next PICARD conference will be held in Tbilisi",
	} {
		if got := p.Text(selector); !strings.Contains(got, want) {
			t.Errorf("%s reads %q, without %q", selector, got, want)
		}
	}
	if del, ins := p.Text("del"), p.Text("ins"); del == "" || ins == "" {
		t.Errorf("what changed: %q became %q", del, ins)
	}
	p.Follow(".versions .evidence a")
	if at := p.Location(); !strings.Contains(at, "/reports/") {
		t.Errorf("the sentence leads to %s", at)
	}
}

// readCalendar reads the calendar at an address with an independent parser.
func readCalendar(t *testing.T, address string) *ical.Calendar {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	calendar, err := ical.NewDecoder(r.Body).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

func TestCalendarFeedOfASearchIsOneThatProgramsRead(t *testing.T) {
	d := open(t, items())
	p := see(t, browsertest.Options{NoScript: true})
	p.Goto(d.URL + "/events?q=PICARD+place%3AAstana")
	var feed string
	p.Eval(`document.querySelector('a[type="text/calendar"]').href`, &feed)
	calendar := readCalendar(t, feed)
	for _, e := range calendar.Events() {
		start, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Error(err)
		}
		if summary := e.Props.Get("SUMMARY").Value; start.Format(time.DateOnly) != "2026-10-13" {
			t.Errorf("%s on %s", summary, start)
		}
	}
	if len(calendar.Events()) == 0 {
		t.Error("the feed has no event")
	}
}

// TestCalendarOfASearchKeepsAnEventWhoseDatesChange subscribes as a calendar
// program does, once before the report that moves the conference and once after.
func TestCalendarOfASearchKeepsAnEventWhoseDatesChange(t *testing.T) {
	var before []item
	var moved item
	for _, i := range items() {
		if i.id == "moved" {
			moved = i
			continue
		}
		before = append(before, i)
	}
	d := open(t, before)
	read := func() map[string]map[string]string {
		t.Helper()
		_, text := get(t, d.URL+"/?q=PICARD")
		link := regexp.MustCompile(`href="(/api/v1/export\?format=ics[^"]*)">iCalendar`).FindStringSubmatch(text)
		if link == nil {
			t.Fatalf("no calendar to subscribe to in\n%s", text)
		}
		calendar := readCalendar(t, d.URL+strings.ReplaceAll(link[1], "&amp;", "&"))
		events := map[string]map[string]string{}
		for _, e := range calendar.Events() {
			fields := map[string]string{}
			for _, name := range []string{"SEQUENCE", "STATUS", "DTSTART", "DTEND", "LOCATION", "URL"} {
				if p := e.Props.Get(name); p != nil {
					fields[name] = p.Value
				}
			}
			events[e.Props.Get("UID").Value] = fields
		}
		return events
	}
	const uid = "picard-2026-conference@dateline"
	was := read()[uid]
	d.add(t, moved)
	is := read()[uid]
	if was["DTSTART"] != "20261006" || was["DTEND"] != "20261009" || was["LOCATION"] != "Tbilisi" {
		t.Errorf("before it is %v", was)
	}
	if is["DTSTART"] != "20261013" || is["DTEND"] != "20261016" || is["LOCATION"] != "Astana" || is["SEQUENCE"] <= was["SEQUENCE"] {
		t.Errorf("moved it is %v, before %v", is, was)
	}
	for _, e := range []map[string]string{was, is} {
		if e["STATUS"] == "" || !strings.HasSuffix(e["URL"], "/events/picard-2026-conference") {
			t.Errorf("status or page are missing: %v", e)
		}
	}
}
