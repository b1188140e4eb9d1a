package dates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-news/dateline/enrich/dates"
	"github.com/dateline-news/dateline/news"
)

// baku is Monday, 8 December 2014, three in the afternoon in Baku.
var baku = time.Date(2014, 12, 8, 15, 0, 0, 0, time.FixedZone("+04", 4*3600))

// example is a text published at baku and its dates, each written as
// "text: TYPE value [start, end)".
type example struct {
	text string
	want []string
}

func check(t *testing.T, examples []example) {
	t.Helper()
	for _, e := range examples {
		if diff := cmp.Diff(e.want, written(dates.Find(&news.Report{Text: e.text, Published: baku}))); diff != "" {
			t.Errorf("%s\n%s", e.text, diff)
		}
	}
}

func written(found []news.Date) []string {
	var out []string
	for _, d := range found {
		s := d.Text + ": " + d.Type + " " + d.Value
		if !d.Start.IsZero() || !d.End.IsZero() {
			s += " [" + d.Start.String() + ", " + d.End.String() + ")"
		}
		out = append(out, strings.TrimSpace(s))
	}
	return out
}

func TestAgencyDispatch(t *testing.T) {
	check(t, []example{{
		"Baku. 8 December. REPORT.AZ/ Today the customs union opened its seminar.\n\n" +
			"Today, a rise in traffic as a result of trade sets new tasks for border posts.\n\n" +
			"The next forum will be held in Baku on September 8-10, 2015\". At the two-day event officials of 21 countries will talk.",
		[]string{
			"8 December: DATE 2014-12-08 [2014-12-08, 2014-12-09)",
			"Today: DATE 2014-12-08 [2014-12-08, 2014-12-09)",
			"Today: DATE PRESENT_REF",
			"September 8-10, 2015: DATE 2015-09-08/2015-09-10 [2015-09-08, 2015-09-11)",
			"two-day: DURATION P2D",
		},
	}})
}

func TestBasisNamesWhatADateLeansOn(t *testing.T) {
	r := &news.Report{Text: "The pact of 3 March 2014 held. Two days later it broke. On Friday talks began.", Published: baku}
	var got []string
	for _, d := range dates.Find(r) {
		got = append(got, d.Text+" < "+d.Basis)
	}
	want := []string{"3 March 2014 < explicit", "Two days later < 3 March 2014", "Friday < publication"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheDatelineAnchorsAReportWithoutPublication(t *testing.T) {
	r := &news.Report{Text: "The talks began on Friday.", Dateline: &news.Dateline{Date: news.Day(2014, 12, 8)}}
	got := dates.Find(r)
	if len(got) != 1 || got[0].Value != "2014-12-05" || got[0].Basis != "dateline" {
		t.Errorf("got %+v", got)
	}
}

func TestWithoutAnAnchorRelativeDatesHaveNoInterval(t *testing.T) {
	want := []string{"8 December: DATE XXXX-12-08", "tomorrow: DATE XXXX-XX-XX", "2015: DATE 2015 [2015-01-01, 2016-01-01)"}
	got := written(dates.Find(&news.Report{Text: "It opened on 8 December, closes tomorrow, and will be back in 2015."}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheDayIsThatOfTheSourceZone(t *testing.T) {
	late := time.Date(2014, 12, 8, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{late, "2014-12-08"},
		{late.In(time.FixedZone("+04", 4*3600)), "2014-12-09"},
	} {
		got := dates.Find(&news.Report{Text: "The talks began today.", Published: c.at})
		if len(got) != 1 || got[0].Value != c.want {
			t.Errorf("at %v: got %+v, want %s", c.at, got, c.want)
		}
	}
}

func TestNextWeekWrittenOnASundayBeginsTomorrow(t *testing.T) {
	sunday := time.Date(2014, 12, 7, 12, 0, 0, 0, time.UTC)
	got := written(dates.Find(&news.Report{Text: "The talks will go on next week.", Published: sunday}))
	if diff := cmp.Diff([]string{"next week: DATE 2014-W50 [2014-12-08, 2014-12-15)"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAGuideKeepsItsMonthsWithoutAYear(t *testing.T) {
	guide := strings.Repeat("The islands are a quiet place with long beaches and a harbour that is open to all. ", 9)
	got := written(dates.Find(&news.Report{Text: guide + "Between June and November there are whales.", Published: baku}))
	if diff := cmp.Diff([]string{"June: DATE XXXX-06", "November: DATE XXXX-11"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestALifeTakesItsYearsFromTheText(t *testing.T) {
	life := "He was born in 1851 in a village. In 1883 he married. He moved to the city in 1902. On 8 May he gave his first concert."
	got := written(dates.Find(&news.Report{Text: life, Published: baku}))
	if len(got) != 4 || got[3] != "8 May: DATE 1902-05-08 [1902-05-08, 1902-05-09)" {
		t.Errorf("got %v", got)
	}
}
