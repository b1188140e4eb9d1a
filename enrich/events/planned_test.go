package events_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/news"
)

func TestAPostponedEventKeepsItsDatesAsThoseThatWerePlanned(t *testing.T) {
	const old, fresh = "2015-05-05", "2015-10-08"
	for _, test := range []struct {
		text, start string
		planned     bool
	}{
		{"The PICARD conference planned for 5-6 May in Baku has been postponed.", old, true},
		{"The WCO put off the 5-6 May PICARD conference.", old, true},
		{"The PICARD conference in Baku (5-6 May) has been postponed indefinitely.", old, true},
		{"The PICARD conference was to be held in Baku on 5-6 May. It has been put off until further notice.", old, true},
		{"The PICARD conference has been put on hold. It had been scheduled for 5-6 May.", old, true},
		{"On Monday the WCO postponed the PICARD conference, which was to open in Baku on 5 May.", old, true},
		{"The PICARD conference planned for 5-6 May has been postponed to 8-9 October.", fresh, false},
		{"The WCO has postponed the PICARD conference from 5-6 May to 8-9 October.", fresh, false},
		{"The PICARD conference on 5 May in Baku has been rescheduled for 8-9 October.", fresh, false},
		{"The PICARD conference, postponed in February, will be held in Baku on 5 May.", old, false},
	} {
		r := &news.Report{ID: "r", Text: test.text, Published: time.Date(2015, 2, 10, 12, 0, 0, 0, time.UTC)}
		annotate(t, r)
		if len(r.Events) != 1 {
			t.Errorf("%s: %d events", test.text, len(r.Events))
			continue
		}
		e := r.Events[0]
		if e.Start.String() != test.start || news.HasPlannedDates(e.Inferred) != test.planned {
			t.Errorf("%s: starts %s, inferred %q; want %s, planned %t", test.text, e.Start, e.Inferred, test.start, test.planned)
		}
	}
}

func TestOnlyWhatIsSaidOfTheEventChangesIt(t *testing.T) {
	for text, want := range map[string][]string{
		"The WCO cancelled the conference planned for May 5-6, 2015.":                                   {"cancelled"},
		"The wine forum scheduled for 5 May in Tbilisi will not go ahead.":                              {"cancelled"},
		"The wine forum announced for 5 May in Tbilisi is off, the ministry said.":                      {"cancelled"},
		"The organisers pulled the plug on the Tbilisi wine forum planned for 5 May.":                   {"cancelled"},
		"The bilateral summit in Vienna planned for 5 May was called off by Warsaw last week.":          {"cancelled"},
		"The bank has scrapped its seminar on tariffs, which was scheduled to be held on 5 May.":        {"cancelled"},
		"The Mersin Logistics Fair to be held on 1-4 March has been delayed.":                           {"postponed"},
		"The minister cancelled his trip to the conference, which opens in Baku on 5 May.":              {"announced"},
		"The city cancelled a contract ahead of the conference on 5 May in Baku.":                       {"announced"},
		"The ban on exhibitors at the wine forum in Tbilisi on 5 May has been cancelled.":               {"announced"},
		"The forum's concert was cancelled. The forum of growers opens in Tbilisi on 5 May.":            {"announced"},
		"He did not rule out that the summit in Baku on 5 May would be postponed.":                      {"announced"},
		"Fears that the summit in Baku on 5 May would be called off sent prices down.":                  {"announced"},
		"Unions urged the ministry to cancel the summit in Baku on 5 May.":                              {"announced"},
		"The ministry ruled out postponing the election set for 5 May.":                                 {"confirmed"},
		"The board decided against cancelling the Baku forum on 5 May.":                                 {"confirmed"},
		"It is not true that the summit in Baku on 5 May has been put off.":                             {"confirmed"},
		"Last year's PICARD conference was cancelled; this year's will be held on 5 May in Baku.":       {"cancelled", "announced"},
		"Polls could be postponed if a candidate falls ill, but the presidential election is on 5 May.": {"announced"},
	} {
		r := &news.Report{ID: "r", Text: text, Published: time.Date(2015, 2, 10, 12, 0, 0, 0, time.UTC)}
		annotate(t, r)
		var got []string
		for _, e := range r.Events {
			got = append(got, e.Status)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}
